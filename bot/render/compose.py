"""Nodes → ``Layout``: blocks joined by blank lines, lists and tables as lines, styles and isolates as spans.

Styles nest properly and obey Telegram's rules, the outer one winning: no style inside itself, nothing inside code, code in
nothing but a quotation, no link in a link, no quotation in a quotation. Every span starts and ends on something visible
(Telegram moves ends off white space); isolates end with their line, as the bidirectional algorithm has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.render import characters as ch
from bot.render.content import http_url, row_content, seen
from bot.render.layout import IsolateSpan, Layout, Level, Line, Style
from bot.render.nodes import (
    Bold,
    Code,
    Details,
    Divider,
    Footer,
    Heading,
    Isolate,
    Italic,
    Link,
    Listing,
    Paragraph,
    Quote,
    Spoiler,
    Table,
    Thinking,
    Underline,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.render.nodes import Block, Document, Inline
    from pipelines.languages import Direction

BULLET: Final = "• "
RULE: Final = "———"
MAX_ISOLATES: Final = 8
"""Deeper isolates are left out: no text of a person needs them, and each costs two units of the limit."""
_OPENERS: Final = frozenset(ch.OPENERS.values())
_QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})
_KINDS: Final = {Bold: "bold", Italic: "italic", Underline: "underline", Spoiler: "spoiler"}
_NESTING: Final = ("blockquote", "expandable_blockquote", "text_link", "bold", "italic", "underline", "spoiler", "code")


def lay_out(document: Document, *, guarded: bool = True) -> Layout:
    """The document as plain messages show it: bullets, dashes and blank lines for lists, tables and blocks.

    ``guarded``: Telegram makes no link of its own of what is written; not so where commands are meant to be tapped.
    """
    builder = _Builder(guarded=guarded)
    builder.blocks(document.blocks, document.direction, frozenset(), Level.BLOCK)
    return builder.layout()


def lay_out_inline(content: Sequence[Inline], direction: Direction) -> Layout:
    """One block's inlines alone, for rich messages; no guards, as these switch the detection of links off."""
    builder = _Builder(guarded=False)
    builder.block(content, direction, frozenset(), Level.BLOCK)
    return builder.layout()


