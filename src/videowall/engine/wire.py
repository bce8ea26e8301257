"""The lines between the console and its workers: one JSON object a line, both ways, through the worker's pipes."""

import json
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]


def to_line(message: Message) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


class LineReader:
    """Puts messages together from whatever pieces a pipe delivers."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Message]:
        """Raises ValueError on a line that is no JSON object."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if not isinstance(message, dict):
                raise ValueError("not a message")
            yield message
