"""trafilatura's body -> blocks in reading order, and what it missed of them: containers of the same make, JSON-LD."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from pipelines.extract.lines import closes_sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLOCK_TAGS: Final = frozenset({"p", "head", "item", "quote", "row", "div", "code", "list", "table", "body", "cell"})
_OUTSIDE: Final = frozenset({"nav", "aside", "footer", "header", "form", "figure", "figcaption"})
_MIN_SIBLING_WORDS: Final = 12
_MIN_KNOWN: Final = 3
_MAX_GROWTH: Final = 4
_MAX_PARAGRAPHS: Final = 5000
_LINKED_GROWTH: Final = 1.5
_MARKUP_BREAK: Final = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|figure|table|tr)\b[^>]*>", re.IGNORECASE)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_MARKUP: Final = re.compile(r"<[^<>]{1,500}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, head or list item of a page, squeezed to one line."""

    text: str
    heading: bool = False
    item: bool = False


def read_blocks(body: Any) -> list[Block]:
    """Blocks of the ``body`` element that ``trafilatura.bare_extraction`` answers; a row of a table is one block."""
    blocks: list[Block] = []
    pending: list[str] = []
    kind = "p"

    def flush() -> None:
        text = squeeze(" ".join("".join(pending).split()))
        pending.clear()
        if text:
            blocks.append(Block(text=text, heading=kind == "head", item=kind == "item"))

    for event, tag, text in _events(body):
        if tag == "lb":
            # a line break within a head is typesetting; elsewhere pages use two of them for a paragraph
            if kind == "head" or event == "text":
                pending.append(" " if event == "start" else text)
            else:
                flush()
            continue
        if event == "text":
            pending.append(text)
        elif tag == "cell":
            pending.append(" | " if event == "start" and "".join(pending).strip() else "")
        elif tag in _BLOCK_TAGS and not (tag == "p" and kind == "row"):
            flush()
            kind = tag if event == "start" else "p"
    flush()
    return blocks


def _events(body: Any) -> Iterator[tuple[str, str, str]]:
    """``(start|end|text, tag, text)`` in document order, without recursion: hostile pages nest thousands deep."""
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            yield "end", tag, ""
            if element is not body and element.tail:
                yield "text", tag if tag == "lb" else "", element.tail
            continue
        yield "start", tag, ""
        if element.text and tag:
            yield "text", "", element.text
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def with_siblings(tree: Any, blocks: Sequence[Block]) -> list[Block]:
    """Add the paragraphs of containers made like those that hold ``blocks``: pages cut an article at each advertisement."""
    known = {_key(block.text): index for index, block in enumerate(blocks)}
    rows: list[tuple[str, tuple[str, ...], int | None]] = []
    for element in tree.iter("p"):
        if len(rows) >= _MAX_PARAGRAPHS:
            return list(blocks)
        text = squeeze(element.text_content())
        if text:
            rows.append((text, _make(element), known.get(_key(text))))
    makes = Counter(make for _, make, index in rows if index is not None and make)
    missing = [
        position
        for position, (text, make, index) in enumerate(rows)
        if index is None
        and makes.get(make, 0) >= _MIN_KNOWN
        and closes_sentence(text)
        and len(text.split()) >= _MIN_SIBLING_WORDS
    ]
    have = sum(len(block.text) for block in blocks)
    if not missing or sum(len(rows[position][0]) for position in missing) > _MAX_GROWTH * have:
        return list(blocks)
    whole = _key_all(" ".join(block.text for block in blocks))
    after: dict[int, list[str]] = {}
    last = -1
    wanted = set(missing)
    for position, (text, _, index) in enumerate(rows):
        if index is not None:
            last = max(last, index)
        elif position in wanted and _key(text)[:120] not in whole:
            after.setdefault(last, []).append(text)
    joined = [Block(text=text) for text in after.get(-1, ())]
    for index, block in enumerate(blocks):
        joined.append(block)
        joined.extend(Block(text=text) for text in after.get(index, ()))
    return joined


def _key(text: str) -> str:
    return _NOT_WORD.sub("", text[:600])[:400]


def _make(element: Any) -> tuple[str, ...]:
    """Tags and classes of a paragraph and the two elements round it; empty where they say nothing or stand outside."""
    made = [element.get("class") or ""]
    named = False
    parent = element.getparent()
    for level in range(6):
        if parent is None or not isinstance(parent.tag, str):
            break
        if parent.tag in _OUTSIDE:
            return ()
        if level < 2:
            made.append(f"{parent.tag}.{parent.get('class') or ''}")
            named = named or bool(parent.get("class")) or parent.tag == "article"
        parent = parent.getparent()
    return tuple(made) if named else ()


def linked_blocks(body: str, blocks: Sequence[Block]) -> list[Block]:
    """``blocks``, or the article as JSON-LD states it where that holds half as much again and the blocks are part of it.

    Publishers put a teaser or the whole text there, with markup, line breaks or neither.
    """
    have = " ".join(block.text for block in blocks)
    if len(body) < _LINKED_GROWTH * len(have) or len(body) < 400:
        return list(blocks)
    plain = _MARKUP.sub("", _MARKUP_BREAK.sub("\n", unescape(body)))
    lines = [squeeze(unescape(line)) for line in plain.splitlines()]
    stated = [Block(text=line) for line in lines if line]
    text = _key_all(" ".join(block.text for block in stated))
    shared = sum(len(block.text) for block in blocks if _key(block.text)[:80] in text)
    if sum(len(block.text) for block in stated) < _LINKED_GROWTH * len(have) or shared < 0.5 * len(have):
        return list(blocks)
    return stated


def _key_all(text: str) -> str:
    return _NOT_WORD.sub("", text)
