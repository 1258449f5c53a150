"""Actors in Russian news: slovnet's names and dependencies, the termbase, and patterns for roles and for who acts.

Article and sentences → mentions. The tagger finds names that no table has, the termbase those that the tagger misses and says
which places are states; cases are undone by ``ru_forms.normal_form``, never in ``Mention.text``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.ru_forms import inflect_name, normal_form
from pipelines.actors.ru_grammar import Part, part
from pipelines.actors.ru_morph import CASES, readings
from pipelines.actors.ru_persons import Person, persons, spans
from pipelines.actors.ru_text import QUOTES, in_class, read, title_class
from pipelines.languages import Language
from pipelines.models import Mention
from pipelines.tables import words
from pipelines.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.actors.ru_text import RussianSentence
    from pipelines.actors.termbase import Match
    from pipelines.models import ActorKind, Article, Sentence

SURE, LIKELY, WEAK, PLACE = 1.0, 0.7, 0.4, 0.2
"""As in ``tagger_en``: named with a role, known or acting; by the tagger alone; in passing; a state named as a place."""
_COUNTRY: Final[dict[Part, float]] = {"agent": SURE, "party": LIKELY, "other": WEAK, "place": PLACE}
_GROUP: Final[dict[Part, float]] = {"agent": SURE, "party": LIKELY, "other": WEAK, "place": WEAK}


class RussianTagger:
    """Tagger over slovnet's models; they load on the first article. Stateless, so one instance serves every article."""

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """See ``Tagger.tag``."""
        texts = read([(sentence.start, sentence.text) for sentence in sentences])
        known = termbase.find(article.text, Language.RUSSIAN)
        taggings = [_Tagging(text, [m for m in known if text.offset <= m.start < _stop(text)]) for text in texts]
        for tagging in taggings:
            tagging.find()
        whole = {m.text for t in taggings for m in t.found if m.kind == "person" and " " in m.text}
        surnames = frozenset(form for name in whole for form in _surname_forms(name))
        for tagging in taggings:
            tagging.surnames(surnames)
        found = sorted((m for tagging in taggings for m in tagging.found), key=lambda m: m.start)
        found = [mention for mention in found if not _outlet(mention, article)]
        return _with_headline_roles(found, article.title) if article.title else found


def _stop(text: RussianSentence) -> int:
    return text.offset + len(text.text)


