"""Which pieces of a vocabulary may stand in a text of a language: ``pipelines/data/translate/alphabets.tsv`` → ``Alphabet``.

Languages that share an alphabet (Persian and Dari) share its name, and so one target shortlist.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD_START: Final = "\u2581"
"""SentencePiece's mark before the first piece of a word."""

_CODE_POINTS: Final = re.compile(r"U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?")
_TAG: Final = re.compile(r"<.+>")
_FIRST_EMOJI: Final = 0x1F000
_FIRST_IDEOGRAPHIC: Final = 0x2E80


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """Letters (lower case) and other characters of a text in ``languages``."""

    name: str
    languages: tuple[Language, ...]
    letters: frozenset[str]
    others: frozenset[str]

    @property
    def latin(self) -> bool:
        """True where Latin letters are the alphabet's own."""
        return "a" in self.letters

    def allows(self, piece: str) -> bool:
        """Whether a SentencePiece piece may stand in a text.

        A Latin piece may stand in a text of another script where it is one letter, or capitals and digits alone: COVID-19 and
        NATO stay possible, words of English do not. Tags (``<mask>``, ``<0xE2>``) may not.
        """
        text = piece.replace(WORD_START, "")
        if _TAG.fullmatch(text):
            return False
        return self.holds(text) or (not self.latin and self._acronym(text))

    def holds(self, text: str) -> bool:
        """Whether every character of ``text`` belongs to the alphabet, digits, punctuation and symbols included."""
        return all(c in self.others or c.lower() in self.letters or _symbol(c) for c in text)

    def _acronym(self, text: str) -> bool:
        if not text.isascii():
            return False
        letters = [c for c in text if c.isalpha()]
        return (len(letters) == 1 or all(c.isupper() for c in letters)) and self.holds(
            "".join(c for c in text if not c.isalpha())
        )


@cache
def alphabets() -> dict[str, Alphabet]:
    """All alphabets by name."""
    every, *own = table("translate/alphabets.tsv")
    common = frozenset(_characters(every["marks"])) | frozenset(every["digits"])
    return {
        row["alphabet"]: Alphabet(
            name=row["alphabet"],
            languages=tuple(map(Language, row["languages"].split())),
            letters=frozenset(row["letters"]),
            others=common | frozenset(_characters(row["marks"])) | frozenset(row["digits"]),
        )
        for row in own
    }


@cache
def alphabet_of(language: Language) -> Alphabet | None:
    """Alphabet of a language; None for one that Khabar does not write."""
    return next((a for a in alphabets().values() if language in a.languages), None)


def _characters(cell: str) -> Iterator[str]:
    for entry in cell.split():
        if match := _CODE_POINTS.fullmatch(entry):
            first = int(match[1], 16)
            yield from map(chr, range(first, int(match[2] or match[1], 16) + 1))
        else:
            yield from entry


def _symbol(character: str) -> bool:
    """Arrows, mathematical signs and emoji are of no script; enclosed ideographs and the like are."""
    if not _FIRST_IDEOGRAPHIC <= ord(character) < _FIRST_EMOJI:
        return unicodedata.category(character) in ("Sm", "So")
    return False
