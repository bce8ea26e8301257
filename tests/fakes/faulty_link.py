"""The cable between a real camera and the product: it can be cut, reset, slow, or lead to another camera."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gwanje.domain.credentials import Credential
from gwanje.videowall.port import StreamAddress
from tests.support.loop_server import LoopServer

_PIECE_S = 0.02


class FaultyLink(LoopServer):
    """Passes bytes on to and from `target`, a port of this machine.

    Attributes:
        target: may be changed for the connections to come.
        resets: each new connection is reset at once.
        bytes_per_second: what gets through from the camera, for all connections together; None is everything.
        heard: what the camera has said, a piece for each connection. asked: what was said to it.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.resets = False
        self.bytes_per_second: int | None = None
        self.heard: list[bytearray] = []
        self.asked: list[bytearray] = []
        super().__init__()

    def address(self, credential: Credential | None = None) -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/live", credential)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.resets:
            self.reset(writer)
            return
        from_camera, to_camera = await asyncio.open_connection("127.0.0.1", self.target)
        heard, asked = bytearray(), bytearray()
        self.heard.append(heard)
        self.asked.append(asked)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, to_camera, asked))
                both.create_task(self._pump(from_camera, writer, heard, self._limit))
        except* OSError:
            pass
        finally:
            to_camera.close()

    def _limit(self) -> int | None:
        return self.bytes_per_second

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        heard: bytearray,
        limit: Callable[[], int | None] = lambda: None,
    ) -> None:
        while True:
            rate = limit()
            data = await reader.read(65536 if rate is None else max(1, int(rate * _PIECE_S)))
            if not data:
                break
            heard += data
            writer.write(data)
            await writer.drain()
            if rate is not None:
                await asyncio.sleep(len(data) / rate)
        writer.close()


@contextmanager
def faulty_link(target: int) -> Iterator[FaultyLink]:
    link = FaultyLink(target)
    try:
        yield link
    finally:
        link.end()
