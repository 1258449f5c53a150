"""schema.org in a page's JSON-LD: an lxml tree -> what its article objects say, unchecked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE_TYPES: Final = re.compile(
    r"(?:News|Opinion|Analysis|Reportage|Review|Background|Report|Tech|Blog)?(?:Article|Posting)$|^Report$"
)
_MAX_SCRIPT: Final = 2_000_000
_MAX_NODES: Final = 20_000
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")


@dataclass(slots=True, kw_only=True)
class Linked:
    """What the JSON-LD blocks say; filled while they are walked."""

    headlines: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    body: str = ""
    free: bool | None = None


def plain(text: str) -> str:
    """Twice-escaped entities decoded, white space squeezed."""
    return " ".join(unescape(text).split())


def read_linked(tree: Any) -> Linked:
    """All JSON-LD blocks of ``tree``; those that are no JSON are passed over."""
    linked = Linked()
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_parsed((script.text or "")[:_MAX_SCRIPT])):
            _take(node, linked)
    return linked


def _parsed(text: str) -> Any:
    """JSON of a script; line breaks inside strings, CDATA marks and trailing commas are common and forgiven."""
    stripped = (
        text.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    for candidate in (stripped, _TRAILING_COMMA.sub("", stripped)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    stack, count = [value], 0
    while stack and count < _MAX_NODES:
        current = stack.pop()
        count += 1
        if isinstance(current, dict):
            yield current
            stack.extend(reversed(list(current.values())))
        elif isinstance(current, list):
            stack.extend(reversed(current))


def _take(node: dict[str, Any], linked: Linked) -> None:
    kinds = _texts(node.get("@type"))
    if any(kind in ("Organization", "NewsMediaOrganization", "WebSite") for kind in kinds) and not linked.outlets:
        linked.outlets.extend(_texts(node.get("name")) if "WebSite" in kinds else [])
    if not any(_ARTICLE_TYPES.search(kind) for kind in kinds):
        return
    linked.headlines.extend(_texts(node.get("headline")))
    if not linked.authors:
        linked.authors.extend(_persons(node.get("author")) or _persons(node.get("creator")))
    linked.dates.extend(_texts(node.get("datePublished")) or _texts(node.get("dateCreated")))
    linked.outlets[:0] = _names(node.get("publisher"))
    body = node.get("articleBody")
    if isinstance(body, str) and len(body) > len(linked.body):
        linked.body = body
    free = node.get("isAccessibleForFree")
    if free is not None and linked.free is None:
        linked.free = str(free).strip().lower() not in ("false", "0", "no")


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for item in values if isinstance(item, str) and (text := plain(item))]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = []
    for item in values:
        found += _texts(item.get("name")) if isinstance(item, dict) else _texts(item)
    return found


def _persons(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [
        name
        for item in values
        if not (isinstance(item, dict) and "Organization" in " ".join(_texts(item.get("@type"))))
        for name in _names(item)
    ]
