"""Questions about nodes that every renderer asks: is anything seen of them, is an address a link, what is a row as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.render import characters as ch
from bot.render.nodes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.render.nodes import Cell, Inline

BETWEEN_CELLS: Final = " — "
MAX_URL: Final = 2048
"""Longer addresses are shown as text alone: they are rare, and one must not fill a message."""


def http_url(url: str) -> bool:
    """True for an http(s) address that Telegram takes as a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = ch.shown(url) == url and not any(character.isspace() for character in url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL and plain


def seen(content: Iterable[Inline]) -> bool:
    """True where a reader would see something of ``content``."""
    for node in content:
        if isinstance(node, str | Code):
            text = node if isinstance(node, str) else node.text
            if ch.visible(ch.ISOLATE_CONTROL.sub("", ch.shown(text))):
                return True
        elif seen(node.content):
            return True
    return False


def row_content(cells: Iterable[Cell]) -> tuple[Inline, ...]:
    """A table's row as a line: "name — role", without a dash for an empty cell."""
    found: list[Inline] = []
    for cell in cells:
        if seen(cell.content):
            found += [BETWEEN_CELLS, *cell.content] if found else cell.content
    return tuple(found)
