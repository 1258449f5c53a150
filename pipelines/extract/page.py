"""HTML -> an article: trafilatura finds the body, our line filter takes out what it leaves, JSON-LD helps both.

The page is parsed once. trafilatura runs for precision; where a page splits its article over several containers of the
same make and trafilatura took only one, the others are added (``body``).
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ExtractError
from pipelines.extract.body import Block, linked_blocks, read_blocks, with_siblings
from pipelines.extract.filter import without_furniture
from pipelines.extract.lines import words
from pipelines.extract.metadata import Metadata, read_metadata
from pipelines.extract.paste_body import find_body
from pipelines.extract.paste_lines import read_lines
from pipelines.extract.rendered import rendered_text
from pipelines.extract.walls import STUB_WORDS, check_wall, count_words, refusal
from pipelines.models import PARAGRAPH_BREAK, ExtractedArticle, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CHARACTERS: Final = 12_000_000
"""Above the fetch limit; the parser's time grows with the page and so does its memory, about tenfold."""
MAX_ELEMENTS: Final = 25_000
"""trafilatura's time grows with the square of some pages' elements (400,000 short paragraphs: minutes); a page with more
is read by its lines. News pages have 1,000 to 8,000."""
MAX_ATTRIBUTE: Final = 2_000
_LONG_PAGE: Final = 1_000_000
_PAGE_TEXT: Final = 4_000


def extract_page(html: str, url: str | None) -> ExtractedArticle:
    """Article of a page. ``url`` names the outlet where the page does not, and helps with the date.

    Raises ``LoginWallError`` where the page shows a wall in its place, ``ExtractError`` where it holds no article.
    """
    tree = _parse(html[:MAX_CHARACTERS])
    if tree is None:
        raise refusal(None)
    large = _large(tree, len(html))
    about = read_metadata(tree, url, thorough=not large)
    blocks = _from_lines(tree, about) if large else _blocks(tree, about)
    check_wall([block.text for block in blocks], lambda: _visible(tree), title=about.title, free=about.free)
    return _article(blocks, about)


def _parse(html: str) -> Any:
    from trafilatura.utils import load_html  # noqa: PLC0415

    _quiet()
    try:
        return load_html(html)
    except (ValueError, RecursionError) as error:
        raise ExtractError("The page's HTML cannot be parsed; paste its text.") from error


@cache
def _quiet() -> None:
    """Keep what trafilatura and htmldate log off stderr, where Python writes it if nobody has set up logging."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _large(tree: Any, size: int) -> bool:
    """True for a page of too many elements. Attributes of a long page are cut: some hold megabytes, and patterns read them."""
    if size > _LONG_PAGE:
        for element in tree.iter():
            for name, value in element.attrib.items():
                if len(value) > MAX_ATTRIBUTE:
                    element.set(name, value[:MAX_ATTRIBUTE])
    return any(count >= MAX_ELEMENTS for count, _ in enumerate(tree.iter()))


def _blocks(tree: Any, about: Metadata) -> list[Block]:
    from trafilatura import bare_extraction  # noqa: PLC0415

    try:
        found = bare_extraction(tree, favor_precision=True, include_comments=False, with_metadata=False)
    except RecursionError:
        found = None
    body = getattr(found, "body", None)
    blocks = read_blocks(body) if body is not None else []
    blocks = with_siblings(tree, blocks)
    blocks = without_furniture(blocks, about.titles)
    blocks = linked_blocks(about.body, blocks)
    return blocks if _size(blocks) >= STUB_WORDS else max(blocks, _from_lines(tree, about), key=_size)


def _size(blocks: Sequence[Block]) -> int:
    return count_words(" ".join(block.text for block in blocks))


def _from_lines(tree: Any, about: Metadata) -> list[Block]:
    """What the reader of pastes makes of the page. It has to agree with the page's own title where there is one."""
    lines = read_lines(rendered_text(tree))
    body = find_body(lines)
    title = set(words(about.title or ""))
    kept = [lines[index] for index in body.kept]
    shared = title & {key for line in kept for key in line.keys}
    if len(shared) * 3 < len(title):
        return []
    return without_furniture([Block(text=line.text) for line in kept], about.titles)


def _visible(tree: Any) -> str:
    """First visible text of the page, enough to read a wall's words in."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head", "title", "meta", "link"):
            continue
        if element.text and element.text.strip() and element.tag != "noscript":
            parts.append(element.text.strip())
            size += len(parts[-1])
        if element.tail and element.tail.strip():
            parts.append(element.tail.strip())
            size += len(parts[-1])
        if size > _PAGE_TEXT:
            break
    return " ".join(parts)[:_PAGE_TEXT]


def _article(blocks: Sequence[Block], about: Metadata) -> ExtractedArticle:
    spans: list[Span] = []
    offset = 0
    for block in blocks:
        if block.heading:
            spans.append(Span(start=offset, stop=offset + len(block.text)))
        offset += len(block.text) + len(PARAGRAPH_BREAK)
    return ExtractedArticle(
        text=PARAGRAPH_BREAK.join(block.text for block in blocks),
        title=about.title,
        outlet=about.outlet,
        author=about.author,
        published=about.published,
        headings=tuple(spans),
        extractor="trafilatura",
    )
