"""What a case does to one connection. All of it follows from the seed and the number of the case."""

import asyncio
import random
import re
from dataclasses import dataclass

from tests.fakes.rtsp_exchange import Exchange, Numbering, exchange, interleaved
from tests.fakes.scripted_rtsp import Connection, with_number

from . import mutations

SEEDS = ("gst-h264", "gst-h264-larger", "gst-h265", "gst-mjpeg", "simulator-h264", "gst-digest")
PACKETS_A_BATCH = 160
_PATIENCE_S = 0.15
_ANSWER_S = 3.0
_ASK = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"
_PORT = re.compile(rb"127\.0\.0\.1:\d+")


@dataclass
class Told:
    """What has reached the session code: answers and SDPs, RTP packets.

    `hushed`: cases that ended in silence. `unheard`: batches that the client did not confirm, and that are not counted.
    """

    answers: int = 0
    packets: int = 0
    hushed: int = 0
    unheard: int = 0

    @property
    def mutations(self) -> int:
        return self.answers + self.packets


class Case:
    """Most break answers, the others send a batch of broken packets."""

    def __init__(self, seed: int, number: int, told: Told, port: int) -> None:
        self._chance = random.Random(f"{seed}:{number}")
        self._told = told
        self._port = port
        self._exchange: Exchange = exchange(self._chance.choice(SEEDS))
        breaks_answers = self._chance.random() < 0.85
        steps = len(self._exchange.answers)
        self._first_broken = self._chance.randrange(steps) if breaks_answers else steps
        self._hushes = breaks_answers and self._chance.random() < 0.02
        self._answered = 0

    async def run(self, connection: Connection) -> None:
        """Closes the connection by returning."""
        patience = _ANSWER_S
        while True:
            try:
                request = await asyncio.wait_for(connection.request(), patience)
            except TimeoutError:
                return await self._go_silent(connection)
            method = request.split(" ", 1)[0]
            if await self._answer(connection, method, request):
                patience = _PATIENCE_S
            if method == "PLAY":
                await self._play(connection)
                return None

    async def _answer(self, connection: Connection, method: str, request: str) -> bool:
        """Whether it was a broken one."""
        known = self._exchange.answers
        step = next((n for n, (asked, _) in enumerate(known) if asked == method and n >= self._answered), None)
        answer = known[step][1] if step is not None else b"RTSP/1.0 200 OK\r\n\r\n"
        self._answered = step + 1 if step is not None else self._answered
        head, _, rest = answer.partition(b"\r\nCSeq:")
        whole = with_number(head + rest[rest.find(b"\r\n") :], request) if rest else answer
        whole = _PORT.sub(b"127.0.0.1:%d" % self._port, whole)
        breaks = step is None or step == self._first_broken
        breaks |= step is not None and step > self._first_broken and self._chance.random() < 0.5
        if not breaks:
            await connection.send(whole)
            return False
        await connection.send(self._broken_answer(whole))
        self._told.answers += 1
        return True

    def _broken_answer(self, answer: bytes) -> bytes:
        chance = self._chance
        head, _, body = answer.partition(b"\r\n\r\n")
        match chance.randrange(8):
            case 0:
                other = exchange(chance.choice(SEEDS))
                return mutations.splice(chance, answer, chance.choice(other.answers)[1])
            case 1:
                return answer + interleaved(chance.randbytes(chance.randrange(64)), chance.randrange(256))
            case 2 | 3 | 4 if body:
                # The length is right, so that the parser of the SDP gets all of it.
                broken = mutations.mutated(chance, body, mutations.OF_TEXT)
                return re.sub(rb"(?i)(Content-Length: )\d+", rb"\g<1>%d" % len(broken), head) + b"\r\n\r\n" + broken
            case 5:
                return mutations.mutated(chance, head, mutations.OF_TEXT) + b"\r\n\r\n" + body
            case _:
                return mutations.mutated(chance, answer, mutations.OF_TEXT)

    async def _play(self, connection: Connection) -> None:
        number = Numbering(self._exchange.rate)
        breaks = self._first_broken >= len(self._exchange.answers)
        good, broken = [], 0
        pictures = self._exchange.pictures
        while len(good) < (PACKETS_A_BATCH if breaks else 8):
            for picture in pictures:
                for packet in number(picture):
                    good.append(packet)
        pieces = []
        for index, packet in enumerate(good[:PACKETS_A_BATCH]):
            # The first ones stay good: a decoder that has begun has more to lose.
            if breaks and index > 3 and self._chance.random() < 0.8:
                packet = self._broken_packet(packet)
                broken += 1
            pieces.append(interleaved(packet[:0xFFFF], self._channel()))
        await connection.send(b"".join(pieces) + _ASK)
        if await self._has_read_all(connection):
            self._told.packets += broken
        if breaks and self._chance.random() < 0.3:
            await connection.send(mutations.mutated(self._chance, b"".join(pieces[:20]), mutations.ANYWHERE))

    def _channel(self) -> int:
        return 0 if self._chance.random() < 0.98 else self._chance.randrange(256)

    def _broken_packet(self, packet: bytes) -> bytes:
        if self._chance.random() < 0.1:
            other = exchange(self._chance.choice(SEEDS))
            return mutations.splice(self._chance, packet, self._chance.choice(other.packets))
        return mutations.mutated(self._chance, packet, mutations.OF_PACKETS)

    async def _has_read_all(self, connection: Connection) -> bool:
        """A client answers the question that comes after the packets when it has read them all."""
        try:
            await asyncio.wait_for(connection.request(), _ANSWER_S)
        except TimeoutError:
            self._told.unheard += 1
            return False
        return True

    async def _go_silent(self, connection: Connection) -> None:
        """Mostly the connection is closed now; sometimes the session is left to find out that nothing comes."""
        if self._hushes:
            self._told.hushed += 1
            await connection.request()
