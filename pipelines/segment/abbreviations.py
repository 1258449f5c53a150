"""Abbreviations and deciding words of a language, from ``data/abbreviations``: word → class, class → words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``abbreviations`` maps an abbreviation (lower case, without its last full stop) to its classes."""

    abbreviations: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]

    def classes(self, token: str) -> frozenset[str]:
        """Classes of ``token`` as an abbreviation; none where it is none."""
        return self.abbreviations.get(token.lower(), frozenset())

    def has(self, group: str, word: str) -> bool:
        """True where ``word`` belongs to a group of deciding words."""
        return word in self.words.get(group, frozenset())


@cache
def lexicon(code: str) -> Lexicon:
    """Lexicon of ``en``, ``ru``, ``fa`` (Dari too) or ``ps``."""
    found: dict[str, set[str]] = {}
    for row in table(f"abbreviations/{code}.tsv"):
        for word in row["words"].split():
            found.setdefault(word, set()).add(row["class"])
    words = {}
    if code != "ru":
        words = {row["class"]: frozenset(row["words"].split()) for row in table(f"abbreviations/{code}_words.tsv")}
    return Lexicon({word: frozenset(classes) for word, classes in found.items()}, words)
