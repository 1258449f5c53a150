"""What the ending of a foreign name says of its case: names that no dictionary has decline by these few rules.

pymorphy3 guesses from the endings of its whole dictionary and reads Замиром as a thing in the instrumental or Бретта as a
woman. News is full of such names, and their declension is small: a man's name on a consonant declines, a woman's does not, -а
declines for both, -и, -о, -э never do (Розенталь, Справочник по правописанию, §§ 149-150).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipelines.actors.ru_morph import Case

_VOWELS: Final = "аеёиоуыэюя"
_CONSONANTS: Final = "бвгджзйклмнпрстфхцчшщ"
_HUSHING: Final = "жшчщц"
_POSSESSIVE: Final = ("ов", "ев", "ёв", "ин", "ын")
"""Stems of Russian, Tajik, Kazakh … surnames, which decline half like adjectives."""
_NOMINATIVE_A: Final = ("улла", "зада", "джа", "паша", "ья", "ия", "ага", "мирза", "муса")
"""Ends of names whose -а is the nominative's more often than not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One reading by the ending. ``case`` None: all cases are alike; ``sex`` None: either. ``stem`` and ``kind`` decline it."""

    case: Case | None
    sex: str | None
    stem: str
    kind: str
    weight: float

    def form(self, case: Case) -> str:
        """The name in ``case``."""
        return self.stem + _PARADIGMS[self.kind][case]


_PARADIGMS: Final[dict[str, dict[Case, str]]] = {
    "hard": {"nom": "", "gen": "а", "dat": "у", "acc": "а", "ins": "ом", "loc": "е"},
    "hushing": {"nom": "", "gen": "а", "dat": "у", "acc": "а", "ins": "ем", "loc": "е"},
    "soft": {"nom": "ь", "gen": "я", "dat": "ю", "acc": "я", "ins": "ем", "loc": "е"},
    "iot": {"nom": "й", "gen": "я", "dat": "ю", "acc": "я", "ins": "ем", "loc": "е"},
    "surname": {"nom": "", "gen": "а", "dat": "у", "acc": "а", "ins": "ым", "loc": "е"},
    "surname_f": {"nom": "а", "gen": "ой", "dat": "ой", "acc": "у", "ins": "ой", "loc": "ой"},
    "a": {"nom": "а", "gen": "ы", "dat": "е", "acc": "у", "ins": "ой", "loc": "е"},
    "a_velar": {"nom": "а", "gen": "и", "dat": "е", "acc": "у", "ins": "ой", "loc": "е"},
    "ya": {"nom": "я", "gen": "и", "dat": "е", "acc": "ю", "ins": "ей", "loc": "е"},
    "iya": {"nom": "я", "gen": "и", "dat": "и", "acc": "ю", "ins": "ей", "loc": "и"},
    "none": dict.fromkeys(("nom", "gen", "dat", "acc", "ins", "loc"), ""),
}
_FIXED: Final = {"и": 0.4, "о": 0.6, "э": 0.6, "у": 0.2, "ю": 0.1, "е": 0.3, "ы": 0.04}
_ADJECTIVE: Final = re.compile("[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую)$")
"""Surnames like Зеленский decline as adjectives, which pymorphy3 knows without a dictionary."""
_OBLIQUE: Final = 0.35
_PLAIN: Final = 0.5
_WOMAN: Final = 0.1


@lru_cache(maxsize=16384)
def guesses(word: str) -> tuple[Guess, ...]:
    """Readings of a name by its ending, in no order. The weights rank them against each other; they are no probabilities."""
    return tuple(
        Guess(case=case, sex=sex, stem=word[: len(word) - cut], kind=kind, weight=weight)
        for case, sex, cut, kind, weight in _readings(word.casefold())
    )


