"""Solar Hijri (Jalali) dates to Gregorian ones and back, by the 33-year rule.

Year y is leap where (25 y + 11) mod 33 < 8, which agrees with the calendar of Iran and Afghanistan in 1178-1633 (1799-2254):
E. M. Reingold and N. Dershowitz, *Calendrical Calculations*, section on the arithmetical Persian calendar's 33-year cycles.
1 Hamal 1400 is 21 March 2021.
"""

from __future__ import annotations

from datetime import date
from typing import Final

FIRST, LAST = 1178, 1633
_ANCHOR_YEAR: Final = 1400
_ANCHOR: Final = date(2021, 3, 21)
_LONG_MONTHS: Final = 6
"""The first six months have 31 days, the others 30; the last 29 or 30."""


def leap(year: int) -> bool:
    """True where Hut (Esfand) has 30 days."""
    return (25 * year + 11) % 33 < 8


def gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali one; None where the year, month or day does not exist."""
    longest = 31 if month <= _LONG_MONTHS else 30 if month < 12 or leap(year) else 29
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= day <= longest):
        return None
    passed = (month - 1) * 30 + min(month - 1, _LONG_MONTHS) + day - 1
    return date.fromordinal(_new_year(year) + passed)


def _new_year(year: int) -> int:
    step = 1 if year >= _ANCHOR_YEAR else -1
    first, last = sorted((year, _ANCHOR_YEAR))
    return _ANCHOR.toordinal() + step * sum(365 + leap(y) for y in range(first, last))


def gregorian_months(month: int) -> tuple[int, int]:
    """The two Gregorian months over which a Jalali month lies."""
    return (month + 1) % 12 + 1, (month + 2) % 12 + 1


def same_year(jalali: int, year: int) -> bool:
    """True where the two years overlap."""
    return FIRST <= jalali <= LAST and year - jalali in {621, 622}
