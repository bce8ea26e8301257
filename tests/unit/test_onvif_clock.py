"""The camera's clock out of what it tells."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Told

import pytest

from gwanje.onvif._clock import offset_from_answer, offset_from_header

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def instant(*parts: object) -> Told:
    year, month, day, hour, minute, second = parts
    return Told(Date=Told(Year=year, Month=month, Day=day), Time=Told(Hour=hour, Minute=minute, Second=second))


def test_utc_is_taken() -> None:
    answer = Told(UTCDateTime=instant(2026, 3, 1, 13, 0, 0), LocalDateTime=instant(1970, 1, 1, 0, 0, 0))
    assert offset_from_answer(answer, NOW) == 3600.5


@pytest.mark.parametrize(
    ("zone", "hours_west"),
    [
        ("KST-9", -9),
        ("CST6CDT,M3.2.0,M11.1.0", 6),
        ("<+0530>-5:30", -5.5),
        ("<-03>3", 3),
        ("UTC0", 0),
        ("NST3:30", 3.5),
    ],
)
def test_local_time_with_a_zone_serves_where_utc_is_missing(zone: str, hours_west: float) -> None:
    local = NOW - timedelta(hours=hours_west)
    answer = Told(
        UTCDateTime=None,
        LocalDateTime=instant(local.year, local.month, local.day, local.hour, local.minute, local.second),
        TimeZone=Told(TZ=zone),
    )
    assert offset_from_answer(answer, NOW) == 0.5


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Told(UTCDateTime=None, LocalDateTime=instant(2026, 3, 1, 12, 0, 0), TimeZone=None),
        Told(UTCDateTime=instant(2026, 13, 1, 0, 0, 0)),
        Told(UTCDateTime=instant(None, 1, 1, 0, 0, 0)),
        Told(UTCDateTime=instant("x", 1, 1, 0, 0, 0)),
        Told(UTCDateTime=Told(Date=None, Time=None)),
    ],
)
def test_a_time_that_is_none(answer: object) -> None:
    assert offset_from_answer(answer, NOW) is None


def test_a_leap_second_is_a_time() -> None:
    assert offset_from_answer(Told(UTCDateTime=instant(2026, 3, 1, 11, 59, 60)), NOW) == -0.5


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 01 Mar 2026 12:00:10 GMT", 10.5),
        ("Sun, 01 Mar 2026 21:00:00 +0900", 0.5),
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_http_date(date: str | None, expected: float | None) -> None:
    assert offset_from_header(date, NOW) == expected
