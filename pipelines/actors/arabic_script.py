"""What the Persian, Dari and Pashto taggers share: a text read once, word classes, and how far a name runs.

Arabic script has no capitals, so a name shows itself by other means: the termbase, a title beside it, a given name, an
honorific. A name runs from its first word over given names and particles to one word that nothing else claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.composite import bodies
from pipelines.actors.rolephrase import modifiers, titles
from pipelines.languages import Language
from pipelines.tables import lines, word_class, words
from pipelines.text import Token, token_key, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import Sentence

PARTICLES: Final = word_class("actors/classes_fa.tsv", "name_particle")
MAX_NAME_TOKENS: Final = 5
_INNER: Final = " \u00a0\u200c\u200e\u200f-‐ـ"
"""What may stand between the words of one name."""


@dataclass(frozen=True, slots=True)
class ScriptText:
    """A text tokenised once; ``bounds`` gives the sentence (token range) of each token that is not in a heading."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    bounds: Mapping[int, tuple[int, int]]
    known: tuple[tuple[termbase.Match, int, int], ...]
    """Termbase matches with their token ranges."""

    def key(self, index: int) -> str:
        """Comparison key of the token at ``index``; empty outside of the text."""
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """Characters between the token at ``index`` and the one before it."""
        return self.text[self.tokens[index - 1].stop : self.tokens[index].start] if 0 < index < len(self.tokens) else ""

    def joined(self, index: int) -> bool:
        """True where only spaces, ZWNJ or hyphens stand before the token."""
        return not self.gap(index).strip(_INNER)

    def slice(self, first: int, last: int) -> str:
        """The text from the token ``first`` to the one before ``last``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].stop]


def read(text: str, sentences: Sequence[Sentence], language: Language) -> ScriptText:
    """Tokens, sentence bounds and termbase matches of a text."""
    toks = tuple(tokens(text, language))
    bounds: dict[int, tuple[int, int]] = {}
    at = 0
    for sentence in sentences:
        while at < len(toks) and toks[at].start < sentence.start:
            at += 1
        first = at
        while at < len(toks) and toks[at].start < sentence.stop:
            at += 1
        if not sentence.heading:
            bounds |= dict.fromkeys(range(first, at), (first, at))
    starts = {token.start: index for index, token in enumerate(toks)}
    known = []
    for match in termbase.find(text, language, words=toks):
        first = last = starts[match.start]
        while last < len(toks) and toks[last].start < match.stop:
            last += 1
        if first in bounds:
            known.append((match, first, last))
    return ScriptText(text, language, toks, bounds, tuple(known))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes of one language, as comparison keys."""

    role_nouns: frozenset[str]
    verbs: frozenset[str]
    closers: Mapping[str, str]
    """Prepositions, conjunctions …: key → locative, agent or "-"."""
    given: frozenset[str]
    honorifics: frozenset[str]
    stop: frozenset[str]

    def closes(self, key: str) -> bool:
        """True for a word that cannot be a part of a name."""
        return key in self.closers or key in self.verbs or key in self.stop or key in self.role_nouns


@cache
def lexicon(language: Language) -> Lexicon:
    """The word classes of ``language``; Dari and Persian share theirs."""
    code = "ps" if language is Language.PASHTO else "fa"

    def keys(name: str) -> frozenset[str]:
        # "سخنگوی" and "رئیس‌جمهور" come apart at the ZWNJ in running text: the first word's key decides
        return frozenset(toks[0].key for toks in (tokens(word, language) for word in words(name)) if toks)

    closers = {}
    for line in lines(f"actors/prepositions_{code}.txt"):
        word, _, usage = line.partition("\t")
        closers[token_key(word, language)] = usage.strip() or "-"
    return Lexicon(
        role_nouns=keys(f"actors/role_nouns_{code}.txt"),
        verbs=keys(f"actors/verbs_{code}.txt"),
        closers=closers,
        given=keys(f"names/given_{code}.txt"),
        honorifics=keys(f"names/honorifics_{code}.txt"),
        stop=keys(f"stopwords/{code}.txt"),
    )


def name_end(text: ScriptText, first: int, lex: Lexicon) -> int:
    """Index past the name that begins at ``first``: honorifics, given names, particles, and one more word."""
    _, high = text.bounds[first]
    at = first
    surname = False
    while at < high and at - first < MAX_NAME_TOKENS:
        if at > first and not text.joined(at):
            break
        key, word = text.key(at), text.tokens[at].text
        if any(c.isdigit() for c in word):
            break
        particle = word in PARTICLES
        if not particle and (key not in lex.given or surname) and at > first and _claimed(text, at, lex):
            break
        if surname and not particle and "-" not in text.gap(at):
            break
        if key in lex.honorifics or key in lex.given or particle:
            at += 1
            continue
        surname = True
        at += 1
    while at > first + 1 and text.tokens[at - 1].text in {"و", "ال", "بن", "دی", "دو"}:
        at -= 1
    return at


def _claimed(text: ScriptText, index: int, lex: Lexicon) -> bool:
    """True where the word is no name's: it closes names, is a title's or body's, or names a state or organisation."""
    key = text.key(index)
    if lex.closes(key) or len(key) < 2:
        return True
    return any(a <= index < b and m.entry.kind != "person" for m, a, b in text.known)


def lexical_end(text: ScriptText, first: int) -> int:
    """Index past the words from ``first`` on that the role lexicon or the termbase accounts for."""
    _, high = text.bounds[first]
    at = first
    while at < high and (at == first or text.joined(at)):
        length = _unit_length(text, at, high)
        if not length:
            break
        at += length
    return at


def _unit_length(text: ScriptText, at: int, high: int) -> int:
    for match, first, last in text.known:
        if first == at and match.entry.kind != "person":
            return last - first
    for length in range(min(7, high - at), 0, -1):
        keys = tuple(text.key(i) for i in range(at, at + length))
        if any(keys in table for table in (titles(text.language), modifiers(text.language), bodies(text.language))):
            return length
    return 0
