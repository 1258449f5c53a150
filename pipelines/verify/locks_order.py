"""Two names exchanged: both are there, each in the other's place.

Two signs are trusted. A title stands beside the other's name ("Foreign Minister Putin"); or the two actors around one verb
have changed sides: who opens the source's sentence stands behind in the translation, and who opens there is no agent put
first by a passive or by Russian's free order.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors.role_lexicon import titles
from pipelines.languages import Language
from pipelines.tables import word_class, words
from pipelines.text import spelling, tokens
from pipelines.translate.names_forms import state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range, Reading

_LONGEST_TITLE: Final = 6
_OPENING: Final = 5
"""Words of titles and adjectives that may stand before the name that opens a sentence."""


def swapped(
    original: Reading, target: Reading, names: Sequence[NameLock], stands: Mapping[str, Sequence[Range]]
) -> Iterator[tuple[NameLock, NameLock]]:
    """Pairs of locks whose places are exchanged, the source's first one first; at most one pair for each sign."""
    persons = [lock for lock in names if lock.kind == "person"]
    found = _by_title(original, target, persons, stands)
    if found is None:
        found = _by_order(original, target, persons, stands)
    if found is not None:
        yield found
    powers = [lock for lock in names if lock.kind in ("country", "organisation") and lock.usage != "adjective"]
    if (pair := _by_order(original, target, powers, stands)) is not None:
        yield pair


def _source_range(original: Reading, lock: NameLock) -> Range:
    inside = [i for i, token in enumerate(original.tokens) if lock.start <= token.start < lock.stop]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _by_title(
    original: Reading, target: Reading, persons: Sequence[NameLock], stands: Mapping[str, Sequence[Range]]
) -> tuple[NameLock, NameLock] | None:
    ours = {lock.key: _titles_beside(original, [_source_range(original, lock)]) for lock in persons}
    theirs = {lock.key: _titles_beside(target, stands.get(state(lock.key), ())) for lock in persons}
    for index, one in enumerate(persons):
        for other in persons[index + 1 :]:
            mine, yours = ours[one.key] - ours[other.key], ours[other.key] - ours[one.key]
            if one.key == other.key or not (mine or yours):
                continue
            crossed = (bool(yours & theirs[one.key]), bool(mine & theirs[other.key]))
            kept = bool(mine & theirs[one.key]) or bool(yours & theirs[other.key])
            if any(crossed) and not kept:
                return one, other
    return None


def _titles_beside(reading: Reading, ranges: Sequence[Range]) -> frozenset[str]:
    """Keys of titles that touch the name, a state's word between allowed: "президент России Владимир Путин"."""
    found: set[str] = set()
    spans = _title_spans(reading) if ranges else ()
    for first, last in ranges:
        for begin, end, key in spans:
            between = range(end, first) if end <= first else range(last, begin) if begin >= last else None
            if between is None or not _touching(reading, (end, first) if end <= first else (last, begin)):
                continue
            if end > first and reading.language is Language.PASHTO:
                continue
            if all(i in reading.owners or reading.spellings[i] in _THE for i in between):
                found.add(key)
    return frozenset(found)


def _touching(reading: Reading, gap: tuple[int, int]) -> bool:
    """Nothing parts title and name but spaces and quotes; a comma may open an apposition, a colon nothing."""
    text = reading.text[reading.tokens[gap[0] - 1].stop : reading.tokens[gap[1]].start]
    return not any(mark in text for mark in ":;.!?—–()")


def _title_spans(reading: Reading) -> list[tuple[int, int, str]]:
    known = titles(reading.language)
    keys = [token.key for token in reading.tokens]
    found, at = [], 0
    while at < len(keys):
        for length in range(min(_LONGEST_TITLE, len(keys) - at), 0, -1):
            title = known.get(tuple(keys[at : at + length]))
            if title is not None:
                found.append((at, at + length, title.key))
                at += length
                break
        else:
            at += 1
    return found


_THE: Final = frozenset({"the", "د", "دې"})


def _by_order(
    original: Reading, target: Reading, locks: Sequence[NameLock], stands: Mapping[str, Sequence[Range]]
) -> tuple[NameLock, NameLock] | None:
    """The pair, where the source has just two of the kind, each once in both texts, and they changed sides."""
    if len(locks) != 2 or state(locks[0].key) == state(locks[1].key):
        return None
    one, other = locks
    here, there = stands.get(state(one.key), ()), stands.get(state(other.key), ())
    if len(here) != 1 or len(there) != 1 or here[0][0] <= there[0][0]:
        return None
    first, second = _source_range(original, one), _source_range(original, other)
    if not _opens(original, first) or not _verb_between(original, first, second):
        return None
    if _agent_last(original, second, first) or _agent_last(target, here[0], there[0]):
        return None
    if target.language is Language.RUSSIAN:
        alike = _nominative(target, here[0], one)  # «Меркель» is any case
        turned = _nominative(target, there[0], other) and (not alike or _subject(target, there[0], here[0]))
    else:
        turned = _opens(target, there[0])
    return (one, other) if turned else None


def _subject(reading: Reading, first: Range, second: Range) -> bool:
    """True where the name opens the sentence and a verb parts it from the other, which no comma does."""
    gap = reading.text[reading.tokens[first[1] - 1].stop : reading.tokens[second[0]].start]
    return _opens(reading, first) and _verb_between(reading, first, second) and not any(c in gap for c in ",—–:«")


def _opens(reading: Reading, name: Range) -> bool:
    """True where nothing but a few words of titles and adjectives stands before the name in its clause."""
    begin = 0
    for index in range(name[0]):
        gap = reading.text[reading.tokens[index].stop : reading.tokens[index + 1].start]
        if any(mark in gap for mark in ",،:;–—"):
            begin = index + 1
    before = reading.spellings[begin : name[0]]
    return len(before) <= _OPENING and not any(word in _function_words(reading.language) for word in before)


def _verb_between(reading: Reading, first: Range, second: Range) -> bool:
    between = reading.tokens[first[1] : second[0]]
    said = [t for t in between if spelling(t.text) not in _function_words(reading.language)]
    lower = [t for t in said if reading.language.arabic_script or t.text[0].islower()]
    possessive = reading.text[reading.tokens[first[1] - 1].stop - 2 : reading.tokens[first[1] - 1].stop + 2]
    return bool(lower) and "’s" not in possessive and "'s" not in possessive


def _agent_last(reading: Reading, name: Range, opening: Range) -> bool:
    """True where "by" and its like stand near the name: a passive or a citation puts who acts behind.

    A verb of saying right behind the name that opens is that one's own: "Merkel told Putin".
    """
    marks = word_class("names/classes.tsv", f"agent_{'fa' if reading.language.persian else reading.language.value}")
    before = reading.spellings[max(opening[1] + 1, name[0] - 4) : name[0]]
    after = reading.spellings[name[1] : name[1] + 3]
    if reading.language is Language.ENGLISH:  # "told Putin by telephone" has no agent behind, "Putin told" has
        after = [word for word in after if word == "told"]
    return any(word in marks for word in before + after)


def _nominative(reading: Reading, name: Range, lock: NameLock) -> bool:
    """True where the Russian words there are the nominative of a form."""
    written = reading.spellings[name[0] : name[1]]
    last = {form.rsplit(" ", 1)[-1] for form in lock.forms}
    return any(
        [spelling(token.text) for token in tokens(form, reading.language)] == written for form in (*lock.forms, *last)
    )


@cache
def _function_words(language: Language) -> frozenset[str]:
    code = "fa" if language.persian else language.value
    return frozenset(spelling(word) for word in words(f"stopwords/{code}.txt")) - _THE
