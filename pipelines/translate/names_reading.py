"""A text as the checks of names read it: its words, what the termbase finds in them, where a form stands.

Text, language → ``Reading``; reading, form → token ranges (half-open), each word in any of its cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.tables import words
from pipelines.text import Token, name_forms, spelling, tokens
from pipelines.translate.names_forms import named, state
from pipelines.translate.names_sound import alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.actors.termbase import Match
    from pipelines.languages import Language
    from pipelines.models import NameLock


Range = tuple[int, int]
"""First token and the one past the last."""


@dataclass(frozen=True)
class Reading:
    """A text with its tokens and what the termbase reads in them."""

    text: str
    language: Language

    @cached_property
    def tokens(self) -> list[Token]:
        """Words in order."""
        return tokens(self.text, self.language)

    @cached_property
    def spellings(self) -> list[str]:
        """Folded words, as ``name_forms`` has them."""
        return [spelling(token.text) for token in self.tokens]

    @cached_property
    def matches(self) -> list[tuple[Match, int, int]]:
        """Names that the termbase finds, with their token ranges; common nouns left out."""
        found = termbase.find_ranges(self.text, self.language, self.tokens)
        return [hit for hit in found if named(hit[0].entry)]

    @cached_property
    def owners(self) -> dict[int, str]:
        """Token → key of the entry that the termbase reads there (a state's for its people's)."""
        return {index: state(m.entry.key) for m, first, last in self.matches for index in range(first, last)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the entries read; a state's for its people's."""
        return frozenset(self.owners.values())

    def span(self, hit: Range) -> tuple[int, int]:
        """Code points of a token range."""
        return self.tokens[hit[0]].start, self.tokens[hit[1] - 1].stop


def places(reading: Reading, form: str) -> Iterator[Range]:
    """Where the words of ``form`` follow one another, each in any case."""
    wanted = cases_of(form, reading.language)
    if not wanted:
        return
    spelled = reading.spellings
    for first in range(len(spelled) - len(wanted) + 1):
        if spelled[first] in wanted[0] and all(spelled[first + i] in cases for i, cases in enumerate(wanted)):
            yield first, first + len(wanted)


@lru_cache(maxsize=16384)
def cases_of(form: str, language: Language) -> tuple[frozenset[str], ...]:
    """For each word of ``form`` the spellings of its cases; Persian with and without a written ezafe."""
    cases = (name_forms(token.text, language) for token in tokens(form, language))
    if not language.persian:
        return tuple(cases)
    # the ezafe behind a long vowel, and a form that the table gives with it: سنا, سنای
    return tuple(
        spelled
        | {one + "ی" for one in spelled if one[-1:] in "اوه"}
        | {one[:-1] for one in spelled if one.endswith(("ای", "وی")) and len(one) > 3}
        for spelled in cases
    )


def surnames(lock: NameLock) -> tuple[str, ...]:
    """A person's last name in each full form, the first where a family's name stands first: Ким, Си."""
    if lock.kind != "person":
        return ()
    entry = termbase.entries().get(lock.key)
    last = 0 if entry is not None and entry.country in _FAMILY_FIRST else -1
    found = [form.split(" ")[last] for form in lock.forms if " " in form]
    if " " not in lock.text:  # "Tedros" is nobody's surname, but how the source says it
        found += [word for form in lock.forms[:1] for word in form.split(" ")[:-1] if alike(word, lock.text)]
    return tuple({word: None for word in found if len(word) > 1})


_FAMILY_FIRST: Final = frozenset({"CN", "KP", "KR", "TW", "VN"})


def common_words(language: Language) -> frozenset[str]:
    """Function words, which tell no name."""
    code = "fa" if language.persian else language.value
    return words(f"stopwords/{code}.txt")
