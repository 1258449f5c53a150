"""Capitalised names in English text: sentence → runs of words that may name someone.

A run is capitalised words with what English puts between them: name particles ("de", "al-"), "of"/"for"/"on" after the
head of an institution ("Ministry of Foreign Affairs"), hyphens ("Kim Jong-un"). The first word of a sentence or quote
has a capital for another reason; it starts a run only if something else speaks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.tables import word_class, words
from pipelines.text import Token, token_ranges, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import Sentence

PARTICLES: Final = word_class("actors/classes_en.tsv", "name_particle")
INSTITUTION_LINKS: Final = frozenset({"of", "for", "on", "and", "the", "in", "to"})

# "Al-Qaeda-linked Nusra Front": what follows the hyphen describes, it is no part of the name
_HYPHEN_TAILS: Final = word_class("actors/classes_en.tsv", "hyphen_tail")
_CALENDAR: Final = word_class("actors/classes_en.tsv", "calendar")
_SPACE: Final = re.compile(r"[ \u00a0]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``first`` to ``last`` (half-open, of the whole text) that may be a name. ``initial``: opens its sentence."""

    first: int
    last: int
    initial: bool


@dataclass(frozen=True, slots=True)
class EnglishText:
    """An article tokenised once; ``lower`` holds words seen in lower case."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    """Token ranges, half-open, one a sentence; headings are left out."""
    lower: frozenset[str]
    capital: frozenset[str]
    """Words seen with a capital where no sentence begins."""
    counts: Mapping[str, int]
    """How often each word stands in the text, as it is written."""

    def gap(self, index: int) -> str:
        """Characters between token ``index`` and the one before it, empty at both ends of the text."""
        return self.text[self.tokens[index - 1].stop : self.tokens[index].start] if 0 < index < len(self.tokens) else ""

    def word(self, index: int) -> str:
        """Word at ``index``, or an empty string outside of the text."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""


def read(text: str, sentences: Sequence[Sentence]) -> EnglishText:
    """Tokenise ``text`` and note which words it writes in lower case, which with a capital inside a sentence."""
    toks = tuple(tokens(text, Language.ENGLISH))
    ranges = []
    lower, capital = set(), set()
    for sentence, first, last in token_ranges(toks, sentences):
        if sentence.heading:
            continue
        ranges.append((first, last))
        for index in range(first, last):
            word = toks[index].text
            if word[:1].islower():
                lower.add(word)
            elif not opens(text, toks, first, index):
                capital.add(word)
    return EnglishText(text, toks, tuple(ranges), frozenset(lower), frozenset(capital), Counter(t.text for t in toks))


def opens(text: str, toks: Sequence[Token], first: int, index: int) -> bool:
    """True where token ``index`` opens its sentence, or a quotation or clause after a colon."""
    if index == first:
        return True
    gap = text[toks[index - 1].stop : toks[index].start]
    if gap == " ":
        return False
    return any(mark in gap for mark in ':"“‘«?!…') or (". " in gap and len(toks[index - 1].text) > 3)


def runs(text: EnglishText) -> list[Run]:
    """Capitalised runs in text order, not overlapping, calendar words and openers without evidence left out."""
    found = []
    for first, last in text.sentences:
        at = first
        while at < last:
            word = text.tokens[at].text
            if not (word[0].isupper() or word == "al"):
                at += 1
                continue
            initial = opens(text.text, text.tokens, first, at)
            if not _starts(text, at, last, initial=initial):
                at += 1
                continue
            stop = _extend(text, at, last)
            found.append(Run(at, stop, initial))
            at = stop
    return found


def is_capital(word: str) -> bool:
    """A word that begins with a capital and is not only a number or the pronoun I."""
    return word[:1].isupper() and word not in {"I", "A"} and word.casefold() not in _CALENDAR


def _starts(text: EnglishText, at: int, last: int, *, initial: bool) -> bool:
    word = text.word(at)
    if word.casefold() in PARTICLES and at + 1 < last and text.gap(at + 1) in "-‐ " and word[:1].isupper():
        return True
    if word == "al" and at + 1 < last and text.gap(at + 1) == "-" and is_capital(text.word(at + 1)):
        return True
    if not is_capital(word):
        return False
    if not initial:
        return True
    lowered = word.casefold()
    if lowered in stopwords():
        return False
    if word in text.capital or lowered in given_names() or _acronym(word):
        return True
    following = text.word(at + 1) if at + 1 < last and _joined(text, at + 1) else ""
    return (lowered not in text.lower and (is_capital(following) or _joins_hyphen(text, at + 1, last))) or (
        lowered not in text.lower
        and not _ordinary(lowered)
        and at + 1 < last
        and text.word(at + 1).casefold() in verbs()
    )


