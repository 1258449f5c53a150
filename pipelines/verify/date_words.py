"""Months and weekdays that a text names, with the day and the year beside them.

A ``Side`` → ``DateWord`` values in text order. Names come from ``data/verify/months.tsv``; a name that is another word as well
("may", «среда», "می") counts as ``firm`` only beside a number or a word that says month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.tables import cell_list, table
from pipelines.text import fold, tokens
from pipelines.verify.number_words import LANGUAGE_OF

if TYPE_CHECKING:
    from pipelines.verify.pair import Side

_NUMBER: Final = re.compile(r"(\d{1,4})(?:st|nd|rd|th|م|مه|مین|ام|می)?")
_DIGITS: Final = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
_REACH: Final = 4
"""Words between a month and its day that may be skipped: "د فبروري د میاشتې په ۲۷مه"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWord:
    """A month or weekday at half-open code points. ``calendar``: gregorian, jalali or week.

    ``beside``: not firm, but a number stands next to it, so that it is a month if the other text has one. ``digits`` are the
    spans of the numbers that belong to it.
    """

    start: int
    stop: int
    text: str
    calendar: str
    number: int
    firm: bool
    beside: bool = False
    day: int | None = None
    year: int | None = None
    digits: tuple[tuple[int, int], ...] = ()


def date_words(side: Side) -> list[DateWord]:
    """Every month and weekday of a text."""
    found = []
    index, words = 0, side.words
    while index < len(words):
        match = _match(words, index, side.column)
        if match is None:
            index += 1
            continue
        (calendar, number, weak), length = match
        found.append(_date_word(side, index, length, calendar, number, weak=weak))
        index += length
    return found


def _date_word(side: Side, index: int, length: int, calendar: str, number: int, *, weak: bool) -> DateWord:
    first, last = side.tokens[index], side.tokens[index + length - 1]
    day = year = None
    digits = []
    beside = False
    if calendar != "week":
        for step in (-1, 1):
            at, reach = (index - 1 if step < 0 else index + length), _REACH
            close = True
            while 0 <= at < len(side.words) and reach:
                match = _NUMBER.fullmatch(side.words[at])
                if match is None:
                    if side.words[at] not in _beside_words("skipped"):
                        break
                    close = close and side.words[at] in {"of", "the", "го", "й"}
                else:
                    value = int(match[1])
                    token = side.tokens[at]
                    if 1 <= value <= 31 and day is None:
                        day = value
                    elif 1200 <= value <= 2199 and year is None:
                        year = value
                    else:
                        break
                    beside = beside or close
                    digits.append((token.start, token.stop))
                at, reach = at + step, reach - 1
    before = side.words[index - 1] if index else ""
    after = side.words[index + length] if index + length < len(side.words) else ""
    hinted = before in _beside_words("month") or (after in _beside_words("month") and side.column != "en")
    if side.column == "en" and not first.text[:1].isupper():
        hinted = beside = False
    if weak and after in _beside_words("verb"):
        hinted = beside = False
    return DateWord(
        start=first.start,
        stop=last.stop,
        text=side.text[first.start : last.stop],
        calendar=calendar,
        number=number,
        firm=not weak or (hinted and calendar != "week") or (beside and year is not None),
        beside=beside,
        day=day,
        year=year,
        digits=tuple(digits),
    )


def _match(words: list[str], at: int, column: str) -> tuple[tuple[str, int, bool], int] | None:
    exact, beginnings = _names(column)
    for length in (2, 1):
        if at + length <= len(words) and (found := exact.get(tuple(words[at : at + length]))):
            return found, length
    bare = words[at].strip(_DIGITS)  # "17نومبر"
    if bare != words[at] and (found := exact.get((bare,))):
        return found, 1
    for beginning, found in beginnings:
        if words[at].startswith(beginning):
            return found, 1
    return None


_Names = tuple[dict[tuple[str, ...], tuple[str, int, bool]], list[tuple[str, tuple[str, int, bool]]]]


@cache
def _names(column: str) -> _Names:
    exact: dict[tuple[str, ...], tuple[str, int, bool]] = {}
    beginnings = []
    for row in table("verify/months.tsv"):
        for cell in cell_list(row[column]):
            meaning = (row["calendar"], int(row["number"]), cell.endswith("?"))
            form = cell.rstrip("?*")
            if cell.endswith("*"):
                beginnings.append((fold(form), meaning))
            else:
                exact.setdefault(tuple(fold(t.text) for t in tokens(form, LANGUAGE_OF[column])), meaning)
    return exact, beginnings


@cache
def _beside_words(kind: str) -> frozenset[str]:
    """Words that may stand beside a month: ``month`` words show that it is one, ``skipped`` ones part it from its numbers."""
    return frozenset(
        fold(cell)
        for row in table("verify/date_context.tsv")
        if row["kind"] == kind
        for cell in cell_list(row["words"])
    )
