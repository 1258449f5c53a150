"""Carries names through a machine translation that does not know them: a stand-in goes in, the name comes back out.

``protect`` puts a name in the source's place that every model knows, of the same kind and Russian gender; ``restore`` finds it
in the output and puts the locked form there, in the case that the stand-in shows. A code such as "XK1" would be copied as
safely, but shows no case, takes no gender, and small models inflect, drop or spell it out; a stand-in that went astray is
seen just as well: it is not there exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.localise import pashto_oblique
from pipelines.languages import Language
from pipelines.tables import cell_list, table, word_class
from pipelines.text import name_forms, spelling, tokens
from pipelines.translate.names_case import CASES, chosen_case, inflected
from pipelines.translate.names_forms import forms
from pipelines.translate.names_reading import Reading, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.ru_morph import Case
    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A name that every model knows. ``names`` maps a language to its spellings; ``ru_class`` is m, f or p."""

    key: str
    kind: str
    ru_class: str
    names: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A lock whose name was taken out of the text, and what stands there now."""

    lock: NameLock
    stand_in: StandIn


def protect(text: str, names: Sequence[NameLock]) -> tuple[str, tuple[Slot, ...]]:
    """``text`` with names replaced by stand-ins, and the slots to restore, in order.

    Left alone are names without a form in the target, adjectives ("Russian"), loose groups, and names for which no stand-in
    is left: none is used twice, none that the text itself names.
    """
    slots: list[Slot] = []
    used = {stand.key for stand in _stand_ins() if _in_text(text, stand)}
    for lock in names:
        if not lock.forms or lock.usage == "adjective":
            continue
        wanted = _class(lock)
        for stand in _stand_ins():
            if stand.kind == lock.kind and stand.key not in used and stand.ru_class == wanted:
                slots.append(Slot(lock=lock, stand_in=stand))
                used.add(stand.key)
                break
    reading = Reading(text, _language(text))
    for slot in sorted(slots, key=lambda one: -one.lock.start):
        text = text[: slot.lock.start] + _written(slot, reading) + text[slot.lock.stop :]
    return text, tuple(slots)


def restore(translated: str, slots: Sequence[Slot], target: Language) -> str | None:
    """``translated`` with every stand-in replaced by its lock's form; None where one is not there exactly once."""
    reading = Reading(translated, target)
    found: list[tuple[Range, Slot]] = []
    for slot in slots:
        spans = {span for name in slot.stand_in.names[target] for span in places(reading, name)}
        if len(spans) != 1:
            return None
        found.append((spans.pop(), slot))
    text = translated
    for span, slot in sorted(found, key=lambda one: -one[0][0]):
        start, stop = reading.span(span)
        text = text[:start] + _form(reading, span, slot, target) + text[stop:]
        if target is Language.RUSSIAN:
            text = _about(text, start)
    return text


def _about(text: str, start: int) -> str:
    """ "о" before a vowel is "об": the stand-ins all open with a consonant, the names do not."""
    if text[start : start + 1] in "АОУЭИаоуэи" and text[max(0, start - 3) : start].casefold() in (" о ", "о "):
        return f"{text[: start - 1]}б {text[start:]}"
    return text


def _form(reading: Reading, span: Range, slot: Slot, target: Language) -> str:
    lock = slot.lock
    form = _as_long(lock)
    written = reading.text[slice(*reading.span(span))]
    if target is Language.RUSSIAN:
        case = _shown(reading, span, slot.stand_in, written)
        return inflected(form, case, person=lock.kind == "person", gender=lock.gender)
    if target is Language.PASHTO:
        before = reading.tokens[span[0] - 1].text if span[0] else ""
        return pashto_oblique(form) if before in word_class("names/classes.tsv", "oblique_ps") else form
    if target.persian and form[-1:] in "او" and written.endswith("ی"):
        return form + "ی"
    return form


def _as_long(lock: NameLock) -> str:
    """The full form for a full name, the surname's own form where the source has one word."""
    if lock.kind == "person" and len(lock.text.split()) == 1 and " " in lock.forms[0]:
        alone = (form for form in lock.forms[1:] if " " not in form)
        return next(alone, lock.forms[0])
    return lock.forms[0]


