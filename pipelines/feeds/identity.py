"""What an item is known again by: GUID, address without tracking, text. Strongest first; storage decides which of them tell.

A GUID may change with each poll, an address may carry a session, a text may be corrected: one of the three mostly stays. What
several items of one poll share tells none of them, which ``bot.storage.identities`` sees to.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from pipelines.tables import words
from pipelines.text import fold

if TYPE_CHECKING:
    from pipelines.feeds.models import FeedItem

TELLING: Final = 60
"""Code points of a fingerprint that one item alone has; shorter ones ("Weekly review") come again, and count with their time."""
_SHOWN: Final = 160
"""Code points of a text that tell it: what follows is what editors change first."""
_PORTS: Final = {"http": 80, "https": 443}
_WORD: Final = re.compile(r"\w+")
_SAFE: Final = "/:@!$&'()*+,;=~%-._?"
_ESCAPE: Final = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_SCHEME: Final = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_AMP_QUERY: Final = frozenset({"", "amp", "amp=", "amp=1", "amp=true", "outputtype=amp"})


def identities(item: FeedItem, feed_url: str) -> tuple[str, ...]:
    """Keys of 34 characters, the layer before the colon: ``g`` GUID, ``u`` address, ``t`` text. Unique within a feed only.

    Never empty: an item without anything has its empty text. A link to a front page, or to the feed itself, tells nothing. A
    site that moves to https or drops its ``www`` keeps its items.
    """
    found = []
    if item.guid:
        found.append(_key("g", _SCHEME.sub("", item.guid.strip())))
    if item.url and (address := _page(item.url)) != _page(feed_url) and set(address) & {"/", "?"}:
        found.append(_key("u", address))
    said = fingerprint(item.title, item.text)
    if len(said) < TELLING and item.published_at is not None:
        said = f"{said} {item.published_at:%Y-%m-%d %H:%M}"
    found.append(_key("t", said))
    return tuple(found)


def fingerprint(title: str, text: str) -> str:
    """The words of the title and of the text's beginning, without what spelling and punctuation change."""
    return " ".join(_WORD.findall(fold(f"{title}\n{text[:_SHOWN]}")))


def canonical_url(url: str) -> str:
    """``url`` as every link to the page has it: host in lower case, no fragment, no tracking, no default port.

    What may mean something stays: path, order of the query, ``www``, scheme. What is no address is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").rstrip(".")
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return url.strip()
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        netloc += f":{port}"
    # by hand: parse_qsl takes the escapes of windows-1251 for damaged UTF-8, and all values would be one
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    return urlunsplit((scheme, netloc, _escaped(parts.path) or "/", _escaped(query), ""))


def _page(url: str) -> str:
    """What the addresses of one page, its AMP variant among them, have in common."""
    address, _, query = canonical_url(url).partition("?")
    address = _SCHEME.sub("", address).removeprefix("amp.").rstrip("/").removesuffix("/amp").rstrip("/")
    query = "&".join(pair for pair in query.split("&") if pair.lower() not in _AMP_QUERY)
    return f"{address}?{query}" if query else address


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), quote(text, safe=_SAFE))


def _tracks(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    exact, beginnings = _tracking()
    return name in exact or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = words("feeds/tracking.txt")
    return (
        frozenset(name for name in listed if not name.endswith("*")),
        tuple(name.removesuffix("*") for name in listed if name.endswith("*")),
    )


def _key(layer: str, value: str) -> str:
    return f"{layer}:{hashlib.blake2b(value.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
