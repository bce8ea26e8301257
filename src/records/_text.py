"""Text columns that hold any Python string, and JSON in one canonical form."""

import json
import re

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from ..domain.errors import RecordsError

# PostgreSQL stores no NUL and no database stores a lone surrogate. These, and the escape character itself (U+001A,
# SUBSTITUTE, which nobody types), are written as U+001A and four hex digits; every other text is stored as it is.
_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a([0-9a-f]{4})")


def escape(text: str) -> str:
    """The stored form of any string."""
    return _UNSTORABLE.sub(lambda m: f"\x1a{ord(m[0]):04x}", text)


def unescape(text: str) -> str:
    """The inverse of escape."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "\x1a" in text else text


class AnyText(TypeDecorator[str]):
    """Text without a length that gives back exactly the string that was put in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unescape(value)


def to_json(value: object, what: str) -> str:
    """Canonical JSON: keys sorted, no spaces, no NaN. Raises RecordsError that names `what` for anything else."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        # The exception's text quotes the value, which may be personal.
        raise RecordsError("this cannot be written as JSON", place=what) from None
