"""Times as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.feeds import moments
from tests.unit.feeds.samples import NOW, item, only, rss


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 GMT", at(24, 10)),
        ("Tue, 24 Nov 2026 10:00:00 +0430", at(24, 5, 30)),
        ("Tue, 24 Nov 2026 10:00 EST", at(24, 15)),
        ("24 Nov 2026 10:00:00 +0000", at(24, 10)),
        ("Tues, 24 November 2026 10:00:00 UT", at(24, 10)),
        ("Mon, 24 Nov 26 10:00:00 GMT", at(24, 10)),
        ("2026-11-24T10:00:00Z", at(24, 10)),
        ("2026-11-24T10:00:00.123+03:00", at(24, 7)),
        ("2026-11-24 10:00:00", at(24, 10)),
        ("2026-11-24", at(24)),
        ("20261124T100000", at(24, 10)),
        ("2026/11/24 10:00:00", at(24, 10)),
        ("1405-09-03 10:30", at(24, 10, 30)),
        ("Tue, 24 Nov 2026 10:00:00 MSK", at(24, 7)),
        ("Tue, 24 Nov 2026 10:00:00 GMT+3", at(24, 7)),
        ("Tue, 24 Nov 2026 10:00:00 AFT", at(24, 5, 30)),
        ("Mon, 23 Nov 2026 24:00:00 GMT", at(24)),
        ("Tue, 24 Nov 2026 10:00 PM", at(24, 22)),
        ("Tue Nov 24 10:00:00 2026", at(24, 10)),
        ("Tue, 24 Nov 2026 10:00:00 Europe/Moscow", at(24, 10)),
        ("24.11.2026 10:05", at(24, 10, 5)),
        ("вторник, 24 ноября 2026, 10:05 +0300", at(24, 7, 5)),
        ("۳ قوس ۱۴۰۵", at(24)),
        ("۳ آذر ۱۴۰۵ ۱۴:۳۰", at(24, 14, 30)),
        ("November 24, 2026 1:05 PM", at(24, 13, 5)),
        ("1795514400", at(24, 10)),
        ("1795514400000", at(24, 10)),
    ],
)
def test_dialects_of_dates_are_read(written: str, expected: datetime) -> None:
    assert only(rss(item(f"<pubDate>{written}</pubDate>"))).published_at == expected


@pytest.mark.parametrize(
    "written", ["", "now", "0000-00-00 00:00:00", "Mon, 32 Foo 2026", "1970-01-01T00:00:00Z", "03/04/2021", "٩"]
)
def test_nonsense_is_none(written: str) -> None:
    assert only(rss(item(f"<pubDate>{written}</pubDate>"))).published_at is None


def test_fields_that_are_no_time_are_not_believed() -> None:
    assert moments.at((2026, 13, 1, 0, 0, 0), "", now=NOW) is None
    assert moments.at((2026, 11, 24, 10, 0, 61), "", now=NOW) == at(24, 10, 0, 59)
    assert moments.at((0, 0, 0, 0, 0, 0), "2026-11-24", now=NOW) == at(24)


def test_no_time_is_later_than_now() -> None:
    assert moments.at(None, (NOW + timedelta(hours=1)).isoformat(), now=NOW) == NOW
    assert moments.at(None, (NOW - timedelta(seconds=1)).isoformat(), now=NOW) == NOW - timedelta(seconds=1)
