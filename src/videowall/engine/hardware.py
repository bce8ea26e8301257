"""Which codec context decodes a stream: one of the graphics hardware where that is wanted and works."""

import av.error
from av.codec.context import CodecContext
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.video.codeccontext import VideoCodecContext

AUTO = "auto"
_TRIED = ("cuda", "vaapi", "d3d11va", "videotoolbox")
"""In this order where the choice is ours. The others of FFmpeg need a decoder of their own, or are no decoders."""
_OPTIONS: dict[str, dict[str, object]] = {"cuda": {"primary_ctx": "1"}}
"""One context in the worker for all its sessions; each of its own would take hundreds of megabytes."""


def on_hardware(codec: VideoCodecContext, wanted: str) -> tuple[VideoCodecContext, str] | None:
    """A context on the first device that can be opened for such a stream, and the name of its kind.

    `codec` describes the stream, `wanted` is a device type of FFmpeg or "auto". Returns None where there is none.
    Its `decode` raises FFmpegError for a stream that the device cannot decode.
    """
    known = hwdevices_available()
    for kind in _TRIED if wanted == AUTO else (wanted,):
        if kind not in known:
            continue
        try:
            device = HWAccel(kind, allow_software_fallback=False, options=_OPTIONS.get(kind))
            made = CodecContext.create(codec.name, "r", device)
        except (av.error.FFmpegError, RuntimeError, ValueError, OSError):
            continue
        if isinstance(made, VideoCodecContext) and made.is_hwaccel:
            made.extradata = codec.extradata
            return made, kind
    return None
