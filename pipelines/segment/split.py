"""A paragraph → places where a sentence might end, with all that a rule may ask about them.

A candidate stands after a run of end marks and whatever closes with them: quotation marks, brackets, direction marks.
It may lack a space after it, as much Dari and Pashto web text does ("است.او"), or be a line break before a list item.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS: Final = ".!?…؟۔।"
BIDI_MARKS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # for a character class
_DIRECTION: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CLOSERS: Final = ")]}»”’›"
QUOTES: Final = "\"'«»“”‘’‹›„"
DASHES: Final = "—–-−‒―"

WINDOW: Final = 80
"""Code points that a rule sees on either side: the longest quotation's "… the minister asked" fits in it."""

LONGEST_ASIDE: Final = 250
"""Code points of the longest bracket whose inner full stops end nothing; a longer one is a paragraph in brackets."""

_END: Final = re.compile(
    rf"(?P<ends>[{ENDS}]+)(?P<closers>(?:[{re.escape(CLOSERS)}{BIDI_MARKS}'\"]|\[\d{{1,3}}\])*(?:(?<=[»”\"'])\.)?)"
    rf"|(?P<line>)(?=\n[^\S\n]*(?:[•●▪◦‣■*·]|[{DASHES}]\s|\(?[\d]{{1,2}}[.)]\s))"
)
_GAP: Final = re.compile(rf"[\s{BIDI_MARKS}]*")
_LOOSE_CLOSER: Final = re.compile(rf"[\s{BIDI_MARKS}]+(?P<mark>[\"”»']|'')[{BIDI_MARKS}]*(?=\s|$)")
_SINGLE: Final = re.compile(r"(?<!\w)'+|'+(?!\w)")
_QUOTE: Final = re.compile('["“”«»]')
_ASIDE: Final = re.compile(rf"\([^()]{{1,{LONGEST_ASIDE}}}\)|\[[^\[\]]{{1,{LONGEST_ASIDE}}}\]")
_LAST_TOKEN: Final = re.compile(rf"[^\s\"“”«»‘()\[\]{{}}،؛,;:/{BIDI_MARKS}]+$")
_FIRST_TOKEN: Final = re.compile(r"[^\W_](?:[\w'’\u200c\u064b-\u0652-]|\.(?=\w))*")
_FIRST_MARKS: Final = re.compile(r"[^\w\s]*\s*")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a whole paragraph: where quotations change depth and which spans are short asides in brackets."""

    quotes: list[tuple[int, int]]
    """Position after each quotation mark and the number of quotations open there."""
    asides: list[tuple[int, int]]
    singles: list[int]
    """Positions of straight single quotation marks that are no apostrophes."""

    def depth(self, position: int) -> int:
        """Quotations open at ``position``."""
        at = bisect_right(self.quotes, (position, 1 << 30)) - 1
        return self.quotes[at][1] if at >= 0 else 0

    def expects(self, closer: str, position: int) -> bool:
        """True where a quotation that ``closer`` closes is open at ``position``."""
        return bisect_right(self.singles, position) % 2 == 1 if "'" in closer else self.depth(position) > 0

    def in_aside(self, position: int) -> bool:
        """True inside a bracket that closes soon."""
        at = bisect_right(self.asides, (position, -1)) - 1
        return at >= 0 and self.asides[at][0] < position < self.asides[at][1]

    def aside_start(self, position: int) -> int | None:
        """Start of the short bracket that holds ``position``, closing mark included; none where none does."""
        at = bisect_right(self.asides, (position, -1)) - 1
        return self.asides[at][0] if at >= 0 and position < self.asides[at][1] else None


@dataclass(slots=True)
class Split:
    """One candidate. ``left`` is where the sentence before it would stop, ``right`` where the next would start."""

    text: str
    mark: int
    """Position of the first end mark."""
    left: int
    right: int
    ends: str
    """The end marks themselves; empty at a line break before a list item."""
    closers: str
    marks: Marks
    sentence_start: int = 0
    """Where the sentence that this candidate would end begins; known once the candidates before it are decided."""

    @property
    def spaced(self) -> bool:
        """True where white space follows."""
        return self.right > self.left

    @property
    def quoted(self) -> bool:
        """True inside a quotation that goes on after the candidate."""
        return self.marks.depth(self.left) > 0

    @property
    def closes_quotation(self) -> bool:
        """True where a quotation mark stands between the end mark and the candidate."""
        return any(mark in self.closers for mark in "\"”»’'›")

    @property
    def left_token(self) -> str:
        """Token before the end mark, inner full stops kept: ``U.S``, ``Gen``, ``т.д``; empty after a space or a quote."""
        found = _LAST_TOKEN.search(self.text, max(self.sentence_start, self.mark - WINDOW), self.mark)
        return found.group() if found else ""

    @property
    def before(self) -> str:
        """Text of the window before the left token."""
        stop = self.mark - len(self.left_token)
        return self.text[max(self.sentence_start, stop - WINDOW) : stop]

    @property
    def after(self) -> str:
        """Text of the window after the candidate, from its first character that is no space."""
        return self.text[self.right : self.right + WINDOW]

    @property
    def right_token(self) -> str:
        """First word after the candidate, behind opening marks."""
        start = self.right + len(self.right_marks)
        found = _FIRST_TOKEN.match(self.text, start, start + WINDOW)
        return found.group() if found else ""

    @property
    def right_marks(self) -> str:
        """Punctuation between the candidate and the next word."""
        found = _FIRST_MARKS.match(self.text, self.right, self.right + WINDOW)
        return found.group() if found else ""


def candidates(text: str) -> Iterator[Split]:
    """Candidates of one paragraph, in order."""
    marks = _marks(text)
    for match in _END.finditer(text):
        if match["ends"] is None:
            yield Split(text, match.start(), match.start(), _gap(text, match.end())[1], "", "", marks)
            continue
        ends, closers = match["ends"], match["closers"]
        closers = _own_closers(closers, text, match.start("closers"), marks)
        left = match.start("closers") + len(closers)
        loose = _LOOSE_CLOSER.match(text, left)
        if loose and marks.expects(loose["mark"], left):
            closers, left = text[match.start("closers") : loose.end()], loose.end()
        left, right = _gap(text, left)
        if right < len(text):
            yield Split(text, match.start(), left, right, ends, closers, marks)


def _own_closers(closers: str, text: str, start: int, marks: Marks) -> str:
    """Closers up to a straight quotation mark that opens the next sentence: ``he said."We …``."""
    for offset, mark in enumerate(closers):
        at = start + offset
        follows = text[at + 1 : at + 2]
        if mark == '"' and marks.depth(at) == 0 and follows.isalnum():
            return closers[:offset]
    return closers


def _gap(text: str, left: int) -> tuple[int, int]:
    """White space after ``left``; a direction mark in it stays with the sentence that it touches, else with the left."""
    found = _GAP.match(text, left)
    gap = found.group() if found else ""
    touching = len(gap) - len(gap.rstrip(_DIRECTION))
    if head := gap[: len(gap) - touching]:
        return left + len(head.rstrip()), left + len(head)
    return left + len(gap), left + len(gap)


def _marks(text: str) -> Marks:
    quotes: list[tuple[int, int]] = []
    depth = straight = 0
    for match in _QUOTE.finditer(text):
        mark = match.group()
        if mark == '"':
            straight = 1 - straight
        elif mark in "“«":
            depth += 1
        else:
            depth = max(0, depth - 1)
        quotes.append((match.end(), depth + straight))
    asides = [match.span() for match in _ASIDE.finditer(text)]
    return Marks(quotes, asides, [match.start() for match in _SINGLE.finditer(text)])
