"""A document laid out as one text with everything that lies on it, before direction marks are put in and parts are cut.

``compose`` makes a ``Layout`` of nodes; ``entities``, ``split`` and ``rich`` take stretches of it. All offsets are code points
of ``Layout.text``, in which neither marks nor isolates stand yet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.render import characters as ch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.languages import Direction


class Level(IntEnum):
    """Where a message may end, the best first."""

    BLOCK = 0
    ITEM = 1
    SENTENCE = 2
    SPACE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Half-open code points and the entity type on them; ``url`` for ``text_link`` only."""

    start: int
    stop: int
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolateSpan:
    """Half-open code points that stand between ``opener`` and PDI."""

    start: int
    stop: int
    opener: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, half-open, its direction, and the mark that gives it this direction where its text does not."""

    start: int
    stop: int
    direction: Direction
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document, flat. Styles and isolates by start, the outer first; ``guards`` and ``breaks`` ascending positions."""

    text: str
    styles: tuple[Style, ...]
    isolates: tuple[IsolateSpan, ...]
    lines: tuple[Line, ...]
    guards: tuple[int, ...]
    breaks: tuple[tuple[int, Level], ...]

    def mark(self, line: Line, start: int, stop: int) -> str:
        """What ``text[start:stop]`` of ``line`` needs in front to run in the line's direction; usually nothing."""
        first, last = (bisect_left(self.isolates, place, key=lambda span: span.start) for place in (line.start, stop))
        hidden = ((span.start, span.stop) for span in self.isolates[first:last] if span.stop > start)
        strong = ch.first_strong(_outside(self.text, start, stop, hidden))
        if line.direction == "rtl":
            return "" if strong == "rtl" else ch.RLM
        return ch.LRM if strong == "rtl" else ""


class Overlaps:
    """How many spans overlap a stretch, in the time of two bisections."""

    def __init__(self, spans: Iterable[Style | IsolateSpan | Line]) -> None:
        spans = tuple(spans)
        self._starts = sorted(span.start for span in spans)
        self._stops = sorted(span.stop for span in spans)

    def count(self, start: int, stop: int) -> int:
        """Spans that share a character with ``start`` to ``stop``, half-open and not empty."""
        return bisect_left(self._starts, stop) - bisect_right(self._stops, start)


def _outside(text: str, start: int, stop: int, hidden: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Characters of ``text[start:stop]`` that no span of ``hidden`` (by start) covers."""
    for first, last in hidden:
        yield from text[start : max(first, start)]
        start = max(start, last)
    yield from text[start:stop]
