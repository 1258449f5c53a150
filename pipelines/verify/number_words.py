"""Number words of a language, as terms that ``quantities`` puts together.

``data/verify/numerals.tsv`` → a folded word (or two) to its ``Term``. What is written in one word with a number ("трехдневный",
"چهارساله") is found by its beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from pipelines.languages import Language
from pipelines.tables import cell_list, table
from pipelines.text import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["digits", "cardinal", "ordinal", "portion", "vague"]

_ADJECTIVE: Final = ("ый", "ой", "ого", "ому", "ым", "ом", "ая", "ую", "ое", "ые", "ых", "ыми")
LANGUAGE_OF: Final = {"en": Language.ENGLISH, "ru": Language.RUSSIAN, "fa": Language.PERSIAN, "ps": Language.PASHTO}
_ROMAN: Final = re.compile(r"(?=[IVXL])(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a number. ``weak``: an everyday word of another sense too; it can answer for a number, but asks for none."""

    value: Decimal
    kind: Kind
    weak: bool


@cache
def number_words(column: str) -> dict[tuple[str, ...], Term]:
    """Folded words (one or two) → term, of the language whose ``column`` it is."""
    found: dict[tuple[str, ...], Term] = {}
    for row in table("verify/numerals.tsv"):
        kind: Kind = row["kind"]  # type: ignore[assignment]  # the data test holds the column to the literal
        for cell in cell_list(row[column]):
            form, weak = cell.rstrip("?"), cell.endswith("?")
            endings = _ADJECTIVE if form.endswith("~") else ("",)
            for ending in endings:
                words = tuple(fold(t.text) for t in tokens(form.rstrip("~") + ending, LANGUAGE_OF[column]))
                found.setdefault(words, Term(Decimal(row["value"]), kind, weak))
    return found


def term_at(words: Sequence[str], at: int, column: str) -> tuple[Term, int] | None:
    """Term that begins with word ``at`` and how many words it takes; two-word forms first."""
    known = number_words(column)
    for length in (2, 1):
        found = known.get(tuple(words[at : at + length])) if at + length <= len(words) else None
        if found:
            return found, length
    if found := _glued(words[at], column):
        return found, 1
    return None


def joiners(column: str) -> frozenset[str]:
    """Folded words that stand inside of a number."""
    return _cells("verify/joiners.tsv", "words")[column]


def roman(word: str) -> int:
    """Value of a Roman numeral below ninety in capitals, 0 for any other word."""
    if not word.isascii() or not _ROMAN.fullmatch(word):
        return 0
    digits = [_ROMAN_DIGITS[c] for c in word]
    return sum(-d if d < max(digits[i:], default=0) else d for i, d in enumerate(digits))


@lru_cache(maxsize=16384)
def _glued(word: str, column: str) -> Term | None:
    if column == "en" or len(word) < 5:
        return None
    tails = _cells("verify/numeral_tails.tsv", "tails")[column]
    for stop in range(len(word) - 2, 1, -1):
        value = _whole(word[:stop], column)
        if value >= 2 and word[stop:].startswith(tuple(tails)):
            return Term(value, "ordinal", weak=True)
    return None


def _whole(word: str, column: str) -> Decimal:
    """Value of a cardinal, or of a ten and a unit in one word as in «двадцатидевятилетний»; 0 for anything else."""
    known = number_words(column)
    term = known.get((word,))
    if term:
        return term.value if term.kind == "cardinal" else Decimal(0)
    for stop in range(3, len(word) - 2):
        ten, unit = known.get((word[:stop],)), known.get((word[stop:],))
        if ten and unit and ten.kind == unit.kind == "cardinal" and 20 <= ten.value < 100 and 0 < unit.value < 10:
            return ten.value + unit.value
    return Decimal(0)


@cache
def _cells(name: str, column: str) -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(fold(cell) for cell in cell_list(row[column])) for row in table(name)}
