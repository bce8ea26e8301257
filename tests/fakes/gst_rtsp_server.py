"""A real RTSP server that is not ours: GStreamer's, with Debian's Python. Run with /usr/bin/python3.

    gst_rtsp_server.py [--user U] [--scheme basic|digest] [--pattern P] [--size WxH] [--rate FPS]
        [--codec h264|h265|mjpeg]

With --user, the first line of standard input is the password.

It prints its port, serves /live (encoded for each client) and ends with its standard input. A line
"pattern NAME" there changes the picture while it plays.
"""

import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--user", default="")
    parser.add_argument("--scheme", default="digest")
    parser.add_argument("--pattern", default="ball")
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--rate", type=int, default=15)
    parser.add_argument("--codec", default="h264", choices=["h264", "h265", "mjpeg"])
    parser.add_argument("--profile", default="constrained-baseline", help="of H.264; B-frames need main or high")
    parser.add_argument("--encoder", default="x264enc tune=zerolatency speed-preset=ultrafast bitrate=600")
    options = parser.parse_args()
    password = sys.stdin.readline().rstrip("\n") if options.user else ""
    Gst.init(None)
    width, height = options.size.split("x")
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(
        f"( videotestsrc name=camera is-live=true pattern={options.pattern} motion=wavy animation-mode=frames "
        f"! video/x-raw,width={width},height={height},framerate={options.rate}/1 "
        f"! {_chain(options)} name=pay0 )"
    )
    # A pipeline for each client: GStreamer 1.22 aborts now and then when several clients start a shared one together.
    factory.set_shared(False)
    if options.user:
        auth = GstRtspServer.RTSPAuth.new()
        auth.set_supported_methods(
            GstRtsp.RTSPAuthMethod.BASIC if options.scheme == "basic" else GstRtsp.RTSPAuthMethod.DIGEST
        )
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        if options.scheme == "basic":
            auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, password), token)
        else:
            auth.add_digest(options.user, password, token)
        server.set_auth(auth)
        factory.add_role_from_structure(_viewer())
    server.get_mount_points().add_factory("/live", factory)
    server.attach(None)
    loop = GLib.MainLoop()
    cameras: list[Gst.Element] = []
    factory.connect("media-configure", lambda _, media: cameras.append(media.get_element().get_by_name("camera")))

    def ordered(*_: object) -> bool:
        words = sys.stdin.readline().split()
        if not words:
            loop.quit()
            return False
        for camera in cameras:
            Gst.util_set_object_arg(camera, "pattern", words[1])
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, ordered)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


def _chain(options: argparse.Namespace) -> str:
    if options.codec == "mjpeg":
        return "videoconvert ! video/x-raw,format=I420 ! jpegenc ! rtpjpegpay pt=26"
    if options.codec == "h265":
        speed = "speed-preset=ultrafast tune=zerolatency"
        return f"x265enc {speed} key-int-max={options.rate} ! h265parse ! rtph265pay pt=96 config-interval=1"
    encoded = f"{options.encoder} key-int-max={options.rate} ! video/x-h264,profile={options.profile}"
    return f"{encoded} ! h264parse ! rtph264pay pt=96 config-interval=1"


def _viewer() -> Gst.Structure:
    structure = Gst.Structure.new_empty("viewer")
    structure.set_value("media.factory.access", True)
    structure.set_value("media.factory.construct", True)
    return structure


if __name__ == "__main__":
    main()
