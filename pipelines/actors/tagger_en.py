"""Actors in English news: capitalised runs and the termbase, told apart by titles, given names, verbs and prepositions.

Article and sentences → mentions with kind, trust and the role stated there. No model: 5 of 5 persons of the owner's sample
had their roles right with patterns where a small neural tagger had none (docs/design.md section 5).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import roles_en, termbase
from pipelines.actors.base import MentionLog
from pipelines.actors.composite import bodies_at
from pipelines.actors.spans_en import (
    EnglishText,
    Run,
    given_names,
    is_capital,
    organisation_nouns,
    place_words,
    possessive,
    read,
    role_nouns,
    runs,
    stopwords,
    verbs,
)
from pipelines.languages import Language
from pipelines.models import Mention, Sentence
from pipelines.tables import word_class, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.actors.termbase import Match
    from pipelines.models import Article

FOLLOWERS: Final = word_class("actors/classes_en.tsv", "follower")
NAMESAKES: Final = frozenset({"administration", "campaign", "government", "regime"})
LOCATIVES: Final = word_class("actors/classes_en.tsv", "locative")
OBJECT_OPENERS: Final = word_class("actors/classes_en.tsv", "object_opener")
MAX_NAME_TOKENS: Final = 6

SURE, LIKELY, WEAK, PLACE = 1.0, 0.7, 0.4, 0.2
"""Trust in a mention: named with its role or known; by a pattern; by its letters alone; a state named as a place."""


class EnglishTagger:
    """Pattern tagger; stateless, so one instance serves every article."""

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """See ``Tagger.tag``."""
        found = _Tagging(read(article.text, sentences)).mentions()
        return _with_headline_roles(found, article.title or "")


def _with_headline_roles(found: list[Mention], title: str) -> list[Mention]:
    """Give a person whose role the body never states the one that the headline does: "Police arrest suspect X Y"."""
    words_ = title.split()
    if sum(word[:1].islower() for word in words_) < len(words_) / 3:
        return found  # Every Word Has a Capital: no telling where a role begins
    whole = Sentence(index=0, start=0, stop=len(title), text=title)
    for person in _Tagging(read(title, [whole])).mentions():
        if person.kind != "person" or not person.role:
            continue
        surname = person.text.split()[-1]
        same = [i for i, m in enumerate(found) if m.kind == "person" and m.text.split()[-1] == surname]
        if same and not any(found[i].role for i in same):
            found[same[0]] = replace(found[same[0]], role=person.role)
    return found


class _Tagging(MentionLog):
    """One article's tagging. ``taken`` marks tokens that already belong to a mention or to a role."""

    def __init__(self, text: EnglishText) -> None:
        super().__init__(text.text, text.tokens)
        self.text = text
        self.surnames: set[str] = set()
        self.sentence_of = {i: bounds for bounds in text.sentences for i in range(*bounds)}
        self.addressed = self._addressed()
        known = termbase.find_ranges(text.text, Language.ENGLISH, text.tokens)
        self.known = [(match, first, last) for match, first, last in known if first in self.sentence_of]

    def mentions(self) -> list[Mention]:
        self._known_persons()
        pending = [run for run in runs(self.text) if not self._overlaps(run.first, run.last)]
        others = [run for run in pending if not self._person_run(run)]
        self._bodies()
        self._known_others()
        for run in others:
            if not self._overlaps(run.first, run.last):
                self._surname_or_organisation(run)
        return sorted(self.found, key=lambda m: m.start)

    def _addressed(self) -> set[str]:
        """Names that stand behind Mr, Mrs, Dr … somewhere in the text."""
        return {
            self.text.word(index + 1)
            for index in range(len(self.text.tokens) - 1)
            if self._honorific(index) and is_capital(self.text.word(index + 1))
        }

    # persons

    def _known_persons(self) -> None:
        for match, first, last in self.known:
            if match.entry.kind != "person" or self._overlaps(first, last):
                continue
            begin = first
            # an alias may be one word of a longer name that is someone else's: "Sara Netanyahu"
            while begin > self.sentence_of[first][0] and self._same_name(begin):
                begin -= 1
            if begin < first and not match.full and self.text.word(begin).casefold() in given_names():
                continue
            if self._namesake(first, last) or self._runs_on(last):
                continue
            self._person(first, last, score=SURE)

    def _runs_on(self, last: int) -> bool:
        """ "Mohammad Naeem Wardak" is not Mohammad Naeem."""
        word = self.text.word(last)
        return (
            last in self.sentence_of
            and self.text.gap(last) == " "
            and not possessive(self.text, last - 1)
            and is_capital(word)
            and word.casefold() not in stopwords() | role_nouns()
            and word not in organisation_nouns() | place_words()
        )

    def _same_name(self, index: int) -> bool:
        previous = self.text.word(index - 1)
        return (
            self.text.gap(index) == " "
            and is_capital(previous)
            and previous.casefold() not in role_nouns()
            and previous.casefold() not in stopwords()
            and not possessive(self.text, index - 1)
        )

    def _namesake(self, first: int, last: int) -> bool:
        """ "the Trump administration" is an organisation; "Trump aides" are nobody named."""
        low, high = self.sentence_of[first]
        if last >= high or possessive(self.text, last - 1) or self.text.gap(last) != " ":
            return False
        word = self.text.word(last)
        if word.casefold() in NAMESAKES and (last + 1 >= high or not is_capital(self.text.word(last + 1))):
            self._add(last - 1, last + 1, "organisation", LIKELY)
            self.taken.update(range(max(first, low), last))
            return True
        if word.casefold() in FOLLOWERS:
            self.taken.update(range(first, last + 1))
            return True
        return word in organisation_nouns() and is_capital(word)

    def _person(self, first: int, last: int, *, score: float) -> None:
        low, high = self.sentence_of[first]
        role, begin = roles_en.before(self.text, first, low)
        if role is None:
            role = roles_en.after(self.text, last, high) or roles_en.copula(self.text, last, high)
        self._add(first, last, "person", score, role)
        self.taken.update(range(begin, first))
        self.surnames.add(self.text.word(last - 1))

    def _person_run(self, run: Run) -> bool:
        first, last = run.first, run.last
        name = self._past_place(first, last) or self._after_title(run)
        if name >= last or last - name > MAX_NAME_TOKENS:
            return False
        tail = [self.text.word(i) for i in range(name, last)]
        if any(word in organisation_nouns() for word in tail) or tail[-1] in place_words() or _acronyms(tail):
            return False
        following = self.text.word(last) if last < self.sentence_of[first][1] and self.text.gap(last) == " " else ""
        if len(tail) == 1 and following.islower() and following in role_nouns():
            return False  # "Foreign minister X": half of a title
        if self._known_inside(name, last):
            return False
        titled = name > first
        low, high = self.sentence_of[first]
        role, begin = roles_en.before(self.text, name, low)
        trailing = None if role else roles_en.after(self.text, last, high)
        given = tail[0].casefold() in given_names() or (len(tail) > 1 and tail[1].casefold() in given_names())
        speaks = self._acts(last, high)
        several = len(tail) > 1
        if self.text.word(name - 1).casefold() == "the" and not titled and not given:
            return False
        if not (role or (titled and (several or given or speaks)) or (titled and self._honorific(name - 1))):
            aged = several and self._aged(last, high)
            evidence = (
                (given and several)
                or aged
                or (several and trailing)
                or (several and speaks and self._recurs(tail[-1], last))
            )
            if not evidence and not (several and self.addressed.intersection(tail)):
                return False
        if self._namesake(name, last):
            return True
        role = role or trailing or roles_en.copula(self.text, last, high)
        self._add(name, last, "person", SURE if role or titled else LIKELY, role)
        self.taken.update(range(min(begin, first), name))
        self.surnames.add(tail[-1])
        return True

    def _past_place(self, first: int, last: int) -> int:
        """ "envoy for Afghanistan Zamir Kabulov": where the name begins behind a state's, 0 where the run opens otherwise."""
        for match, a, b in self.known:
            if a == first and match.entry.kind == "country" and match.usage == "name" and last - b > 1:
                return b if self.text.word(b).casefold() in given_names() else 0
        return 0

    def _after_title(self, run: Run) -> int:
        """Index in the run at which the name begins, past capitalised titles and honorifics."""
        name = run.first
        for index in range(run.first, run.last - 1):
            lowered = self.text.word(index).casefold().rstrip(".")
            following = self.text.word(index + 1)
            if (lowered in role_nouns() or lowered in honorifics()) and following not in organisation_nouns():
                name = index + 1
        return name

    def _honorific(self, index: int) -> bool:
        return self.text.word(index).casefold().rstrip(".") in honorifics()

    def _known_inside(self, first: int, last: int) -> bool:
        return any(
            m.entry.kind != "person" and a >= first and b <= last and (b - a >= (last - first) - 1)
            for m, a, b in self.known
        )

    def _aged(self, last: int, high: int) -> bool:
        return last < high and self.text.gap(last).strip() in (",", "(") and self.text.word(last).isdigit()

    def _recurs(self, surname: str, after: int) -> bool:
        return any(self.text.word(i) == surname for i in range(after, len(self.text.tokens)))

    def _acts(self, index: int, high: int) -> bool:
        """True where a finite verb stands at ``index``, right behind a name."""
        if index >= high or self.text.gap(index).strip(" ,"):
            return False
        word = self.text.word(index).casefold()
        if word in {"also", "later", "then", "who", "reportedly", "repeatedly"} and index + 1 < high:
            index += 1
            word = self.text.word(index).casefold()
        if word in verbs() or (word.endswith("ed") and len(word) > 4 and not is_capital(self.text.word(index))):
            return True
        # "China regards the defectors", not "US troops in Syria": the verb's object follows at once
        return (
            word.endswith("s")
            and not word.endswith(("ss", "us"))
            and word == self.text.word(index)
            and index + 1 < high
            and self.text.word(index + 1).casefold() in OBJECT_OPENERS
            and self.text.gap(index + 1) == " "
        )

    # organisations, states, groups

    def _bodies(self) -> None:
        """ "Afghan government", "Syria's army": a state's body, whose name can be built in every language."""
        for first, last in bodies_at(self.text, self.known):
            if not self._overlaps(first, last) and first in self.sentence_of:
                self._add(first, last, "organisation", SURE)

    def _known_others(self) -> None:
        for match, first, last in self.known:
            if match.entry.kind == "person" or self._overlaps(first, last):
                continue
            if match.entry.kind == "country":
                self._country(match, first, last)
            elif match.entry.kind == "group":
                begin = self._group_start(first)
                self._add(begin, last, "group", SURE if self._agent(begin, last) else WEAK)
            elif not self._inside_run(last):
                self._add(first, last, "organisation", SURE if self._agent(first, last) else LIKELY)

    def _inside_run(self, last: int) -> bool:
        """ "Reuters Institute", "UN General Assembly Hall": a known name that is a part of another name."""
        follow = self.text.word(last)
        return bool(
            last in self.sentence_of
            and self.text.gap(last) == " "
            and follow in organisation_nouns() | place_words()
            and not possessive(self.text, last - 1)
        )

    def _country(self, match: Match, first: int, last: int) -> None:
        if match.usage == "adjective" or self._other_place(first, last):
            return
        placed = self._placed(first)
        owner = possessive(self.text, last - 1) and not placed
        agent = not owner and self._agent(first, last)
        if match.usage == "capital":
            # "Washington's 2020 deal" is of the state, "Moscow said" is the state itself
            if not placed and (agent or owner):
                self._add(first, last, "country", SURE if agent else WEAK)
            return
        self._add(first, last, "country", SURE if agent else LIKELY if owner else PLACE if placed else WEAK)

    def _other_place(self, first: int, last: int) -> bool:
        """ "New Mexico", "Northern Ireland"; "Jordan Spieth", "Chad Wolf": a state's name inside another's."""
        previous = self.text.word(first - 1)
        if self.text.gap(first) == " " and previous in place_prefixes() and first - 1 in self.sentence_of:
            return True
        return self.text.word(first).casefold() in given_names() and last - first == 1 and self._runs_on(last)

    def _placed(self, first: int) -> bool:
        low, _ = self.sentence_of[first]
        at = first - 1
        if at >= low and self.text.word(at).casefold() == "the":
            at -= 1
        if self.text.gap(first).strip() == ",":
            return True  # "Kabul, Afghanistan"
        return at >= low and self.text.word(at).casefold() in LOCATIVES

    def _agent(self, first: int, last: int) -> bool:
        """A subject ("Syria says"), a possessor, or one of the parties of "between A and B", "A and B agreed"."""
        low, high = self.sentence_of[first]
        if self._acts(last, high) and not self._placed(first):
            return True
        if (
            first == low
            and self.text.gap(last).strip() == ","
            and self.text.word(last).casefold() in {"which", "who", "whose"}
        ):
            return True
        if possessive(self.text, last - 1) and not self._placed(first):
            return True
        previous = self.text.word(first - 1).casefold() if first > low else ""
        before_that = [self.text.word(i).casefold() for i in range(max(low, first - 5), first)]
        if previous in {"by", "with", "between", "against", "accused", "told", "urged", "warned", "blamed"}:
            return True
        if "between" in before_that and previous in {"and", "the"}:
            return True
        return (
            last + 1 < high
            and self.text.word(last).casefold() == "and"
            and self.text.gap(last) == " "
            and not self._placed(first)
        )

    def _group_start(self, first: int) -> int:
        low, _ = self.sentence_of[first]
        previous = first - 1
        if previous < low or self.text.gap(first) != " " or previous in self.taken:
            return first
        qualified = any(
            b == first and m.usage in ("adjective", "name") and m.entry.kind == "country" for m, _, b in self.known
        )
        return previous if qualified or self.text.word(previous).casefold() in _GROUP_ADJECTIVES else first

    def _surname_or_organisation(self, run: Run) -> None:
        first, last = run.first, run.last
        name = self._after_title(run)
        tail = [self.text.word(i) for i in range(name, last)]
        if tail and tail[-1] in self.surnames and len(tail) <= MAX_NAME_TOKENS and not self._namesake(name, last):
            if (len(tail) > 1 and tail[0].casefold() in given_names()) or len(tail) == 1:
                self._add(name, last, "person", LIKELY)
            return
        all_words = [self.text.word(i) for i in range(first, last)]
        low, high = self.sentence_of[first]
        if any(word in organisation_nouns() for word in all_words) and len(all_words) > 1:
            if not (all_words[-1] in place_words() and all_words[-1] not in organisation_nouns()):
                self._add(first, last, "organisation", SURE if self._agent(first, last) else WEAK)
            return
        if _acronyms(all_words) and len(all_words) == 1 and len(all_words[0].replace(".", "")) > 2:
            if self._agent(first, last) or self.text.counts[all_words[0]] > 1:
                self._add(first, last, "organisation", LIKELY if self._agent(first, last) else WEAK)
            return
        articled = first > low and self.text.word(first - 1).casefold() == "the"
        if articled and self._acts(last, high) and all_words[-1] not in place_words():
            self._add(first, last, "organisation", WEAK)


_GROUP_ADJECTIVES: Final = word_class("actors/classes_en.tsv", "group_adjective")


def _acronyms(names: Sequence[str]) -> bool:
    return all(len(word.replace(".", "")) > 1 and word.replace(".", "").isupper() for word in names)


@cache
def place_prefixes() -> frozenset[str]:
    """Capitalised words that make another place of a state's name: New, Northern and so on."""
    return word_class("actors/classes_en.tsv", "place_prefix")


@cache
def honorifics() -> frozenset[str]:
    """Mr, Mrs, Dr, Mullah …: forms of address before a name, lower case, without dots."""
    return frozenset(w.casefold().rstrip(".") for w in words("names/honorifics_en.txt"))
