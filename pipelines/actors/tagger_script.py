"""Actors in Persian, Dari and Pashto news, by one method with each language's own order of words.

Persian puts whose behind the title ("وزیر امور خارجه روسیه سرگی لاوروف"), Pashto before it ("د روسیې د بهرنیو چارو وزیر سرګۍ
لاوروف"): ``tagger_fa`` and ``tagger_ps`` say where a role begins and ends, everything else is here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Final

from pipelines.actors.arabic_script import ScriptText, class_keys, everyday, read
from pipelines.actors.base import MentionLog
from pipelines.actors.composite import bodies
from pipelines.actors.script_names import acronyms, frequencies, name_end, recurring, runs
from pipelines.actors.variants import same_surname
from pipelines.tables import word_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.actors.termbase import Match
    from pipelines.languages import Language
    from pipelines.models import Article, Mention, Sentence

SURE, LIKELY, WEAK, PLACE = 1.0, 0.7, 0.4, 0.2
"""As in ``tagger_en``."""


_GENERIC_GROUPS: Final = word_class("actors/classes_fa.tsv", "generic_group")
_GENERIC: Final = word_class("actors/classes_fa.tsv", "generic_body")


class Tagging(MentionLog, ABC):
    """One article's tagging. ``taken`` marks tokens that belong to a mention or a role."""

    commas: ClassVar[str] = "،,"
    plurals: ClassVar[frozenset[str]] = frozenset()
    """Plural endings written apart: an adjective of a state with one names its people."""

    def __init__(self, text: ScriptText) -> None:
        super().__init__(text.text, text.tokens)
        self.text, self.lex = text, text.lex
        self.people: set[int] = set()
        self.surnames: set[str] = set()
        self.counts = frequencies(text)
        self.inside_role = class_keys("inside_role", text.language)
        self.kin = class_keys("kin", text.language)
        self.age = class_keys("age", text.language)
        self.institutions = everyday("body", text.language)

    @abstractmethod
    def role_before(self, first: int, last: int) -> tuple[str | None, int]:
        """Role that ends where the name of these tokens begins, and its first token (``first`` if none)."""

    @abstractmethod
    def role_after(self, stop: int) -> str | None:
        """Role in apposition behind the name that ends before token ``stop``."""

    @abstractmethod
    def titled_names(self) -> list[int]:
        """Tokens at which a name begins because a title stands right before it."""

    @abstractmethod
    def vouched(self, first: int, last: int) -> bool:
        """True where the words around a run of name-like words say that it is a person."""

    @abstractmethod
    def agent(self, first: int, last: int) -> bool:
        """True where the actor at ``first`` to ``last`` speaks, acts or is a party."""

    @abstractmethod
    def placed(self, first: int, last: int) -> bool:
        """True where a state is named as a place or as whose something is."""

    @abstractmethod
    def owns(self, first: int) -> bool:
        """True where the organisation named at ``first`` only says whose something is: "دیپلوماتان ملل متحد"."""

    @abstractmethod
    def body_ranges(self) -> list[tuple[int, int]]:
        """Token ranges of a state's bodies: "حکومت افغانستان"."""

    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        for match, first, last in self.text.known:
            if match.entry.kind == "person" and not self._longer_name(first, last, match):
                self._person(first, last, SURE)
        for name in self.titled_names():
            self._new_person(name, SURE)
        for index in sorted(self.text.bounds):
            if index not in self.taken and self._given(index):
                self._new_person(index, LIKELY)
        for first, last in self.body_ranges():
            if not self._overlaps(first, last):
                self._organisation(first, last)
        self._known_others()
        for begin, last in list(runs(self.text, self.taken)):
            first = next((i for i in range(begin, last) if self._given(i)), begin)
            if self._overlaps(first, last):
                continue
            if self.vouched(first, last):
                self._person(first, last, LIKELY)
            elif recurring(self.text, last - 2, last) and last - 2 >= first:
                self._person(last - 2, last, LIKELY)
        for first, last in acronyms(self.text):
            if not self._overlaps(first, last):
                self._organisation(first, last)
        self._surnames()
        return sorted(self.found, key=lambda m: m.start)

    def gap_is(self, index: int, marks: str) -> bool:
        """True where nothing but blanks and at most one of ``marks`` stands before the token."""
        return index in self.text.bounds and self.text.after(index) in ("", *marks)

    def _given(self, index: int) -> bool:
        return (
            self.text.key(index) in self.lex.given
            or (self.text.key(index), self.text.key(index + 1)) in self.lex.compounds
        ) and index not in self.text.covered

    def _longer_name(self, first: int, last: int, match: Match) -> bool:
        """A known name inside of another person's: a surname after a given name, given names before a surname."""
        if last in self.text.bounds and self.text.joined(last) and self.text.namelike(last):
            return all(self.text.key(i) in self.lex.given for i in range(first, last))
        if match.full or last - first > 1:
            return False
        low, _ = self.text.bounds[first]
        return first > low and self.text.joined(first) and self.text.key(first - 1) in self.lex.given

    def _person(self, first: int, last: int, score: float) -> None:
        if self._overlaps(first, last):
            return
        role, begin = self.role_before(first, last)
        role = role or self.role_after(last)
        self._add(first, last, "person", score, role)
        self.people.update(range(first, last))
        self.taken.update(i for i in range(begin, first) if i not in self.text.covered)
        surname = self.text.key(last - 1)
        if surname not in self.lex.honorifics:
            self.surnames.add(surname)

    def _new_person(self, first: int, score: float) -> None:
        """A name that the termbase does not know: it needs two words, or a title in front of one."""
        if first not in self.text.bounds:
            return
        last = name_end(self.text, first)
        while first < last - 1 and self.text.key(first) in self.lex.honorifics:
            first += 1
        if last <= first or self._overlaps(first, last) or (last - first == 1 and score < SURE):
            return
        if all(self.text.key(i) in self.lex.honorifics for i in range(first, last)):
            return
        self._person(first, last, score)

    def _known_others(self) -> None:
        for match, first, last in self.text.known:
            if match.entry.kind == "person" or self._overlaps(first, last) or match.entry.key in _GENERIC_GROUPS:
                continue
            if match.usage == "adjective":
                if self.text.key(last) in self.plurals and self.text.joined(last) and last in self.text.bounds:
                    self._add(first, last + 1, "group", SURE if self.agent(first, last + 1) else WEAK)
                continue
            acts, placed = self.agent(first, last), self.placed(first, last)
            if match.entry.kind == "country":
                if match.usage == "capital" and not acts:
                    continue
                self._add(first, last, "country", SURE if acts else PLACE if placed else WEAK)
            elif match.entry.kind == "group":
                self._add(first, last, "group", SURE if acts else WEAK)
            else:
                self._organisation(first, last)

    def _organisation(self, first: int, last: int) -> None:
        score = SURE if self.agent(first, last) else WEAK if self.owns(first) else LIKELY
        self._add(first, last, "organisation", score)

    def _surnames(self) -> None:
        """Surnames alone, also in another spelling: translators write a foreign name in more than one way."""
        for index in sorted(self.text.bounds):
            if index in self.taken or not self._surname(index):
                continue
            role, begin = self.role_before(index, index + 1)
            self._add(index, index + 1, "person", LIKELY, role)
            self.taken.update(i for i in range(begin, index) if i not in self.text.covered)

    def _surname(self, index: int) -> bool:
        key = self.text.key(index)
        if self.text.namelike(index):
            return key in self.surnames or any(same_surname(key, surname) for surname in self.surnames)
        # an everyday word that is someone's name here ("معلم", teacher) must also speak or act
        return key in self.surnames and key in self.lex.common and self.agent(index, index + 1)

    def body_at(self, at: int) -> int:
        """Length of the body's name at token ``at``, 0 if none."""
        table = bodies(self.text.language)
        for length in (6, 5, 4, 3, 2, 1):
            keys = tuple(self.text.key(i) for i in range(at, at + length))
            if (
                keys in table
                and table[keys].acts
                and table[keys].key not in _GENERIC
                and all(self.text.joined(i) for i in range(at + 1, at + length))
            ):
                return length
        return 0


class ScriptTagger:
    """Base of the two taggers; stateless."""

    tagging: ClassVar[type[Tagging]]

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """See ``Tagger.tag``."""
        return self._tagging(article.text, sentences, article.language).mentions()

    def _tagging(self, text: str, sentences: Sequence[Sentence], language: Language) -> Tagging:
        return self.tagging(read(text, sentences, language))
