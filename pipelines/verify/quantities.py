"""Quantities of a text, in digits or in words: "2.5 million", "twenty-five", «двадцати пяти», "۲ هزار و ۵۰۰", "پنځه ویشت".

A ``Side`` → ``Quantity`` values in text order. Digits are read by ``numbers``; words, and digits mixed with words, are added up
here by the rules that the five languages share: hundreds multiply what is before them, scales the whole group, smaller follow
larger; Pashto says the unit before the ten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipelines.tables import cell_list, table
from pipelines.text import fold
from pipelines.verify.number_words import Kind, Term, joiners, roman, term_at
from pipelines.verify.numbers import Number, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.verify.pair import Side

_ENDLESS: Final = Decimal("1e40")
_BETWEEN: Final = re.compile(r"[\s\u200c\u00ad\u200e\u200f]*[-‐‑–]?[\s\u200c\u200e\u200f]*|\s*-\s*")
_RANGE: Final = re.compile(r"\s*(?:[-–—]|to|or|до|или|تا|یا|څخه|تر)\s*", re.IGNORECASE)
_ARTICLES: Final = frozenset({"a", "an"})
_PASHTO_COMMA: Final = re.compile(r"(?<=\d)،(?=\d{1,2}(?!\d))")
_PASHTO_STOP: Final = "٠"
"""An Arabic zero that some Pashto keyboards write for a full stop."""
_THOUSANDS: Final = re.compile(r"\d{1,3}[.,\u066b]\d{3}")
_YEARS: Final = re.compile(r"(\d{4})[/\u066b](\d{2})")
_HALVES: Final = {"½": "0.5", "¼": "0.25", "¾": "0.75"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity at half-open code points. ``value`` as in ``Number``.

    ``weak``: it can answer for a quantity of the other text, but asks for none ("one", "both", "نه"). ``vague``: "thousands of".
    ``also`` are values that it may stand for as well: the 10 of "10-15 million".
    """

    start: int
    stop: int
    text: str
    value: str
    percent: bool = False
    weak: bool = False
    vague: bool = False
    also: tuple[str, ...] = ()


def quantities(side: Side) -> list[Quantity]:
    """Every quantity of a text, in text order, none overlapping."""
    found = [*_runs(side), *_signs(side.text)]
    found.sort(key=lambda quantity: quantity.start)
    ranged = [_ranged(side.text, this, after) for this, after in zip(found, [*found[1:], None], strict=False)]
    return [_completed(side.text, before, this) for before, this in zip([None, *ranged], ranged, strict=False)]


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    stop: int
    term: Term
    number: Number | None = None
    joined: bool = False
    article: bool = False


