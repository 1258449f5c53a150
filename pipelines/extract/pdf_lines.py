"""Lines of a PDF's pages become paragraphs and heads: places and sizes of lines -> ``Block``."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from pipelines.extract.assemble import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARGIN_LINES: Final = 2
"""Lines at each end of a page where running heads, footers and page numbers stand."""
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:(?:page|p\.|стр\.?|страница|صفحه|صفحهٔ|مخ|صفحة)\W*)?\d{1,4}(?:\s*(?:/|of|из|от|از)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")
_HYPHENS: Final = ("-", "\u2010", "\u00ad")
_SENTENCE_END: Final = re.compile(r"[.!?؟۔…:][\"'»”’)\]]*$")
_HEAD_SIZE: Final = 1.12
_TITLE_SIZE: Final = 1.25
_HEAD_WORDS: Final = 20
_GAP: Final = 1.3
"""Times the usual distance of lines from which a gap parts paragraphs; word processors leave 1.4 and more."""
_SHORT: Final = 0.7
"""Times the usual length below which a line with a full stop ends its paragraph."""


class Fragment(NamedTuple):
    """Text drawn at one place; ``x`` and ``y`` are points from the page's lower left, ``size`` the letters' points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


class Line(NamedTuple):
    """Text of one line, at the place of its leftmost fragment."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


def join_fragments(fragments: Sequence[Fragment]) -> Line:
    """One line of fragments in the order given; its size is that of most of its letters."""
    text = "".join(fragment.text.replace("\n", "") for fragment in fragments)
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[round(fragment.size, 1)] += len(fragment.text.strip())
    inked = [fragment for fragment in fragments if fragment.text.strip()]
    return Line(
        text,
        min(fragment.x for fragment in inked),
        inked[0].y,
        sizes.most_common(1)[0][0],
        all(fragment.bold for fragment in inked),
    )


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """``pages`` without page numbers and without what stands at the edge of at least half of them, numbers aside."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page, indices in zip(pages, edges, strict=True) for key in {_key(page[i]) for i in indices})
    needed = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for index, line in enumerate(page)
            if index not in indices or not (seen[_key(line)] >= needed or _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, indices in zip(pages, edges, strict=True)
    ]


def _edges(page: Sequence[Line]) -> set[int]:
    by_height = sorted(range(len(page)), key=lambda index: page[index].y)
    return {*by_height[:_MARGIN_LINES], *by_height[-_MARGIN_LINES:]} if len(page) > 1 else set()


def _key(line: Line) -> tuple[str, int]:
    """Text but for its numbers, and height: a running head stands at the same place on every page."""
    return _DIGITS.sub("#", "".join(line.text.casefold().split())), round(line.y)


def to_blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """Paragraphs and heads in reading order."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    of_body = [line for line in lines if line.size == body]
    steps = [above.y - below.y for page in pages for above, below in pairwise(page)]
    steps = [step for step in steps if 0.8 * body < step < 4 * body]
    # The lower quartile: in a short text half of the steps are gaps between paragraphs.
    step = sorted(steps)[(len(steps) - 1) // 4] if steps else body
    # The median over all lines would be pulled down by last lines; the longer half are full lines.
    full = median(sorted((len(line.text) for line in of_body), reverse=True)[: max(1, len(of_body) // 2)])
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        if index and not _breaks(lines[index - 1], line, body=body, step=step, full=full):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _titled([(_join(group), group) for group in groups], body)


def _breaks(above: Line, line: Line, *, body: float, step: float, full: float) -> bool:
    """Whether ``line`` opens a paragraph."""
    ended = _SENTENCE_END.search(above.text) is not None
    if abs(above.size - line.size) > 0.1 * body or (above.bold != line.bold and (above.bold or ended)):
        return True
    down = above.y - line.y
    # A new page or column: the pen went up. A sentence goes on over it, a paragraph that ended does not.
    if down <= 0 or down > 8 * step:
        return ended
    if down > _GAP * max(step, 1.15 * line.size if line.size > 1.1 * body else 0):
        return True
    indented = 0.8 * body < line.x - above.x < 6 * body
    return ended and (indented or len(above.text) < _SHORT * full)


def _join(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        hyphen = text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha()
        # A capital or a digit after it: "Soviet-" + "Afghan" keeps the hyphen, and takes no space.
        kept = text[:-1] if hyphen and line.text[:1].islower() else text
        text = kept + ("" if hyphen else " ") + line.text
    return " ".join(text.replace("\u00ad", "").split())


def _titled(groups: Sequence[tuple[str, Sequence[Line]]], body: float) -> list[Block]:
    """Kinds by size and weight: the largest letters on the first screenful are the title, larger or bold ones heads."""
    largest = max((group[0].size for _, group in groups[:6]), default=body)
    blocks: list[Block] = []
    titled = False
    for index, (text, group) in enumerate(groups):
        if not text:
            continue
        size = group[0].size
        short = len(text.split()) <= _HEAD_WORDS and not text.endswith((".", "۔", "،", ",", ";", "؛"))
        kind: Kind = "paragraph"
        if (
            not titled
            and index < 6
            and size == largest
            and size >= _TITLE_SIZE * body
            and len(text.split()) <= 2 * _HEAD_WORDS
        ):
            kind, titled = "title", True
        elif short and (size >= _HEAD_SIZE * body or (size >= 0.95 * body and all(line.bold for line in group))):
            kind = "heading"
        if kind == "title":
            # What stands over the headline (section name, date) is no part of the text's beginning.
            blocks.insert(0, Block(text=text, kind=kind))
        else:
            blocks.append(Block(text=text, kind=kind))
    return blocks
