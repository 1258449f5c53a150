"""Days as people write them in English, Russian, Persian, Dari, Pashto and Arabic: text -> ``date``.

Solar Hijri years (1300-1499) become Gregorian. The day is the one that the page states, in its own time zone. A numeric
date that reads two ways ("03/04/2021") is no date here: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from pipelines import tables
from pipelines.text import fold

_ISO: Final = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_COMPACT: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6})?")
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_ORDINAL: Final = frozenset({"st", "nd", "rd", "th", "го", "of", "de", "م", "د", "کال", "سال", "ماه", "په"})
_EARLIEST: Final = 1990
_LATEST: Final = 2100
_SOLAR_YEARS: Final = range(1300, 1500)
_MAX_TEXT: Final = 400


def find_date(text: str) -> date | None:
    """First full date (day, month and year) in ``text``, or None."""
    # NFKC in `fold` leaves Arabic digits alone; `int` reads them, a pattern with ASCII digits would not
    folded = _ascii_digits(fold(text[:_MAX_TEXT]))
    return _numeric(folded) or _written(folded)


def solar_to_gregorian(year: int, month: int, day: int) -> date:
    """Day of the Solar Hijri calendar as a Gregorian one. Raises ValueError for a day that does not exist.

    The 33-year cycle of leap years (1, 5, 9, 13, 17, 22, 26, 30) is exact for 1178-1633.
    """
    length = 31 if month <= 6 else 30 if month < 12 or _solar_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"{year}-{month}-{day} is no day of the Solar Hijri calendar")
    days = (
        sum(366 if _solar_leap(y) else 365 for y in range(1300, year))
        + (min(month, 7) - 1) * 31
        + max(0, month - 7) * 30
        + day
        - 1
    )
    return _SOLAR_1300 + timedelta(days=days)


_SOLAR_1300: Final = date(1921, 3, 21)


def _solar_leap(year: int) -> bool:
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}


@cache
def month_names() -> frozenset[str]:
    """Comparison keys of all month names of four letters and more, and of the English short forms: no part of a name.

    "May", "June", "April" and "August" are left out: they are given names.
    """
    return frozenset(name for name in _months() if name not in _GIVEN_NAMES and (len(name) > 3 or name.isascii()))


_GIVEN_NAMES: Final = frozenset({"may", "june", "april", "august", "jan", "mar", "اسد", "مهر", "میزان", "حمل", "تیر"})


def _numeric(text: str) -> date | None:
    if match := _ISO.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
    return None


def compact_date(text: str) -> date | None:
    """A date written as machines write it: ISO 8601 with or without dashes, at the start of ``text``."""
    stripped = text.strip()
    if match := _ISO.match(stripped):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.match(stripped):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return None


def _written(text: str) -> date | None:
    found = [token for token in _TOKEN.findall(text) if token not in _ORDINAL]
    months = _months()
    for index in range(len(found)):
        for size in (2, 1):
            name = " ".join(found[index : index + size])
            if len(found) - index < size or name not in months:
                continue
            day = _around(found, index, size, months[name])
            if day is not None:
                return day
    return None


def _around(found: list[str], index: int, size: int, names: tuple[tuple[str, int], ...]) -> date | None:
    """Day and year beside the month: "19 November 2019", "November 19, 2019", "2019 November 19", "۲۹ بهمن ۱۳۹۸"."""
    before = [_number(found, index - 1), _number(found, index - 2)]
    after = [_number(found, index + size), _number(found, index + size + 1)]
    orders = ((before[0], after[0]), (after[0], after[1]), (after[0], before[0]), (before[1], before[0]))
    for day, year in orders:
        if day is None or year is None or not 1 <= day <= 31:
            continue
        for calendar, month in names:
            if (calendar == "solar") == (year in _SOLAR_YEARS):
                result = _day(year, month, day)
                if result is not None:
                    return result
    return None


def _number(found: list[str], index: int) -> int | None:
    return int(found[index]) if 0 <= index < len(found) and found[index].isdigit() else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        if year in _SOLAR_YEARS:
            return solar_to_gregorian(year, month, day)
        return date(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _ascii_digits(text: str) -> str:
    return "".join(
        str(int(char)) if char.isdigit() and not char.isascii() and char.isdecimal() else char for char in text
    )


@cache
def _months() -> dict[str, tuple[tuple[str, int], ...]]:
    index: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in tables.table("boilerplate/months.tsv"):
        for name in tables.cell_list(row["names"]):
            key = " ".join(_TOKEN.findall(fold(name)))
            entry = (row["calendar"], int(row["month"]))
            if entry not in index.get(key, ()):
                index[key] = (*index.get(key, ()), entry)
    return index