class _Tagging:
    """One sentence's tagging. ``taken`` are words that belong to a mention or to a role."""

    def __init__(self, text: RussianSentence, known: Sequence[Match]) -> None:
        self.text = text
        self.taken: set[int] = set()
        self.found: list[Mention] = []
        self.known = [(match, *self._range(match)) for match in known]

    def find(self) -> None:
        """Mentions of the sentence into ``found``."""
        self._persons()
        self._bodies()
        self._organisations()
        for match, first, last in self.known:
            if match.entry.kind != "person" and match.usage != "adjective" and not self._overlaps(first, last):
                self._known(match, first, last)
        self._states()
        self._groups()

    def surnames(self, forms: frozenset[str]) -> None:
        """Surnames alone, folded in ``forms``, that the tagger missed here but read in a whole name elsewhere."""
        for index in range(len(self.text)):
            word = self.text.word(index)
            if index in self.taken or not word[:1].isupper() or len(word) < 4 or word.isupper():
                continue
            if fold(word) in forms and not self.text.name_at(index):
                self._add(index, index + 1, "person", LIKELY)

    def _range(self, match: Match) -> tuple[int, int]:
        inside = [
            i for i in range(len(self.text)) if self.text.start(i) < match.stop and self.text.stop(i + 1) > match.start
        ]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _overlaps(self, first: int, last: int) -> bool:
        return any(index in self.taken for index in range(first, last))

    def _add(self, first: int, last: int, kind: ActorKind, score: float, role: str | None = None) -> None:
        start, stop = self.text.start(first), self.text.stop(last)
        text = self.text.between(first, last)
        self.found.append(Mention(start=start, stop=stop, text=text, kind=kind, score=score, role=role))
        self.taken.update(range(first, last))

    # persons

    def _persons(self) -> None:
        ranges = [span for span in spans(self.text.names) if not self._known_as_other(*span)]
        known = {first: match for match, first, _ in self.known if match.entry.kind == "person"}
        for match, first, last in self.known:
            apart = not any(a < last and first < b for a, b in ranges)
            if match.entry.kind == "person" and apart and self._whole(first, last, full=match.full):
                ranges.append((first, last))
        for person in persons(self.text, sorted(ranges)):
            self._person(person, known=any(first in known for first in range(person.first, person.last)))

    def _known_as_other(self, first: int, last: int) -> bool:
        """The termbase knows these very words as an organisation or a state: the tagger was wrong."""
        return any(m.entry.kind != "person" and m.usage == "name" and (a, b) == (first, last) for m, a, b in self.known)

    def _whole(self, first: int, last: int, *, full: bool) -> bool:
        """An alias is a name by itself only where no other part of a name stands beside it."""
        if any(name.first < last and first < name.last for name in self.text.names):
            return full
        beside = (self.text.word(first - 1) if first else "", self.text.word(last))
        return full or not any(w[:1].isupper() and w[1:].islower() and not title_class(w) for w in beside)

    def _person(self, person: Person, *, known: bool) -> None:
        if person.namesake:
            self._add(person.first, person.last, "organisation", self._trust(person.first, person.last))
            return
        text = self.text.between(person.first, person.last)
        if not any(letter.isupper() for letter in text) or len(text) < 2:
            return
        if person.last - person.first == 1 and not known and self.text.words[person.first].pos != "PROPN":
            return  # a sentence's first word: "Заболел — искупайся"
        self._add(person.first, person.last, "person", SURE if person.role or known else LIKELY, person.role)
        inside = {i for name in self.text.names if name.kind == "PER" for i in range(name.first, name.last)}
        self.taken.update(i for i in range(person.begin, person.first) if i not in inside)

    # organisations, states, groups

    def _bodies(self) -> None:
        """ "власти Ирана", "афганская полиция": a state's body, which acts for it."""
        for match, first, last in self.known:
            if match.entry.kind != "country" or match.usage == "capital":
                continue
            if match.usage == "adjective":
                begin, stop, noun = first, last + 1, last
            else:
                begin, stop, noun = first - 1, last, first - 1
                if self.text.case(first) not in ("gen", None):
                    continue
            if (
                0 <= noun < len(self.text)
                and in_class(self.text.word(noun), "body")
                and not self._overlaps(begin, stop)
            ):
                self._add(begin, stop, "organisation", self._trust(begin, stop))

    def _organisations(self) -> None:
        for name in self.text.names:
            if name.kind != "ORG":
                continue
            first, last = self._whole_organisation(name.first, name.last)
            if not self._overlaps(first, last) and self._organisation(first, last):
                self._add(first, last, "organisation", self._trust(first, last))

    def _organisation(self, first: int, last: int) -> bool:
        """False for a state or a person by the termbase, a bare kind of organisation, and a source of news."""
        words_ = [self.text.word(i) for i in range(first, last)]
        if not any(letter.isupper() for word in words_ for letter in word) or self._state_or_people(first, last):
            return False
        before = self.text.word(first - 1) if self.text.word(first - 1) not in QUOTES else self.text.word(first - 2)
        if in_class(before, "outlet") or in_class(before, "reports"):
            return False
        return len(words_) > 1 or not in_class(words_[0], "no_organisation")

    def _whole_organisation(self, first: int, last: int) -> tuple[int, int]:
        """The span with its own state behind it where the termbase knows both together; punctuation around it cut off."""
        for match, a, b in self.known:
            if match.entry.kind in ("organisation", "group") and a < last and first < b and b - a > last - first:
                return a, b
        while last - first > 1 and not self.text.word(first)[:1].isalnum():
            first += 1
        while last - first > 1 and not self.text.word(last - 1)[:1].isalnum():
            last -= 1
        return first, last

    def _state_or_people(self, first: int, last: int) -> bool:
        return any(
            m.entry.kind in ("country", "person") and m.usage == "name" and a <= first and last <= b
            for m, a, b in self.known
        )

    def _known(self, match: Match, first: int, last: int) -> None:
        plays = part(self.text, first, last)
        if match.entry.kind == "country":
            if match.usage == "capital" and plays != "agent":
                return
            self._add(first, last, "country", LIKELY if match.usage == "capital" else _COUNTRY[plays])
        elif match.entry.kind == "group" or _people(self.text.word(first)):
            self._add(first, last, "group", _GROUP[plays])
        else:
            self._add(first, last, "organisation", SURE if plays == "agent" else LIKELY)

    def _states(self) -> None:
        """States whose case the termbase's stems do not undo: Snowball makes "ира" of Иран, "иран" of Иране."""
        for name in self.text.names:
            if name.kind != "LOC" or self._overlaps(name.first, name.last):
                continue
            nominative = normal_form(self.text.between(name.first, name.last), "country")
            entry = termbase.lookup(nominative, Language.RUSSIAN)
            if (
                entry is not None
                and entry.kind == "country"
                and nominative not in entry.capitals.get(Language.RUSSIAN, ())
            ):
                self._add(name.first, name.last, "country", _COUNTRY[part(self.text, name.first, name.last)])

    def _groups(self) -> None:
        for index in range(len(self.text)):
            word = self.text.word(index)
            if index not in self.taken and _people(word if index else word.casefold()):
                plays = part(self.text, index, index + 1)
                self._add(index, index + 1, "group", _GROUP[plays])

    def _trust(self, first: int, last: int) -> float:
        return SURE if part(self.text, first, last) == "agent" else LIKELY


