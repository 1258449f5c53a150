"""A Russian sentence with its words analysed, and what role patterns ask of it: names, title nouns, noun phrases.

Article's sentences → ``RussianSentence``: offsets of the article, the models' reading of every word, spans of names. The
models' part of speech and case in context decide; pymorphy3's dictionary says what the word may be at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors.ru_endings import guesses
from pipelines.actors.ru_models import models
from pipelines.actors.ru_morph import CASES, Case, readings, verb_lemmas
from pipelines.tables import table, word_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.ru_models import Word

CLASSES: Final = "actors/classes_ru.tsv"
UD_CASE: Final[dict[str, Case]] = {
    "Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "loc", "Par": "gen", "Voc": "nom",
}  # fmt: skip
_PLAUSIBLE: Final = 0.1
QUOTES: Final = frozenset("«»\"“”„'‘’")
_PREFIX: Final = re.compile("^(?:экс|вице|спец|пост|сверх|со|лже|супер|обер|унтер|теле|радио|евро|рок|поп|топ)-?")


@dataclass(frozen=True, slots=True)
class Name:
    """Words ``first`` to ``last`` (exclusive) of a sentence that the tagger read as one name; ``kind`` PER, ORG or LOC."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class RussianSentence:
    """A sentence's words; ``starts`` are offsets in the article, ``text`` is the sentence, ``offset`` where it begins."""

    text: str
    offset: int
    starts: tuple[int, ...]
    words: tuple[Word, ...]
    names: tuple[Name, ...]

    def __len__(self) -> int:
        return len(self.words)

    def start(self, index: int) -> int:
        """Offset in the article of a word's first letter."""
        return self.starts[index]

    def stop(self, last: int) -> int:
        """Offset in the article behind the last word of a range that ends before ``last``."""
        return self.starts[last - 1] + len(self.words[last - 1].text)

    def between(self, first: int, last: int) -> str:
        """Text of a range of words."""
        if first >= last:
            return ""
        return self.text[self.start(first) - self.offset : self.stop(last) - self.offset]

    def word(self, index: int) -> str:
        """A word's text, empty outside of the sentence."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def lower(self, index: int) -> str:
        """The same, case-folded."""
        return self.word(index).casefold()

    def case(self, index: int) -> Case | None:
        """The word's case in this context, if it has one."""
        return UD_CASE.get(self.words[index].case)

    def name_at(self, index: int) -> Name | None:
        """The name that the word belongs to."""
        return next((name for name in self.names if name.first <= index < name.last), None)

    def name_case(self, first: int, last: int) -> Case | None:
        """The case of a name: what the tagger read in context, unless the forms themselves rule that out.

        It read "с заместителем прокурора Родом Розенштейном" as a genitive, as the word before the name is.
        """
        # initials are read as anything
        whole = [i for i in range(first, last) if len(self.words[i].text) > 3 or self.words[i].text.islower()]
        indices = whole or list(range(first, last))
        stated = [case for case in (self.case(i) for i in indices) if case is not None]
        if not stated:
            return None
        most: Case = max(stated, key=lambda one: (stated.count(one), -stated.index(one)))
        support = {case: sum(case in _possible(self.words[i].text) for i in indices) for case in CASES}
        if support[most] == max(support.values()):
            return most
        return max(CASES, key=lambda case: (support[case], stated.count(case)))

    def within(self, index: int, head: int) -> bool:
        """True where ``index`` depends on ``head``, directly or by other words."""
        for _ in range(len(self.words)):
            if index == head:
                return True
            if index < 0:
                return False
            index = self.words[index].head
        return False


def read(sentences: Sequence[tuple[int, str]]) -> list[RussianSentence]:
    """Analyse sentences given as ``(offset in the article, text)``."""
    from razdel import tokenize  # noqa: PLC0415

    tokenised = [list(tokenize(text)) for _, text in sentences]
    analysed = models()([[token.text for token in tokens] for tokens in tokenised])
    return [
        RussianSentence(
            text=text,
            offset=offset,
            starts=tuple(offset + token.start for token in tokens),
            words=tuple(words),
            names=tuple(_names(words)),
        )
        for (offset, text), tokens, words in zip(sentences, tokenised, analysed, strict=True)
    ]


def _names(words: Sequence[Word]) -> list[Name]:
    """Spans of the tagger's BIO marks."""
    found: list[Name] = []
    at = 0
    while at < len(words):
        mark, _, kind = words[at].entity.partition("-")
        if mark not in ("B", "I"):
            at += 1
            continue
        last = at + 1
        while last < len(words) and words[last].entity == f"I-{kind}":
            last += 1
        found.append(Name(at, last, kind))
        at = last
    return found


@lru_cache(maxsize=16384)
def _possible(word: str) -> frozenset[Case]:
    """Cases in which a part of a name may stand by its form; all where nothing is known."""
    found: set[Case] = set()
    singular = [reading for reading in readings(word) if reading.number == "sing" and (reading.known or reading.name)]
    for reading in singular:
        found |= set(CASES) if reading.fixed else {reading.case}
    if not any(reading.known and reading.name for reading in singular):
        for guess in guesses(word):
            if guess.weight >= _PLAUSIBLE:
                found |= set(CASES) if guess.case is None else {guess.case}
    return frozenset(found or CASES)


@cache
def title_heads() -> Mapping[str, str]:
    """Nouns that open a role → their class; ё folded."""
    found = {row["head"].replace("ё", "е"): row["class"] for row in table("roles/heads_ru.tsv")}
    for row in table("roles/titles.tsv"):
        for form in (row["ru"], row["ru_f"]):
            if form and " " not in form:
                found.setdefault(form.replace("ё", "е"), "office")
    return found


@lru_cache(maxsize=16384)
def title_class(word: str) -> str:
    """Class of the title noun that ``word`` is a form of, empty if it is none: "экс-премьера" is an office."""
    heads = title_heads()
    lowered = word.casefold().replace("ё", "е")
    if lowered in heads:
        return heads[lowered]
    stripped = _PREFIX.sub("", lowered)
    for candidate in (lowered, *((stripped,) if len(stripped) > 3 else ()), lowered.rpartition("-")[2]):
        for reading in readings(candidate):
            lemma = reading.lemma.replace("ё", "е")
            if lemma in heads and (reading.kind == "noun" or lemma != "верховный"):
                return heads[lemma]
    if lowered[:1].isalpha() and not any(r.known for r in readings(lowered)):
        for guess in guesses(lowered):
            if guess.case and guess.form("nom") in heads:
                return heads[guess.form("nom")]
    return ""


def in_class(word: str, wanted: str) -> bool:
    """True where a nominal or verbal lemma of ``word`` belongs to a class of ``classes_ru.tsv``."""
    members = word_class(CLASSES, wanted)
    lowered = word.casefold()
    if lowered in members:
        return True
    return any(reading.lemma in members for reading in readings(lowered)) or any(
        lemma in members for lemma in verb_lemmas(lowered)
    )
