"""Actors in Persian, Dari and Pashto news, by one method with each language's own order of words.

Persian puts whose behind the title ("وزیر امور خارجه روسیه سرگی لاوروف"), Pashto before it ("د روسیې د بهرنیو چارو وزیر سرګۍ
لاوروف"): ``tagger_fa`` and ``tagger_ps`` say where a role begins and ends, everything else is here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Final

from pipelines.actors.arabic_script import Lexicon, ScriptText, lexicon, name_end, read
from pipelines.actors.composite import bodies
from pipelines.actors.keys import skeleton
from pipelines.models import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.actors.termbase import Match
    from pipelines.languages import Language
    from pipelines.models import ActorKind, Article, Sentence

SURE, LIKELY, WEAK, PLACE = 1.0, 0.7, 0.4, 0.2
"""As in ``tagger_en``."""
MIN_VARIANT: Final = 4
"""Consonants that two spellings of a surname must share: "روزنستین", "روزینستین"."""


class Tagging(ABC):
    """One article's tagging. ``taken`` marks tokens that belong to a mention or a role."""

    def __init__(self, text: ScriptText, lex: Lexicon) -> None:
        self.text, self.lex = text, lex
        self.taken: set[int] = set()
        self.found: list[Mention] = []
        self.surnames: dict[str, str] = {}

    @abstractmethod
    def role_before(self, name: int) -> tuple[str | None, int]:
        """Role that ends where the name at token ``name`` begins, and its first token (``name`` if none)."""

    @abstractmethod
    def role_after(self, stop: int) -> str | None:
        """Role in apposition behind the name that ends before token ``stop``."""

    @abstractmethod
    def titled_names(self) -> list[int]:
        """Tokens at which a name begins because a title stands right before it."""

    @abstractmethod
    def agent(self, first: int, last: int) -> bool:
        """True where the actor at ``first`` to ``last`` speaks, acts or is a party."""

    @abstractmethod
    def placed(self, first: int, last: int) -> bool:
        """True where a state is named as a place or as whose something is."""

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
            if self.text.key(index) in self.lex.given and index not in self.taken:
                self._new_person(index, LIKELY)
        for first, last in self.body_ranges():
            if not self._overlaps(first, last):
                self._add(first, last, "organisation", SURE if self.agent(first, last) else LIKELY)
        self._known_others()
        self._surnames()
        return sorted(self.found, key=lambda m: m.start)

    def _overlaps(self, first: int, last: int) -> bool:
        return any(index in self.taken for index in range(first, last))

    def _add(self, first: int, last: int, kind: ActorKind, score: float, role: str | None = None) -> None:
        start, stop = self.text.tokens[first].start, self.text.tokens[last - 1].stop
        self.found.append(
            Mention(start=start, stop=stop, text=self.text.text[start:stop], kind=kind, score=score, role=role)
        )
        self.taken.update(range(first, last))

    def _longer_name(self, first: int, last: int, match: Match) -> bool:
        """An alias of one word inside of another person's longer name."""
        if match.full or last - first > 1:
            return False
        low, _ = self.text.bounds[first]
        return first > low and self.text.joined(first) and self.text.key(first - 1) in self.lex.given

    def _person(self, first: int, last: int, score: float) -> None:
        if self._overlaps(first, last):
            return
        role, begin = self.role_before(first)
        role = role or self.role_after(last)
        self._add(first, last, "person", score, role)
        self.taken.update(range(begin, first))
        surname = self.text.key(last - 1)
        self.surnames[surname] = skeleton(self.text.tokens[last - 1].text)

    def _new_person(self, first: int, score: float) -> None:
        """A name that the termbase does not know: it needs two words, or a title in front of one."""
        last = name_end(self.text, first, self.lex)
        if last <= first or self._overlaps(first, last) or first not in self.text.bounds:
            return
        if last - first == 1 and score < SURE:
            return
        if any(a < last and b > first and m.entry.kind != "person" for m, a, b in self.text.known):
            return
        if score < SURE and all(self.text.key(i) in self.lex.honorifics for i in range(first, last)):
            return
        self._person(first, last, score)

    def _known_others(self) -> None:
        for match, first, last in self.text.known:
            if match.entry.kind == "person" or self._overlaps(first, last) or match.usage == "adjective":
                continue
            acts, placed = self.agent(first, last), self.placed(first, last)
            if match.entry.kind == "country":
                if match.usage == "capital" and not acts:
                    continue
                self._add(first, last, "country", SURE if acts else PLACE if placed else WEAK)
            elif match.entry.kind == "group":
                self._add(first, last, "group", SURE if acts else WEAK)
            else:
                self._add(first, last, "organisation", SURE if acts else LIKELY)

    def _surnames(self) -> None:
        """Surnames alone, also in another spelling: translators write a foreign name in more than one way."""
        skeletons = {s: key for key, s in self.surnames.items() if len(s) >= MIN_VARIANT}
        for index in sorted(self.text.bounds):
            if index in self.taken:
                continue
            key = self.text.key(index)
            same = key in self.surnames
            if not same and not self.lex.closes(key) and len(key) > MIN_VARIANT:
                same = skeleton(self.text.tokens[index].text) in skeletons
            if same and not self.lex.closes(key):
                self._add(index, index + 1, "person", LIKELY)

    def body_at(self, at: int) -> int:
        """Length of the body's name at token ``at``, 0 if none."""
        table = bodies(self.text.language)
        for length in (4, 3, 2, 1):
            keys = tuple(self.text.key(i) for i in range(at, at + length))
            if keys in table and all(self.text.joined(i) for i in range(at + 1, at + length)):
                return length
        return 0


class ScriptTagger:
    """Base of the two taggers; stateless."""

    tagging: ClassVar[type[Tagging]]

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """See ``Tagger.tag``."""
        return self._tagging(article.text, sentences, article.language).mentions()

    def _tagging(self, text: str, sentences: Sequence[Sentence], language: Language) -> Tagging:
        return self.tagging(read(text, sentences, language), lexicon(language))
