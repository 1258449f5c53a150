"""A document as rich messages of Bot API 10.1: HTML that is built as a tree, so nothing can escape escaping.

Document → ``RichMessage``s, each under Telegram's limits. What rich messages have no tag for (directions, isolates) stands
in the text as characters, as in plain messages. A block over the limit is divided between items, rows or inner blocks, at
last inside its text by the rules of ``split``. Tags: https://core.telegram.org/bots/api#rich-html-style.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from bot.render.characters import utf16
from bot.render.compose import lay_out_inline
from bot.render.content import row_content, seen
from bot.render.nodes import (
    Bold,
    Details,
    Divider,
    Footer,
    Heading,
    Italic,
    Listing,
    Paragraph,
    Quote,
    Table,
    Thinking,
)
from bot.render.rich_elements import block_count, fill, html, table_row
from bot.render.split import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.render.nodes import Block, Document, Inline
    from pipelines.languages import Direction

CHARACTERS: Final = 32_768
"""Telegram counts the text alone; here the whole HTML is kept under it, which is safe and simple."""
BLOCKS: Final = 500
"""Blocks of one message, nested ones, list items and table rows included."""
MAX_CONTAINERS: Final = 3
"""Quotations and details inside one another; with list, item and six styles that stays under Telegram's 16 levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RichMessage:
    """One rich message. Detection of links is off: only what the document links is a link."""

    html: str
    is_rtl: bool

    def payload(self) -> dict[str, Any]:
        """The Bot API's ``InputRichMessage``."""
        return {"html": self.html, "is_rtl": self.is_rtl, "skip_entity_detection": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """What is left for HTML (UTF-16 units) and blocks."""

    units: int
    blocks: int

    def takes(self, size: _Room) -> bool:
        return size.units <= self.units and size.blocks <= self.blocks

    def without(self, size: _Room) -> _Room:
        return _Room(units=self.units - size.units, blocks=self.blocks - size.blocks)


def rich_messages(
    document: Document, *, draft: bool = False, characters: int = CHARACTERS, blocks: int = BLOCKS
) -> list[RichMessage]:
    """Rich messages in order, none for a document without visible text. ``draft`` lets Telegram animate what is being done.

    Raises ValueError where ``characters`` does not take one character with its tags.
    """
    writer = _Writer(draft=draft)
    room = _Room(units=characters, blocks=blocks)
    found = writer.elements(document.blocks, document.direction, room, 0)
    rtl = document.direction == "rtl"
    return [RichMessage(html="".join(map(html, group)), is_rtl=rtl) for group in _grouped(found, room)]


class _Writer:
    def __init__(self, *, draft: bool) -> None:
        self.draft = draft

    def elements(self, blocks: Iterable[Block], direction: Direction, room: _Room, depth: int) -> Iterator[ET.Element]:
        """Elements in order, none of them over ``room``."""
        for block in blocks:
            match block:
                case Heading():
                    yield from self._running(f"h{block.level}", block.content, direction, room)
                case Paragraph():
                    yield from self._running("p", block.content, direction, room)
                case Footer():
                    yield from self._running("footer", block.content, direction, room)
                case Thinking() if self.draft:
                    yield from self._running("tg-thinking", block.content, direction, room)
                case Thinking():
                    yield from self._running("p", (Italic(*block.content),), direction, room)
                case Divider():
                    yield ET.Element("hr")
                case Listing():
                    outer = ET.Element("ul")
                    inner = room.without(_size(outer))
                    items = (self._running("li", item.content, direction, inner) for item in block.items)
                    yield from _wrapped(outer, (item for pieces in items for item in pieces), room)
                case Table():
                    yield from self._table(block, direction, room)
                case Quote():
                    way = block.direction or direction
                    yield from self._contained(ET.Element("blockquote"), block.blocks, way, room, depth)
                case Details():
                    yield from self._details(block, block.direction or direction, room, depth)

    def _running(self, tag: str, content: Sequence[Inline], direction: Direction, room: _Room) -> Iterator[ET.Element]:
        """One element of running text, several where it is over ``room``."""
        if not seen(content):
            return
        layout = lay_out_inline(content, direction)

        def element(start: int, stop: int) -> ET.Element:
            made = ET.Element(tag)
            fill(made, layout, start, stop)
            return made

        for start, stop in stretches(layout, lambda start, stop: room.takes(_size(element(start, stop)))):
            yield element(start, stop)

    def _table(self, table: Table, direction: Direction, room: _Room) -> Iterator[ET.Element]:
        outer = ET.Element("table")
        if any(seen(cell.content) for cell in table.header):
            outer.append(table_row("th", table.header, direction))
        inner = room.without(_size(outer))
        rows = [row for row in table.rows if row_content(row)]
        made = [table_row("td", row, direction) for row in rows]
        if all(inner.takes(_size(row)) for row in made):
            if rows:
                yield from _wrapped(outer, made, room)
            return
        for row in rows:  # a row of more than a message is no row
            yield from self._running("p", row_content(row), direction, room)

    def _details(self, details: Details, direction: Direction, room: _Room, depth: int) -> Iterator[ET.Element]:
        outer = ET.Element("details", {"open": "open"} if details.open else {})
        if seen(details.summary):
            layout = lay_out_inline(details.summary, direction)
            fill(ET.SubElement(outer, "summary"), layout, 0, len(layout.text))
        if 2 * _size(outer).units <= room.units:
            yield from self._contained(outer, details.blocks, direction, room, depth)
            return
        blocks = (Paragraph(Bold(*details.summary)), *details.blocks)  # a summary of half a message is no summary
        yield from self.elements(blocks, direction, room, depth)

    def _contained(
        self, outer: ET.Element, blocks: Iterable[Block], direction: Direction, room: _Room, depth: int
    ) -> Iterator[ET.Element]:
        """Blocks inside ``outer``, which is repeated where they are over ``room``."""
        if depth >= MAX_CONTAINERS:
            lost = outer.find("summary")
            if lost is not None:
                lost.tag = "p"
                yield lost
            yield from self.elements(blocks, direction, room, depth)
            return
        yield from _wrapped(outer, self.elements(blocks, direction, room.without(_size(outer)), depth + 1), room)


def _wrapped(outer: ET.Element, children: Iterable[ET.Element], room: _Room) -> Iterator[ET.Element]:
    """Copies of ``outer`` with as many of ``children`` as ``room`` takes; ``outer`` alone where it says something itself."""
    inner = room.without(_size(outer))
    empty = True
    for group in _grouped(children, inner):
        empty = False
        made = ET.Element(outer.tag, outer.attrib)
        made.extend([*outer, *group])
        yield made
    if empty and len(outer):
        yield outer


def _grouped(elements: Iterable[ET.Element], room: _Room) -> Iterator[list[ET.Element]]:
    """Elements in order, in groups that each fit into ``room``."""
    group: list[ET.Element] = []
    left = room
    for element in elements:
        size = _size(element)
        if group and not left.takes(size):
            yield group
            group, left = [], room
        group.append(element)
        left = left.without(size)
    if group:
        yield group


def _size(element: ET.Element) -> _Room:
    return _Room(units=utf16(html(element)), blocks=block_count(element))
