"""Roles in Persian and Dari: a title and whose it is before the name, or in apposition behind it.

"وزیر خارجه سوریه، ولید المعلم،" and "ولید المعلم، وزیر خارجه سوریه،": tokens around a name → the article's own words.
"""

from __future__ import annotations

from typing import Final

from pipelines.actors.arabic_script import class_keys
from pipelines.actors.script_names import name_end
from pipelines.actors.tagger_script import Tagging
from pipelines.languages import Language

MAX_ROLE_TOKENS: Final = 14
AND: Final = "و"
THAT: Final = frozenset({"که", "اما", "ولی", "چون", "زیرا"})
_ALSO: Final = frozenset({"نیز", "هم"})
RELATIONAL: Final = class_keys("relational", Language.PERSIAN)
_IN: Final = frozenset({"در", "برای", "نزد"})
_FROM: Final = "از"
_OBJECT: Final = "را"
_ONE: Final = "یک"
_LINKS: Final = _IN | {AND, _FROM, _OBJECT}
_WITH: Final = frozenset({"با", "به", "از", "بر", "علیه"})
_DEPUTY: Final = class_keys("deputy", Language.PERSIAN)
_OPENERS: Final = class_keys("apposition_opener", Language.PERSIAN)
_PLURAL_TITLES: Final = class_keys("plural_title", Language.PERSIAN)


