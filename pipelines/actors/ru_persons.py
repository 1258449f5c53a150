"""Persons of a Russian sentence: the tagger's spans mended, with their roles.

The small tagger cuts names at initials and particles ("С.В. Лавров", "бен Салман") and takes "закон Магнитского" for a person.
Sentence → ``Person`` records; an administration's or a prize's namesake comes back as ``namesake`` or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.actors import ru_roles
from pipelines.actors.ru_text import CLASSES, in_class, title_class
from pipelines.tables import word_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.actors.ru_text import Name, RussianSentence

MAX_NAME_WORDS: Final = 8
_INITIAL: Final = re.compile("[А-ЯЁA-Z]$|[А-ЯЁA-Z](?:[а-я])?\\.[А-ЯЁA-Z]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Words ``first`` to ``last`` (exclusive) name a person; ``begin`` is where the role before the name opens.

    ``namesake`` marks words that name an organisation by its head: "администрация Трампа".
    """

    first: int
    last: int
    begin: int
    role: str | None = None
    namesake: bool = False


def persons(text: RussianSentence, spans: Iterable[tuple[int, int]]) -> list[Person]:
    """Persons at ``spans`` (word ranges, in order), each with the role stated there; namesakes of things left out."""
    names = [_mended(text, first, last) for first, last in _joined(text, spans)]
    shared = _shared_roles(text, names)
    found: list[Person] = []
    for first, last in names:
        case = text.name_case(first, last)
        role, begin = ru_roles.before(text, first, case)
        if case == "gen" and in_class(text.word(begin - 1), "namesake") and not title_class(text.word(begin - 1)):
            found.append(Person(first=begin - 1, last=last, begin=begin - 1, namesake=True))
            continue
        if case == "gen" and in_class(text.word(begin - 1), "eponym"):
            continue
        role = shared.get(first) or role
        if role is None:
            role = (
                ru_roles.after(text, last, case)
                or ru_roles.introduced(text, first, last, case)
                or ru_roles.verbal(text, last)
                or ru_roles.appointed(text, first, last)
            )
        found.append(Person(first=first, last=last, begin=begin, role=role))
    return found


def spans(names: Sequence[Name]) -> list[tuple[int, int]]:
    """Word ranges that the tagger marked as persons."""
    return [(name.first, name.last) for name in names if name.kind == "PER"]


def _joined(text: RussianSentence, spans_: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but a particle between them are one name."""
    found: list[tuple[int, int]] = []
    for first, last in spans_:
        if found and first - found[-1][1] == 1 and _particle(text.word(first - 1)):
            found[-1] = (found[-1][0], last)
        elif not found or first >= found[-1][1]:
            found.append((first, last))
    return found


def _particle(word: str) -> bool:
    return word.islower() and word in word_class(CLASSES, "name_particle")


def _mended(text: RussianSentence, first: int, last: int) -> tuple[int, int]:
    """The span with the initials before it, and the particle's name behind it."""
    while first >= 2 and text.word(first - 1) == "." and _INITIAL.match(text.word(first - 2)):
        first -= 2
    if _particle(text.word(last)) and text.word(last + 1)[:1].isupper() and last + 1 - first < MAX_NAME_WORDS:
        last += 2
    return first, last


def _shared_roles(text: RussianSentence, names: list[tuple[int, int]]) -> dict[int, str]:
    """Roles by first word for names that follow one title in the plural."""
    found: dict[int, str] = {}
    at = 0
    while at < len(names):
        stop = at + 1
        while stop < len(names) and text.between(names[stop - 1][1], names[stop][0]) in ("и", ","):
            stop += 1
        group = names[at:stop]
        if len(group) > 1:
            roles = ru_roles.shared(text, group)
            found |= dict(zip((first for first, _ in group), roles or (), strict=False))
        at = stop
    return found
