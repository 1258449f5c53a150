"""Names in other cases: any case → nominative for showing and merging, nominative → a case for text that is written anew.

"Замира Кабулова" → "Замир Кабулов", "Министерству иностранных дел России" → "Министерство иностранных дел России". A word that
the dictionary and the endings say nothing about stays as it stands: a wrong nominative is worse than an oblique one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.ru_endings import guesses
from pipelines.actors.ru_morph import CASES, agree, cyrillic, readings, recase
from pipelines.languages import Language
from pipelines.tables import word_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.actors.ru_morph import Case, Number, Reading
    from pipelines.models import ActorKind

_WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*\.?")
_GENDERS: Final = ("masc", "femn")
_IN_TERMBASE: Final = 0.5
"""Least trust in a nominative that is a part of a name in the termbase."""
_UNREAD: Final = 0.02
"""Weight of leaving a word as it is: under any reading of the dictionary, over a guess that fits nothing else."""
_GUESS: Final = 0.3
_NOT_A_NAME: Final = 0.15
"""Factor for reading a capitalised word of a person's name as a thing: "Кабулова" is no city."""
_BEING: Final = 0.5
"""The same for one that lives: Хан, Принс, Волк."""
_ADJECTIVE: Final = 0.3
"""The same for an adjective: Алексея Навального."""
_NOMINATIVE: Final = 1.15
"""Factor for leaving the whole name alone."""


@lru_cache(maxsize=4096)
def normal_form(text: str, kind: ActorKind) -> str:
    """``text`` in the nominative; unchanged where it stands there or nothing is known of its words."""
    pieces = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    words = [word for _, word in pieces]
    if not words:
        return text
    forms = _person(words, "nom") if kind == "person" else _phrase(words, "nom", plural=kind == "group")
    return _written(text, pieces, forms)


def inflect_name(name: str, case: Case, *, person: bool = False, gender: str = "") -> list[str]:
    """Forms that the nominative ``name`` may take in ``case``, the likeliest first; never empty.

    ``person`` declines every part, else the head noun and its adjectives; ``gender`` is "m", "f" or empty. Names outside of
    the dictionary also stand undeclined in real text, so the name itself ends the list.
    """
    pieces = [(m.start(), m.group()) for m in _WORD.finditer(name)]
    words = [word for _, word in pieces]
    if not words or case == "nom":
        return [name]
    if person:
        forms = _person(words, case, source="nom", gender={"m": "masc", "f": "femn"}.get(gender))
    else:
        forms = _phrase(words, case, source="nom")
    first = _written(name, pieces, forms)
    return list(dict.fromkeys((first, name)))


def _written(text: str, pieces: Sequence[tuple[int, str]], forms: Sequence[str]) -> str:
    parts, at = [], 0
    for (start, word), form in zip(pieces, forms, strict=True):
        parts += [text[at:start], form]
        at = start + len(word)
    return "".join([*parts, text[at:]])


def _person(words: Sequence[str], target: Case, *, source: Case | None = None, gender: str | None = None) -> list[str]:
    """All parts in one case and of one gender: the pair on which they agree best."""
    best: tuple[float, list[str]] = (0.0, list(words))
    for case in (source,) if source else CASES:
        for sex in (gender,) if gender else _GENDERS:
            weight, forms = 1.0, []
            for word in words:
                worth, form = _name_part(word, case, sex, target)
                weight *= worth
                forms.append(form)
            if case == target:
                weight *= _NOMINATIVE
            if weight > best[0]:
                best = weight, forms
    return best[1]


