"""One person, two spellings: names of Arabic script compared by their consonants.

Translators write a foreign name as they hear it: "دونالد" or "دانلد ترامپ", "روزنستین" or "روزینستین". The consonants of
given name and surname together tell who it is, where both are there and only one known person has them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.keys import skeleton, without_article
from pipelines.languages import Language
from pipelines.tables import word_class
from pipelines.text import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.termbase import Entry

MIN_SURNAME: Final = 3
"""Consonants of a surname alone that must agree."""
MIN_GIVEN_SURNAME: Final = 2
MIN_TOGETHER: Final = 4
"""Consonants of a surname beside an agreeing given name, and of both together."""
_HOME_SCRIPT: Final = word_class("actors/classes_fa.tsv", "home_script")
_VOWELS: Final = "اویه"
_NO_VOWELS: Final = str.maketrans("", "", _VOWELS)


def known_person(name: str, language: Language) -> Entry | None:
    """The only foreign person of the termbase whose given name and surname sound like ``name``; None for one word.

    Persons of states that write Arabic script have one spelling: "محمد کریمی" is not "محمد کرامی". A name in Latin letters
    is looked up as English.
    """
    if name.isascii():
        return termbase.lookup(name, Language.ENGLISH)
    parts = [t.text for t in tokens(name, language)]
    sound = _sound(parts)
    entry = _by_sound(language).get(sound) if sound else None
    if entry is None:
        return None
    surname = tokens(entry.names[language], language)[-1].text
    return entry if _alike(parts[-1], surname, MIN_GIVEN_SURNAME) else None


def same_surname(one: str, other: str) -> bool:
    """True where two words are spellings of one surname: "سندریس", "سندرس"; not "کریم", "کریمی", "اکرم"."""
    return _alike(one, other, MIN_SURNAME)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str, least: int) -> bool:
    one, other = fold(without_article(one)), fold(without_article(other))
    if not one or not other or (one[-1] in _VOWELS) != (other[-1] in _VOWELS):
        return False
    if one[0] != other[0] and (not skeleton(one[0]) or skeleton(one[0]) != skeleton(other[0])):
        return False
    sound = skeleton(one)
    if least <= len(sound) <= MIN_SURNAME:  # ظ and ص sound alike, but three consonants are few: "نظیر" is not "ناصر"
        return one.translate(_NO_VOWELS) == other.translate(_NO_VOWELS)
    return len(sound) > MIN_SURNAME and sound == skeleton(other)


def _sound(parts: Sequence[str]) -> tuple[str, str] | None:
    if len(parts) < 2:
        return None
    first, last = skeleton(parts[0]), skeleton(without_article(parts[-1]))
    return (first, last) if first and len(last) > 1 and len(first) + len(last) >= MIN_TOGETHER else None


@cache
def _by_sound(language: Language) -> Mapping[tuple[str, str], Entry]:
    found: dict[tuple[str, str], Entry] = {}
    shared: set[tuple[str, str]] = set()
    for entry in termbase.entries().values():
        name = entry.names.get(language)
        if entry.kind != "person" or not name or entry.country in _HOME_SCRIPT:
            continue
        sound = _sound([t.text for t in tokens(name, language)])
        if sound is None:
            continue
        if sound in found:
            shared.add(sound)
        found[sound] = entry
    return {sound: entry for sound, entry in found.items() if sound not in shared}
