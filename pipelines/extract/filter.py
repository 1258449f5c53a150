"""The line filter for HTML: blocks that trafilatura took for the article -> those that are.

Much less is wrong here than in a paste, so that only what is named goes: related links, sign-up and share lines,
captions with their credits, what stands below the head of a list of links at the end, and the title once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.extract.bylines import byline
from pipelines.extract.dates import find_date
from pipelines.extract.lines import closes_clause, hit, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.body import Block
    from pipelines.extract.lines import Hit

_MAX_META_WORDS: Final = 20
_TAIL_KINDS: Final = frozenset({"related", "comments", "newsletter", "share"})


def without_furniture(blocks: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """Blocks of the article. Repeats go too, and heads that have nothing under them."""
    title_keys = {tuple(words(title)) for title in titles}
    kept: list[Block] = []
    seen: set[tuple[str, ...]] = set()
    in_list = False
    for block in blocks:
        keys = tuple(words(block.text))
        found = hit(block.text)
        if found is not None and _drops(found, block):
            in_list = in_list or (found.place == "line" and found.kind in _TAIL_KINDS)
            continue
        if in_list and (block.item or len(keys) < 20) and not closes_clause(block.text):
            continue
        in_list = False
        if not keys or (len(keys) >= 8 and keys in seen) or keys in title_keys:
            continue
        if len(keys) <= _MAX_META_WORDS and len(kept) < 2 and _meta(block):
            continue
        seen.add(keys)
        kept.append(block)
    while kept and kept[-1].heading:
        kept.pop()
    return kept


def _drops(found: Hit, block: Block) -> bool:
    if found.kind == "note" and found.place == "label":
        return False
    if block.heading and found.place in ("line", "label") and found.kind in ("navigation", "related", "footer"):
        return found.kind != "navigation"
    return not (block.item and found.place == "line" and found.kind == "navigation")


def _meta(block: Block) -> bool:
    if closes_clause(block.text):
        return False
    return byline(block.text) is not None or (
        any(char.isdigit() for char in block.text) and find_date(block.text) is not None
    )
