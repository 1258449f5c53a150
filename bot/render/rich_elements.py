"""Stretches of a layout as elements of rich HTML, and these as text. Nothing here or elsewhere writes a tag by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from bot.render.compose import lay_out_inline
from bot.render.entities import stretch

if TYPE_CHECKING:
    from bot.render.entities import Span
    from bot.render.layout import Layout
    from bot.render.nodes import Cells
    from pipelines.languages import Direction

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "spoiler": "tg-spoiler",
    "code": "code",
    "text_link": "a",
}
_BLOCK_TAGS: Final = frozenset(
    {
        *(f"h{n}" for n in range(1, 7)),
        "p",
        "ul",
        "li",
        "table",
        "tr",
        "blockquote",
        "details",
        "summary",
        "footer",
        "hr",
    }
    | {"tg-thinking"}
)


def table_row(tag: str, cells: Cells, direction: Direction) -> ET.Element:
    """A row of ``th`` or ``td``, flush right in a right-to-left table (Telegram's own default is left)."""
    made = ET.Element("tr")
    align = {"align": "right"} if direction == "rtl" else {}
    for cell in cells:
        layout = lay_out_inline(cell.content, direction)
        fill(ET.SubElement(made, tag, align), layout, 0, len(layout.text))
    return made


def fill(element: ET.Element, layout: Layout, start: int, stop: int) -> None:
    """Put ``layout.text[start:stop]`` with marks and styles into the empty ``element``."""
    made = stretch(layout, start, stop)
    _nest(element, made.text, 0, len(made.text), list(made.spans))


def _nest(element: ET.Element, text: str, start: int, stop: int, spans: list[Span]) -> None:
    """Text and styled spans of ``text[start:stop]`` under ``element``; ``spans`` nest and come outer first."""
    while spans:
        span = spans.pop(0)
        _append(element, text[start : span.start])
        inner = []
        while spans and spans[0].start < span.stop:
            inner.append(spans.pop(0))
        link = {"href": span.style.url} if span.style.url else {}
        _nest(ET.SubElement(element, _TAGS[span.style.kind], link), text, span.start, span.stop, inner)
        start = span.stop
    _append(element, text[start:stop])


def _append(element: ET.Element, text: str) -> None:
    """``text`` behind what ``element`` has, line feeds as breaks: HTML takes them for spaces."""
    for number, line in enumerate(text.split("\n")):
        if number:
            ET.SubElement(element, "br")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + line
        else:
            element.text = (element.text or "") + line


def block_count(element: ET.Element) -> int:
    """Blocks that Telegram counts in ``element``, itself included."""
    return sum(inner.tag in _BLOCK_TAGS for inner in element.iter())


def html(element: ET.Element) -> str:
    """``element`` as rich HTML, escaped by the tree's own writer."""
    # "<td/>" would open a cell for some parsers; of the tags used only these two are empty by nature
    made = ET.tostring(element, encoding="unicode", short_empty_elements=False)
    return made.replace("<br></br>", "<br/>").replace("<hr></hr>", "<hr/>")
