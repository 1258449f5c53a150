"""Actors in Pashto: "د" and whose, the title, then the name; apposition behind the name after "،"."""

from __future__ import annotations

from typing import Final

from pipelines.actors.arabic_script import lexical_end
from pipelines.actors.tagger_script import ScriptTagger, Tagging
from pipelines.languages import Language
from pipelines.text import token_key

MAX_ROLE_TOKENS: Final = 14
_COMMAS: Final = "،,"
_CLAUSE: Final = frozenset(token_key(word, Language.PASHTO) for word in ("چې", "خو"))


class PashtoTagging(Tagging):
    """See ``Tagging``."""

    def role_before(self, name: int) -> tuple[str | None, int]:
        low, _ = self.text.bounds[name]
        if name == low or self.text.gap(name).strip(" \u200c\u200e\u200f" + _COMMAS):
            return None, name
        head = name - 1
        if self.text.key(head) not in self.lex.role_nouns:
            return None, name
        start = head
        while start > low and name - start < MAX_ROLE_TOKENS and self.text.joined(start):
            previous = start - 1
            key = self.text.key(previous)
            if previous in self.taken and key != "د":
                break
            if key == "د":
                start = previous
                continue
            if key in self.lex.verbs or (self.lex.closers.get(key) is not None and key not in self.lex.role_nouns):
                break
            # a word before the title belongs to it only if "د" opens it or the lexicon knows it
            if self._opened(previous, low) or lexical_end(self.text, previous) > previous:
                start = previous
                continue
            break
        return self.text.slice(start, name).strip(), start

    def _opened(self, index: int, low: int) -> bool:
        """True where "د" stands at most four words before, with no verb or postposition between."""
        for back in range(index, max(low, index - 5) - 1, -1):
            key = self.text.key(back)
            if key == "د":
                return True
            if key in self.lex.verbs or (key in self.lex.closers and key != "او") or not self.text.joined(back + 1):
                return False
        return False

    def role_after(self, stop: int) -> str | None:
        if stop not in self.text.bounds or self.text.gap(stop).strip() not in tuple(_COMMAS):
            return None
        _, high = self.text.bounds[stop]
        for end in range(stop, min(high, stop + MAX_ROLE_TOKENS)):
            key = self.text.key(end)
            if end > stop and self.text.gap(end).strip(" \u200c\u200e\u200f"):
                break
            if key in self.lex.role_nouns:
                return self.text.slice(stop, end + 1)
            if key in self.lex.verbs or key in _CLAUSE:
                break
        return None

    def titled_names(self) -> list[int]:
        found = []
        for index in sorted(self.text.bounds):
            key = self.text.key(index)
            after = index + 1
            if after not in self.text.bounds or not self.text.joined(after) or after in self.taken:
                continue
            if (key in self.lex.honorifics and not self.lex.closes(self.text.key(after))) or (
                key in self.lex.role_nouns and self.text.key(after) in self.lex.given
            ):
                found.append(after)
        return found

    def agent(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        follow = self.text.key(last) if last < high else ""
        if (
            previous == "د"
            or self.lex.closers.get(previous) == "locative"
            or self.lex.closers.get(follow) == "locative"
        ):
            return False
        opens = first == low or previous in _CLAUSE or bool(set(self.text.gap(first)) & set('«"“:،'))
        return opens or follow in self.lex.verbs or follow == "سره"

    def placed(self, first: int, last: int) -> bool:
        low, high = self.text.bounds[first]
        previous = self.text.key(first - 1) if first > low else ""
        follow = self.text.key(last) if last < high else ""
        return previous == "د" or "locative" in (self.lex.closers.get(previous), self.lex.closers.get(follow))

    def body_ranges(self) -> list[tuple[int, int]]:
        found = []
        for match, first, last in self.text.known:
            if match.entry.kind != "country" or last not in self.text.bounds:
                continue
            length = self.body_at(last)
            if length and self.text.joined(last):
                found.append((first, last + length))
        return found


class PashtoTagger(ScriptTagger):
    """Pashto."""

    tagging = PashtoTagging
