"""Which Russian case a name must have where it is to be put in, and the name in that case.

Word to be replaced and its sentence → case → form. The word's own ending tells most; where it shows none (Latin letters, a bare
nominative behind a preposition), the preposition, the title before it or the verb do. pymorphy3 is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.actors.role_lexicon import titles
from pipelines.languages import Language
from pipelines.tables import word_class
from pipelines.text import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.actors.ru_morph import Case
    from pipelines.translate.names_reading import Range, Reading

CASES: Final[tuple[Case, ...]] = ("nom", "gen", "acc", "dat", "ins", "loc")
_OTHER: Final = {"m": "f", "f": "m"}
_LONGEST_TITLE: Final = 5
_DOUBT: Final = 3
"""Letters by which a word may miss the nearest case form and still show that case."""


def in_case(form: str, reading: Reading, span: Range, *, person: bool, gender: str) -> str:
    """``form`` (nominative) as it must stand in place of the words of ``span``."""
    written = reading.text[slice(*reading.span(span))]
    shown = shown_cases(written, form, person=person, gender=gender)
    return inflected(form, chosen_case(reading, span[0], shown), person=person, gender=gender)


def inflected(form: str, case: Case, *, person: bool, gender: str) -> str:
    """The nominative ``form`` in ``case``."""
    from pipelines.actors.ru_forms import inflect_name  # noqa: PLC0415 - pymorphy3 is for Russian alone

    return inflect_name(form, case, person=person, gender=gender)[0]


def shown_cases(written: str, form: str, *, person: bool, gender: str) -> list[Case]:
    """Cases whose form, of either sex, is nearest to ``written``; none for Latin letters and for words too far off."""
    if written.isascii():
        return []
    best = _DOUBT + 1
    found: list[Case] = []
    for base, sex in _bases(form, gender if person else ""):
        for case in CASES:
            apart = _letters_apart(spelling(written), spelling(inflected(base, case, person=person, gender=sex)))
            if apart < best:
                best, found = apart, [case]
            elif apart == best and case not in found and (sex == gender or not person):
                found.append(case)
    return found


def _bases(form: str, gender: str) -> list[tuple[str, str]]:
    """The form with its own gender; and as the other sex would decline it: Путиной, Меркелем are wrong, but show a case."""
    bases = [(form, gender)]
    if gender == "m" and form.endswith(("ов", "ев", "ёв", "ин", "ын")):
        bases.append((form + "а", "f"))
    elif gender == "f":
        bases.append((form, "m"))
    return bases


def chosen_case(reading: Reading, first: int, shown: Sequence[Case]) -> Case:
    """The shown case that the place asks for. A bare nominative behind a preposition shows nothing: "с Кабуллов"."""
    wanted = governed(reading, first)
    agreed = next((case for case in wanted if case in shown), None)
    if agreed is not None:
        return agreed
    if not shown:
        return wanted[0] if wanted else "nom"
    bare = shown[0] == "nom" and first > 0 and _preposition_cases(reading.spellings[first - 1])
    return bare[0] if bare else shown[0]


def governed(reading: Reading, first: int) -> list[Case]:
    """Cases that the words before token ``first`` ask for, the likeliest first; empty where they ask for none."""
    if first == 0:
        return []
    before = reading.spellings[first - 1]
    if before in _class("coordinating"):
        # "слова Кабулова и …": the case of the name that it is joined to
        other = first - 1
        while other > 1 and reading.tokens[other - 1].text[0].isupper():
            other -= 1
        return governed(reading, other) if other < first - 1 else []
    start = _title_start(reading, first)
    if start is not None:
        return _title_cases(reading, start)
    return _preposition_cases(before) or _after_word(reading, first - 1)


def _preposition_cases(word: str) -> list[Case]:
    found: list[Case] = [case for case in CASES if word in _class(f"governs_{case}")]
    first: list[Case] = [case for case in found if word in _class(f"governs_first_{case}")]
    return list(dict.fromkeys([*first, *found]))


def _class(name: str) -> frozenset[str]:
    return word_class("names/classes.tsv", name)


def _title_start(reading: Reading, first: int) -> int | None:
    """Where a title begins that ends right before token ``first``, a state's name between allowed."""
    known = titles(Language.RUSSIAN)
    keys = [token.key for token in reading.tokens]
    for stop in (first, first - 1):
        if stop < first and (stop < 1 or stop not in reading.owners):
            continue
        for length in range(min(_LONGEST_TITLE, stop), 0, -1):
            if tuple(keys[stop - length : stop]) in known:
                return stop - length
    return None


def _title_cases(reading: Reading, start: int) -> list[Case]:
    """Cases that the title's first noun shows, those first that the word before the title governs."""
    from pipelines.actors.ru_morph import readings  # noqa: PLC0415 - pymorphy3 is for Russian alone

    word = reading.tokens[start].text
    shown = list(dict.fromkeys(r.case for r in readings(word) if r.number == "sing"))
    asked = _preposition_cases(reading.spellings[start - 1]) if start else []
    return [case for case in asked if case in shown] or shown


def _after_word(reading: Reading, before: int) -> list[Case]:
    from pipelines.actors.ru_morph import readings, verb_lemmas  # noqa: PLC0415 - pymorphy3 is for Russian alone

    token = reading.tokens[before]
    gap = reading.text[token.stop : reading.tokens[before + 1].start]
    if gap.strip(' «"“„'):
        return []
    found = readings(token.text)
    if found and not verb_lemmas(token.text):
        if any(r.kind == "noun" and r.name for r in found[:1]):
            return []
        if found[0].kind == "adjective":
            return _distinct(r.case for r in found if r.kind == "adjective" and r.number == "sing")
        return ["gen"]
    if verb_lemmas(token.text) and _subject_before(reading, before):
        return ["acc"]
    return []


def _subject_before(reading: Reading, stop: int) -> bool:
    from pipelines.actors.ru_morph import readings  # noqa: PLC0415 - pymorphy3 is for Russian alone

    return any(
        any(r.case == "nom" and r.kind == "noun" for r in readings(token.text)[:2]) for token in reading.tokens[:stop]
    )


def _distinct(cases: Iterable[Case]) -> list[Case]:
    return list(dict.fromkeys(cases))


def _letters_apart(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, start=1):
        above, row = row, [index]
        for at, against in enumerate(other):
            row.append(min(above[at] + (letter != against), above[at + 1] + 1, row[at] + 1))
    return row[-1]
