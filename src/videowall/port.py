"""Between the wall that paints and the engines that decode. No Qt, no codec: values and protocols."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..domain.cameras import CameraId
from ..domain.credentials import Credential
from ..domain.source_state import SourceStatus


class Quality(StrEnum):
    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class SourceKey:
    """One session: a camera and which of its streams."""

    camera_id: CameraId
    quality: Quality = Quality.SUB


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """Where a stream is. The uri holds no credentials."""

    uri: str
    credential: Credential | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest picture of a source, in shared memory: copy or paint it at once, it is overwritten two pictures later.

    Attributes:
        data: `height` rows of `width` BGRx pixels (4 bytes, QImage.Format_RGB32), no padding.
        sequence: rises by one with every picture of the source.
        captured_at: time.monotonic() when the worker had the compressed picture complete.
        decoded_at: time.monotonic() when it was ready to be painted.
    """

    data: memoryview
    width: int
    height: int
    sequence: int
    captured_at: float
    decoded_at: float


@dataclass(frozen=True, slots=True)
class SourceStatistics:
    """Counted by the worker over the last second or so (rates) or since the session opened (counts)."""

    fps: float = 0.0
    bits_per_second: float = 0.0
    frames: int = 0
    errors: int = 0
    codec: str = ""
    width: int = 0
    height: int = 0


class Sources(Protocol):
    """What a wall window needs. Called on the Qt thread only, and never blocks.

    A *view* is anything hashable that stands for one place on a screen, such as (window, tile). `want` may be called
    again with another key or size; the same source is opened once however many views want it, and is scaled to the
    largest of them.
    """

    def want(self, view: object, key: SourceKey, width: int, height: int) -> None: ...

    def drop(self, view: object) -> None: ...

    def retry(self, camera_id: CameraId) -> None:
        """Open a failed camera again, now."""

    def picture(self, key: SourceKey) -> Picture | None: ...

    def status(self, key: SourceKey) -> SourceStatus: ...

    def statistics(self, key: SourceKey) -> SourceStatistics: ...


AddressBook = Callable[[SourceKey, Callable[[StreamAddress | None], None]], None]
"""Asked by the pool for the address of a source; answers through the callback, on the Qt thread, sooner or later
(the password comes from the secret store, which must not be waited for). None means that there is no such stream."""
