"""From pictures to shared memory: scales what FFmpeg decoded, writes it, and notes it on the board."""

import time
from collections.abc import Callable, Sequence

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from ...domain.source_state import STALE_AFTER_S
from ..port import Pixels
from .board import BoardWriter
from .order import Order
from .pictures import ChangeDetector, Pace, Scaler, fitted_size, with_known_colours
from .planar import Planar
from .slots import DAMAGED, PictureWriter
from .tally import Tally
from .wire import Message

HELD_BACK_AFTER_S = 1.0


class Presenter:
    """One for each session. `show` takes FFmpeg's frames, `publish` pictures that are ready to be painted.

    Attributes: `box` is the size (width, height) that pictures have to fit into; it may change at any time.
    """

    def __init__(self, order: Order, board: BoardWriter, tally: Tally, post: Callable[[Message], None]) -> None:
        self.box = (order.width, order.height)
        self._order = order
        self._board = board
        self._tally = tally
        self._post = post
        self._sequence = order.sequence
        self._generation = 0
        self._writer: PictureWriter | None = None
        self._scaler = Scaler()
        self._planar = Planar()
        self._changes = ChangeDetector()
        self._pace = Pace()

    def show(self, frame: VideoFrame, captured_at: float, aspect: float = 1.0, damaged: bool = False) -> None:
        """Publish a frame in the layout and size that are asked for, unless a newer one waits.

        `aspect` is the width of one pixel over its height.
        """
        tally, pace = self._tally, self._pace
        frame = with_known_colours(frame)
        tally.native = (frame.width, frame.height)
        tally.due += 1
        shows = pace.shows(frame.time, captured_at)
        tally.late += pace.is_late and not tally.was_awaited
        if pace.has_jumped:
            self._board.clock_jumped(self._order.row, time.monotonic())
        if pace.behind >= STALE_AFTER_S:
            self._board.picture_is_late(self._order.row, time.monotonic())
        if not shows:
            return
        is_new = self._changes.is_new(frame)
        if self._order.pixels is Pixels.I420:
            planes, flags = self._planar.planes(frame)
            self._write(planes, tally.native, captured_at, is_new, flags | damaged * DAMAGED, aspect)
            return
        width, height = fitted_size(tally.native, aspect, self.box)
        self.publish(self._scaler.scale(frame, width, height), width, height, captured_at, is_new, damaged)

    def publish(
        self,
        rows: NDArray[np.uint8],
        width: int,
        height: int,
        captured_at: float,
        is_new: bool,
        damaged: bool = False,
    ) -> None:
        """Make a BGRx picture, `height` rows of at least `width` * 4 bytes, the newest one. One thread at a time."""
        self._write([rows], (width, height), captured_at, is_new, damaged * DAMAGED)

    def release(self) -> None:
        """No more pictures. The last one stays with whoever has it open."""
        if self._writer is not None:
            self._writer.memory.release()

    def _write(
        self,
        planes: Sequence[NDArray[np.uint8]],
        size: tuple[int, int],
        captured_at: float,
        is_new: bool,
        flags: int,
        aspect: float = 1.0,
    ) -> None:
        self._sequence += 1
        row = self._order.row
        writer, retired = self._writer, None
        if writer is None or (writer.width, writer.height) != size:
            self._generation += 1
            retired = writer
            writer = PictureWriter(self._order.session, self._generation, *size, self._order.pixels)
        ready_at = writer.write(planes, self._sequence, captured_at, flags, aspect)
        if flags & DAMAGED:
            self._tally.damaged += 1
            self._board.picture_is_damaged(row, ready_at)
        # A picture that was held back is as old as it is, and no sign of life.
        shown_at = ready_at if ready_at - captured_at < HELD_BACK_AFTER_S else captured_at
        self._board.picture_came(row, self._sequence, shown_at, is_new)
        if writer is not self._writer:
            self._writer = writer
            self._announce(writer)
        if retired is not None:
            retired.memory.release()

    def _announce(self, writer: PictureWriter) -> None:
        self._post(
            {
                "say": "segment",
                "session": self._order.session,
                "place": writer.memory.place,
                "generation": writer.generation,
                "width": writer.width,
                "height": writer.height,
                "pixels": writer.pixels.value,
            }
        )
