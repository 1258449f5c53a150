"""Forms by which a termbase entry may stand in a language: its name, aliases, adjectives, capitals, people.

Entry, language → forms, preferred first. Dari and Persian lend each other forms; ``own`` says which the language has itself.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.languages import Language
from pipelines.tables import cell_list, table
from pipelines.text import spelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.termbase import Entry
    from pipelines.models import NameUsage

PEOPLE: Final = "people-of-"
_STEMMED: Final = 4
"""Letters of a stem that is trusted to be the state's: "афган", "росси"; shorter ones must stand alone."""


def state(key: str) -> str:
    """The state's key for its people's; any other key as it is."""
    return key.removeprefix(PEOPLE)


def named(entry: Entry) -> bool:
    """False for "police", "refugees", "voters": common nouns that the termbase has for roles, and no names."""
    return entry.names.get(Language.ENGLISH, "X")[:1].isupper() or any(
        form[:1].isupper() for form in entry.aliases.get(Language.ENGLISH, ()) if entry.kind == "organisation"
    )


@lru_cache(maxsize=8192)
def forms(key: str, language: Language, usage: NameUsage = "name") -> tuple[str, ...]:
    """Every form of a termbase entry in ``language``, nominative; those of the same usage first, then the rest."""
    found = [form for lang in _lenders(language) for form in _forms(key, lang, usage)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def own(key: str, language: Language) -> tuple[str, ...]:
    """Names and aliases that the language has itself, the full press form first; empty where its cell is empty."""
    entry = termbase.entries()[key]
    return tuple(filter(None, (entry.names.get(language, ""), *entry.aliases.get(language, ()))))


@lru_cache(maxsize=4096)
def borrowed(key: str, language: Language) -> tuple[str, ...]:
    """Names and aliases that only the sister language has, where ``language`` has a form of its own; else none."""
    sister = _lenders(language)[1:]
    if not sister or not own(key, language):
        return ()
    home = {spelling(form) for form in own(key, language)}
    return tuple(form for form in own(key, sister[0]) if spelling(form) not in home)


@cache
def stems(key: str, language: Language) -> tuple[str, ...]:
    """Folded beginnings that any word for a state, its people or its adjective has: российск, афганц, американ."""
    row = _demonyms().get(state(key), {})
    found = list(cell_list(row.get("fa" if language.persian else str(language), "")))
    for lang in _lenders(language):
        entry = termbase.entries().get(state(key))
        if entry is None or entry.kind != "country":
            return tuple(found)
        named_so = (entry.names.get(lang, ""), *entry.aliases.get(lang, ()), *entry.adjectives.get(lang, ()))
        found += [_stem(form, language) for form in named_so if form and form.isalpha() and not form.isupper()]
        people = termbase.entries().get(PEOPLE + state(key))
        if people is not None and people.names.get(lang):
            found.append(_stem(people.names[lang], language))
    return tuple(dict.fromkeys(stem for stem in found if len(stem) >= 3))


_ENDINGS: Final = {
    Language.RUSSIAN: ("ский", "ской", "ий", "ый", "ия", "цы", "ы", "и", "е", "а", "я", "о", "й"),
    Language.ENGLISH: ("ians", "ese", "ian", "ish", "an", "s", "a", "n"),
    Language.PASHTO: ("ه", "ا", "ي", "ی"),
    Language.PERSIAN: ("ه", "ا", "ی"),
    Language.DARI: ("ه", "ا", "ی"),
}


def _stem(form: str, language: Language) -> str:
    for ending in _ENDINGS[language]:
        if form.endswith(ending) and len(form) - len(ending) >= _STEMMED:
            return form.removesuffix(ending)
    return form


@cache
def _demonyms() -> Mapping[str, Mapping[str, str]]:
    return {row["key"]: row for row in table("names/demonyms.tsv")}


def _lenders(language: Language) -> tuple[Language, ...]:
    if not language.persian:
        return (language,)
    return (language, Language.PERSIAN if language is Language.DARI else Language.DARI)


def _forms(key: str, language: Language, usage: NameUsage) -> Sequence[str]:
    entry = termbase.entries()[key]
    home = termbase.entries().get(state(key), entry)
    people = termbase.entries().get(PEOPLE + state(key))
    by_usage = {
        "name": (entry.names.get(language, ""), *entry.aliases.get(language, ())),
        "capital": home.capitals.get(language, ()),
        "adjective": home.adjectives.get(language, ()),
    }
    order: tuple[NameUsage, ...] = ("name", "adjective", "capital")
    ordered = [*by_usage[usage], *(form for other in order if other != usage for form in by_usage[other])]
    if entry.kind == "country" and people is not None:
        ordered.append(people.names.get(language, ""))
    if entry is not home:
        ordered += [home.names.get(language, ""), *home.aliases.get(language, ())]
    if language is Language.RUSSIAN and home.genitive:
        ordered.append(home.genitive)
    return [form for form in ordered if form]
