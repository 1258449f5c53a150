"""Words of a translation that sound like a locked name without being a known form, and names that are parts of longer ones.

Reading, ``NameLock`` → token ranges (half-open). What the termbase reads as somebody else is nobody's near miss.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.text import fold, token_key
from pipelines.translate.names_reading import common_words, surnames
from pipelines.translate.names_sound import alike, consonants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range, Reading


_MIN_SPELLED: Final = 4
"""Letters of a word that a misspelling can be told of."""


def near(reading: Reading, lock: NameLock) -> list[Range]:
    """Words that sound like the name without being a known form: a person's last name, another's whole name.

    A person whose last name has too few sounds to go by (May, Xi) is known by the given name.
    """
    found: list[Range] = []
    for span, _ in candidates(reading, lock):
        if span not in found:
            found.append(span)
    return found


def candidates(reading: Reading, lock: NameLock) -> Iterator[tuple[Range, str]]:
    """As ``near``, each with the name that it sounds like."""
    for name in (*surnames(lock), *lock.forms[:1], lock.text):
        word = name.rsplit(" ", 1)[-1] if lock.kind == "person" else name
        found = sounding(reading, word)
        yield from ((span, word) for span in found)
        if not found and lock.kind == "person" and " " in name and consonants(word) < _TELLING:
            given = name.split(" ")[0]
            yield from ((span, given) for span in sounding(reading, given))


_TELLING: Final = 2


def sounding(reading: Reading, name: str, *, free: bool = True) -> list[Range]:
    """Runs of one to three words that together sound like ``name``; with ``free`` only such as are nobody else's.

    "ال سلوادور" and "السلوادور", "فیس بوک" and "فیسبوک" differ in spaces alone, so these do not count.
    """
    joined = _joined(name)
    found: list[Range] = []
    for first, token in enumerate(reading.tokens):
        if not (reading.language.arabic_script or token.text[0].isupper()):
            continue
        longest = 1 if reading.spellings[first] in common_words(reading.language) else _RUN
        run = ""
        for last in range(first, min(first + longest, len(reading.tokens))):
            if free and last in reading.owners:
                break
            run += reading.tokens[last].text
            if len(run) > 2 * len(joined) + 3:
                break
            if similar(run, joined, reading.language):
                found.append((first, last + 1))
                break
    return found


_RUN: Final = 3


def _joined(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


@lru_cache(maxsize=65536)
def similar(word: str, name: str, language: Language) -> bool:
    """True where ``word``, without what a case may have put on it, sounds like ``name``."""
    if len(word) < _MIN_SPELLED - (not name.isascii()) or word.isdecimal():
        return False
    return any(alike(form, name) for form in {word, *bare(word, language)})


@lru_cache(maxsize=32768)
def bare(word: str, language: Language) -> tuple[str, ...]:
    """``word`` without what a case may have put on it."""
    if language is Language.RUSSIAN:
        return _RUSSIAN_CASE.sub("", fold(word)), token_key(word, language)
    if language.arabic_script:
        return (_ARABIC_TAIL.sub("", fold(word)),)
    return (word.removesuffix("s"),)


_RUSSIAN_CASE: Final = re.compile(r"(?<=...)(?:ого|его|ому|ему|ыми|ами|ым|им|ом|ем|ой|ей|ою|а|я|у|ю|е|ы|и)$")
_ARABIC_TAIL: Final = re.compile(r"(?<=...)(?:های|ها|ی|و|ه)$")


def part_of_longer(lock: NameLock, original: Reading, names: Sequence[NameLock]) -> bool:
    """True for a name that a capitalised word beside it makes part of a longer one: "Jordan Spieth", "Priorities USA"."""
    if original.language.arabic_script or lock.kind == "person":
        return False
    text = original.text
    locked = [(other.start, other.stop) for other in names]
    toks = original.tokens
    before = next((t for t in reversed(toks) if t.stop <= lock.start), None)
    after = next((t for t in toks if t.start >= lock.stop), None)
    opening = before is not None and before is toks[0]
    return any(
        token is not None
        and text[gap[0] : gap[1]] in _GAPS
        and (token.text[0].isupper() or token.text[0].isdigit())
        and not any(start <= token.start < stop for start, stop in locked)
        for token, gap in (
            (None if opening else before, (before.stop if before else 0, lock.start)),
            (after, (lock.stop, after.start if after else 0)),
        )
    )


_GAPS: Final = frozenset({" ", "-", "\u00a0", " & ", "–", "’s ", "'s "})
