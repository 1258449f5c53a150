"""Whether a text names one of the plain words or phrases that an editor typed, in any of the five languages.

Terms and a text → yes or no. Whole words only, with simple inflection of the text's language (``inflect``), in any case (but for
"US" and "WHO") and any spelling of Arabic script. A term that is a name of the termbase also matches that actor's names in the
other languages: "Taliban" finds «талибов» and «طالبان», "Kabul" finds «Кабуле» but not "Afghanistan", and no name finds its
adjective ("Afghan").
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.languages import READ, Language
from pipelines.stories.inflect import inflects
from pipelines.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import NameUsage

_ZWNJ: Final = "\u200c"
_ACRONYM: Final = 3
"""Letters from which a term in small letters may be an acronym: "nato"; "us" is not the US."""
_INITIALS: Final = 3
"""Letters up to which an acronym that the termbase knows keeps its capitals: "US" finds no "us", "WHO" no "who"."""


def matches(terms: Sequence[str], text: str, language: Language) -> bool:
    """True where ``text`` names at least one term. Terms without a word match nothing."""
    wanted = [words for term in terms for words in _phrases(term)]
    readings = [[token.text for token in tokens(reading, language)] for reading in _readings(text)]
    if any(_names(words, phrase, language) for words in readings for phrase in wanted):
        return True
    actors = {actor for term in terms for actor in _actors(term)}
    if not actors:
        return False
    return any((match.entry.key, match.usage) in actors for match in termbase.find(text, language))


def _readings(text: str) -> tuple[str, ...]:
    """The text with ZWNJ as a break and, where it has any, as nothing: «می‌رود» is «می رود» to some and «میرود» to others."""
    return (text, text.replace(_ZWNJ, "")) if _ZWNJ in text else (text,)


@lru_cache(maxsize=4096)
def _phrases(term: str) -> tuple[tuple[str, ...], ...]:
    if len(term) <= _INITIALS and term.isupper() and _actors(term):
        return ()
    found = (tuple(token.text for token in tokens(reading, Language.UNKNOWN)) for reading in _readings(term))
    return tuple(words for words in found if words)


def _names(words: Sequence[str], phrase: tuple[str, ...], language: Language) -> bool:
    """True where the phrase's words stand one after the other in some form."""
    return any(
        all(inflects(word, term, language) for word, term in zip(words[at : at + len(phrase)], phrase, strict=True))
        for at in range(len(words) - len(phrase) + 1)
    )


@lru_cache(maxsize=4096)
def _actors(term: str) -> frozenset[tuple[str, NameUsage]]:
    """Keys of the actors that ``term`` is a name of, whatever language it is typed in, and whether it names a capital."""
    name = " ".join(term.split())
    spellings = [name, name.title()]
    if len(name) >= _ACRONYM:
        spellings.append(name.upper())
    found: set[tuple[str, NameUsage]] = set()
    for language in READ:
        for spelt in spellings:
            if entry := termbase.lookup(spelt, language):
                [match] = termbase.find(spelt, language)
                found.add((entry.key, match.usage))
    return frozenset(found)
