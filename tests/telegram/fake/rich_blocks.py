"""A rich message's tree → ``RichBlock`` and ``RichText`` objects, as they stand in the ``Message`` that Telegram returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.fake.rich import BLOCKS, HEADINGS, Node

if TYPE_CHECKING:
    from tests.telegram.fake.errors import Json

STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "sub": "subscript",
    "sup": "superscript", "mark": "marked", "code": "code",
}  # fmt: skip


def rich_message(root: Node, *, is_rtl: bool) -> Json:
    """The ``RichMessage`` object."""
    return {"blocks": _blocks(root.children)} | ({"is_rtl": True} if is_rtl else {})


def _blocks(children: list[Node | str]) -> list[Json]:
    """Blocks in order; text between them makes paragraphs."""
    made: list[Json] = []
    loose: list[Node | str] = []
    for child in [*children, None]:
        if isinstance(child, str) or (child is not None and child.tag not in BLOCKS):
            loose.append(child)
            continue
        if "".join(part if isinstance(part, str) else part.text() for part in loose).strip():
            made.append({"type": "paragraph", "text": _text(loose)})
        loose = []
        if child is not None and child.tag not in {"summary", "caption", "cite", "input"}:
            made.append(_block(child))
    return made


def _block(node: Node) -> Json:
    if node.tag in HEADINGS:
        return {"type": "heading", "text": _text(node.children), "size": int(node.tag[1])}
    if node.tag == "hr":
        return {"type": "divider"}
    if node.tag == "tg-math-block":
        return {"type": "mathematical_expression", "expression": node.text()}
    if node.tag in {"ul", "ol"}:
        return {"type": "list", "items": _items(node)}
    if node.tag == "blockquote":
        return {"type": "blockquote", "blocks": _blocks(node.children)} | _credit(node)
    if node.tag == "aside":
        body = [child for child in node.children if not (isinstance(child, Node) and child.tag == "cite")]
        return {"type": "pullquote", "text": _text(body)} | _credit(node)
    if node.tag == "details":
        made = {"type": "details", "summary": _text(_child(node, "summary").children), "blocks": _blocks(node.children)}
        return made | ({"is_open": True} if "open" in node.attributes else {})
    if node.tag == "table":
        return _table(node)
    kinds = {"p": "paragraph", "pre": "pre", "footer": "footer"}
    return {"type": kinds[node.tag], "text": _text(node.children)}


def _items(node: Node) -> list[Json]:
    made = []
    for number, item in enumerate(_children(node, "li"), int(node.attributes.get("start", 1))):
        value = int(item.attributes.get("value", number))
        made.append({"label": "•" if node.tag == "ul" else f"{value}.", "blocks": _blocks(item.children)})
    return made


def _table(node: Node) -> Json:
    rows = []
    for row in _children(node, "tr"):
        cells = []
        for cell in (child for child in row.children if isinstance(child, Node)):
            made: Json = {"text": _text(cell.children)}
            if cell.tag == "th":
                made["is_header"] = True
            made |= {name: int(cell.attributes[name]) for name in ("colspan", "rowspan") if name in cell.attributes}
            made |= {"align": cell.attributes.get("align", "left"), "valign": cell.attributes.get("valign", "middle")}
            cells.append(made)
        rows.append(cells)
    table: Json = {"type": "table", "cells": rows}
    table |= {f"is_{name}": True for name in ("bordered", "striped") if name in node.attributes}
    captions = _children(node, "caption")
    return table | ({"caption": _text(captions[0].children)} if captions else {})


def _children(node: Node, tag: str) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node) and child.tag == tag]


def _child(node: Node, tag: str) -> Node:
    return _children(node, tag)[0]


def _credit(node: Node) -> Json:
    cites = _children(node, "cite")
    return {"credit": _text(cites[0].children)} if cites else {}


def _text(children: list[Node | str]) -> Any:
    """A ``RichText``: a string, an object, or a list of both."""
    made = [child if isinstance(child, str) else _styled(child) for child in children]
    return made[0] if len(made) == 1 else made or ""


def _styled(node: Node) -> Any:
    inside = _text(node.children)
    if node.tag == "br":
        return "\n"
    if node.tag in STYLES:
        return {"type": STYLES[node.tag], "text": inside}
    attributes = node.attributes
    if node.tag == "a":
        target = attributes.get("href")
        if target is None:
            return {"type": "anchor", "name": attributes["name"]}
        if target.startswith("#"):
            return {"type": "anchor_link", "text": inside, "anchor_name": target[1:]}
        return {"type": "url", "text": inside, "url": target}
    if node.tag == "tg-reference":
        return {"type": "reference", "text": inside, "name": attributes.get("name", "")}
    if node.tag == "tg-time":
        return {
            "type": "date_time",
            "text": inside,
            "unix_time": int(attributes["unix"]),
            "date_time_format": attributes.get("format", ""),
        }
    if node.tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"], "alternative_text": node.text()}
    return {"type": "mathematical_expression", "expression": node.text()}
