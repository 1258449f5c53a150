"""Numbers of a text, normalised so that the same quantity written in two scripts or styles compares equal.

Text → ``Number`` values in text order. 1,200 = 1 200 = ۱٬۲۰۰ = ١٢٠٠; 3.5 = 3,5 = ۳٫۵; 2.5bn = 2,5 млрд = ۲٫۵ میلیارد;
28.01.2021 = 2021-01-28. Number *words* ("twelve") are not read: no summary back-end here turns digits into words.
Words that multiply or mean percent come from ``data/coherence/scales.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from typing import Final

from pipelines.tables import cell_list, table
from pipelines.text import fold

_GROUP: Final = "[,\u066c\u060c.'’\u00a0\u202f\u2009 ]"
_NUMBER: Final = re.compile(
    r"""
      (?P<date>(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d))
    | (?P<time>(?<!\d)\d{1,2}(?::\d\d){1,2}(?!\d))
    | (?P<grouped>(?<!\d)[1-9\u0661-\u0669\u06f1-\u06f9]\d{0,2}
        (?:(?P<separator>[,\u066c\u060c\u00a0\u202f\u2009 ])\d{3}(?:(?P=separator)\d{3})*
          |(?:[.'’]\d{3}){2,})(?!\d)(?:[.\u066b]\d+)?)
    | (?P<plain>\d+(?:[.,\u066b]\d+)?)
    """,
    re.VERBOSE,
)
# Persian writes the decimal point as a slash: ۳/۵ is 3.5. With Latin digits 3/5 is a fraction or a date.
_PERSIAN_SLASH: Final = re.compile(r"(?<![\d/])([\u06f0-\u06f9]+)/([\u06f0-\u06f9]{1,2})(?![\d/])")
_AFTER: Final = re.compile(r"[\s\u200c-]{0,2}(per cent\b|[^\W\d_]+)")
_PERCENT_SIGNS: Final = "%٪﹪％"
_CURRENCY: Final = "$£€¥₽₹؋"
_SCALED_DIGITS: Final = 30
"""Digits of the longest number that a scale word multiplies; nobody writes more before "million"."""
# The default context rounds to 28 digits, and a changed digit in a longer number would go unseen
_EXACT: Final = Context(prec=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number at half-open code points of the text.

    ``value`` compares across scripts: a plain decimal (``"1200"``, ``"-3.5"``), a time (``"12:30"``) or a date with day
    first (``"28/1/2021"``). Scale words are multiplied in. ``percent`` tells 5 % from 5.
    """

    start: int
    stop: int
    text: str
    value: str
    percent: bool = False


def numbers(text: str) -> list[Number]:
    """Every number written with digits (of any script), in text order, none overlapping."""
    # Same length as `text`, so that offsets hold
    marked = _PERSIAN_SLASH.sub(lambda m: f"{m[1]}\u066b{m[2]}", text)
    return [_number(marked, text, match) for match in _NUMBER.finditer(marked)]


def _number(marked: str, text: str, match: re.Match[str]) -> Number:
    start, stop = match.span()
    written = "".join(str(unicodedata.decimal(c, c)) for c in match.group())
    if match["date"]:
        return Number(start=start, stop=stop, text=text[start:stop], value=_date(written))
    if match["time"]:
        parts = ":".join(f"{int(part):02d}" for part in written.split(":"))
        return Number(start=start, stop=stop, text=text[start:stop], value=parts)
    value = _decimal(written, grouped=match["grouped"] is not None)
    if marked[start - 1 : start] in "-\u2212" and start and not marked[max(0, start - 2) : start - 1].strip():
        start, value = start - 1, value.copy_negate()
    percent = text[stop : stop + 2].lstrip()[:1] in set(_PERCENT_SIGNS)
    if percent:
        stop = next(i for i in (stop, stop + 1) if text[i] in _PERCENT_SIGNS) + 1
    elif word := _AFTER.match(text, stop):
        factor, percent = _scale(fold(word[1]))
        if word[1] == "m" and text[start - 1 : start] in set(_CURRENCY):
            factor = Decimal(1_000_000)
        if percent or factor != 1:
            stop = word.end()
        if factor != 1 and len(written) <= _SCALED_DIGITS:
            value = _EXACT.multiply(value, factor)
    return Number(start=start, stop=stop, text=text[start:stop], value=_plain(value), percent=percent)


def _decimal(written: str, *, grouped: bool) -> Decimal:
    if not grouped:
        return Decimal(written.replace(",", ".").replace("\u066b", "."))
    point = re.search(r"[.\u066b](?=\d+$)", written)
    if point and written.count(".") <= 1:
        whole, fraction = written[: point.start()], written[point.end() :]
    else:
        whole, fraction = written, ""
    return Decimal(re.sub(_GROUP, "", whole) + (f".{fraction}" if fraction else ""))


def _date(written: str) -> str:
    parts = [int(part) for part in re.split(r"[./-]", written)]
    if len(written.split("-", maxsplit=1)[0]) == 4:
        parts.reverse()
    return "/".join(map(str, parts))


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _scale(word: str) -> tuple[Decimal, bool]:
    """Factor of a folded word after a number, and whether it means percent."""
    for length in range(len(word), 1, -1):
        found = _scales().get((word[:length], length == len(word)))
        if found:
            return found
    return Decimal(1), False


@cache
def _scales() -> dict[tuple[str, bool], tuple[Decimal, bool]]:
    """(word, is whole word) → (factor, percent); a cell that ends in ``*`` also holds for longer words."""
    found: dict[tuple[str, bool], tuple[Decimal, bool]] = {}
    for row in table("coherence/scales.tsv"):
        meaning = (Decimal(row["factor"]), row["percent"] == "yes")
        for form in cell_list(row["forms"]):
            found[fold(form.rstrip("*")), True] = meaning
            if form.endswith("*"):
                found[fold(form.rstrip("*")), False] = meaning
    return found
