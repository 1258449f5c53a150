"""A sentence cut at the marks that part its clauses, and its translation put together again with the other script's marks.

Text → clauses with what stood behind each; their translations → one text. A mark beside a part of few words parts no clauses:
it stands in a list, a date or an insertion ("Iran, Iraq, and Syria", "1 March, 2021", "he said").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.languages import Language

_STRONG: Final = re.compile(r"(?<=\S)\s*([;؛])\s+(?=\S)"), 2
_WEAK: Final = re.compile(r"(?<=\S)\s*([:,،]|(?<=\s)[—–-])\s+(?=\S)"), 4
"""Marks, and the words between two of them from which on they are a clause."""
_ARABIC: Final = {",": "،", ";": "؛"}
_OTHER: Final = {arabic: mark for mark, arabic in _ARABIC.items()}
_DASHES: Final = "—–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """``mark`` stood between this clause and the next; empty behind the last."""

    text: str
    mark: str


def clauses(text: str, short: Callable[[str], bool]) -> list[Clause]:
    """``text`` at semicolons, and what is not ``short`` then at commas, colons and dashes too; in order.

    One value where no mark parts two clauses. A part may still not be ``short``.
    """
    found = []
    for part in _parted(text, _STRONG):
        inner = [part] if short(part.text) else _parted(part.text, _WEAK)
        found += [*inner[:-1], Clause(text=inner[-1].text, mark=part.mark)]
    return found


def _parted(text: str, kind: tuple[re.Pattern[str], int]) -> list[Clause]:
    pattern, shortest = kind
    marks = list(pattern.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    stops = [*(mark.start() for mark in marks), len(text)]
    long = [len(text[start:stop].split()) >= shortest for start, stop in zip(starts, stops, strict=True)]
    found: list[Clause] = []
    first = 0
    for at, mark in enumerate(marks):
        if long[at] and long[at + 1]:
            found.append(Clause(text=text[first : mark.start()], mark=mark[1]))
            first = mark.end()
    return [*found, Clause(text=text[first:], mark="")]


def joined(parts: Sequence[Clause], translations: Sequence[str], target: Language) -> str:
    """``translations`` of ``parts`` as one sentence of ``target``: its own commas, and a full stop only at the end."""
    table = _ARABIC if target.arabic_script else _OTHER
    pieces = []
    for part, translation in zip(parts, translations, strict=True):
        if not part.mark:
            pieces.append(translation)
            continue
        bare = translation if part.text.endswith(".") else translation.rstrip(".,;:،؛… ")
        mark = table.get(part.mark, part.mark)
        pieces.append(f"{bare} {mark} " if mark in _DASHES else f"{bare}{mark} ")
    return "".join(pieces)
