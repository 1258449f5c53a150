"""A document cut into messages that Telegram takes: 4,096 UTF-16 units (1,024 for a caption) and 100 entities each.

Cuts are made between blocks, else between list items and table rows, else at ends of sentences, else at spaces, and last
between grapheme clusters. What a cut goes through (a link, a quotation, an isolate) goes on in the next part. ``rejoin``
says what a cut may change: nothing, but for the white space and the marks that each part records.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.render import characters as ch
from bot.render.compose import lay_out
from bot.render.entities import Entity, stretch
from bot.render.layout import Level, Overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.render.layout import Layout
    from bot.render.nodes import Document

MESSAGE: Final = 4096
CAPTION: Final = 1024
ENTITIES: Final = 100
"""Entities that Telegram reads of one message; it ignores those behind them without an error."""
SMALLEST: Final = (32, 8)
"""Units and entities below which one character with its isolates and styles may not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message. ``head`` and ``tail`` are the ends of ``text`` added by the cuts, ``gap`` what was cut out behind it."""

    text: str
    entities: tuple[Entity, ...]
    head: str = ""
    tail: str = ""
    gap: str = ""


def split(
    document: Document, *, limit: int = MESSAGE, entity_limit: int = ENTITIES, guarded: bool = True
) -> list[Part]:
    """Parts in order, none for a document without visible text. Limits in UTF-16 units and entities, guards as of ``lay_out``."""
    if limit < SMALLEST[0] or entity_limit < SMALLEST[1]:
        raise ValueError(
            f"limits below {SMALLEST[0]} units and {SMALLEST[1]} entities fit no text, not even one character"
        )
    layout = lay_out(document, guarded=guarded)
    units = list(accumulate((2 if character > "\uffff" else 1 for character in layout.text), initial=0))
    styles, isolates, lines = Overlaps(layout.styles), Overlaps(layout.isolates), Overlaps(layout.lines)

    def fits(start: int, stop: int) -> bool:
        guards = bisect_left(layout.guards, stop) - bisect_right(layout.guards, start)
        # at most so many marks stand in the stretch, each one unit; a line at its start may need none
        marks = 2 * isolates.count(start, stop) + lines.count(start, stop) + guards
        return styles.count(start, stop) <= entity_limit and units[stop] - units[start] + marks <= limit

    found = stretches(layout, fits)
    parts = []
    for number, (start, stop) in enumerate(found):
        made = stretch(layout, start, stop)
        gap = _gap(layout, stop, found[number + 1][0]) if number + 1 < len(found) else ""
        parts.append(Part(text=made.text, entities=made.entities(), head=made.head, tail=made.tail, gap=gap))
    return parts


def rejoin(parts: Iterable[Part]) -> str:
    """The text before the cuts: every part without its ``head`` and ``tail``, followed by its ``gap``."""
    return "".join(part.text[len(part.head) : len(part.text) - len(part.tail)] + part.gap for part in parts)


def stretches(layout: Layout, fits: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """Half-open stretches of ``layout.text`` that ``fits`` takes, as few as the order of breaks allows.

    ``fits`` must take every part of what it takes. Raises ValueError where it does not take one character.
    """
    found: list[tuple[int, int]] = []
    start, end = 0, len(layout.text)
    cutter: _Cutter | None = None
    while start < end:
        if fits(start, end):
            return [*found, (start, end)]
        cutter = cutter or _Cutter(layout)
        stop, following = cutter.cut(start, _furthest(start, end, fits))
        found.append((start, stop))
        start = following
    return found


def _furthest(start: int, end: int, fits: Callable[[int, int], bool]) -> int:
    """The last stop that fits, by bisection."""
    good, bad = start, end
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if fits(start, middle) else (good, middle)
    if good == start:
        raise ValueError("the limit does not take a single character of the text")
    return good


class _Cutter:
    """Places of one layout at which it may be cut."""

    def __init__(self, layout: Layout) -> None:
        text = layout.text
        self.text = text
        self.whole = ch.cluster_ends(text)
        self.blank = {match.start(): match.end() for match in ch.BLANK.finditer(text)}
        self.blank_starts = sorted(self.blank)
        self.places: dict[Level, list[int]] = {
            Level.BLOCK: [place for place, level in layout.breaks if level is Level.BLOCK],
            Level.ITEM: [place for place, level in layout.breaks if level is Level.ITEM],
            Level.SENTENCE: [match.end() for match in ch.SENTENCE_END.finditer(text)],
            Level.SPACE: [match.start() for match in ch.BREAKABLE.finditer(text)],
        }

    def cut(self, start: int, furthest: int) -> tuple[int, int]:
        """Where the part from ``start`` ends and the next begins, the white space between them lost to both."""
        for places in self.places.values():
            for index in range(bisect_right(places, furthest) - 1, -1, -1):
                stop, following = self._round(places[index])
                if stop <= start:
                    break
                if stop in self.whole and following in self.whole:
                    return stop, following
        # neither what is cut off nor what remains may open with, or be, nothing but zero-width characters
        first = start
        while ch.ZERO_WIDTH.match(self.text, first):
            first += 1
        for place in range(furthest, first, -1):
            stop, following = self._round(place)
            whole = stop in self.whole and following in self.whole
            if stop > first and whole and not ch.ZERO_WIDTH.match(self.text, following):
                return stop, following
        # one cluster over the limit (a letter under a thousand marks) is cut like any text
        place = furthest
        while place > first + 1 and ch.ZERO_WIDTH.match(self.text, place):
            place -= 1
        return self._round(place)

    def _round(self, place: int) -> tuple[int, int]:
        """The white space at ``place``, both sides of it; ``place`` twice where there is none."""
        index = bisect_right(self.blank_starts, place) - 1
        if index >= 0:
            first = self.blank_starts[index]
            if first <= place <= self.blank[first]:
                return first, self.blank[first]
        return place, place


def _gap(layout: Layout, stop: int, following: int) -> str:
    guards = set(layout.guards)
    return "".join(
        (ch.GUARD if place in guards else "") + layout.text[place:following][:1] for place in range(stop, following + 1)
    )