def _extend(text: EnglishText, at: int, last: int) -> int:
    stop = at + 1
    while stop < last:
        word, gap = text.word(stop), text.gap(stop)
        if _possessive(text, stop - 1):
            break
        if gap in ("-", "‐", "–") and _joins_hyphen(text, stop, last):
            stop += 1
        elif not _plain_gap(gap, text.word(stop - 1)):
            break
        elif is_capital(word) and word.casefold() not in stopwords() | {"mr", "mrs", "ms"}:
            stop += 1
        elif (follow := _link(text, at, stop, last)) > stop:
            stop = follow
        else:
            break
    return stop


def _link(text: EnglishText, at: int, stop: int, last: int) -> int:
    """Index past the capitalised word that a particle or an institution's link leads to, or ``stop``."""
    word = text.word(stop).casefold()
    ahead = stop + 1
    if word in PARTICLES and ahead < last and text.gap(ahead) in (" ", "-", "‐") and is_capital(text.word(ahead)):
        return ahead + 1
    institution = any(text.word(i) in organisation_nouns() for i in range(at, stop))
    if word not in INSTITUTION_LINKS or not institution:
        return stop
    if word in {"in", "to"} or (word == "and" and not any(text.word(i) in {"of", "for"} for i in range(at, stop))):
        return stop
    if ahead < last and text.word(ahead) == "the" and word != "and":
        ahead += 1
    if ahead < last and text.gap(ahead) == " " and is_capital(text.word(ahead)) and text.gap(stop) == " ":
        # "Ministry of Foreign Affairs and Trade", but "the Ministry of Defence and President Putin" are two
        if word == "and" and (
            text.word(ahead).casefold() in role_nouns() or text.word(ahead).casefold() in given_names()
        ):
            return stop
        return ahead + 1
    return stop


def _joins_hyphen(text: EnglishText, at: int, last: int) -> bool:
    if at >= last or text.gap(at) not in ("-", "‐", "–"):
        return False
    word = text.word(at)
    return is_capital(word) or (
        word.isalpha() and word.casefold() not in _HYPHEN_TAILS and len(word) <= 5 and len(text.word(at - 1)) <= 6
    )


def _plain_gap(gap: str, before: str) -> bool:
    return bool(_SPACE.fullmatch(gap)) or (gap == ". " and len(before) <= 4) or gap in ("’", "'")


def _joined(text: EnglishText, at: int) -> bool:
    return _plain_gap(text.gap(at), text.word(at - 1)) and not _possessive(text, at - 1)


def _possessive(text: EnglishText, index: int) -> bool:
    """True where the word at ``index`` is followed by a possessive ending, which closes a name."""
    tail = text.text[text.tokens[index].stop : text.tokens[index].stop + 2]
    return tail in ("'s", "’s") or (tail[:1] in "'’" and tail[1:2] in ("", " ") and text.word(index).endswith("s"))


def possessive(text: EnglishText, index: int) -> bool:
    """See ``_possessive``; for the role patterns."""
    return _possessive(text, index)


def _acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


def _ordinary(lowered: str) -> bool:
    return lowered.endswith(("ing", "ly", "ed")) or lowered in role_nouns()


@cache
def stopwords() -> frozenset[str]:
    """English function words."""
    return words("stopwords/en.txt")


@cache
def given_names() -> frozenset[str]:
    """Given names of many peoples in Latin letters, lower case."""
    return frozenset(name.casefold() for name in words("names/given_en.txt"))


@cache
def role_nouns() -> frozenset[str]:
    """Nouns that head a person's role, lower case."""
    return words("actors/role_nouns_en.txt")


@cache
def organisation_nouns() -> frozenset[str]:
    """Capitalised words that make a name an organisation's."""
    return words("actors/organisation_nouns_en.txt")


@cache
def place_words() -> frozenset[str]:
    """Capitalised words that make a name a place's."""
    return words("actors/places_en.txt")


@cache
def verbs() -> frozenset[str]:
    """Finite verbs that stand after an acting subject, lower case."""
    return words("actors/verbs_en.txt")
