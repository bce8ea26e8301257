"""A real RTSP server that is not ours: GStreamer's, with Debian's Python. Run with /usr/bin/python3.

    gst_rtsp_server.py [--user U] [--scheme basic|digest] [--pattern P] [--size WxH] [--rate FPS]
        [--codec h264|h265|mjpeg] [--key-every FRAMES] [--protocols tcp|udp|both] [--timeout S] [--sound]
        [--certificate FILE]

With --user, the first line of standard input is the password.

It prints its port, serves /live (encoded for each client) and ends with its standard input. Lines "pattern NAME" and
"size WxH" there change the picture while it plays.
"""

import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

_PROTOCOLS = {
    "tcp": GstRtsp.RTSPLowerTrans.TCP,
    "udp": GstRtsp.RTSPLowerTrans.UDP,
    "both": GstRtsp.RTSPLowerTrans.TCP | GstRtsp.RTSPLowerTrans.UDP,
}


def main() -> None:
    options = _options()
    password = sys.stdin.readline().rstrip("\n") if options.user else ""
    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(_launch(options))
    # A pipeline for each client: GStreamer 1.22 aborts now and then when several clients start a shared one together.
    factory.set_shared(False)
    factory.set_protocols(_PROTOCOLS[options.protocols])
    if options.user or options.certificate:
        server.set_auth(_auth(options, password))
        factory.add_role_from_structure(_viewer())
    if options.timeout:
        server.connect("client-connected", lambda _, client: _limit_sessions(client, options.timeout))
    server.get_mount_points().add_factory("/live", factory)
    server.attach(None)
    loop = GLib.MainLoop()
    pipelines: list[Gst.Bin] = []
    factory.connect("media-configure", lambda _, media: pipelines.append(media.get_element()))

    def ordered(*_: object) -> bool:
        words = sys.stdin.readline().split()
        if not words:
            loop.quit()
            return False
        for pipeline in pipelines:
            if words[0] == "size":
                pipeline.get_by_name("shape").set_property("caps", Gst.Caps.from_string(_shape(words[1], options.rate)))
            else:
                Gst.util_set_object_arg(pipeline.get_by_name("camera"), "pattern", words[1])
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, ordered)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--user", default="")
    parser.add_argument("--scheme", default="digest")
    parser.add_argument("--pattern", default="ball")
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--rate", type=int, default=15)
    parser.add_argument("--key-every", type=int, default=0, help="pictures; by default a second's worth")
    parser.add_argument("--codec", default="h264", choices=["h264", "h265", "mjpeg"])
    parser.add_argument("--profile", default="constrained-baseline", help="of H.264; B-frames need main or high")
    parser.add_argument("--encoder", default="x264enc tune=zerolatency speed-preset=ultrafast bitrate=600")
    parser.add_argument("--protocols", default="both", choices=sorted(_PROTOCOLS))
    parser.add_argument("--timeout", type=int, default=0, help="seconds until a session without keep-alive is over")
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--certificate", default="", help="PEM file with certificate and key: speak TLS")
    return parser.parse_args()


def _shape(size: str, rate: int) -> str:
    width, height = size.split("x")
    return f"video/x-raw,width={width},height={height},framerate={rate}/1"


def _launch(options: argparse.Namespace) -> str:
    sound = "audiotestsrc is-live=true ! mulawenc ! rtppcmupay name=pay1 pt=0" if options.sound else ""
    return (
        f"( videotestsrc name=camera is-live=true pattern={options.pattern} motion=wavy animation-mode=frames "
        f"! capsfilter name=shape caps={_shape(options.size, options.rate)} ! {_chain(options)} name=pay0 {sound} )"
    )


def _chain(options: argparse.Namespace) -> str:
    key_every = options.key_every or options.rate
    if options.codec == "mjpeg":
        return "videoconvert ! video/x-raw,format=I420 ! jpegenc ! rtpjpegpay pt=26"
    if options.codec == "h265":
        speed = "speed-preset=ultrafast tune=zerolatency"
        return f"x265enc {speed} key-int-max={key_every} ! h265parse ! rtph265pay pt=96 config-interval=1"
    encoded = f"{options.encoder} key-int-max={key_every} ! video/x-h264,profile={options.profile}"
    return f"{encoded} ! h264parse ! rtph264pay pt=96 config-interval=1"


def _auth(options: argparse.Namespace, password: str) -> GstRtspServer.RTSPAuth:
    auth = GstRtspServer.RTSPAuth.new()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if options.certificate:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(options.certificate))
    if not options.user:
        auth.set_default_token(token)
        return auth
    if options.scheme == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, password), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(options.user, password, token)
    return auth


def _limit_sessions(client: GstRtspServer.RTSPClient, seconds: int) -> None:
    client.connect("new-session", lambda _, session: session.set_timeout(seconds))


def _viewer() -> Gst.Structure:
    structure = Gst.Structure.new_empty("viewer")
    structure.set_value("media.factory.access", True)
    structure.set_value("media.factory.construct", True)
    return structure


if __name__ == "__main__":
    main()
