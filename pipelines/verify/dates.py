"""Dates in a translation: every month and weekday is the source's; Jalali and Gregorian may stand for one day.

``Pair`` → warnings ``date_changed`` and the spans of both texts whose numbers a conversion explains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from pipelines.verify import jalali
from pipelines.verify.date_words import DateWord, date_words
from pipelines.verify.numbers import numbers
from pipelines.verify.shape import deviation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

_NUMERIC: Final = re.compile(r"(\d+)/(\d+)/(\d+)")
_SPREAD: Final = 4
"""Years around the current cycle in which a Jalali day falls on each Gregorian day that it can fall on."""

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class DateCheck:
    """``explained`` are spans of numbers that need no equal (source, target); ``days`` those that belong to a date."""

    warnings: list[Warning] = field(default_factory=list)
    explained: tuple[Spans, Spans] = field(default_factory=lambda: ([], []))
    days: tuple[Spans, Spans] = field(default_factory=lambda: ([], []))


def check_dates(pair: Pair) -> DateCheck:
    """Compare the dates of both texts."""
    check = DateCheck()
    named = _days(pair.source, pair.target), _days(pair.target, pair.source)
    written = _numeric(pair.source), _numeric(pair.target)
    for side in (0, 1):
        for word in named[side]:
            check.days[side].extend(word.digits)
            if word.calendar == "week":  # the "three" of "سه‌شنبه" is no number
                check.explained[side].append((word.start, word.stop))
    lost = [word for word in _unmatched(check, 0, named, written) if not _left_out(check, pair, word, named[1])]
    new = _unmatched(check, 1, named, written)
    for word in lost:
        other = next((w for w in new if (w.calendar == "week") == (word.calendar == "week")), None)
        said = f", the translation says “{other.text}”" if other else ""
        check.warnings.append(
            pair.warn(
                "date_changed", f"The source says “{word.text}”{said or ', the translation does not'}.", word.text
            )
        )
        if other:
            new.remove(other)
    for word in new:
        check.warnings.append(
            pair.warn("date_changed", f"The translation says “{word.text}”, the source does not.", word.text)
        )
    check.warnings += _numeric_changes(pair, check, written)
    return check


_MONDAY: Final = 1
_DUSHANBE: Final = ("dushanbe", "душанбе")


def _days(side: Side, other: Side) -> list[DateWord]:
    """Dates of a text. Tajikistan's capital is called Monday, so a Monday is the city where the other text names that."""
    found = date_words(side)
    if not side.language.arabic_script or not any(name in other.folded for name in _DUSHANBE):
        return found
    return [word for word in found if not (word.calendar == "week" and word.number == _MONDAY)]


_ROOM: Final = 20
"""Words of a source in which translators leave a date out."""


def _left_out(check: DateCheck, pair: Pair, word: DateWord, others: Sequence[DateWord]) -> bool:
    """True for a date that went with nothing in its place, from a long sentence; its numbers need no equal then."""
    if len(pair.source.words) < _ROOM or any(other.calendar != "week" for other in others):
        return False
    if word.calendar == "week" or deviation(pair.source, pair.target) < _CUT:
        return False
    check.explained[0].extend(word.digits)
    return True


_CUT: Final = -1.2
"""Standard deviations of length below which the date may have gone with its clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    start: int
    stop: int
    text: str
    days: frozenset[date]


def _numeric(side: Side) -> list[_Written]:
    found = []
    for number in numbers(side.text):
        if match := _NUMERIC.fullmatch(number.value):
            first, second, year = map(int, match.groups())
            year += 2000 if year < 50 else 1900 if year < 100 else 0
            days = {_day(year, second, first), _day(year, first, second), jalali.gregorian(year, second, first)}
            found.append(
                _Written(start=number.start, stop=number.stop, text=number.text, days=frozenset(d for d in days if d))
            )
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unmatched(
    check: DateCheck,
    side: int,
    named: tuple[Sequence[DateWord], Sequence[DateWord]],
    written: tuple[Sequence[_Written], Sequence[_Written]],
) -> list[DateWord]:
    """Firm dates of one side that the other side does not have."""
    missing = []
    for word in named[side]:
        others = named[1 - side]
        months = any(w.calendar != "week" for w in others)
        if not (word.firm or (word.beside and months)) or any(
            (w.calendar, w.number) == (word.calendar, word.number) for w in others
        ):
            continue
        if word.calendar == "week":
            # translators leave a weekday out where the story has said it; a new or another one is an error
            if side == 1 or any(w.calendar == "week" and w.firm for w in others):
                missing.append(word)
            continue
        converted = next((w for w in others if w.calendar not in {"week", word.calendar} and _one_day(word, w)), None)
        if converted:
            check.explained[side].extend(word.digits)
            check.explained[1 - side].extend(converted.digits)
            continue
        numeric = next((w for w in written[1 - side] if _is_written(word, w)), None)
        if numeric:
            check.explained[side].extend(word.digits)
            check.explained[1 - side].append((numeric.start, numeric.stop))
            continue
        missing.append(word)
    return missing


def _one_day(one: DateWord, two: DateWord) -> bool:
    hijri, other = (one, two) if one.calendar == "jalali" else (two, one)
    if hijri.year and other.year and not jalali.same_year(hijri.year, other.year):
        return False
    if hijri.day is None or other.day is None:
        return hijri.day is other.day and other.number in jalali.gregorian_months(hijri.number)
    middle = hijri.year or 1400
    years = (middle,) if hijri.year else range(middle - _SPREAD, middle + _SPREAD + 1)
    days = (jalali.gregorian(year, hijri.number, hijri.day) for year in years)
    return any(d and (d.month, d.day) == (other.number, other.day) and other.year in {None, d.year} for d in days) or (
        hijri.year is None
        and other.year is not None
        and any(
            d == _day(other.year, other.number, other.day)
            for y in (other.year - 621, other.year - 622)
            if (d := jalali.gregorian(y, hijri.number, hijri.day))
        )
    )


def _is_written(word: DateWord, written: _Written) -> bool:
    if word.calendar == "jalali" and word.year and word.day:
        return jalali.gregorian(word.year, word.number, word.day) in written.days
    return any(
        d.month == word.number and word.day in {None, d.day} and word.year in {None, d.year} for d in written.days
    )


def _numeric_changes(
    pair: Pair, check: DateCheck, written: tuple[Sequence[_Written], Sequence[_Written]]
) -> list[Warning]:
    found = []
    for side, other in ((0, 1), (1, 0)):
        for one in written[side]:
            span = (one.start, one.stop)
            if span in check.explained[side]:
                continue
            if not any(one.days & two.days for two in written[other]) and (side == 0 or not written[other]):
                where = "source has" if side == 0 else "translation has"
                found.append(
                    pair.warn("date_changed", f"The {where} the date {one.text}, the other text does not.", one.text)
                )
            check.explained[side].append(span)
    return found
