"""Bilingual evidence: which concepts of the news lexicon a text names, word by word.

``data/lexicon/*.tsv`` (a concept a row, forms by language) and a ``Side`` → sets of concept names for each of its tokens. The
lexicon may cover a text in part: what it does not know is no evidence for anything.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from pipelines.tables import cell_list, table
from pipelines.text import fold, tokens
from pipelines.verify.number_words import LANGUAGE_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.verify.pair import Side

_SHORTEST: Final = 2
"""Letters of the shortest beginning that is looked up."""
_CONTRARIES: Final = frozenset({"contraries.tsv", "opposites.tsv"})
"""Tables of the folder that tell contraries apart and say nothing of what a text is about."""


class Forms:
    """Words, beginnings and phrases → the names they stand for."""

    def __init__(self) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)

    def add(self, form: str, name: str, column: str) -> None:
        """A form; ``*`` at its end stands for any ending."""
        open_end = form.endswith("*")
        words = tuple(fold(token.text) for token in tokens(form.rstrip("*"), LANGUAGE_OF[column]))
        if len(words) > 1:
            self._phrases[words[0]].append((words, open_end, name))
        elif words:
            (self._beginnings if open_end else self._words)[words[0]].add(name)

    def read(self, words: list[str]) -> list[frozenset[str]]:
        """Names for each word; a phrase names its last word and marks the others with the same."""
        found = [set(self._one(word)) for word in words]
        for at, word in enumerate(words):
            for phrase, open_end, name in self._phrases.get(word, ()):
                if _follows(words[at : at + len(phrase)], phrase, open_end=open_end):
                    for index in range(at, at + len(phrase)):
                        found[index].add(name)
        return [frozenset(names) for names in found]

    def _one(self, word: str) -> Iterable[str]:
        yield from self._words.get(word, ())
        for stop in range(_SHORTEST, len(word) + 1):
            yield from self._beginnings.get(word[:stop], ())


def concepts(side: Side) -> list[frozenset[str]]:
    """Concepts that each token of the text may stand for, as many sets as ``side.tokens``."""
    return named(side.words, side.column)


def named(words: list[str], column: str) -> list[frozenset[str]]:
    """Concepts that each of ``words`` may stand for: folded, in text order, in the language of ``column``."""
    return _lexicon(column).read(words)


def _follows(words: list[str], phrase: tuple[str, ...], *, open_end: bool) -> bool:
    if len(words) != len(phrase) or tuple(words[:-1]) != phrase[:-1]:
        return False
    return words[-1].startswith(phrase[-1]) if open_end else words[-1] == phrase[-1]


@cache
def concept_forms(column: str) -> dict[str, tuple[str, ...]]:
    """Concept → its forms in a language, of every table of the lexicon, contraries included."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _tables():
        for row in table(f"lexicon/{name}"):
            if "concept" in row:
                cells = [cell_list(row[key]) for key in (("fa", "prs") if column == "fa" else (column,))]
                found[f"{name}:{row['concept']}"] = tuple(dict.fromkeys(form for cell in cells for form in cell))
    return found


@cache
def _lexicon(column: str) -> Forms:
    forms = Forms()
    for name, cells in concept_forms(column).items():
        if name.split(":")[0] not in _CONTRARIES:
            for form in cells:
                forms.add(form, name, column)
    return forms


@cache
def _tables() -> tuple[str, ...]:
    folder = resources.files("pipelines").joinpath("data", "lexicon")
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".tsv")))