def _name_part(word: str, case: Case, sex: str, target: Case) -> tuple[float, str]:
    """Trust that ``word`` is a ``case`` of a name of that sex, and its form in ``target``."""
    if not cyrillic(word) or word.casefold() in word_class("actors/classes_ru.tsv", "name_particle"):
        return 1.0, word
    best = (_UNREAD, word)
    for reading in readings(word):
        if reading.number != "sing" or not (reading.fixed or reading.case == case):
            continue
        if reading.gender not in (sex, "ms-f") and not reading.fixed:
            continue
        form = reading.parse.word if reading.fixed else _declined(reading, target)
        if form is not None:
            best = _better(best, _weighed(_worth(reading), recase(form, word), word, case, target))
    for guess in guesses(word):
        if guess.case in (case, None) and guess.sex in (sex, None):
            form = word if guess.case is None or guess.case == target else guess.form(target)
            best = _better(best, _weighed(guess.weight, form, word, case, target))
    return best


def _weighed(weight: float, form: str, word: str, case: Case, target: Case) -> tuple[float, str]:
    """Trust raised where the nominative is a part of a name that the termbase has: Нарендра, but Замир."""
    nominative = form if target == "nom" else word if case == "nom" else ""
    if nominative.casefold() in _name_parts():
        weight = _IN_TERMBASE + weight * (1 - _IN_TERMBASE)
    return weight, form


def _better(one: tuple[float, str], other: tuple[float, str]) -> tuple[float, str]:
    return other if other[0] > one[0] else one


@cache
def _name_parts() -> frozenset[str]:
    """Words of the persons' names in the termbase, nominatives all."""
    people = (entry for entry in termbase.entries().values() if entry.kind == "person")
    names = (entry.names.get(Language.RUSSIAN, "") for entry in people)
    return frozenset(part for name in names for part in name.casefold().split())


def _worth(reading: Reading) -> float:
    """Trust in a reading of a part of a person's name."""
    weight = reading.weight * (1.0 if reading.known else _GUESS)
    if reading.name:
        return weight
    if not reading.known:
        return 0.0
    if reading.kind == "adjective":
        return weight * _ADJECTIVE
    return weight * (_BEING if "anim" in reading.parse.tag else _NOT_A_NAME)


def _declined(reading: Reading, target: Case) -> str | None:
    grammeme = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}[target]
    form = reading.parse.inflect({grammeme, "sing"})
    return str(form.word) if form else None


def _phrase(words: Sequence[str], target: Case, *, source: Case | None = None, plural: bool = False) -> list[str]:
    """The head noun and the adjectives before it; what follows the head depends on it and stays."""
    head = _head(words)
    if head is None or _transliterated(words, head):
        return list(words)
    number: Number | None = "plur" if plural or _plural(words[head]) else None
    forms = agree(words[: head + 1], target, source=source, number=number)
    if forms is None and number:
        forms = agree(words[: head + 1], target, source=source)
    if forms is None:
        return list(words)
    return [*forms, *words[head + 1 :]]


def _transliterated(words: Sequence[str], head: int) -> bool:
    """True for a foreign name in Russian letters, which has no cases, and for an acronym: «Хьюман Райтс Вотч», ХАМАС."""
    capitals = len(words) > 1 and all(word[:1].isupper() for word in words)
    if len(words[head]) > 1 and words[head].isupper():
        return True
    return capitals and not any(reading.known for reading in readings(words[head]))


def _head(words: Sequence[str]) -> int | None:
    """Index of the first noun that the words before it can agree with."""
    for index, word in enumerate(words):
        if not cyrillic(word):
            return None
        found = readings(word)
        if not found:
            return None
        adjective = found[0].kind == "adjective" or all(r.kind == "adjective" for r in found)
        if not adjective or index == len(words) - 1:
            return index
    return None


def _plural(word: str) -> bool:
    lowered = word.casefold()
    plurals = word_class("actors/classes_ru.tsv", "plural_head")
    return any(
        r.number == "plur" and r.parse.inflect({"nomn", "plur"}) and _nominative_plural(r) in plurals
        for r in readings(lowered)
    )


def _nominative_plural(reading: Reading) -> str:
    form = reading.parse.inflect({"nomn", "plur"})
    return str(form.word) if form else ""
