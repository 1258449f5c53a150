"""Actors in Pashto: "د" and whose, the title, then the name; apposition behind the name after "،"."""

from __future__ import annotations

from typing import Final

from pipelines.actors.arabic_script import class_keys
from pipelines.actors.role_lexicon import titles
from pipelines.actors.tagger_script import ScriptTagger, Tagging
from pipelines.languages import Language
from pipelines.text import token_key

MAX_ROLE_TOKENS: Final = 14
MAX_UNKNOWN: Final = 3
"""Name-like words that may stand between a title and the end of the phrase."""
_OF: Final = "د"
_AND: Final = "او"
_THIS: Final = frozenset({"دې", "دغه", "دغې", "یاد", "یادې"})
_CLAUSE: Final = frozenset(token_key(word, Language.PASHTO) for word in ("چې", "خو", "ځکه"))
_POSTPOSED: Final = frozenset(token_key(word, Language.PASHTO) for word in ("کې", "کښې", "لپاره", "سره"))
_BEFORE_PLACE: Final = frozenset(token_key(word, Language.PASHTO) for word in ("په", "پر", "له"))
_WEAK: Final = class_keys("weak_role", Language.PASHTO)
_RELATIONAL: Final = class_keys("relational", Language.PASHTO) | frozenset(
    token_key(word, Language.PASHTO)
    for word in ("ویاند", "وياند", "ویانده", "مرستیال", "سلاکار", "استازی", "استازي", "پلوی")
)


