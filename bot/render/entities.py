"""A stretch of a layout as Telegram takes it without a parse mode: text, and entities in UTF-16 code units.

Direction marks, isolates and guards are put in here, so that a stretch cut out of the middle of a line gets its own:
isolates are balanced and the direction is right in every part. Offsets are never escaped, searched or guessed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.render import characters as ch
from bot.render.compose import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.render.layout import IsolateSpan, Layout, Style
    from bot.render.nodes import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A ``MessageEntity``: ``offset`` and ``length`` in UTF-16 code units, ``url`` for ``text_link`` only."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def payload(self) -> dict[str, Any]:
        """The Bot API's object."""
        link = {} if self.url is None else {"url": self.url}
        return {"type": self.type, "offset": self.offset, "length": self.length} | link


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open code points of a stretch's ``text``, and the style on them."""

    start: int
    stop: int
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch set for sending. ``head`` and ``tail`` are those ends of ``text`` that only the cut made necessary."""

    text: str
    spans: tuple[Span, ...]
    head: str
    tail: str

    def entities(self) -> tuple[Entity, ...]:
        """Spans as entities, the outer before the inner."""
        units = [0]
        for character in self.text:
            units.append(units[-1] + (2 if character > "\uffff" else 1))
        return tuple(
            Entity(
                type=span.style.kind,
                offset=units[span.start],
                length=units[span.stop] - units[span.start],
                url=span.style.url or None,
            )
            for span in self.spans
        )


def render(document: Document) -> tuple[str, tuple[Entity, ...]]:
    """The whole document as one text and its entities, whatever its length; ``split`` keeps to the limits."""
    layout = lay_out(document)
    whole = stretch(layout, 0, len(layout.text))
    return whole.text, whole.entities()


def stretch(layout: Layout, start: int, stop: int) -> Stretch:
    """``layout.text[start:stop]`` with its marks. Neither end may stand on white space."""
    styles = [style for style in layout.styles if style.start < stop and style.stop > start]
    isolates = [span for span in layout.isolates if span.start < stop and span.stop > start]
    inserted = _inserted(layout, start, stop, isolates)
    head = _head(layout, start, stop, isolates)
    tail = ch.POP * sum(span.stop > stop for span in isolates)
    places = sorted({start, stop, *inserted, *_ends(styles, start, stop)})
    before, after = {}, {}  # code points of the new text in front of and behind what is put in at a place
    pieces = [head]
    length = len(head)
    for place, following in zip(places, [*places[1:], stop], strict=True):
        before[place] = length
        pieces += inserted[place]
        length += sum(map(len, inserted[place]))
        after[place] = length
        pieces.append(layout.text[place:following])
        length += following - place
    spans = tuple(
        Span(start=after[max(style.start, start)], stop=before[min(style.stop, stop)], style=style) for style in styles
    )
    return Stretch(text="".join((*pieces, tail)), spans=spans, head=head, tail=tail)


def _inserted(layout: Layout, start: int, stop: int, isolates: Iterable[IsolateSpan]) -> defaultdict[int, list[str]]:
    """What stands in front of the character at a place: ends of isolates, guards, a line's mark, beginnings of isolates."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for span in isolates:
        if span.stop <= stop:
            found[span.stop].append(ch.POP)
    for guard in layout.guards:
        if start < guard < stop:
            found[guard].append(ch.GUARD)
    for line in layout.lines:
        if start <= line.start < stop and line.mark:
            found[line.start].append(line.mark)
    for span in isolates:
        if span.start >= start:
            found[span.start].append(span.opener)
    return found


def _head(layout: Layout, start: int, stop: int, isolates: Iterable[IsolateSpan]) -> str:
    """Mark and open isolates of a line that goes on from another part."""
    for line in layout.lines:
        if line.start < start < line.stop:
            mark = layout.mark(line, start, min(line.stop, stop))
            return mark + "".join(span.opener for span in isolates if span.start < start)
    return ""


def _ends(styles: Iterable[Style], start: int, stop: int) -> Iterable[int]:
    for style in styles:
        yield max(style.start, start)
        yield min(style.stop, stop)
