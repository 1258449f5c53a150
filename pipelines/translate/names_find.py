"""Where a locked name stands in a translation by what is known of it: a form in any case, a state's words, an acronym, a part.

Reading, ``NameLock`` → token ranges (half-open).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.languages import Language
from pipelines.text import fold, spelling, tokens
from pipelines.translate.names_forms import own, state, stems
from pipelines.translate.names_reading import cases_of, common_words, places, surnames
from pipelines.translate.names_sound import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range, Reading


_SUFFIX: Final = re.compile(
    r"ها|های|هایی|هایشان|ان|انی|یان|ای|ی|یی|ش|انو|یانو|و|ه|یه|وی|ال|الی|ستان|ستانی|ایی|وال|والو|والا"
)
"""What Persian and Pashto write on to a state's word: its people, its adjective, their plurals. Letters folded."""
_SHARED_WORDS: Final = 0.5
"""Part of an organisation's words that tell it is meant: "Верховный суд" for "Верховный суд США"."""


def standing(reading: Reading, lock: NameLock) -> list[Range]:
    """Where a known form of ``lock`` stands, the termbase's own reading first; a state's words and acronyms count."""
    key = state(lock.key)
    found = [(first, last) for match, first, last in reading.matches if state(match.entry.key) == key]
    if lock.kind == "organisation" or not lock.forms:
        found += [hit for hit in verbatim(reading, lock) if hit not in found]
    taken = {index for first, last in found for index in range(first, last)}
    for form in (*lock.forms, *surnames(lock)):
        for first, last in places(reading, form):
            if taken.isdisjoint(range(first, last)) and not _others_state(reading, range(first, last), key):
                found.append((first, last))
                taken.update(range(first, last))
    if lock.kind in ("country", "group"):
        found += [hit for hit in _by_stem(reading, lock) if hit[0] not in taken]
    if not found and lock.kind == "organisation":
        found += _by_acronym(reading, lock) or _by_words(reading, lock)
    return sorted(found)


def _others_state(reading: Reading, indices: Iterable[int], key: str) -> bool:
    """True where another state is read there: Нигер is no beginning of Нигерия, but "حکومت چین" holds چین."""
    owners = {reading.owners.get(index, key) for index in indices} - {key}
    entries = termbase.entries()
    return any(owner in entries and entries[owner].kind == "country" for owner in owners)


def verbatim(reading: Reading, lock: NameLock) -> list[Range]:
    """Where the Latin letters stand that the source has, or that an organisation has at home: Reuters, Sky News."""
    written = {lock.text} if lock.text.isascii() else set()
    if lock.kind == "organisation" and lock.key in termbase.entries():
        written.update(own(lock.key, Language.ENGLISH))
    found = []
    for name in written:
        parts = [spelling(token.text) for token in tokens(name.removeprefix("The "), Language.ENGLISH)]
        spelled = reading.spellings
        starts = range(len(spelled) - len(parts) + 1) if parts else ()
        found += [(at, at + len(parts)) for at in starts if spelled[at : at + len(parts)] == parts]
    return found


def mentions(reading: Reading, key: str) -> bool:
    """True where a state's words stand in the text, under whatever longer name: "польской", "афгано-"."""
    return any(
        word.startswith(fold(stem))
        and (not reading.language.arabic_script or _SUFFIX.fullmatch(word[len(fold(stem)) :] or "ی"))
        for stem in stems(key, reading.language)
        for word in reading.spellings
    )


def _by_stem(reading: Reading, lock: NameLock) -> Iterator[Range]:
    key = state(lock.key)
    for stem in stems(key, reading.language):
        folded = fold(stem)
        for index, word in enumerate(reading.spellings):
            if not word.startswith(folded) or _others_state(reading, (index,), key) or _misspelt(word, lock, reading):
                continue
            rest = word[len(folded) :]
            if not rest or (_SUFFIX.fullmatch(rest) if reading.language.arabic_script else len(rest) < 9):
                yield index, index + 1


def _by_acronym(reading: Reading, lock: NameLock) -> list[Range]:
    """The source's own acronym in Latin letters, or the initials of a form as one word: ВОЗ, EU."""
    wanted = {lock.text.replace(".", "")} if acronym(lock.text) else set()
    for form in lock.forms:
        parts = [
            token.text for token in tokens(form, reading.language) if token.text[0].isupper() or len(token.text) > 3
        ]
        if len(parts) > 2 and not reading.language.arabic_script:
            wanted.add("".join(part[0] for part in parts).upper())
    return [(i, i + 1) for i, token in enumerate(reading.tokens) if token.text.replace(".", "") in wanted]


def _misspelt(word: str, lock: NameLock, reading: Reading) -> bool:
    """True for the state's own name with a wrong letter: "Туркминистан" begins as its people do, but is nobody of them."""
    if reading.language is not Language.RUSSIAN:
        return False
    names = own(state(lock.key), reading.language) if state(lock.key) in termbase.entries() else ()
    return any(abs(len(word) - len(form)) <= 2 and distance(word, form) <= _SLIP for form in names if " " not in form)


_SLIP: Final = 0.7


def acronym(text: str) -> bool:
    """True for two to six Latin capitals, dots between or not."""
    letters = text.replace(".", "")
    return letters.isascii() and letters.isupper() and 1 < len(letters) < 7


def _by_words(reading: Reading, lock: NameLock) -> list[Range]:
    """An institution said in part or with words between: half of some form's content words stand close together."""
    for form in lock.forms:
        content = [cases for cases in cases_of(form, reading.language) if not cases & common_words(reading.language)]
        wanted = [cases for cases in content if not cases & _states(reading.language)]
        if len(content) < 2 or not wanted:
            continue
        hits = [i for i, word in enumerate(reading.spellings) if any(_in_cases(word, cases) for cases in wanted)]
        present = sum(any(_in_cases(word, cases) for word in reading.spellings) for cases in wanted)
        if hits and present >= _SHARED_WORDS * len(wanted):
            return [(hits[0], hits[0] + 1)]
    return []


@cache
def _states(language: Language) -> frozenset[str]:
    """Words for states in every case: "Конгресс США" is «Конгресс» to its readers."""
    countries = (entry for entry in termbase.entries().values() if entry.kind == "country")
    forms = (form for entry in countries for form in (*own(entry.key, language), entry.genitive) if " " not in form)
    return frozenset(spelled for form in forms if form for cases in cases_of(form, language) for spelled in cases)


def _in_cases(word: str, cases: frozenset[str]) -> bool:
    if word in cases:
        return True
    # "верховного", "верховная": adjectives in every gender; Persian plurals and ezafe
    return len(word) > 4 and any(
        len(case) > 4 and word[:-2][:6] == case[:-2][:6] and word[:5] == case[:5] for case in cases
    )
