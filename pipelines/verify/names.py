"""Name-like words of a text, and whether another text holds them.

English and Russian: runs of capitalised words ("Zamir Kabulov", «Министерство обороны»), compared by keys
that leave Russian cases and possessives out. Arabic script has no capitals: every word counts,
which holds an extractive back-end to the article's words and a rewriting one to its vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.text import Token, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set as AbstractSet


# Snowball parts what one name's cases join: "Кабулов" → "кабул", "Кабулова" → "кабулов"
_RUSSIAN_CASE: Final = re.compile(
    r"(?<=...)(?:[ое]го|[ое]му|[ыи]ми|[ая]ми|[ыиая]х|[ыиоеая]м|[ыиоеая]й|[ое]ю|[аяуюеыиьй])$"
)
_LINKS: Final = frozenset({" ", "-", "–", "\u00a0", "\u2011", ". "})
"""What may stand between two words of one name; ". " after initials."""
_NEAR: Final = 3
"""The second of two words of a name follows at most this far behind: "Ashraf Ghani" matches "Ashraf N. Ghani"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRun:
    """Words of one name-like run at half-open code points of the text, with their comparison keys."""

    start: int
    stop: int
    text: str
    keys: tuple[str, ...]


def name_runs(text: str, language: Language, common: Collection[str] = frozenset()) -> list[NameRun]:
    """Name-like runs in text order.

    ``common`` are keys of function words: alone in a run, or at its start, they are capitals of a sentence's first word.
    """
    words = tokens(text, language)
    if language.arabic_script:
        return [_run(text, [word], language) for word in words if word.key not in common and not word.text.isdecimal()]
    runs: list[list[Token]] = []
    for word in words:
        if not word.text[0].isupper():
            continue
        acronym = len(word.text) > 1 and word.text.isupper()  # "US" has the key of "us"
        if word.key in common and not acronym and not _continues(text, runs, word):
            continue
        if _continues(text, runs, word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_run(text, run, language) for run in runs]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Words of the texts a summary rests on: key → (number of the text, number of the word in it).

    ``common`` are the keys that stand there in small letters: "envoy" of "Envoy Kabulov".
    """

    places: Mapping[str, AbstractSet[tuple[int, int]]]
    common: AbstractSet[str]


def source_words(texts: Sequence[str], language: Language) -> SourceWords:
    """Words of the texts with their places."""
    found: dict[str, set[tuple[int, int]]] = {}
    common = set()
    for number, text in enumerate(texts):
        for position, word in enumerate(tokens(text, language)):
            key = _key(word, language)
            found.setdefault(key, set()).add((number, position))
            if word.text[0].islower():
                common.add(key)
    return SourceWords(places=found, common=common)


def missing(run: NameRun, source: SourceWords) -> bool:
    """True when the source lacks a word of the run, or two neighbours of it never follow one another closely there."""
    places = source.places
    if not all(key in places for key in run.keys):
        return True
    pairs = {pair for pair in zip(run.keys, run.keys[1:], strict=False) if not source.common & set(pair)}
    return any(
        not any(
            (number, position + step) in places[right]
            for number, position in places[left]
            for step in range(1, _NEAR + 1)
        )
        for left, right in pairs
    )


def _continues(text: str, runs: list[list[Token]], word: Token) -> bool:
    if not runs:
        return False
    last = runs[-1][-1]
    between = text[last.stop : word.start]
    return between in _LINKS and (between != ". " or len(last.text) == 1)


def _run(text: str, run: list[Token], language: Language) -> NameRun:
    start, stop = run[0].start, run[-1].stop
    return NameRun(start=start, stop=stop, text=text[start:stop], keys=tuple(_key(word, language) for word in run))


def _key(word: Token, language: Language) -> str:
    return _RUSSIAN_CASE.sub("", fold(word.text)) if language is Language.RUSSIAN else word.key
