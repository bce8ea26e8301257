"""One session in a worker: a thread that reads a stream and has it decoded into shared memory."""

import threading
import time
from collections.abc import Callable

from ...domain.source_state import Reason
from ..port import Rate
from .board import BoardWriter
from .decoder import Decoder
from .ffmpeg_decoder import FfmpegDecoder
from .order import Order, port_of
from .presenter import Presenter
from .reader import RtspReader, StreamEnded
from .tally import Tally
from .unblock import unblock
from .wire import Message

PATIENCE_S = 1.0


class Session(threading.Thread):
    """reader -> decoder -> presenter. Posts `opened`, `segment`, `ended` and, last of all, `closed` messages.

    Another engine overrides `make_decoder`, or `live` where it reads the stream itself.

    Attributes: `order`, `tally` (what was counted), `presenter`, `is_closing`.
    """

    def __init__(self, order: Order, board: BoardWriter, post: Callable[[Message], None]) -> None:
        super().__init__(name=f"session-{order.session}", daemon=True)
        self.order = order
        self.board = board
        self.tally = Tally()
        self.is_closing = False
        self._stopped_at = 0.0
        self._post = post
        self.presenter = Presenter(order, board, self.tally, post)
        self._rate = Rate.FULL
        self._decoder: Decoder | None = None

    def resize(self, width: int, height: int) -> None:
        self.presenter.box = (width, height)

    def set_rate(self, rate: Rate) -> None:
        self._rate = rate
        if self._decoder is not None:
            self._decoder.set_rate(rate)

    def stop(self) -> None:
        """End with the next packet."""
        self.is_closing = True
        self._stopped_at = time.monotonic()

    def hurry(self, now: float) -> None:
        """To be called about once a second: a session that was stopped ends although its camera sends no packet."""
        if self.is_closing and now - self._stopped_at >= PATIENCE_S and self.native_id is not None:
            unblock(self.native_id, port_of(self.order.uri))

    def run(self) -> None:
        reason = Reason.CONNECTION_LOST
        try:
            reason = self.live()
        finally:
            if not self.is_closing:
                self._post({"say": "ended", "session": self.order.session, "reason": reason.value})
            self.presenter.release()
            self._post({"say": "closed", "session": self.order.session})

    def live(self) -> Reason:
        """Everything between the start and the end of the thread; returns why it ended."""
        reader = RtspReader(self.order, self.tally, lambda: self.is_closing)
        try:
            reader.open()
            self._play(reader)
        except StreamEnded as end:
            return end.reason
        finally:
            if self._decoder is not None:
                self._decoder.close()
            reader.close()
        return Reason.CONNECTION_LOST

    def make_decoder(self, reader: RtspReader) -> Decoder:
        return FfmpegDecoder(reader.stream.codec_context, self.presenter, self.tally, self.order.hardware)

    def opened(self) -> None:
        """The camera has accepted."""
        if not self.is_closing:
            self._post({"say": "opened", "session": self.order.session})

    def _play(self, reader: RtspReader) -> None:
        decoder = self._decoder = self.make_decoder(reader)
        decoder.set_rate(self._rate)
        self.opened()
        tally, board, row = self.tally, self.board, self.order.row
        for packet, captured_at, after_loss in reader.packets():
            tally.packets += 1
            tally.bits += packet.size * 8
            board.data_came(row, captured_at)
            decoder.feed(packet, captured_at, after_loss)
