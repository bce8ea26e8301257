"""From pictures to shared memory: scales what FFmpeg decoded, writes it, and notes it on the board."""

from collections.abc import Callable

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from .board import BoardWriter
from .order import Order
from .pictures import ChangeDetector, Pace, Scaler, fitted_size
from .slots import PictureWriter
from .tally import Tally
from .wire import Message


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
        self._changes = ChangeDetector()
        self._pace = Pace()

    def show(self, frame: VideoFrame, captured_at: float, aspect: float = 1.0, damaged: bool = False) -> None:
        """Scale a frame into the box and publish it, unless a newer one waits.

        `aspect` is the width of one pixel over its height.
        """
        self._tally.native = (frame.width, frame.height)
        if not self._pace.shows(frame.time, captured_at):
            return
        is_new = self._changes.is_new(frame)
        width, height = fitted_size(self._tally.native, aspect, self.box)
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
        self._sequence += 1
        writer, retired = self._writer, None
        if writer is None or (writer.width, writer.height) != (width, height):
            self._generation += 1
            retired, writer = writer, PictureWriter(self._order.session, self._generation, width, height)
        ready_at = writer.write(rows, self._sequence, captured_at)
        self._board.picture_came(self._order.row, self._sequence, ready_at, is_new)
        if writer is not self._writer:
            self._writer = writer
            self._announce(writer)
        if retired is not None:
            retired.memory.release()

    def release(self) -> None:
        """No more pictures. The last one stays with whoever has it open."""
        if self._writer is not None:
            self._writer.memory.release()

    def _announce(self, writer: PictureWriter) -> None:
        self._post(
            {
                "say": "segment",
                "session": self._order.session,
                "place": writer.memory.place,
                "generation": writer.generation,
                "width": writer.width,
                "height": writer.height,
            }
        )
