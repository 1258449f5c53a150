"""An lxml tree -> the lines that a browser's select-all would copy: blocks on lines of their own, a blank line round paragraphs.

The last resort for pages that no extractor knows how to read: what reads a paste reads them too.
"""

from __future__ import annotations

import re
from typing import Any, Final

_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "canvas", "center", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "video",
    }
)  # fmt: skip
_APART: Final = frozenset(
    {"blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
)
_UNSEEN: Final = frozenset(
    {
        "embed",
        "head",
        "iframe",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
    }
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BREAKS: Final = re.compile(r"\s*\n\s*")
_MAX_ELEMENTS: Final = 1_000_000


def rendered_text(tree: Any) -> str:
    """Visible text of the page, at most of its first million elements. Stylesheets are not read, inline styles are."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(tree, False)]
    count = 0
    while stack and count < _MAX_ELEMENTS:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            parts.append(_edge(tag))
            _append(parts, element.tail)
            continue
        count += 1
        if not tag or tag in _UNSEEN or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            _append(parts, element.tail if element is not tree else None)
            continue
        parts.append("\n" if tag == "br" else _edge(tag))
        _append(parts, element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return _BREAKS.sub(lambda match: "\n\n" if match[0].count("\n") > 2 else "\n", "".join(parts)).strip()


def _edge(tag: str) -> str:
    if tag in _APART:
        return "\n\n"
    return "\n" if tag in _BLOCKS else "\t" if tag in ("td", "th") else ""


def _append(parts: list[str], text: str | None) -> None:
    if text:
        parts.append(
            " ".join(text.split())
            if not text[:1].isspace() and not text[-1:].isspace()
            else f" {' '.join(text.split())} "
        )