class PersianRoles(Tagging):
    """The roles of Persian and Dari names: see ``Tagging``."""

    def role_before(self, first: int, last: int) -> tuple[str | None, int]:
        """See ``Tagging``. "سخنگوی ترامپ" is no role of Trump: a title of someone else's needs its own "whose"."""
        low, _ = self.text.bounds[first]
        address = self.lex.honorifics - self.lex.role_nouns
        while first > low and self.text.joined(first) and self.text.key(first - 1) in address:
            first -= 1
        if first == low or not self.gap_is(first, self.commas):
            return None, first
        comma = bool(self.text.after(first))
        head, edge = self._head(first, low, comma=comma)
        if head is None or (comma and not self._of_this_name(head, edge, first, last)):
            return None, first
        if not comma and self._of_next_name(first, last):
            return None, first
        if not comma and self.text.key(head) in RELATIONAL:
            head = self._owned(head, first)
        return (self.text.slice(head, first), head) if head < first else (None, first)

    def _of_this_name(self, head: int, edge: int, first: int, last: int) -> bool:
        """A role before "،" is the next name's unless it is said of the name before it or is whom someone met.

        "لاوروف، وزیر خارجه روسیه، احمدی"; "در دیدار با رئیس‌جمهور پاکستان، احمدی گفت".
        """
        if head - 1 in self.people and self.text.after(head) in tuple(self.commas):
            return False
        if self._of_a_name_inside(head, first):
            return False
        met = edge == head - 1 and self.text.key(edge) in _WITH and self.text.joined(head)
        return not met or self.text.after(last) in tuple(self.commas)

    def _of_a_name_inside(self, head: int, first: int) -> bool:
        """ "به ریاست قاضی احمد صلواتی، رضا خندان": title and full name before the comma are one person, this is another."""
        if self.text.key(head) in RELATIONAL | self.kin:
            return False
        inside = range(max(self.text.lexical_end(head), head + 1), first)
        return len(inside) > 1 and all(at in self.people for at in inside)

    def _of_next_name(self, first: int, last: int) -> bool:
        """ "وزیر رسانه‌های ترامپ، سارا سندرز": one word between a title and "، name" is whose the title is."""
        if last - first > 1 or last not in self.text.bounds or self.text.after(last) not in tuple(self.commas):
            return False
        return self._given(last) and name_end(self.text, last) - last > 1

    def _head(self, first: int, low: int, *, comma: bool) -> tuple[int | None, int]:
        """Token of the outermost title before the name, and the token at which the phrase is cut off."""
        head = None
        at = first - 1
        while at >= low and first - at <= MAX_ROLE_TOKENS:
            if at < first - 1 and not self.text.joined(at + 1):
                break
            key = self.text.key(at)
            if at in self.people and not comma:
                break
            if self.text.title_at(at) and key not in self.kin:
                head = at
            elif (key in _LINKS or self._breaks(at)) and not self._within(at, low, first):
                break
            at -= 1
        return head, at

    def _breaks(self, at: int) -> bool:
        key = self.text.key(at)
        if at in self.text.covered or key in self.inside_role or key in self.lex.suffixes:
            return False
        return key in self.lex.verbs or key in self.lex.closers or key in self.lex.stop or key in self.lex.time

    def _within(self, at: int, low: int, stop: int) -> bool:
        """ "وزیر امر به معروف", "سفیر ایران در کابل": the word is a part of the phrase, not its end."""
        if (
            self.text.key(at) in _IN
            and at + 1 < stop
            and (at + 1 in self.text.covered or self.text.key(at + 1) == "امور")
        ):
            return True
        return any(self.text.title_at(i) and at < self.text.lexical_end(i) for i in range(max(low, at - 8), at))

    def _owned(self, head: int, first: int) -> int:
        """Where the role begins, if its title is someone else's: there if it says whose, else at the title inside of it."""
        inside = range(head + 1, first)
        inner = next((i for i in inside if self.text.title_at(i)), None)
        if any(i in self.text.covered or self.body_at(i) for i in inside):
            return head
        if self.text.key(head) in _DEPUTY:
            return first if inner is None else head
        return inner if inner is not None and self.text.lexical_end(inner) == first else first

    def role_after(self, stop: int) -> str | None:
        """See ``Tagging``. Without a comma the phrase must end where a verb or a clause begins."""
        if not self.gap_is(stop, self.commas + "(") or "\u200c" in self.text.gap(stop):
            return None
        marked = bool(self.text.after(stop))
        whole = self._enclosed(stop) if marked else None
        if whole is not None:
            return whole
        _, high = self.text.bounds[stop]
        at, head = stop, None
        while at < high and at - stop < MAX_ROLE_TOKENS:
            key = self.text.key(at)
            if at > stop and self.text.after(at):
                break
            if head is None:
                if self.text.title_at(at) or key in _PLURAL_TITLES:
                    head = at
                elif not (marked and key in _OPENERS):
                    return None
            elif key in self.lex.verbs | _ALSO or not self._continues(at, head):
                break
            at += 1
        if head is None or (not marked and self.text.key(head) in self.kin):
            return None
        if self.text.lexical_end(head) <= head + 1 and self.text.key(head) in self.lex.honorifics - self.lex.role_nouns:
            return None  # "…، داکتر گری مورتیمر": how the next one is addressed
        lexical = max(self.text.lexical_end(head), head + 1)
        ended = at >= high or bool(self.text.after(at)) or self.text.key(at) in self.lex.verbs | THAT | _ALSO
        cut = at if ended or at <= lexical else lexical
        if not marked and not ended:
            return None
        if self.text.after(cut) in tuple(self.commas) and (self._given(cut) or self.text.namelike(cut)):
            return None  # "نانسی پیلوسی کاندید ستره محکمه، بریت کاوانا را": the next name's
        return self.text.slice(stop + (self.text.key(stop) == _ONE), cut)

    def _enclosed(self, stop: int) -> str | None:
        """A role between two commas, all of it: "محسن نصیری، پژوهشگر منابع آب در دانشگاه زابل، گفت"."""
        _, high = self.text.bounds[stop]
        end = stop + 1
        while end < high and not self.text.after(end) and end - stop <= MAX_ROLE_TOKENS:
            end += 1
        if end >= high or self.text.after(end) not in (*self.commas, ")") or self._given(end):
            return None
        end = next((i for i in range(stop + 1, end) if self.text.key(i) in self.lex.time), end)
        head = next((i for i in range(stop, end) if self.text.key(i) not in _OPENERS), end)
        if head >= end or not (self.text.title_at(head) or self.text.key(head) in _PLURAL_TITLES):
            return None
        broken = any(
            self.text.key(i) in (self.lex.verbs | THAT | {_OBJECT}) and not self._within(i, stop, end)
            for i in range(head + 1, end)
        )
        return None if broken else self.text.slice(stop + (self.text.key(stop) == _ONE), end)

    def _continues(self, at: int, head: int) -> bool:
        key = self.text.key(at)
        if at < self.text.lexical_end(head):
            return True
        if key == _OBJECT or key in self.lex.time:
            return False
        if key == _FROM and self.text.key(at - 1) in _OPENERS:
            return True
        if key == AND:
            return self.text.title_at(at + 1)
        if key in _IN or key == _FROM:
            return at + 1 in self.text.covered or self.text.key(at + 1) in {"امور", "حزب", "ولایت", "استان", "شهر"}
        return not self._breaks(at)
