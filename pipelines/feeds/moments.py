"""Times of items as feeds write them → UTC, or None.

RFC 822 with its many dialects, ISO 8601, seconds since 1970, and days in the words of the languages that Khabar reads. A time
without a zone is taken for UTC. No time is later than the poll that read it: feeds announce, and their clocks go wrong.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.extract.dates import compact_date, find_date
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

EARLIEST: Final = 1990
"""Older years are a clock that was never set: 1970, 1900, 0001."""
MOST_CHARACTERS: Final = 200
_CLOCK: Final = re.compile(
    r"""(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d|60))?(?:[.,]\d+)?
    (?:\s*([AaPp])\.?[Mm]\b\.?)?
    (?:\s*(?:GMT|UTC)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?(?!\d)|\s*([^\W\d_]{1,5})\b)?""",
    re.VERBOSE,
)
_COMPACT_CLOCK: Final = re.compile(r"(?<=\d{8}T)([01]\d|2[0-3])([0-5]\d)([0-5]\d)?")
_SECONDS: Final = re.compile(r"\d{9,10}|\d{12,13}")


def at(parsed: Sequence[int] | None, written: str, *, now: datetime) -> datetime | None:
    """The time that is ``written``, else the one that feedparser read (``parsed``, UTC); ``now`` where that is later.

    feedparser comes second: it takes ten digits for a year and something, 2026/11/24 for the first of the month, and does not
    know Moscow's time. It is better at two-digit years and at zones that ``data/feeds/zones.tsv`` does not name.
    """
    moment, sure = _of_text(written[:MOST_CHARACTERS])
    found = (moment, _of_fields(parsed)) if sure else (_of_fields(parsed), moment)
    return next((min(one, now) for one in found if one is not None and one.year >= EARLIEST), None)


def _of_fields(parsed: Sequence[int] | None) -> datetime | None:
    if parsed is None:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    try:
        # a leap second has no place in datetime
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _of_text(written: str) -> tuple[datetime | None, bool]:
    """The time, and False where its zone has a name that is not known."""
    text = "".join(str(int(char)) if char.isdecimal() else char for char in written.strip())
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC), True
    day = compact_date(text) or find_date(text)
    if day is None:
        return None, False
    clock = _CLOCK.search(text)
    if clock is None:
        compact = _COMPACT_CLOCK.search(text)
        hour, minute, second = (int(part or 0) for part in compact.groups()) if compact else (0, 0, 0)
        return datetime.combine(day, time(hour, minute, second), UTC), True
    hour, minute, second = int(clock[1]), int(clock[2]), min(int(clock[3] or 0), 59)
    if clock[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[4] in "Pp" else 0)
    name = (clock[8] or "").upper()
    minutes = _zones().get(name, 0)
    if clock[5]:
        minutes = (int(clock[6]) * 60 + int(clock[7] or 0)) * (-1 if clock[5] == "-" else 1)
    zone = timezone(timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else UTC
    try:
        # 24:00 is the end of its day
        moment = datetime.combine(day, time(hour % 24, minute, second), zone) + timedelta(days=hour // 24)
        return moment.astimezone(UTC), not name or name in _zones()
    except OverflowError:
        return None, False


@cache
def _zones() -> dict[str, int]:
    return {row["name"]: int(row["minutes"]) for row in table("feeds/zones.tsv")}
