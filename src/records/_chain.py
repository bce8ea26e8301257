"""The audit chain: the hash of a row, in the canonical form that docs/records.md describes. Version 1; never changed.

Whoever reads the database with another program computes the same hashes from the bytes that it finds there.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from ._text import escape

GENESIS = "0" * 64
"""What stands for the hash of the row before a console's first."""

TAG = "gwanje-audit-1"

TEXTS = ("console", "seat", "operator", "action", "camera", "details", "reason")
"""The columns whose stored form may be an escaped one (_text.py); the others are plain ASCII."""

_BEFORE = ("id", "action_id", "at", "console", "seat", "operator", "action", "outcome", "camera", "details", "reason")


class Head(NamedTuple):
    """Where a console's chain ends. Number 0 with GENESIS: nowhere yet."""

    number: int = 0
    hash: str = GENESIS


def netstring(value: bytes) -> bytes:
    """The length in decimal digits, a colon, the bytes, a comma: no two lists of fields look alike."""
    return b"%d:%b," % (len(value), value)


def row_hash(previous: str, number: int, stored: Mapping[str, Any]) -> str:
    """64 hexadecimal digits. `stored` holds the columns as they lie in the database, its texts escaped."""
    fields = (TAG, previous, number, *(stored[name] for name in _BEFORE))
    # surrogateescape: bytes that are no UTF-8, which only a tampered row holds, count as the bytes that they are
    return sha256(b"".join(netstring(str(f).encode("utf-8", "surrogateescape")) for f in fields)).hexdigest()


def stored_form(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it will lie in the database, from the row as the program knows it."""
    return {**row, **{name: escape(row[name]) for name in TEXTS}}
