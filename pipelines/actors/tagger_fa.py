"""Actors in Persian and Dari: title, then whose, then the name; apposition behind the name after "،"."""

from __future__ import annotations

from typing import Final

from pipelines.actors.arabic_script import lexical_end
from pipelines.actors.tagger_script import ScriptTagger, Tagging

MAX_ROLE_TOKENS: Final = 14
_COMMAS: Final = "،,؛"


class PersianTagging(Tagging):
    """See ``Tagging``."""

    def role_before(self, name: int) -> tuple[str | None, int]:
        low, _ = self.text.bounds[name]
        if name == low or self.text.gap(name).strip(" \u200c\u200e\u200f" + _COMMAS):
            return None, name
        head = None
        at = name - 1
        while at >= low and name - at <= MAX_ROLE_TOKENS:
            key = self.text.key(at)
            if at < name - 1 and not self.text.joined(at + 1):
                break
            if key in self.lex.role_nouns:
                head = at
            elif key in self.lex.verbs or self.text.key(at) in {"که", "و", "را", "با", "از", "به", "او", "وی"}:
                if key == "و" and head is not None and self._and_inside(at, head):
                    at -= 1
                    continue
                break
            at -= 1
        if head is None or (self.text.gap(name).strip(" \u200c") and lexical_end(self.text, head) < name):
            return None, name
        return self.text.slice(head, name).strip(), head

    def _and_inside(self, at: int, head: int) -> bool:
        """ "وزیر امر به معروف و نهی از منکر": the conjunction belongs to the title."""
        return any(first <= at < lexical_end(self.text, first) for first in range(max(0, head - 5), at))

    def role_after(self, stop: int) -> str | None:
        if stop not in self.text.bounds or self.text.gap(stop).strip() not in (_COMMAS[0], _COMMAS[1]):
            return None
        _, high = self.text.bounds[stop]
        end = stop
        head = None
        while end < high and end - stop < MAX_ROLE_TOKENS:
            key = self.text.key(end)
            if end > stop and self.text.gap(end).strip(" \u200c\u200e\u200f()"):
                break
            if key in self.lex.verbs or key in {"که", "را"}:
                break
            if key in self.lex.role_nouns and head is None:
                head = end
            end += 1
        if head is None or head - stop > 3 or end <= stop:
            return None
        closed = end >= high or self.text.gap(end).strip() != "" or self.text.key(end) in self.lex.verbs | {"که"}
        return self.text.slice(stop, end) if closed else None

    def titled_names(self) -> list[int]:
        found = []
        for index in sorted(self.text.bounds):
            key = self.text.key(index)
            if key not in self.lex.role_nouns and key not in self.lex.honorifics:
                continue
            end = lexical_end(self.text, index) if key in self.lex.role_nouns else index + 1
            if end <= index or end not in self.text.bounds or end in self.taken:
                continue
            if self.text.gap(end).strip(" \u200c\u200e\u200f،"):
                continue
            comma = "،" in self.text.gap(end)
            following = self.text.key(end)
            given = following in self.lex.given
            if given or (not comma and key in self.lex.honorifics and not self.lex.closes(following)):
                found.append(end)
        return found

    def agent(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        if self.lex.closers.get(previous) == "locative":
            return False
        opens = first == low or previous in {"که", "اما", "ولی"} or bool(set(self.text.gap(first)) & set('«"“:؛'))
        if opens and last < high and self.text.gap(last).strip() in ("", "،"):
            return True
        if self.lex.closers.get(previous) == "agent":
            return True
        follow = self.text.key(last) if last < high else ""
        return follow in self.lex.verbs or (follow == "و" and previous in {"میان", "بین"})

    def placed(self, first: int, last: int) -> bool:
        del last
        low, _ = self.text.bounds[first]
        return first > low and self.lex.closers.get(self.text.key(first - 1)) == "locative"

    def body_ranges(self) -> list[tuple[int, int]]:
        found = []
        for match, first, last in self.text.known:
            if match.entry.kind != "country":
                continue
            for length in (4, 3, 2, 1):
                begin = first - length
                if begin in self.text.bounds and self.text.joined(first) and self.body_at(begin) == length:
                    found.append((begin, last))
                    break
        return found


class PersianTagger(ScriptTagger):
    """Persian and Dari."""

    tagging = PersianTagging
