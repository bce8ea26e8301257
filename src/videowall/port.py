"""Between the wall that paints and the engines that decode. No Qt, no codec: values and protocols."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Protocol

from ..domain.cameras import CameraId
from ..domain.credentials import Credential
from ..domain.source_state import SourceStatus

if TYPE_CHECKING:
    from .policy.streams import StreamPlan


class Quality(StrEnum):
    MAIN = "main"
    SUB = "sub"

    __hash__ = str.__hash__
    """Enum's own is Python code, and a wall looks its sources up some thousand times a second."""


@dataclass(frozen=True, slots=True)
class SourceKey:
    """One session: a camera and which of its streams."""

    camera_id: CameraId
    quality: Quality = Quality.SUB


class Transport(StrEnum):
    """How RTP travels. AUTO is TCP inside the RTSP connection, and UDP where the camera refuses that."""

    AUTO = "auto"
    TCP = "tcp"
    UDP = "udp"


class Rate(StrEnum):
    """How much of a stream is worth its cost at the moment."""

    FULL = "full"
    HALF = "half"
    KEY_FRAMES = "key frames"


class Importance(IntEnum):
    """How much a view matters to the people who watch. What is ALARMED or ENLARGED is never degraded."""

    NORMAL = 0
    SELECTED = 1
    ALARMED = 2
    ENLARGED = 3


class Pixels(StrEnum):
    """How a Picture's bytes are laid out.

    BGRX: `height` rows of `width` 4-byte pixels (QImage.Format_RGB32), scaled to the view.
    I420: native size; `height` rows of `width` luma bytes, then (height+1)//2 rows of (width+1)//2 U bytes, then V.
    """

    BGRX = "bgrx"
    I420 = "i420"


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """Where a stream is. The uri holds no credentials."""

    uri: str
    credential: Credential | None = None
    transport: Transport = Transport.AUTO


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest picture of a source, in shared memory: copy or paint it at once, it is overwritten two pictures later.

    Attributes:
        data: the pixels as `pixels` says, without padding.
        sequence: rises by one with every picture of the source.
        captured_at: time.monotonic() when the worker had the compressed picture complete.
        decoded_at: time.monotonic() when it was ready to be painted.
        damaged: decoded from incomplete data or with references missing.
        wide_range: I420 only: luma 0-255 instead of 16-235. bt709: I420 only: ITU-R BT.709 instead of BT.601.
        aspect: the width of one pixel over its height; 1 in pictures that were scaled to the view.
    """

    data: memoryview
    width: int
    height: int
    sequence: int
    captured_at: float
    decoded_at: float
    damaged: bool = False
    pixels: Pixels = Pixels.BGRX
    wide_range: bool = False
    bt709: bool = False
    aspect: float = 1.0


@dataclass(frozen=True, slots=True)
class SourceStatistics:
    """Counted by the worker over the last second or so (rates) or since the session opened (counts).

    Attributes:
        fps: pictures decoded a second. frames: pictures decoded. width, height: as the camera sends them.
        errors: packets that could not be decoded. lost: RTP packets that never came. damaged: pictures not whole.
        late: share (0 to 1) of the pictures that the worker passed over or showed late: it cannot keep up.
        transport: "tcp" or "udp". decoder: what decodes, "" for the processor, else the hardware ("cuda", "qsv" ...).
        packets: compressed pictures that came. bytes: their size. counted_at: monotonic time of this count, in seconds.
    """

    fps: float = 0.0
    bits_per_second: float = 0.0
    frames: int = 0
    errors: int = 0
    codec: str = ""
    width: int = 0
    height: int = 0
    lost: int = 0
    damaged: int = 0
    late: float = 0.0
    transport: str = ""
    decoder: str = ""
    packets: int = 0
    bytes: int = 0
    counted_at: float = 0.0


class Sources(Protocol):
    """What a wall window needs. Called on the Qt thread only, and never blocks.

    A *view* is anything hashable that stands for one place on a screen, such as (window, tile). `want` may be called
    again with another key or size; the same source is opened once however many views want it, and is scaled to the
    largest of them; the most important one decides what it is worth.
    """

    @property
    def streams(self) -> "StreamPlan":
        """Which stream each view of the console takes."""

    def want(
        self, view: Hashable, key: SourceKey, width: int, height: int, importance: Importance = Importance.NORMAL
    ) -> None: ...

    def drop(self, view: Hashable) -> None: ...

    def retry(self, camera_id: CameraId) -> None:
        """Open a failed camera again, now."""

    def picture(self, key: SourceKey) -> Picture | None: ...

    def status(self, key: SourceKey) -> SourceStatus: ...

    def statistics(self, key: SourceKey) -> SourceStatistics: ...


AddressBook = Callable[[SourceKey, Callable[[StreamAddress | None], None]], None]
"""Asked by the pool for the address of a source; answers through the callback, on the Qt thread, sooner or later
(the password comes from the secret store, which must not be waited for). None means that there is no such stream."""
