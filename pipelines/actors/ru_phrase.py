"""A role as a noun phrase of a Russian sentence: where it begins, where it ends, how it reads in the nominative.

A title noun's index → its range with adjectives, "и. о." and dependents → "бывшего министра обороны" as "бывший министр обороны".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.actors.ru_morph import agree, readings
from pipelines.actors.ru_text import CLASSES, QUOTES, in_class, title_class, title_heads
from pipelines.tables import word_class

if TYPE_CHECKING:
    from pipelines.actors.ru_morph import Case
    from pipelines.actors.ru_text import RussianSentence

MAX_ROLE_WORDS: Final = 16
MAX_ROLE_LENGTH: Final = 120
BREAKS: Final = frozenset(",.;:!?…()—–-[]/•|")
AGE: Final = re.compile(r"\d+-?летн")
_OPENING: Final = frozenset("«„“")
_ACTING: Final = frozenset({"врио", "и.о", "ио", "в.и.о"})


def opens_title(text: RussianSentence, index: int) -> bool:
    """True for a title noun in this context: "критику" is a critic's dative and criticism's accusative."""
    word = text.words[index]
    if word.pos in ("ADP", "ADV", "CCONJ", "SCONJ", "PART") or not title_class(word.text) or honorific(text, index):
        return False  # "после" is an ambassador's prepositional too
    things = (r.lemma for r in readings(word.text) if r.known and r.kind == "noun" and "inan" in r.parse.tag)
    return word.animacy != "Inan" or not any(lemma.replace("ё", "е") not in title_heads() for lemma in things)


def honorific(text: RussianSentence, index: int) -> bool:
    """ "г-н", "сэр"; "леди" but where it is the first one."""
    if index < 0 or not in_class(text.word(index), "honorific"):
        return False
    return not (text.lower(index).startswith("леди") and text.lower(index - 1).startswith("перв"))


def in_case(text: RussianSentence, index: int, case: Case | None) -> bool:
    """True where the word may stand in ``case``; None is any."""
    stated = text.case(index)
    return case is None or stated is None or _alike(stated, case)


def _alike(one: Case | None, other: Case | None) -> bool:
    """The tagger in context is right more often than not, but a genitive and an accusative of the living look alike."""
    return one == other or {one, other} == {"gen", "acc"}


def dependent(text: RussianSentence, index: int, first: int) -> bool:
    """True where the word may stand inside a role, behind its title noun."""
    word = text.words[index]
    name = text.name_at(index)
    if (
        word.text in BREAKS
        or (index == first - 1 and word.text in _OPENING)
        or word.text[:1].isdigit()
        or word.finite
        or word.pos in ("SCONJ", "PRON", "ADV", "PART", "INTJ", "NUM")
    ):
        return name is not None and name.kind == "ORG" and word.text not in BREAKS
    if word.pos == "VERB" and not word.case:
        return False
    if word.pos == "CCONJ":
        return index < first - 1
    if name is not None and name.kind == "PER":
        owner = text.name_case(first, first + 1) != "gen" if first < len(text) else True
        return text.case(index) == "gen" and (owner or in_class(text.word(name.first - 1), "relational"))
    if word.pos in ("NOUN", "PROPN") and word.case == "Nom" and (name is None or name.kind == "LOC"):
        return title_class(word.text) != "" or _indeclinable(word.text) or word.text in QUOTES
    return True


def _indeclinable(word: str) -> bool:
    found = readings(word)
    return word.isupper() or not found or any(reading.fixed for reading in found)


def begin(text: RussianSentence, head: int) -> tuple[int, bool]:
    """First word of the role that ``head`` opens: its adjectives, and "и. о."; True where the role is only acted."""
    opening = head
    while opening > 0 and _modifier(text, opening - 1, head):
        opening -= 1
    if text.lower(opening) == "и":
        opening += 1
    acting = _acting(text, opening)
    return (acting, True) if acting < opening else (opening, False)


def _modifier(text: RussianSentence, index: int, head: int) -> bool:
    word = text.words[index]
    if word.text.casefold() == "и":
        return _modifier(text, index - 1, head) and text.word(index + 1) != text.word(head) if index else False
    if word.pos not in ("ADJ", "VERB", "NOUN", "PROPN") or not word.case or word.finite or text.name_at(index):
        return False
    if AGE.match(word.text) or in_class(word.text, "not_role_adjective"):
        return False
    adjective = any(r.kind == "adjective" for r in readings(word.text))
    return adjective and _alike(text.case(index), text.case(head)) and not title_class(word.text)


def _acting(text: RussianSentence, opening: int) -> int:
    """Where "и. о.", "врио" or "исполняющий обязанности" before ``opening`` starts; ``opening`` if nothing of it stands there."""
    if text.lower(opening - 1) in _ACTING:
        return opening - 1
    if text.word(opening - 1) == ".":
        if text.lower(opening - 2) in _ACTING:
            return opening - 2
        if text.lower(opening - 2) == "о" and text.word(opening - 3) == "." and text.lower(opening - 4) == "и":
            return opening - 4
    if text.lower(opening - 1) == "обязанности" and text.lower(opening - 2).startswith("исполняющ"):
        return opening - 3 if text.lower(opening - 3) == "временно" else opening - 2
    return opening


def end(text: RussianSentence, head: int) -> int:
    """Behind the last word that belongs to the role whose noun is ``head``."""
    stop = head + 1
    while stop < min(len(text), head + MAX_ROLE_WORDS) and _continues(text, stop, head):
        stop += 1
    while stop > head + 1 and (text.words[stop - 1].pos in ("CCONJ", "ADP") or _cut(text, stop)):
        stop -= 1
    return stop


def _cut(text: RussianSentence, stop: int) -> bool:
    """The role would end in an opening quotation mark, or inside an abbreviation: "округа D" of "D.C."."""
    last = text.word(stop - 1)
    return (
        last == "«"
        or in_class(last, "not_role_adjective")
        or (len(last) == 1 and last.isupper() and text.word(stop) == ".")
    )


def _continues(text: RussianSentence, index: int, head: int) -> bool:
    word = text.words[index]
    name = text.name_at(index)
    if name is not None and name.kind == "PER":
        return text.case(index) == "gen" and text.within(index, head) and text.words[head].case != "Gen"
    if not dependent(text, index, len(text)):
        return False
    if name is not None or word.text in QUOTES or text.within(index, head):
        return True
    return word.case == "Gen" and text.word(index - 1) not in BREAKS


def spoken(
    text: RussianSentence, first: int, head: int, stop: int, *, acting: bool, tail: str | None = None
) -> str | None:
    """The role with its noun and adjectives in the nominative singular, opening in lower case."""
    rest = (
        text.between(head + 1, stop).strip(" \u00a0,")
        if tail is None
        else f"{text.between(head + 1, stop)} {tail}".strip()
    )
    if acting:
        title = _acting_words(text, first, head)
    else:
        words = [text.word(i) for i in range(first, head + 1)]
        title = " ".join(_nominative(text, words, head))
    role = _balanced(f"{title} {rest}".strip())
    return role if 1 < len(role) <= MAX_ROLE_LENGTH else None


def _balanced(role: str) -> str:
    """``role`` without a closing quotation mark whose opening one stands before it."""
    if role.endswith("»") and role.count("»") > role.count("«"):
        return role[:-1].rstrip()
    return role


def _acting_words(text: RussianSentence, first: int, head: int) -> str:
    written = text.between(first, head + 1)
    matched = re.match(r"(?:временно\s+)?исполняющ(\w+)", written, re.IGNORECASE)
    if matched:
        form = "исполняющая" if matched.group(1) in ("ая", "ей", "ую") else "исполняющий"
        stem = written[: matched.start(1)].rpartition("сполняющ")[0][:-1]
        return f"{stem}{form}{written[matched.end() :]}".strip()
    return written[:1].lower() + written[1:]


def _nominative(text: RussianSentence, words: list[str], head: int) -> list[str]:
    """Adjectives and title noun in the nominative singular; as they stand where the forms are unknown."""
    plural = text.words[head].number == "Plur"
    indices = range(head + 1 - len(words), head + 1)
    kept = [word for word, i in zip(words, indices, strict=True) if text.words[i].pos != "CCONJ"]
    conjunctions = len(kept) != len(words)
    forms: list[str] | None = None
    title = words[-1].casefold()
    if title in word_class(CLASSES, "fixed_title") or (title.startswith("зам") and title in title_heads()):
        forms = _fixed(kept)
    forms = forms or agree(
        kept, "nom", source=text.case(head), number="plur" if plural else "sing", target_number="sing"
    )
    forms = forms or agree(kept, "nom", target_number="sing") or kept
    forms = [_lowered(form) for form in forms]
    if conjunctions:
        joined = iter(forms)
        return [word if text.words[i].pos == "CCONJ" else next(joined) for word, i in zip(words, indices, strict=True)]
    return forms


def _fixed(words: list[str]) -> list[str]:
    """Adjectives before a title that has no cases: "первого замминистра"."""
    alone = [agree([word], "nom", target_number="sing") for word in words[:-1]]
    return [form[0] if form else word for form, word in zip(alone, words, strict=False)] + words[-1:]


def _lowered(word: str) -> str:
    """A title in lower case, acronyms as they are."""
    return word if word.isupper() and len(word) > 1 else word[:1].lower() + word[1:]
