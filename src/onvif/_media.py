"""Profiles, stream and snapshot addresses, key frames: Media2 (ONVIF Profile T) first, Media1 (Profile S) else."""

from collections.abc import Callable
from typing import Any, TypeVar

from ..domain.devices import MediaProfile
from ..domain.errors import BrokenAnswerError, UnsupportedError
from ._failures import FaultError
from ._line import NOT_THERE, Line
from ._zeep_adapter import MEDIA, MEDIA2

T = TypeVar("T")

# What cameras call their codecs (IANA media types and ONVIF's older names), and what everybody else calls them.
_CODECS = {"JPEG": "MJPEG", "MPEG4": "MPEG4", "MPV4-ES": "MPEG4", "H264": "H264", "H265": "H265"}
_STREAM_SETUP = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}


class Media:
    """The media services of one camera, over a line."""

    def __init__(self, line: Line, place: str) -> None:
        self._line = line
        self._place = place

    def profiles(self) -> tuple[MediaProfile, ...]:
        return self._either(self._profiles2, self._profiles1)

    def profiles_of_media1(self) -> tuple[MediaProfile, ...]:
        """What Media1 says alone; empty where there is none. Some cameras bind PTZ only there."""
        return self._profiles1() if "media" in self._line.services() else ()

    def stream_uri(self, token: str) -> str:
        """As the camera tells it."""
        return self._text(self._either(lambda: self._stream2(token), lambda: self._stream1(token)))

    def snapshot_uri(self, token: str) -> str:
        """As the camera tells it."""
        return self._text(
            self._either(
                lambda: self._line.call(MEDIA2, "GetSnapshotUri", ProfileToken=token),
                lambda: self._uri_of(self._line.call(MEDIA, "GetSnapshotUri", ProfileToken=token)),
            )
        )

    def request_key_frame(self, token: str) -> None:
        self._either(
            lambda: self._line.call(MEDIA2, "SetSynchronizationPoint", ProfileToken=token),
            lambda: self._line.call(MEDIA, "SetSynchronizationPoint", ProfileToken=token),
        )

    def _either(self, by_media2: Callable[[], T], by_media1: Callable[[], T]) -> T:
        services = self._line.services()
        if "media2" in services:
            try:
                return by_media2()
            except NOT_THERE:
                if "media" not in services:
                    raise
        elif "media" not in services:
            raise UnsupportedError("the camera has no media service", place=self._place)
        return by_media1()

    def _stream2(self, token: str) -> Any:
        try:
            return self._line.call(MEDIA2, "GetStreamUri", Protocol="RTSP", ProfileToken=token)
        except FaultError:
            # Older firmware knows the name of Media1 only.
            return self._line.call(MEDIA2, "GetStreamUri", Protocol="RtspUnicast", ProfileToken=token)

    def _stream1(self, token: str) -> Any:
        return self._uri_of(self._line.call(MEDIA, "GetStreamUri", StreamSetup=_STREAM_SETUP, ProfileToken=token))

    def _profiles2(self) -> tuple[MediaProfile, ...]:
        answer = self._line.call(MEDIA2, "GetProfiles", Type=["All"])
        found = []
        for profile in answer or ():
            configurations = getattr(profile, "Configurations", None)
            encoder = getattr(configurations, "VideoEncoder", None)
            ptz = getattr(configurations, "PTZ", None) is not None
            found.append(self._profile(profile, encoder, ptz))
        return tuple(found)

    def _profiles1(self) -> tuple[MediaProfile, ...]:
        answer = self._line.call(MEDIA, "GetProfiles")
        return tuple(
            self._profile(
                p, getattr(p, "VideoEncoderConfiguration", None), getattr(p, "PTZConfiguration", None) is not None
            )
            for p in answer or ()
        )

    def _profile(self, profile: Any, encoder: Any, ptz: bool) -> MediaProfile:
        token = getattr(profile, "token", None)
        if not token:
            raise BrokenAnswerError("the camera tells a media profile without a token", place=self._place)
        size, rate = getattr(encoder, "Resolution", None), getattr(encoder, "RateControl", None)
        codec = str(getattr(encoder, "Encoding", None) or "").upper()
        return MediaProfile(
            token=str(token),
            name=str(getattr(profile, "Name", None) or token),
            codec=_CODECS.get(codec, codec),
            width=int(_number(getattr(size, "Width", None))),
            height=int(_number(getattr(size, "Height", None))),
            fps=_number(getattr(rate, "FrameRateLimit", None)),
            ptz=ptz,
        )

    @staticmethod
    def _uri_of(answer: Any) -> Any:
        return getattr(answer, "Uri", None)

    def _text(self, uri: Any) -> str:
        if not isinstance(uri, str) or not uri.strip():
            raise BrokenAnswerError("the camera tells no address", place=self._place)
        return uri


def _number(value: Any) -> float:
    """A number that a camera told, 0 where it told none (or nonsense, which a lax schema lets through)."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if 0 <= number < 1e6 else 0.0
