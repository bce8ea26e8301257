"""The camera's clock against ours, from what it answers to GetSystemDateAndTime or from an HTTP Date header."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

# A camera tells whole seconds, cut off: on average its clock is half a second further.
_CUT_OFF_S = 0.5
# POSIX TZ: a name, then hours west of Greenwich ("KST-9", "CST6CDT", "<+0530>-5:30").
_POSIX_TZ = re.compile(r"^(?:[A-Za-z]{3,}|<[^>]+>)([+-]?\d{1,2})(?::(\d{2}))?")


def offset_from_answer(answer: Any, now: datetime) -> float | None:
    """Return the device's clock minus `now` in seconds, or None when the answer holds no usable time.

    `answer` is a tt:SystemDateTime. UTCDateTime is taken; LocalDateTime only with a time zone that can be read.
    """
    told = _instant(getattr(answer, "UTCDateTime", None))
    if told is None:
        local = _instant(getattr(answer, "LocalDateTime", None))
        west = _seconds_west(getattr(getattr(answer, "TimeZone", None), "TZ", None))
        told = local + timedelta(seconds=west) if local is not None and west is not None else None
    return None if told is None else (told - now).total_seconds() + _CUT_OFF_S


def offset_from_header(date: str | None, now: datetime) -> float | None:
    """The same from an HTTP Date header, None where it is missing or not a date."""
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    if told.tzinfo is None:
        told = told.replace(tzinfo=UTC)
    return (told - now).total_seconds() + _CUT_OFF_S


def _instant(value: Any) -> datetime | None:
    try:
        date, time = value.Date, value.Time
        return datetime(
            int(date.Year),
            int(date.Month),
            int(date.Day),
            int(time.Hour),
            int(time.Minute),
            min(59, int(time.Second)),
            tzinfo=UTC,
        )
    except (AttributeError, TypeError, ValueError):
        return None


def _seconds_west(zone: object) -> float | None:
    match = _POSIX_TZ.match(zone) if isinstance(zone, str) else None
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    return hours * 3600 + (-minutes if match[1].startswith("-") else minutes) * 60