class PashtoTagging(Tagging):
    """See ``Tagging``."""

    def role_before(self, first: int, last: int) -> tuple[str | None, int]:
        """See ``Tagging``. The title stands right before the name; what is before it belongs to it by "د" or lexicon."""
        del last
        low, _ = self.text.bounds[first]
        head = first - 1
        if first == low or not self.gap_is(first, self.commas) or not self._is_title(head):
            return None, first
        title = start = self._title_start(head, low)
        # in "د سناتور جیف فلیک" the "د" governs title and name together: only a known possessor goes on behind it
        if (
            title > low
            and self.text.key(title - 1) == _OF
            and self.text.key(title) != _OF
            and not self._owner(title - 2)
        ):
            low = title
        while start > low and first - start < MAX_ROLE_TOKENS and self._reaches(start - 1, start, low):
            start -= 1
        while start < head and not self._opens_role(start):
            start += 1
        address = self.lex.honorifics - self.lex.role_nouns
        stop = first
        while stop > start and self.text.key(stop - 1) in address:
            stop -= 1
        if (
            start == stop
            or self.text.key(stop - 1) not in self.lex.role_nouns
            or (start == head and self.text.key(head) in self.kin)
        ):
            return None, first
        return self.text.slice(start, stop), start

    def _owner(self, index: int) -> bool:
        """True for a state, an organisation, or a person behind "د": "د ټرمپ د مطبوعاتو سکرتر"."""
        begin = index
        while begin - 1 in self.people and index in self.people:
            begin -= 1
        return index in self.text.covered or (index in self.people and self.text.key(begin - 1) == _OF)

    def _title_start(self, head: int, low: int) -> int:
        """First token of the longest title of the lexicon that ends with ``head``; a comma may stand inside of it."""
        for start in range(max(low, head - 8), head):
            if tuple(self.text.key(i) for i in range(start, head + 1)) in titles(self.text.language):
                return start
        return head

    def _is_title(self, index: int) -> bool:
        key = self.text.key(index)
        return (key in self.lex.role_nouns or key in self.lex.honorifics) and index not in self.people

    def _reaches(self, index: int, start: int, low: int) -> bool:
        """True where the word at ``index`` belongs to the role that so far begins at ``start``."""
        key = self.text.key(index)
        if not self.text.joined(start):
            return False
        if key == _OF or (self.text.tokens[index].text in _THIS and self.text.key(index - 1) == _OF):
            return True
        if index in self.text.covered or index in self.people:
            return self._owner(index)
        if key in _POSTPOSED or key in _BEFORE_PLACE or key == _AND:
            return self._placed_inside(index, start)
        if key in self.lex.verbs or key in self.lex.time:
            return False
        if (key in self.lex.closers or key in self.lex.stop) and key not in self.inside_role | self.lex.role_nouns:
            return False
        return self._opened(index, low) or self.text.lexical_end(index) > index

    def _placed_inside(self, index: int, start: int) -> bool:
        """ "په کابل کې د ایران سفیر", "د کورنیو او بهرنیو چارو وزیر"."""
        key = self.text.key(index)
        if key == _AND:
            return self._opened(index, self.text.bounds[index][0]) and self.text.key(start) != _OF
        if key in _POSTPOSED:
            return index - 1 in self.text.covered and self.text.key(start) == _OF
        return index + 1 in self.text.covered and self.text.key(self.text.covered[index + 1]) in _POSTPOSED

    def _opens_role(self, index: int) -> bool:
        """A role begins with "د", "په … کې", a known name or a word of the role lexicon."""
        key = self.text.key(index)
        if key == _OF or index in self.text.covered:
            return True
        if key in _BEFORE_PLACE:
            return index + 1 in self.text.covered
        return key != _AND and key not in _POSTPOSED and self.text.lexical_end(index) > index

    def _opened(self, index: int, low: int) -> bool:
        """True where "د" stands at most five words before, with no verb or postposition between."""
        for back in range(index, max(low, index - 6) - 1, -1):
            key = self.text.key(back)
            if key == _OF:
                return True
            if key in self.lex.verbs or (key in self.lex.closers and key not in self.inside_role and key != _AND):
                return False
            if not self.text.joined(back):
                return False
        return False

    def role_after(self, stop: int) -> str | None:
        """See ``Tagging``: "ډونلډ ټرمپ، د امریکا ولسمشر،"."""
        if stop not in self.text.bounds or self.text.after(stop) not in (*self.commas, "("):
            return None
        _, high = self.text.bounds[stop]
        for end in range(stop, min(high, stop + MAX_ROLE_TOKENS)):
            key = self.text.key(end)
            if (end > stop and self.text.after(end)) or key in self.lex.verbs or key in _CLAUSE or end in self.people:
                break
            if key in self.lex.role_nouns and not self._of_next(end):
                return self.text.slice(stop, end + 1)
        return None

    def _of_next(self, index: int) -> bool:
        """ "ولسمشر مرستیال": a title right behind this one is the head."""
        following = index + 1
        return following in self.text.bounds and self.text.joined(following) and self._is_title(following)

    def titled_names(self) -> list[int]:
        found = []
        for index in sorted(self.text.bounds):
            key, after = self.text.key(index), index + 1
            if after not in self.text.bounds or not self.text.joined(after) or after in self.taken:
                continue
            honorific = key in self.lex.honorifics
            if not honorific and key not in self.lex.role_nouns:
                continue
            if self._given(after) or (
                self.text.namelike(after) and (honorific or (self._whole(index) and self._bounded(after)))
            ):
                found.append(after)
        return found

    def _whole(self, index: int) -> bool:
        """True for a title that says whose or for what, or that needs neither: "ولسمشر"."""
        low, _ = self.text.bounds[index]
        key = self.text.key(index)
        if key in _WEAK:
            return False
        return key not in _RELATIONAL or (index > low and self._opened(index - 1, low))

    def _bounded(self, first: int) -> bool:
        at = first
        while at - first < MAX_UNKNOWN and self.text.namelike(at) and (at == first or self.text.joined(at)):
            at += 1
        bounded = at not in self.text.bounds or bool(self.text.after(at)) or self.lex.closes(self.text.key(at))
        return bounded and (at - first > 1 or self.counts[self.text.key(first)] > 1)

    def vouched(self, first: int, last: int) -> bool:
        low, _ = self.text.bounds[first]
        aged = first > low and self.text.joined(first) and self.text.key(first - 1) in self.age
        says = last in self.text.bounds and self.gap_is(last, "،") and self.text.key(last) in self.lex.says
        if last - first == 1:
            return says and self.text.joined(last) and self.counts[self.text.key(first)] > 2
        before = self.text.after(first) in tuple(self.commas) and self.role_before(first, last)[0] is not None
        return aged or says or before or self.role_after(last) is not None

    def agent(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        follow = self.text.key(last) if last < high else ""
        if previous == _OF or "locative" in (self.lex.closers.get(previous), self.lex.closers.get(follow)):
            return False
        opens = first == low or previous in _CLAUSE or bool(set(self.text.gap(first)) & set('«"“:،'))
        return opens or follow in self.lex.verbs or follow == "سره"

    def placed(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        follow = self.text.key(last) if last < high else ""
        return previous == _OF or "locative" in (self.lex.closers.get(previous), self.lex.closers.get(follow))

    def owns(self, first: int) -> bool:
        low, _ = self.text.bounds[first]
        return first > low and self.text.key(first - 1) == _OF

    def body_ranges(self) -> list[tuple[int, int]]:
        found = []
        for match, first, last in self.text.known:
            if match.entry.kind != "country" or last not in self.text.bounds:
                continue
            length = self.body_at(last)
            extra = 0
            if not length and self.text.key(last) == _OF and last + 1 in self.text.bounds:
                extra, length = 1, self.body_at(last + 1)
            if length and self.text.joined(last):
                opened = first - 1 in self.text.bounds and self.text.key(first - 1) == _OF
                found.append((first - opened, last + extra + length))
        return found


class PashtoTagger(ScriptTagger):
    """Pashto."""

    tagging = PashtoTagging