def _people(word: str) -> bool:
    """True for the plural of a group's name in lower case: талибов."""
    if not word.islower() or len(word) < 4:
        return False
    plurals = (r.parse.inflect({"nomn", "plur"}) for r in readings(word) if r.kind == "noun" and r.number == "plur")
    return any(form and form.word.replace("ё", "е") in words("actors/groups_ru.txt") for form in plurals)


@lru_cache(maxsize=1024)
def _surname_forms(name: str) -> frozenset[str]:
    """The surname of a whole name in every case, folded for comparison."""
    nominative = normal_form(name, "person").split()
    forms = (inflect_name(" ".join(nominative), case, person=True)[0] for case in CASES) if nominative else ()
    return frozenset(fold(form.split()[-1]) for form in forms)


def _outlet(mention: Mention, article: Article) -> bool:
    """An outlet, agency or network: a source, not an actor, unless the headline is about it."""
    if mention.kind != "organisation":
        return False
    name = fold(normal_form(mention.text, "organisation")).strip('«»"“” ')
    if name == fold(article.outlet or "-"):
        return True
    listed = {fold(entry) for entry in words("actors/outlets_ru.txt")}
    return name in listed and name[:5] not in fold(article.title or "")


def _with_headline_roles(found: list[Mention], title: str) -> list[Mention]:
    """Give a person whose role the body never states the one that the headline does."""
    (text,) = read([(0, title)])
    for person in persons(text, spans(text.names)):
        if not person.role:
            continue
        forms = _surname_forms(text.between(person.first, person.last))
        same = [i for i, m in enumerate(found) if m.kind == "person" and forms & _surname_forms(m.text)]
        if same and not any(found[i].role for i in same):
            found[same[0]] = replace(found[same[0]], role=person.role)
    return found


__all__ = ["RussianTagger", "normal_form"]
