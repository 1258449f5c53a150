"""Numbers in a translation: every quantity of the source has its equal, and the other way round.

``Pair`` and what the dates explain → ``number_changed``, ``number_added``; a day or year of a date gives ``date_changed``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipelines.verify import jalali
from pipelines.verify.moved import check_places
from pipelines.verify.number_words import roman
from pipelines.verify.quantities import Quantity, quantities
from pipelines.verify.shape import deviation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Warning
    from pipelines.verify.dates import DateCheck
    from pipelines.verify.pair import Pair, Side

_PERCENT: Final = re.compile(
    r"[%٪﹪％]|per ?cent|процент|در\s?صد|فی\s?صد|في\s?صد|فیصد|سلنه|سلنې|په سلو کې|پرسنټ|پرسنت|percentage|\bpct\b|\bpc\b",
    re.IGNORECASE,
)


def check_numbers(pair: Pair, dates: DateCheck) -> list[Warning]:
    """Compare the quantities of both texts."""
    source = _open(quantities(pair.source), dates.explained[0])
    target = _open(quantities(pair.target), dates.explained[1])
    lost = _without_equal(source, target)
    new = _without_equal(target, source)
    if not any(not any(equal(q, other) for other in source) for q in target):
        cut = deviation(pair.source, pair.target) < _CUT
        lost = [q for q in lost if not (_coded(q, pair.source.text) if cut else _omissible(q, pair.source))]
    if not any(not any(equal(q, other) for other in target) for q in source):
        new = [q for q in new if not _coded(q, pair.target.text)]
    warnings = []
    for quantity in lost:
        in_date = any(_within(quantity, span) for span in dates.days[0])
        code, what = ("date_changed", "date's number") if in_date else ("number_changed", "number")
        other = new.pop(0) if new else None
        end = f"the translation says “{other.text}”" if other else "the translation does not have it"
        warnings.append(pair.warn(code, f"The {what} “{quantity.text}” is not kept: {end}.", quantity.text))
    for quantity in new:
        code = "date_changed" if any(_within(quantity, span) for span in dates.days[1]) else "number_added"
        warnings.append(pair.warn(code, f"The translation says “{quantity.text}”, the source does not.", quantity.text))
    if not warnings:
        warnings += check_places(pair, _counts(source, dates.days[0]), _counts(target, dates.days[1]), equal)
    if not warnings:
        warnings += _scales(pair, source, target)
        warnings += _percents(pair, source, target)
    return warnings


def _without_equal(these: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    lost = [q for q in these if _asks(q) and not any(equal(q, other) for other in others)]
    # "the two companies" may be "the companies"; but "two" against "one" is a change
    ones = any(q.value == "1" and q.text.lower() not in {"a", "an"} for q in others) and not any(
        q.value == "1" for q in these
    )
    return [q for q in lost if q.value != "2" or q.text[0].isdecimal() or ones]


def equal(one: Quantity, two: Quantity) -> bool:
    """True where two quantities of the two texts may be the same."""
    ones, twos = {one.value, *one.also}, {two.value, *two.also}
    return not ones.isdisjoint(twos) or any(_same(a, b) or _same(b, a) for a in ones for b in twos)


def _same(a: str, b: str) -> bool:
    if a.lstrip("-") == b.lstrip("-"):
        return True
    if ":" in a:
        return _same_time(a, b)
    if not (a.isdecimal() and b.isdecimal()):
        return False
    one, two = int(a), int(b)
    decade = 1900 <= one < 2100 and one % 10 == 0 and two == one % 100
    return decade or jalali.same_year(one, two)


def _same_time(time: str, other: str) -> bool:
    hour, minute = map(int, time.split(":")[:2])
    if ":" in other:
        h, m = map(int, other.split(":")[:2])
        return (hour % 12, minute) == (h % 12, m)
    try:
        value = Decimal(other)
    except ArithmeticError:
        return False
    h = int(value)
    rest = (value - h) * 100
    return h % 12 == hour % 12 and int(rest) == minute


def _omissible(quantity: Quantity, side: Side) -> bool:
    """True for a number that translators leave out, or put in other words, where no other number has come in its place.

    "SARS-CoV-2" is «коронавирус», "all three areas" «все зоны», "the 2020 election" «предстоящие выборы».
    """
    if _coded(quantity, side.text):
        return True
    if quantity.percent or len(side.words) < _ROOM:
        return False
    if len(side.words) >= _MUCH_ROOM:
        return True
    if not quantity.text[0].isdecimal():
        return quantity.value.isdecimal() and int(quantity.value) <= _SMALL
    year = quantity.text.isdecimal() and 1900 <= int(quantity.value) < 2100
    after = side.text[quantity.stop : quantity.stop + 2]
    before = side.text[: quantity.start].rsplit(None, 1)[-1:] if year else []
    return side.column == "en" and year and after[:1] == " " and after[1:].isalpha() and before in _OF_EVENTS


_OF_EVENTS: Final[tuple[list[str], ...]] = (
    [],
    ["the"],
    ["The"],
    ["a"],
    ["another"],
    ["his"],
    ["her"],
    ["their"],
    ["its"],
    ["this"],
)
"""What stands before a year that only says which election or measure is meant."""
_ROOM: Final = 12
"""Words of a sentence in which a small number may go unsaid."""
_MUCH_ROOM: Final = 25
"""Words of a sentence from which translators leave out any number; another one in its place is told at any length."""
_SMALL: Final = 12
_CUT: Final = -1.2
"""Standard deviations of length below which a lost number may have gone with its clause."""


def _coded(quantity: Quantity, text: str) -> bool:
    """True for the number of a code: COVID-19, OC43, H1N1, «کووید-۱۹»."""
    return re.search(r"[^\W\d_][-‐‑–]?$", text[: quantity.start]) is not None


def _asks(quantity: Quantity) -> bool:
    return not (quantity.weak or quantity.vague)


def _open(found: Sequence[Quantity], explained: Sequence[tuple[int, int]]) -> list[Quantity]:
    return [quantity for quantity in found if not any(_within(quantity, span) for span in explained)]


def _counts(found: Sequence[Quantity], days: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Those that count something: no day or year of a date, no "II" of a phase."""
    return [q for q in _open(found, days) if not (q.weak and roman(q.text))]


def _within(quantity: Quantity, span: tuple[int, int]) -> bool:
    return quantity.start < span[1] and span[0] < quantity.stop


def _scales(pair: Pair, source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Warning]:
    """ "Thousands" became "millions"."""
    ones, twos = [q for q in source if q.vague], [q for q in target if q.vague]
    if not ones or not twos or {q.value for q in ones} & {q.value for q in twos}:
        return []
    return [
        pair.warn(
            "number_changed", f"“{ones[0].text}” of the source is “{twos[0].text}” in the translation.", ones[0].text
        )
    ]


def _percents(pair: Pair, source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Warning]:
    found = []
    for these, other in ((source, pair.target), (target, pair.source)):
        first = next((q for q in these if q.percent), None)
        if first and not _PERCENT.search(other.text):
            side = "source" if these is source else "translation"
            found.append(pair.warn("number_changed", f"“{first.text}” is a percentage in the {side} only.", first.text))
    return found
