"""Which absences and additions of a name tell anything.

A human translator drops "Indian" or says "the president" for a name's third mention, and "Washington" of *Washington
Examiner* is nobody's capital. ``firm`` tells the names that must be there, ``strangers`` those that must not.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipelines.actors import termbase
from pipelines.actors.role_lexicon import titles
from pipelines.tables import cell_list, table, word_class
from pipelines.text import fold, spelling, tokens
from pipelines.translate.names_find import mentions
from pipelines.translate.names_forms import forms, state
from pipelines.translate.names_near import part_of_longer, sounding
from pipelines.translate.names_sound import vowels_apart
from pipelines.verify.lexicon import Forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.languages import Language
    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Reading


def firm(lock: NameLock, original: Reading, names: Sequence[NameLock]) -> bool:
    """True where a translation may not do without the name: no adjective, no part of a longer name, no loose group."""
    if lock.usage == "adjective" or lock.kind == "group" or not lock.forms:
        return not lock.forms and lock.kind == "person"
    if lock.usage == "capital" and lock.start > 0:
        return False
    return not part_of_longer(lock, original, names)


def otherwise(lock: NameLock, original: Reading, target: Reading) -> bool:
    """True where the translation says the name in another way: "UK" as «Соединённое Королевство», a state for its rulers.

    No name at all is the US of "US$108".
    """
    if original.text[lock.stop : lock.stop + 1] == "$":
        return True
    column = "fa" if target.language.persian else target.language.value
    folded = [fold(token.text) for token in target.tokens]
    if any(state(lock.key) in keys for keys in _further(column).read(folded)):
        return True
    entry = termbase.entries().get(lock.key)
    rulers = lock.text.rsplit(" ", 1)[-1].lower() in word_class("names/classes.tsv", "rulers_en")
    return bool(rulers and entry and entry.country and entry.country in target.keys)


@cache
def _further(column: str) -> Forms:
    found = Forms()
    for row in table("names/also.tsv"):
        for form in cell_list(row[column]):
            found.add(form, row["key"], column)
    return found


def tolerated(written: str, lock: NameLock, target: Language) -> bool:
    """True for a spelling that readers of Arabic script meet every day: other vowel letters than the termbase has.

    Newsrooms write پلوسی and پیلوسی, واشنگتن and واشینگتن; ``repair`` makes one of them, a warning would cry wolf. Where the
    article alone has the name, any spelling that sounds like it is right.
    """
    if not lock.forms:
        return True
    if not target.arabic_script or written.isascii():
        return False
    words = [form.rsplit(" ", 1)[-1] if lock.kind == "person" else form for form in lock.forms]
    return any(vowels_apart(written, word) for word in words)


def strangers(original: Reading, target: Reading, names: Sequence[NameLock]) -> Iterator[tuple[str, str]]:
    """Key and text of each name in the translation that nothing in the source speaks of, once."""
    own = original.keys | {state(lock.key) for lock in names}
    seen = set()
    for match, first, last in target.matches:
        key = state(match.entry.key)
        if key in own or key in seen or mentions(original, key) or _heard(match, original, target):
            continue
        seen.add(key)
        start, stop = target.span((first, last))
        yield key, target.text[start:stop]


def _heard(match: termbase.Match, original: Reading, target: Reading) -> bool:
    """True where a word of the source is a part of the name, or sounds like one: "PM May", "А. Гуттериш"."""
    spelled = set(original.spellings)
    return any(
        (len(word) > 2 and spelling(word) in spelled) or sounding(original, word, free=False)
        for language in (original.language, target.language)
        for word in _name_words(match.entry.key, language)
    )


@lru_cache(maxsize=4096)
def _name_words(key: str, language: Language) -> frozenset[str]:
    """Words of a name's forms, its titles left out: "President" of "President Putin" names nobody."""
    known = titles(language)
    found = {token for form in forms(key, language) for token in tokens(form, language)}
    return frozenset(token.text for token in found if (token.key,) not in known)