def _shown(reading: Reading, span: Range, stand: StandIn, written: str) -> Case:
    """The case in which the stand-in came out; what governs it decides between two that look alike."""
    shown = [case for case, form in _declined(stand) if spelling(form) == spelling(written)]
    return chosen_case(reading, span[0], shown)


@lru_cache(maxsize=64)
def _cases(key: str) -> tuple[tuple[Case, str], ...]:
    stand = next(one for one in _stand_ins() if one.key == key)
    person = stand.kind == "person"
    gender = stand.ru_class if person else ""
    name = stand.names[Language.RUSSIAN][0]
    return tuple((case, inflected(name, case, person=person, gender=gender)) for case in CASES)


def _declined(stand: StandIn) -> tuple[tuple[Case, str], ...]:
    return _cases(stand.key)


def _class(lock: NameLock) -> str:
    """Gender that a Russian verb beside the name shows; of a state by its name's ending."""
    if lock.kind == "person":
        return lock.gender or "m"
    if lock.kind == "organisation":
        return "m"
    name = lock.forms[0]
    if not ("а" <= name[-1:].casefold() <= "я"):
        return "f"
    if name.isupper() or name.endswith(("ы", "и")):
        return "p"
    return "f" if name.endswith(("а", "я")) else "m"


def _written(slot: Slot, reading: Reading) -> str:
    """The stand-in in the script, and in a Russian source in the case, of the name that it replaces."""
    language = _language(slot.lock.text) if reading.language is not Language.RUSSIAN else Language.RUSSIAN
    if language is not Language.RUSSIAN:
        return slot.stand_in.names[language][0]
    first = next(i for i, token in enumerate(reading.tokens) if token.stop > slot.lock.start)
    return dict(_declined(slot.stand_in))[chosen_case(reading, first, _source_cases(slot.lock))]


def _source_cases(lock: NameLock) -> list[Case]:
    """The cases of a Russian source's name: those whose form its nominative has there."""
    from pipelines.actors.ru_forms import normal_form  # noqa: PLC0415 - pymorphy3 is for Russian alone

    person = lock.kind == "person"
    nominative = _nominative(lock) or normal_form(lock.text, lock.kind)
    forms = ((case, inflected(nominative, case, person=person, gender=lock.gender)) for case in CASES)
    return [case for case, form in forms if spelling(form) == spelling(lock.text)]


def _nominative(lock: NameLock) -> str:
    """The termbase's Russian form of as many words as the source has, that the words there are a case of."""
    if lock.key not in termbase.entries():
        return ""
    written = [spelling(token.text) for token in tokens(lock.text, Language.RUSSIAN)]
    for form in forms(lock.key, Language.RUSSIAN, lock.usage):
        cases = [name_forms(token.text, Language.RUSSIAN) for token in tokens(form, Language.RUSSIAN)]
        if len(cases) == len(written) and all(word in case for word, case in zip(written, cases, strict=True)):
            return form
    return ""


def _language(text: str) -> Language:
    """The language whose spelling a stand-in takes; Persian, Dari and Pashto read the Persian one alike."""
    if text.isascii():
        return Language.ENGLISH
    if any("а" <= letter <= "я" or letter == "ё" for letter in text.casefold()):
        return Language.RUSSIAN
    return Language.DARI if any("\u0600" <= letter <= "\u06ff" for letter in text) else Language.ENGLISH


def _in_text(text: str, stand: StandIn) -> bool:
    language = _language(text)
    spelled = {spelling(token.text) for token in tokens(text, language)}
    return any(spelled & name_forms(name, lang) for lang, names in stand.names.items() for name in names)


@cache
def _stand_ins() -> tuple[StandIn, ...]:
    return tuple(
        StandIn(
            key=row["key"],
            kind=row["kind"],
            ru_class=row["ru_class"],
            names={language: cell_list(row[language]) for language in _LANGUAGES},
        )
        for row in table("names/stand_ins.tsv")
    )


_LANGUAGES: Final = (Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO)
