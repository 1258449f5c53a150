"""A paste -> an article: menus, "READ MORE", captions, share buttons, sign-up forms and comments out, paragraphs kept.

A person selects all and copies, and the whole page comes along as plain text. Nothing is left of the page's structure
but lines, so that lines are what this reads: first each alone (``paste_lines``), then among its neighbours. A paste that
is only an article passes through ``paste_light``, a whole page through ``paste_body``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.errors import ExtractError
from pipelines.extract.paste_about import read_about
from pipelines.extract.paste_body import find_body
from pipelines.extract.paste_light import light_body, page_like
from pipelines.extract.paste_lines import read_lines
from pipelines.models import PARAGRAPH_BREAK, ExtractedArticle, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.paste_lines import Line

MAX_CHARACTERS: Final = 4_000_000
"""What follows is not read: no article is so long, and a log file may be."""
_MAX_HEAD_WORDS: Final = 12


def extract_pasted(text: str) -> ExtractedArticle:
    """Article of pasted ``text``. Raises ``ExtractError`` where no line of it could be an article's.

    ``text`` of the answer holds one paragraph a line of the paste, except that lines wrapped at a fixed width are joined.
    """
    lines = read_lines(text[:MAX_CHARACTERS])
    body = find_body(lines) if page_like(lines) else light_body(lines)
    if not body.kept:
        body = light_body(lines)
    if not body.kept and body.title is None:
        raise ExtractError("The text holds no article; paste its paragraphs or send a link to it.")
    about = read_about(lines, body.title, body.kept[0] if body.kept else len(lines) - 1)
    title_keys = lines[body.title].keys if body.title is not None else None
    kept = [index for index in body.kept if lines[index].keys != title_keys]
    spans: list[Span] = []
    offset = 0
    for position, index in enumerate(kept):
        if _heads(lines, kept, position):
            spans.append(Span(start=offset, stop=offset + len(lines[index].text)))
        offset += len(lines[index].text) + len(PARAGRAPH_BREAK)
    return ExtractedArticle(
        text=PARAGRAPH_BREAK.join(lines[index].text for index in kept),
        title=about.title,
        outlet=about.outlet,
        author=about.author,
        published=about.published,
        headings=tuple(spans),
        extractor="pasted",
    )


def _heads(lines: Sequence[Line], kept: Sequence[int], position: int) -> bool:
    """True where a short line that ends like no sentence stands alone between two paragraphs."""
    line = lines[kept[position]]
    if not 1 <= line.size <= _MAX_HEAD_WORDS or line.clause_end or line.bullet or position + 1 == len(kept):
        return False
    before = lines[kept[position - 1]] if position else None
    after = lines[kept[position + 1]]
    return after.prose and (before is None or before.clause_end)
