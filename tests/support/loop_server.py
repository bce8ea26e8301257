"""A TCP server in a thread of its own, for misfortunes: its port can be closed and opened, its connections reset."""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Coroutine
from typing import Any

_BELOW_THE_EPHEMERAL_PORTS = range(20_000, 32_000)
_AT_ONCE = struct.pack("ii", 1, 0)


class LoopServer:
    """`serve` is what a subclass does with a connection; when it returns or fails, the connection is closed.

    Attributes:
        accepted: connections so far.
    """

    def __init__(self) -> None:
        self.accepted = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=type(self).__name__)
        self._thread.start()
        # Not an ephemeral port: while ours is closed, a client that knocks there could be given it as its own.
        self.port, self._server = self._call(self._listen(*random.sample(_BELOW_THE_EPHEMERAL_PORTS, 50)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    def gone(self) -> None:
        """As after a loss of power: all connections are reset, new ones are refused."""
        self._server.close()
        self.reset_all()

    def back(self) -> None:
        """As before `gone`, on the same port."""
        _, self._server = self._call(self._listen(self.port))

    def reset_all(self) -> None:
        """The other sides see a TCP reset."""
        self._call(self._reset_all())

    def cut_all(self) -> None:
        """The other sides see an orderly end."""
        self._loop.call_soon_threadsafe(self._cut_all)

    def end(self) -> None:
        self._server.close()
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def reset(self, writer: asyncio.StreamWriter) -> None:
        """On the server's own thread only."""
        connection = writer.get_extra_info("socket")
        if connection is not None and not writer.transport.is_closing():
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        writer.transport.abort()

    def _call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _listen(self, *ports: int) -> tuple[int, asyncio.Server]:
        for port in ports:
            try:
                return port, await asyncio.start_server(self._accepted, "127.0.0.1", port, backlog=256)
            except OSError:
                continue
        raise RuntimeError("no port to be had")

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._open.add(writer)
        self.accepted += 1
        try:
            await self.serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the other side has gone, or we are to end
        finally:
            self._open.discard(writer)
            self._serving.discard(task)
            writer.close()

    async def _reset_all(self) -> None:
        for writer in tuple(self._open):
            self.reset(writer)

    def _cut_all(self) -> None:
        for writer in tuple(self._open):
            writer.close()

    async def _end(self) -> None:
        for task in tuple(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # lets the closed connections go