def _readings(word: str) -> list[tuple[Case | None, str | None, int, str, float]]:
    if len(word) < 2 or _ADJECTIVE.search(word):
        return []
    found: list[tuple[Case | None, str | None, int, str, float]] = []
    if word[-1] in _FIXED:
        found.append((None, None, 0, "none", 0.05 if word.endswith(("ого", "его", "ии")) else _FIXED[word[-1]]))
    oblique = word.endswith(("ом", "ем", "ым", "ой", "ей")) and len(word) > 4
    if word[-1] in _CONSONANTS + "ь":
        kind, cut = _masculine(word)
        found.append(("nom", "masc", cut, kind, 0.03 if oblique else _PLAIN))
        found.append((None, "femn", 0, "none", _WOMAN / (3 if oblique else 1)))
    found += _from_masculine(word)
    found += _from_a(word)
    if word.endswith("ой") and word[:-2].endswith(_POSSESSIVE):
        found += [(case, "femn", 2, "surname_f", _PLAIN) for case in ("gen", "dat", "ins", "loc")]
    if word.endswith("у") and word[:-1].endswith(_POSSESSIVE):
        found.append(("acc", "femn", 1, "surname_f", 0.2))
    if word.endswith("а") and word[:-1].endswith(_POSSESSIVE):
        # Путина and Цзиньпина are men's far more often than Захарова is
        found.append(("nom", "femn", 1, "surname_f", 0.2 if word[-3] in "иы" else 0.3))
    return found


def _masculine(word: str) -> tuple[str, int]:
    """Paradigm of a man's name in the nominative, and how many letters its ending has."""
    if word[-1] in "йь":
        return ("iot" if word[-1] == "й" else "soft"), 1
    if word.endswith(_POSSESSIVE) and len(word) > 4:
        return "surname", 0
    return ("hushing" if word[-1] in _HUSHING else "hard"), 0


def _from_masculine(word: str) -> list[tuple[Case | None, str | None, int, str, float]]:
    """Oblique cases of a man's name on a consonant, -й or -ь."""
    found: list[tuple[Case | None, str | None, int, str, float]] = []
    for ending, case in (("а", "gen"), ("у", "dat"), ("ом", "ins"), ("ем", "ins"), ("ым", "ins"), ("е", "loc")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or stem[-1] not in _CONSONANTS or stem[-1] == "й":
            continue
        possessive = stem.endswith(_POSSESSIVE) and len(stem) > 4
        if ending == "ым" and not possessive:
            continue
        if ending == "ем" and stem[-1] not in _HUSHING:
            found.append(("ins", "masc", 2, "soft", _PLAIN))
            continue
        kind = "surname" if possessive else "hushing" if stem[-1] in _HUSHING else "hard"
        weight = {"ins": _PLAIN, "loc": 0.1}.get(case, _OBLIQUE)
        if kind == "surname" and ending == "ом":
            continue
        found.append((case, "masc", len(ending), kind, weight))  # type: ignore[arg-type]  # the literals above
        if case == "gen":
            found.append(("acc", "masc", len(ending), kind, weight * 0.9))
    for ending, case in (("я", "gen"), ("ю", "dat"), ("ем", "ins"), ("е", "loc")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        iot = stem[-1] in _VOWELS
        if not iot and (ending in ("е", "ем") or stem[-1] in _HUSHING):
            continue
        weight = {"ins": _PLAIN, "loc": 0.1}.get(case, _OBLIQUE)
        found.append((case, "masc", len(ending), "iot" if iot else "soft", weight))  # type: ignore[arg-type]  # as above
    return found


def _from_a(word: str) -> list[tuple[Case | None, str | None, int, str, float]]:
    """Names on -а and -я, of either sex, in every case."""
    found: list[tuple[Case | None, str | None, int, str, float]] = []
    if word[-1] in "ая":
        kind = (
            "iya" if word.endswith("ия") else "ya" if word[-1] == "я" else "a_velar" if word[-2] in "гкхжчшщ" else "a"
        )
        found.append(("nom", None, 1, kind, 0.5 if word.endswith(_NOMINATIVE_A) else 0.2))
    elif word[-1] == "ы":
        found.append(("gen", None, 1, "a", 0.3))
    elif word[-1] == "и" and word[-2] in "гкхжчшщ":
        found.append(("gen", None, 1, "a_velar", 0.2))
    elif word[-1] == "и":
        found.append(("gen", None, 1, "iya", 0.3) if word.endswith("ии") else ("gen", None, 1, "ya", 0.1))
    elif word[-1] == "е":
        found += [("dat", None, 1, "a", 0.12), ("loc", None, 1, "a", 0.12)]
    elif word[-1] == "у":
        found.append(("acc", None, 1, "a", 0.12))
    elif word[-1] == "ю":
        found.append(("acc", None, 1, "ya", 0.08))
    elif word.endswith("ой"):
        found.append(("ins", None, 2, "a", 0.3))
    elif word.endswith("ей") and word[-3:-2] not in _VOWELS:
        found.append(("ins", None, 2, "ya", 0.15))
    return found