class _Builder:
    """The text so far and what lies on it; ``active`` is always the set of kinds that the next text stands in."""

    def __init__(self, *, guarded: bool) -> None:
        self.finished: list[str] = []
        self.base = 0  # length of what is finished
        self.block_text = ""  # a string of a block is short; one of a whole book would be copied for every word
        self.margin = 0
        self.styles: list[Style] = []
        self.isolates: list[IsolateSpan] = []
        self.ranges: list[tuple[int, int, Direction]] = []
        self.breaks: list[tuple[int, Level]] = []
        self.guarded = guarded
        self.after_heading = False

    @property
    def at(self) -> int:
        """Where the next character will stand."""
        return self.base + len(self.block_text)

    def blocks(self, blocks: Iterable[Block], direction: Direction, active: frozenset[str], level: Level) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self.block((Bold(*block.content),), direction, active, level)
                    self.after_heading = self.base > 0
                case Paragraph():
                    self.block(block.content, direction, active, level)
                case Footer() | Thinking():
                    self.block((Italic(*block.content),), direction, active, level)
                case Divider():
                    self.block((RULE,), direction, active, level)
                case Listing():
                    self._rows((item.content for item in block.items), direction, active, level, BULLET)
                case Table():
                    self._rows(map(row_content, block.rows), direction, active, level)
                case Quote():
                    self._quoted("blockquote", block.blocks, block.direction or direction, active, level)
                case Details():
                    inner = (Heading(*block.summary), *block.blocks)
                    kind = "" if block.open else "expandable_blockquote"
                    self._quoted(kind, inner, block.direction or direction, active, level)

    def block(
        self,
        content: Sequence[Inline],
        direction: Direction,
        active: frozenset[str],
        level: Level,
        *,
        gap: str = "\n\n",
        bullet: str = "",
    ) -> None:
        """One block of running text; nothing at all where nothing of it can be seen."""
        if not seen(content):
            return
        if self.base:
            # a heading stays with what it heads: the place between them is no better than any space
            self.breaks.append((self.base, Level.SPACE if self.after_heading else level))
            self._finish("\n" if self.after_heading else gap)
        self.after_heading = False
        start, styles, isolates = self.base, len(self.styles), len(self.isolates)
        self.block_text = bullet
        self.margin = self.at
        self._inlines(content, active, 0)
        self._finish(self.block_text[: _blank_tail(self.block_text)])
        stop = self.base
        self.styles[styles:] = [replace(span, stop=min(span.stop, stop)) for span in self.styles[styles:]]
        self.isolates[isolates:] = [replace(span, stop=min(span.stop, stop)) for span in self.isolates[isolates:]]
        self.ranges.append((start, stop, direction))

    def _finish(self, text: str) -> None:
        self.finished.append(text)
        self.base += len(text)
        self.block_text = ""

    def _rows(
        self,
        rows: Iterable[Sequence[Inline]],
        direction: Direction,
        active: frozenset[str],
        level: Level,
        bullet: str = "",
    ) -> None:
        gap = "\n\n"
        for row in filter(seen, rows):
            self.block(row, direction, active, level, gap=gap, bullet=bullet)
            gap, level = "\n", Level.ITEM

    def _quoted(
        self, kind: str, blocks: Iterable[Block], direction: Direction, active: frozenset[str], level: Level
    ) -> None:
        """Blocks under a quotation's line: the message may end before the first as at ``level``, between them as at items."""
        place, start, before = len(self.styles), self.at, len(self.breaks)
        if active & _QUOTES:
            kind = ""
        self.blocks(blocks, direction, active | {kind} if kind else active, Level.ITEM)
        if self.breaks[before : before + 1] == [(start, Level.ITEM)]:
            self.breaks[before] = (start, level)
        if kind:
            self.styles.insert(place, Style(start=start, stop=self.at, kind=kind))
        self.after_heading = False

    def _inlines(self, content: Iterable[Inline], active: frozenset[str], depth: int) -> None:
        for node in content:
            match node:
                case str():
                    self._write(node, depth)
                case Code():
                    self._styled("" if active - _QUOTES else "code", (node.text,), active, depth)
                case Link():
                    kind = "text_link" if http_url(node.url) and "text_link" not in active else ""
                    self._styled(kind, node.content, active, depth, url=node.url)
                case Isolate() if depth < MAX_ISOLATES:
                    place, start = len(self.isolates), self.at
                    self._inlines(node.content, active, depth + 1)
                    span = IsolateSpan(start=start, stop=self.at, opener=ch.OPENERS[node.direction])
                    self.isolates.insert(place, span)
                case Isolate():
                    self._inlines(node.content, active, depth)
                case _:
                    kind = _KINDS[type(node)]
                    self._styled("" if kind in active else kind, node.content, active, depth)

    def _styled(
        self, kind: str, content: Sequence[Inline], active: frozenset[str], depth: int, *, url: str = ""
    ) -> None:
        place, start = len(self.styles), self.at
        self._inlines(content, active | {kind} if kind else active, depth)
        if kind:
            self.styles.insert(place, Style(start=start, stop=self.at, kind=kind, url=url))

    def _write(self, text: str, depth: int) -> None:
        """Text of a page may hold isolates of its own: balanced ones become spans, others are dropped."""
        text = ch.shown(text)
        if self.at == self.margin:
            text = text[_blank_head(text) :].lstrip(ch.LRM + ch.RLM)
        waiting: list[tuple[int, int, str]] = []
        for piece in ch.ISOLATE_CONTROL.split(text):
            if piece in _OPENERS:
                waiting.append((len(self.isolates), self.at, piece))
            elif piece != ch.POP:
                self.block_text += piece
            elif waiting:
                place, start, opener = waiting.pop()
                if depth + len(waiting) < MAX_ISOLATES:
                    self.isolates.insert(place, IsolateSpan(start=start, stop=self.at, opener=opener))

    def layout(self) -> Layout:
        text = "".join(self.finished)
        blank = bytearray(len(text))
        for match in ch.BLANK.finditer(text):
            blank[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        styles = [
            replace(style, start=start, stop=stop)
            for style in self.styles
            for start, stop in _trimmed([(style.start, style.stop)], blank)
        ]
        isolates = [
            replace(span, start=start, stop=stop)
            for span in self.isolates
            for start, stop in _trimmed(_by_line(text, span.start, span.stop), blank)
        ]
        edges = [edge for span in isolates for edge in (span.start, span.stop)]
        fixed = [(style.start, style.stop) for style in styles if style.kind in ("text_link", "code")]
        made = Layout(
            text=text,
            styles=tuple(sorted(styles, key=lambda s: (s.start, -s.stop, _NESTING.index(s.kind)))),
            isolates=tuple(sorted(isolates, key=lambda s: (s.start, -s.stop))),
            lines=(),
            guards=tuple(_outside_of(fixed, ch.guards(text, edges))) if self.guarded else (),
            breaks=tuple(self.breaks),
        )
        lines = [
            Line(start=start, stop=stop, direction=direction)
            for first, last, direction in self.ranges
            for start, stop in _trimmed(_by_line(text, first, last), blank)
        ]
        marked = (replace(line, mark=made.mark(line, line.start, line.stop)) for line in lines)
        return replace(made, lines=tuple(marked))


def _blank_head(text: str) -> int:
    match = ch.BLANK.match(text)
    return match.end() if match else 0


def _blank_tail(text: str) -> int:
    """Where the white space at the end of ``text`` begins."""
    last = None
    for last in ch.BLANK.finditer(text):  # noqa: B007 - the last match is what is asked for
        pass
    return last.start() if last and last.end() == len(text) else len(text)


def _by_line(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while (end := text.find("\n", start, stop)) >= 0:
        yield start, end
        start = end + 1
    yield start, stop


def _trimmed(spans: Iterable[tuple[int, int]], blank: bytearray) -> Iterator[tuple[int, int]]:
    """Spans without the white space at their ends; those of nothing else are gone."""
    for first, last in spans:
        start, stop = first, last
        while start < stop and blank[start]:
            start += 1
        while stop > start and blank[stop - 1]:
            stop -= 1
        if start < stop:
            yield start, stop


def _outside_of(spans: Sequence[tuple[int, int]], places: Iterable[int]) -> Iterator[int]:
    return (place for place in places if not any(start < place < stop for start, stop in spans))
