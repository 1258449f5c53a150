"""The termbase's actors in a text, as ``termbase.find_ranges`` finds them, in a tenth of its time for Pashto.

Hundreds of Pashto names begin with "د" ("of"), and every third word of a text is one: only those are looked up whose next word is
the second of such a name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.languages import Language
from pipelines.text import name_forms, spelling, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.text import Token
    from pipelines.verify.pair import Side

_OF: Final = "د"


def named(side: Side) -> Iterator[tuple[str, int, int]]:
    """Key of each actor and the range of its name in ``side.tokens`` (half-open), in order, the longest names."""
    toks, at = side.tokens, 0
    particle = _OF if side.language is Language.PASHTO else ""
    while at < len(toks):
        if particle and toks[at].text == particle and not _opens(toks[at + 1 : at + 2]):
            at += 1
            continue
        length, match = termbase.match_at(side.text, side.language, toks, at)
        if match is not None:
            yield match.entry.key, at, at + length
        at += max(1, length)


def _opens(following: Sequence[Token]) -> bool:
    return bool(following) and spelling(following[0].text) in _second_words()


@cache
def _second_words() -> frozenset[str]:
    pashto = Language.PASHTO
    found: set[str] = set()
    for entry in termbase.entries().values():
        for name in (entry.names.get(pashto, ""), *entry.aliases.get(pashto, ()), *entry.adjectives.get(pashto, ())):
            words = tokens(name, pashto)[:2]
            if len(words) == 2 and words[0].text == _OF:
                found |= name_forms(words[1].text, pashto)
    return frozenset(found)