class _Sum:
    """A number in the making. ``feed`` takes the next part if it can belong to it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.parts: list[_Part] = []
        self._total = Decimal(0)
        self._group = Decimal(0)
        self._floor = _ENDLESS  # smallest place that is filled in the group
        self._scale = _ENDLESS  # smallest scale that is filled in the total

    @property
    def value(self) -> Decimal:
        return self._total + self._group

    def feed(self, part: _Part, *, joined: bool) -> bool:
        if not self._takes(part, joined=joined):
            return False
        self.parts.append(part)
        return True

    def _takes(self, part: _Part, *, joined: bool) -> bool:  # noqa: PLR0911 - one return a kind of word
        value, kind = part.term.value, part.term.kind
        begun = bool(self.parts)
        if begun and part.article:
            return False
        if begun and part.term.weak and self.parts[-1].number is not None:
            return False
        if begun and (self.parts[-1].term.kind in {"ordinal", "vague"} or (part.number and kind == "ordinal")):
            return False
        if kind == "vague":
            return self._open(value, Decimal(0)) if not begun else False
        if kind == "portion":
            return self._portion(value, joined=joined)
        if part.number is not None:
            return self._digits(part.number, value, joined=joined)
        if value >= 1000:
            return self._scaled(value, joined=joined)
        if value >= 100:
            if value == 100 and 0 < self._group < 10 and self._floor >= 1 and not joined:
                self._group *= 100
                self._floor = Decimal(100)
                return True
            return self._add(value, Decimal(100), joined=joined)
        if value >= 10:
            if self.language == "ps" and 0 < self._group < 10 and value >= 20 and value % 10 == 0:
                self._group += value
                self._floor = Decimal(1)
                return True
            return self._add(value, Decimal(10 if value % 10 == 0 and value > 10 else 1), joined=joined)
        return self._add(value, Decimal(1), joined=joined)

    def _open(self, value: Decimal, floor: Decimal) -> bool:
        self._group, self._floor = value, floor
        return True

    def _add(self, value: Decimal, floor: Decimal, *, joined: bool) -> bool:
        """Units behind tens, tens behind hundreds, anything behind a scale; Persian and Pashto want "and" between."""
        place = Decimal(1) if value < 10 else Decimal(10) if value < 100 else Decimal(100)
        if self._floor <= place:
            return False
        if self.parts and joined != (self.language in {"fa", "ps"}) and self.language != "en":
            return False
        self._group += value
        self._floor = floor
        return True

    def _scaled(self, value: Decimal, *, joined: bool) -> bool:
        if value >= self._scale or (self.parts and (joined or not self._group)):
            return False
        self._total += (self._group or 1) * value
        self._group, self._floor, self._scale = Decimal(0), _ENDLESS, value
        return True

    def _portion(self, value: Decimal, *, joined: bool) -> bool:
        if not self.parts:
            return self._open(value, Decimal(0))
        if self._group and self._floor >= 1 and (joined or self.language == "ps"):
            self._group += value
            self._floor = Decimal(0)
            return True
        return False

    def _digits(self, number: Number, value: Decimal, *, joined: bool) -> bool:
        plain = re.fullmatch(r"\D*[\d.,\u066b\u066c\u060c\s\u00a0\u202f]+", number.text) is not None
        if self.parts:
            fits = not self._group and value < self._scale and self._scale != _ENDLESS
            if not fits or (plain and not joined) or (joined != (self.language in {"fa", "ps"})):
                return False
        if plain:
            self._group += value
            self._floor = Decimal(0)
        else:
            self._total += value
            self._floor = _ENDLESS
            self._scale = next((s for s in (10**12, 10**9, 10**6, 10**3) if value >= s), 1) * Decimal(1)
        return True


def _runs(side: Side) -> Iterator[Quantity]:
    joining = joiners(side.column)
    current = _Sum(side.column)
    last_stop = 0
    for part in _parts(side):
        gap = side.text[last_stop : part.start]
        words = [word for word in re.split(r"[\s\u200c-]+", gap) if word]
        joined = part.joined or any(word in joining for word in words)
        near = (words and all(word in joining or word in _ARTICLES for word in words)) or _BETWEEN.fullmatch(
            gap
        ) is not None
        dashed = any(dash in gap for dash in "-–") and (part.number is not None or _is_digits(current))
        if current.parts and (not near or dashed or not current.feed(part, joined=joined)):
            yield _quantity(side, current)
            current = _Sum(side.column)
        if not current.parts:
            current.feed(part, joined=False)
        last_stop = part.stop
    if current.parts:
        yield _quantity(side, current)


def _is_digits(current: _Sum) -> bool:
    return bool(current.parts) and current.parts[-1].number is not None


def _parts(side: Side) -> Iterator[_Part]:
    text = _PASHTO_COMMA.sub(".", side.text)
    digits = [number for number in numbers(text) if number.text != _PASHTO_STOP]
    at = index = 0
    words, toks = side.words, side.tokens
    while index < len(toks):
        token = toks[index]
        while at < len(digits) and digits[at].stop <= token.start:
            at += 1
        if at < len(digits) and digits[at].start < token.stop:
            number = digits[at]
            value = _value(number)
            kind: Kind = "ordinal" if value is None else "digits"  # nothing is added to a time or a date
            yield _Part(number.start, number.stop, Term(value or Decimal(0), kind, weak=False), number)
            at += 1
            # "8/15" is one token's worth of text to nobody, but "10.5.3" is: the next number may begin in this token
            if not (at < len(digits) and digits[at].start < token.stop):
                index += 1
                while index < len(toks) and toks[index].start < number.stop:
                    index += 1
            continue
        if found := term_at(words, index, side.column):
            term, length = found
            if words[index] in _ARTICLES and index and words[index - 1] in {"half", "and"}:
                index += 1
                continue
            yield _Part(token.start, toks[index + length - 1].stop, term, article=words[index] in _ARTICLES)
            index += length
            continue
        if side.column == "fa" and words[index][:1] == "و" and (found := term_at([words[index][1:]], 0, "fa")):
            yield _Part(token.start, token.stop, found[0], joined=True)  # "بیست‌وپنج"
        elif numeral := roman(token.text):
            yield _Part(token.start, token.stop, Term(Decimal(numeral), "ordinal", weak=True))
        index += 1


def _value(number: Number) -> Decimal | None:
    return Decimal(number.value) if re.fullmatch(r"-?[\d.]+", number.value) else None


def _quantity(side: Side, found: _Sum) -> Quantity:
    parts = found.parts
    start, stop = parts[0].start, parts[-1].stop
    numbered = [part.number for part in parts if part.number is not None]
    kinds: set[Kind] = {part.term.kind for part in parts}
    bare = len(parts) == 1 and kinds == {"cardinal"} and parts[0].term.value >= 100
    value = numbered[0].value if len(parts) == 1 and numbered else _plain(found.value)
    return Quantity(
        start=start,
        stop=stop,
        text=side.text[start:stop],
        value=value,
        percent=any(number.percent for number in numbered) or _percent(side.text, stop),
        weak=all(part.term.weak for part in parts),
        vague="vague" in kinds or (bare and parts[0].term.value in _SCALES),
        also=(*_readings(side.text[start:stop]), *_in_other_units(side, stop, value)),
    )


def _in_other_units(side: Side, stop: int, value: str) -> tuple[str, ...]:
    """The same time in another unit: three decades are thirty years, 18 months a year and a half."""
    after = next((word for word, token in zip(side.words, side.tokens, strict=True) if token.start >= stop), "")
    if not after or not re.fullmatch(r"[\d.]+", value):
        return ()
    number, found = Decimal(value), []
    for row in table("verify/time_units.tsv"):
        if not after.startswith(tuple(fold(cell) for cell in cell_list(row[side.column]))):
            continue
        other = number * Decimal(row["times"]) / Decimal(row["by"])
        if other == round(other, 1) and other >= 1:
            found.append(_plain(other))
    return tuple(found)


def _readings(text: str) -> tuple[str, ...]:
    """Other values of the same digits: 10.700 may be ten thousand, 1968/69 two years."""
    if _THOUSANDS.fullmatch(text):
        return (str(int(re.sub(r"\D", "", text))),)
    if years := _YEARS.fullmatch(text):
        return tuple(str(int(year)) for year in years.groups())
    return ()


_SCALES: Final = frozenset(map(Decimal, (100, 1000, 10**6, 10**9, 10**12)))
_PERCENT: Final = re.compile(
    r"[\s\u200c-]*(?:per ?cent|процент|در ?صد|فی ?صد|فيصد|سلنه|٪|%|پرسنټ|پرسنت|percentage)", re.IGNORECASE
)


def _percent(text: str, stop: int) -> bool:
    return _PERCENT.match(text, stop) is not None


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _signs(text: str) -> Iterator[Quantity]:
    for at, sign in enumerate(text):
        if sign in _HALVES:
            yield Quantity(start=at, stop=at + 1, text=sign, value=_HALVES[sign], weak=True)


def _ranged(text: str, this: Quantity, after: Quantity | None) -> Quantity:
    """The first of "10-15 million" may be ten million, of "5 to 7 %" five per cent."""
    if after is None or not _RANGE.fullmatch(text[this.stop : after.start]):
        return this
    scale = next((s for s in (10**12, 10**9, 10**6, 10**3) if _value_of(after) >= s), 1)
    if not re.fullmatch(r"[\d.]+", this.value) or (scale == 1 and not after.percent):
        return this
    return replace(this, also=(_plain(Decimal(this.value) * scale),), percent=this.percent or after.percent)


def _completed(text: str, before: Quantity | None, this: Quantity) -> Quantity:
    """The second of "2008-09" is 2009."""
    if before is None or len(this.text) != 2 or not re.fullmatch(r"\d{4}", before.text):
        return this
    if not re.fullmatch(r"\s*[-–—/]\s*", text[before.stop : this.start]):
        return this
    return replace(this, also=(before.value[:2] + f"{int(this.text):02d}",)) if this.text.isdecimal() else this


def _value_of(quantity: Quantity) -> Decimal:
    return Decimal(quantity.value) if re.fullmatch(r"-?[\d.]+", quantity.value) else Decimal(0)
