"""Cases of Russian words and of noun phrases, by pymorphy3's dictionary and its guesses for words outside of it.

Word → readings (case, number, gender, trust) → the same word, or "adjectives and their noun" together, in another case. Shown
text keeps its own capitals, hyphens and its е where the dictionary writes ё.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]
Number = Literal["sing", "plur"]

CASES: Final[tuple[Case, ...]] = ("nom", "gen", "dat", "acc", "ins", "loc")
_GRAMMEME: Final[dict[str, str]] = {
    "nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct",
}  # fmt: skip
_CASE: Final[dict[str, Case]] = {
    "nomn": "nom", "gent": "gen", "datv": "dat", "accs": "acc", "ablt": "ins", "loct": "loc", "gen2": "gen",
    "acc2": "acc", "loc2": "loc",
}  # fmt: skip
_NAMES: Final = frozenset({"Name", "Surn", "Patr"})
_NO_READING: Final = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a form. ``kind`` is ``noun`` or ``adjective``; ``gender`` is masc, femn, neut, ms-f or empty (plural)."""

    kind: str
    case: Case
    number: str
    gender: str
    fixed: bool
    """True for words that all cases share: США, Гутьеррес, МИД."""
    name: bool
    known: bool
    """True where the dictionary has the word, False where its ending was guessed from."""
    weight: float
    lemma: str
    """Nominative singular (of an adjective: masculine), lower case."""
    parse: Any


@cache
def _analyser() -> Any:
    import pymorphy3  # noqa: PLC0415

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Nominal readings of ``word``, the likeliest first; empty for verbs, numbers, Latin letters."""
    found = []
    for parse in _analyser().parse(word):
        tag = parse.tag
        if tag.POS not in ("NOUN", "ADJF", "PRTF") or tag.case not in _CASE:
            continue
        adjective = tag.POS != "NOUN"
        lemma = parse.normal_form
        if tag.POS == "PRTF":
            base = parse.inflect({"nomn", "sing", "masc"})
            lemma = base.word if base else lemma
        found.append(
            Reading(
                kind="adjective" if adjective else "noun",
                case=_CASE[tag.case],
                number=str(tag.number or "sing"),
                gender="ms-f" if "ms-f" in tag or "GNdr" in tag else str(tag.gender or ""),
                fixed="Fixd" in tag,
                name=any(mark in tag for mark in _NAMES),
                known=parse.is_known,
                weight=parse.score,
                lemma=lemma,
                parse=parse,
            )
        )
    return tuple(found)


def recase(form: str, like: str) -> str:
    """``form`` (lower case) with the capitals and the е/ё habit of ``like``: МИДом → МИД, Премьер-Министру → Премьер-Министр."""
    for mark in ("-", "'", "’"):
        parts, models = form.split(mark), like.split(mark)
        if len(parts) == len(models) > 1:
            return mark.join(recase(part, model) for part, model in zip(parts, models, strict=True))
    if "ё" not in like.casefold():
        form = form.replace("ё", "е")
    form = (
        "".join(m if f + m in ("её", "ёе") else f for f, m in zip(form, like.casefold(), strict=False))
        + form[len(like) :]
    )
    if like.isupper() and len(like) > 1:
        return form.upper()
    capitals = len(like) - len(like.lstrip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"))
    return form[:capitals].upper() + form[capitals:]


def agree(
    words: Sequence[str],
    target: Case,
    *,
    source: Case | None = None,
    number: Number | None = None,
    target_number: Number | None = None,
) -> list[str] | None:
    """Adjectives and their noun (the last of ``words``) put into case ``target``; None where they agree in no case.

    ``source`` and ``number`` say in which case and number they stand, where the context told; else the likeliest reading
    on which all the words agree is taken, and of equals the oblique one: a name is asked for its nominative if it has none.
    """
    best: tuple[float, list[Reading]] | None = None
    for head in readings(words[-1]):
        if (source and not head.fixed and head.case != source) or (number and not head.fixed and head.number != number):
            continue
        chosen = [_agreeing(word, head) for word in words[:-1]]
        weight = head.weight
        for reading in chosen:
            weight *= reading.weight if reading else _NO_READING
        if any(reading is None for reading in chosen):
            continue
        if best is None or weight > best[0]:
            best = weight, [*(r for r in chosen if r), head]
    if best is None:
        return None
    head = best[1][-1]
    wanted = target_number or ("plur" if head.number == "plur" else "sing")
    # an indeclinable head shows no number, its adjective does: "Соединённых Штатов", "нового замглавы"
    if head.fixed and len(best[1]) > 1 and not target_number:
        wanted = "plur" if best[1][0].number == "plur" else "sing"
    found = [_inflected(reading, head, target, wanted) for reading in best[1]]
    if any(form is None for form in found):
        return None
    return [recase(form, word) for form, word in zip(found, words, strict=True) if form is not None]


def _agreeing(word: str, head: Reading) -> Reading | None:
    """The reading of a modifier that agrees with its noun in case, number and, in the singular, gender."""
    for reading in readings(word):
        if reading.fixed:
            return reading
        if reading.kind != "adjective":
            continue
        same_case = head.fixed or reading.case == head.case
        same_number = head.fixed or reading.number == head.number
        # "новая глава": the feminine beside a word for either sex
        same_gender = (
            reading.number == "plur" or head.fixed or not head.gender or head.gender in ("ms-f", reading.gender)
        )
        if same_case and same_number and same_gender:
            return reading
    return None


def _inflected(reading: Reading, head: Reading, target: Case, number: str) -> str | None:
    if reading.fixed:
        return str(reading.parse.word)
    wanted = {_GRAMMEME[target], number}
    if reading.kind == "adjective" and number == "sing":
        gender = reading.gender if reading.number == "sing" and reading.gender else head.gender
        wanted.add(gender if gender in ("masc", "femn", "neut") else "masc")
        if target == "acc" and gender == "masc":
            wanted.add("anim" if "anim" in head.parse.tag else "inan")
    form = reading.parse.inflect(frozenset(wanted))
    return str(form.word) if form else None


def cyrillic(word: str) -> bool:
    """True where every letter is Cyrillic."""
    return re.fullmatch(r"[а-яёА-ЯЁ]+(?:[-’'][а-яёА-ЯЁ]+)*", word) is not None


@lru_cache(maxsize=16384)
def verb_lemmas(word: str) -> frozenset[str]:
    """Infinitives that ``word`` may be a form of, participles included."""
    verbal = ("VERB", "INFN", "PRTF", "PRTS", "GRND")
    return frozenset(parse.normal_form for parse in _analyser().parse(word) if parse.tag.POS in verbal)


@lru_cache(maxsize=16384)
def passive(word: str) -> bool:
    """True for a short passive participle: назначен, избрана."""
    return any(parse.tag.POS == "PRTS" for parse in _analyser().parse(word))
