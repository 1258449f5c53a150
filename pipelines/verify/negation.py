"""Negation in a translation: a "not" that was lost, or one that nobody said.

``Pair`` → ``negation_dropped``, ``negation_added``. Each text is counted by ``data/verify/negators.tsv``; phrases that hold a
negator and deny nothing ("not only", «чуть не», "نه تنها") are taken out first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.tables import cell_list, table
from pipelines.text import fold, tokens
from pipelines.verify.content import free
from pipelines.verify.number_words import LANGUAGE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

_CLEAR: Final = 2
"""Negations that one text has more than the other before it counts as a change where both have some."""

_LONG: Final = 28
"""Words of a text in which negation moves about so freely that only clear cases are told."""

_FREE_DROPPED: Final = 0.45
_FREE_ADDED: Final = 0.38
"""Shares of the source's known words without an equal from which a translation is too free for a negation to tell."""
_ANY_LENGTH: Final = 1000

_CONCEDING: Final = "ни"
_NOT_ONE: Final = "одн"
"""Without «не» beside it no negation: «кем бы он ни был», whoever he may be."""

_Form = tuple[str, ...]
_Phrase = tuple[_Form, bool]
_Forms = dict[str, tuple[set[_Form], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Negations:
    """``hard`` negators as they stand in the text, how many ``soft`` ones there are, and ``phrases`` that may answer for one."""

    hard: tuple[str, ...]
    soft: int
    privative: tuple[str, ...] = ()
    words: int = 0
    phrases: int = 0


def check_negation(pair: Pair) -> Iterator[Warning]:
    """Compare how often the two texts say no."""
    source, target = negations(pair.source), negations(pair.target)
    if all(word in pair.target.text for word in source.hard):  # a title that stays in Latin letters
        source = replace(source, hard=())
    if _lost(source, target) and not free(pair, _FREE_DROPPED, _ANY_LENGTH):
        word = (*source.hard, *source.privative)[0]
        yield pair.warn("negation_dropped", f"The source says “{word}”, and nothing in the translation does.", word)
    elif _lost(target, source) and not free(pair, _FREE_ADDED, _LONG):
        word = (*target.hard, *target.privative)[0]
        yield pair.warn("negation_added", f"The translation says “{word}”, and nothing in the source does.", word)


def _lost(one: Negations, other: Negations) -> bool:
    if not one.hard:
        answered = other.hard or other.privative or other.soft or other.phrases or max(one.words, other.words) > _LONG
        return bool(one.privative) and not answered
    soft = other.soft if max(one.words, other.words) > _LONG else max(0, other.soft - one.soft)
    answers = len(other.hard) + len(other.privative) + soft + max(0, other.phrases - one.phrases)
    return not answers or len(one.hard) - answers >= _CLEAR + (max(one.words, other.words) > _LONG)


def negations(side: Side) -> Negations:
    """Negators of a text."""
    forms = _forms(side.column)
    words = [word.replace("’", "'") for word in side.words]
    plain, answering = _mask(words, _phrases(side.column))
    hard: list[str] = []
    pairs: list[str] = []
    privative: list[str] = []
    soft = 0
    for at in range(len(words)):
        strength = _strength(plain, at, forms)
        if strength == "hard" and not _suffix(side, at):
            if side.column == "ps" and words[at] == "نه" and not _before_verb(side, words, at, forms):
                soft += 1  # "from", or "not" before a noun
                continue
            hard.append(side.tokens[at].text)
        elif strength == "pair":
            # "кто бы ни" concedes, «ни одной» denies
            if words[at] != _CONCEDING or (at + 1 < len(words) and words[at + 1].startswith(_NOT_ONE)):
                pairs.append(side.tokens[at].text)
        elif strength == "privative":
            privative.append(side.tokens[at].text)
        elif strength == "soft":
            soft += 1
    return Negations(tuple(hard or pairs[:1]), soft, tuple(privative), len(words), answering)


def _before_verb(side: Side, words: Sequence[str], at: int, forms: _Forms) -> bool:
    """Pashto نه is "not" before a verb or before the last word of a clause; behind a noun it is "from" ("له ... نه")."""
    if at + 1 >= len(words):
        return True
    exact, beginnings = forms["verb"]
    near = words[at + 1 : at + 3] if "له" not in words[max(0, at - 3) : at] else words[at + 1 : at + 2]
    if any((word,) in exact or word.startswith(beginnings) for word in near):
        return True
    stop = side.tokens[at + 1].stop
    after = side.text[stop : stop + 2].strip()[:1]
    return not after or after in '.،؛؟!»”"'


def _suffix(side: Side, at: int) -> bool:
    """Pashto "۱۲ مه" is the twelfth, no prohibition."""
    return at > 0 and side.words[at] == "مه" and side.words[at - 1].isdecimal()


def _strength(words: Sequence[str], at: int, forms: _Forms) -> str:
    word = words[at]
    if not word:
        return ""
    for strength in ("hard", "privative", "pair", "neutral", "soft"):
        exact, beginnings = forms.get(strength, (set(), ()))
        if (word,) in exact or tuple(words[at : at + 2]) in exact or (beginnings and word.startswith(beginnings)):
            return "" if strength == "neutral" else strength
    return ""


def _mask(words: Sequence[str], phrases: Mapping[str, Sequence[_Phrase]]) -> tuple[list[str], int]:
    """The words without those of the phrases, and how many of the phrases may answer for a negation."""
    plain = list(words)
    answers = 0
    for at, word in enumerate(words):
        for phrase, answer in (*phrases.get(word, ()), *phrases["*"]):
            if len(words) - at >= len(phrase) and all(map(_is, words[at:], phrase)):
                answers += answer and any(plain[at : at + len(phrase)])
                plain[at : at + len(phrase)] = [""] * len(phrase)
    return plain, answers


def _is(word: str, form: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


@cache
def _phrases(column: str) -> Mapping[str, Sequence[_Phrase]]:
    """First word → phrases; those that open with a beginning stand under ``*``."""
    found: dict[str, list[_Phrase]] = {"*": []}
    for row in table("verify/negation_phrases.tsv"):
        for cell in cell_list(row["phrases"]) if row["language"] == column else ():
            phrase = tuple(fold(word) for word in cell.split())
            found.setdefault("*" if phrase[0].endswith("*") else phrase[0], []).append((phrase, row["answer"] == "yes"))
    return found


@cache
def _forms(column: str) -> _Forms:
    found: _Forms = {}
    for row in table("verify/negators.tsv"):
        if row["language"] != column:
            continue
        exact, beginnings = found.get(row["strength"], (set(), ()))
        for cell in cell_list(row["forms"]):
            if cell.endswith("*"):
                beginnings = (*beginnings, fold(cell[:-1]))
            else:
                exact.add(tuple(fold(t.text) for t in tokens(cell, LANGUAGE_OF[column])) or (fold(cell),))
        found[row["strength"]] = exact, beginnings
    return found
