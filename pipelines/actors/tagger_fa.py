"""Actors in Persian and Dari: where a name begins, who acts, whose bodies; their roles are ``roles_fa``'s."""

from __future__ import annotations

from typing import Final

from pipelines.actors.arabic_script import class_keys
from pipelines.actors.roles_fa import AND, RELATIONAL, THAT, PersianRoles
from pipelines.actors.tagger_script import ScriptTagger
from pipelines.languages import Language

MAX_UNKNOWN: Final = 3
"""Name-like words that may stand between a title and the end of the phrase."""
_BETWEEN: Final = frozenset({"میان", "بین"})
_COMPLETE: Final = class_keys("complete_role", Language.PERSIAN)
_WEAK: Final = class_keys("weak_role", Language.PERSIAN)


class PersianTagging(PersianRoles):
    """See ``Tagging``."""

    plurals = frozenset({"ها"})

    def titled_names(self) -> list[int]:
        found = []
        for index in sorted(self.text.bounds):
            key = self.text.key(index)
            honorific = key in self.lex.honorifics
            if index in self.text.covered or not (honorific or self.text.title_at(index)):
                continue
            end = index + 1 if honorific else self.text.lexical_end(index)
            if end <= index or not self.gap_is(end, "،") or end in self.taken:
                continue
            if self._begins_name(index, end, honorific=honorific, comma=bool(self.text.after(end))):
                found.append(end)
        return found

    def _begins_name(self, index: int, end: int, *, honorific: bool, comma: bool) -> bool:
        if self._given(end) or (honorific and self.text.key(end) in self.lex.honorifics):
            return True
        if not self.text.namelike(end):
            return False
        following = end + 1
        while self.text.namelike(following) and self.text.joined(following) and following - end < MAX_UNKNOWN:
            following += 1
        inside = following in self.text.bounds and not self.text.after(following)
        running_on = inside and not self.lex.closes(self.text.key(following))
        if honorific:  # but "استاد طب خواب" teaches it
            return not comma and not (running_on and following - end == 1 and self.text.title_at(index))
        if running_on:
            return False
        if comma or following - end > 1:
            return following - end > 1 and self.text.key(index) not in _WEAK
        # one unknown word: "رئیس‌جمهور ایوانوف", but not the country of "رئیس‌جمهور پانامه، خوان وارلا"
        listed = following in self.text.bounds and self.text.after(following) in tuple(self.commas)
        # "مربی تیم لیکرز" says whose the title is
        whole = (end - index > 1 and self.text.key(end - 1) not in self.institutions) or self.text.key(
            index
        ) in _COMPLETE
        whole = whole and self.text.key(index) not in RELATIONAL | _WEAK and not self.text.tokens[end].text.isascii()
        return whole and not listed and self.counts[self.text.key(end)] > 1

    def vouched(self, first: int, last: int) -> bool:
        """See ``Tagging``: a verb of saying, an age, a role on either side."""
        if last not in self.text.bounds:
            return False
        follow = self.text.key(last)
        says = follow in self.lex.says or (follow == "می" and self.text.key(last + 1) in self.lex.says)
        if last - first == 1:
            return self.text.joined(last) and says and self.counts[self.text.key(first)] > 2
        aged = follow[:1].isdigit() and self.text.key(last + 1) in self.age and self.text.joined(last)
        if aged or (says and self.gap_is(last, "،")):
            return True
        if self._opens_and_says(first, last):
            return True
        before = self.text.after(first) in tuple(self.commas) and self.role_before(first, last)[0] is not None
        return before or self.role_after(last) is not None

    def _opens_and_says(self, first: int, last: int) -> bool:
        """ "پارک بیونگ، با استناد به گزارش، گفت": the first words of a sentence that ends in a verb of saying."""
        low, high = self.text.bounds[first]
        breaks = self.text.after(last) in tuple(self.commas) or self.text.key(last) in THAT
        return first == low and breaks and any(self.text.key(i) in self.lex.says for i in range(last, high))

    def agent(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        if self.lex.closers.get(previous) == "locative":
            return False
        opens = first == low or previous in THAT or bool(set(self.text.gap(first)) & set('«"“:؛'))
        if opens and last < high and self.text.after(last) in ("", "،"):
            return True
        if self.lex.closers.get(previous) == "agent":
            return True
        if previous == AND and first - 2 in self.text.covered and self.text.key(first - 3) in _BETWEEN:
            return True  # "میان روسیه و ترکیه"
        follow = self.text.key(last) if last < high else ""
        return follow in self.lex.verbs or (follow == AND and previous in _BETWEEN)

    def placed(self, first: int, last: int) -> bool:
        del last
        low, _ = self.text.bounds[first]
        return first > low and self.lex.closers.get(self.text.key(first - 1)) == "locative"

    def owns(self, first: int) -> bool:
        low, _ = self.text.bounds[first]
        return first > low and self.text.joined(first) and not self.lex.closes(self.text.key(first - 1))

    def body_ranges(self) -> list[tuple[int, int]]:
        found = []
        for match, first, last in self.text.known:
            if match.entry.kind != "country":
                continue
            for length in (6, 5, 4, 3, 2, 1):
                begin = first - length
                if begin in self.text.bounds and self.text.joined(first) and self.body_at(begin) == length:
                    found.append((begin, last))
                    break
        return found


class PersianTagger(ScriptTagger):
    """Persian and Dari."""

    tagging = PersianTagging
