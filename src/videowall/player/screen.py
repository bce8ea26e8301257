"""From decoded pictures to shared memory: scaled into the box for the window, at full size for a still."""

from collections.abc import Callable

from ..engine.pictures import Scaler, fitted_size
from ..engine.slots import PictureWriter
from ..engine.wire import Message
from .decoding import Decoded

_ANY_SIZE = (1 << 20, 1 << 20)


class Screen:
    """`post` gets a `segment` message for each new memory; pictures in it are numbered from 1 on."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self.box = (640, 360)
        self._post = post
        self._scaler = Scaler()
        self._still_scaler = Scaler()
        self._writer: PictureWriter | None = None
        self._still: PictureWriter | None = None
        self._generation = 0
        self._sequence = 0

    def show(self, picture: Decoded) -> None:
        frame = picture.frame
        width, height = fitted_size((frame.width, frame.height), picture.aspect, self.box)
        rows = self._scaler.scale(frame, width, height)
        self._sequence += 1
        writer, retired = self._writer, None
        if writer is None or (writer.width, writer.height) != (width, height):
            retired, writer = writer, self._new(width, height)
        writer.write([rows], self._sequence, picture.time)
        if writer is not self._writer:
            self._writer = writer
            self._post({"say": "segment", **_describe(writer)})
        if retired is not None:
            retired.memory.release()

    def keep(self, picture: Decoded) -> Message:
        """Where the picture lies at its full size, until the next one is kept."""
        frame = picture.frame
        width, height = fitted_size((frame.width, frame.height), picture.aspect, _ANY_SIZE)
        if self._still is not None:
            self._still.memory.release()
        self._still = self._new(width, height)
        self._still.write([self._still_scaler.scale(frame, width, height)], 1, picture.time)
        return _describe(self._still)

    def clear(self) -> None:
        """Nothing is shown any more."""
        for writer in (self._writer, self._still):
            if writer is not None:
                writer.memory.release()
        self._writer = self._still = None

    def _new(self, width: int, height: int) -> PictureWriter:
        self._generation += 1
        return PictureWriter(0, self._generation, width, height)


def _describe(writer: PictureWriter) -> Message:
    return {
        "place": writer.memory.place,
        "generation": writer.generation,
        "width": writer.width,
        "height": writer.height,
    }
