"""Where a feed is: the feeds that a page names or hides, and the previews of public Telegram channels. Nothing is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipelines.feeds.links import absolute
from pipelines.feeds.preview import HOSTS
from pipelines.tables import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES: Final = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
        "application/xml", "text/xml", "text/rss+xml", "application/x.atom+xml", "application/x-atom+xml",
    }
)  # fmt: skip
MOST: Final = 20
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_RESERVED: Final = frozenset(
    {
        "joinchat", "addstickers", "addemoji", "addlist", "addtheme", "share", "proxy", "socks", "login", "setlanguage",
        "contact", "confirmphone", "invoice", "boost", "giftcode",
    }
)  # fmt: skip
"""First parts of Telegram's links that are no names."""
_FEEDISH: Final = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom)(?:[/._-]|$)", re.IGNORECASE)


def feed_links(body: bytes, url: str) -> list[str]:
    """Absolute addresses that may be feeds of the HTML page ``body``, the likeliest first, at most ``MOST``.

    Those that it names in ``<link rel=alternate>``, feeds of comments last; then its links that look like feeds; then the paths
    at which most sites have theirs (``data/feeds/paths.txt``).
    """
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.document_fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        candidates, base = [], url
    else:
        base = next((found for one in tree.iter("base") if (found := absolute(one.get("href") or "", url))), url)
        named = sorted(_named(tree), key=lambda href: "comment" in href.lower())
        candidates = [*named, *(one.get("href") for one in tree.iter("a") if _looks_like_a_feed(one.get("href") or ""))]
    links = [
        *(absolute(href, base) for href in candidates),
        *(absolute(path, url) for path in lines("feeds/paths.txt")),
    ]
    return [link for link in dict.fromkeys(links) if link and link != url][:MOST]


def telegram_preview(address: str) -> str | None:
    """The web preview of the channel that ``address`` names, None where it names none.

    Read are ``@name``, ``t.me/name``, a post's link, ``name.t.me``; not invitations, which begin with a plus.
    """
    text = address.strip()
    if text.startswith("@"):
        name = text[1:]
    else:
        try:
            parts = urlsplit(text if "://" in text else f"https://{text}")
        except ValueError:
            return None
        host = (parts.hostname or "").removeprefix("www.")
        path = [part for part in parts.path.split("/") if part]
        if host in HOSTS:
            name = next(iter(path[1:] if path[:1] == ["s"] else path), "")
        else:
            name, _, domain = host.partition(".")
            if domain not in HOSTS:
                return None
    if not _NAME.fullmatch(name) or name.lower() in _RESERVED:
        return None
    return f"https://t.me/s/{name}"


def _named(tree: Any) -> Iterator[str]:
    for link in tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        href = link.get("href") or ""
        if (
            href
            and ("feed" in relations or ("alternate" in relations and kind in TYPES))
            and "stylesheet" not in relations
        ):
            yield href


def _looks_like_a_feed(href: str) -> bool:
    try:
        return _FEEDISH.search(urlsplit(href).path) is not None
    except ValueError:
        return False
