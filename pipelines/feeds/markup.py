"""XML of a feed, however broken → what feedparser reads in it. feedparser fetches nothing: it gets bytes.

It gets them in UTF-8, decoded by what they say (``pipelines.fetch.charset``) and not by what they declare; and mended by libxml2
where it finds less in them than there is, or trips.
"""

from __future__ import annotations

import html
import re
from html import entities
from typing import Any, Final

from pipelines.errors import NotAFeedError
from pipelines.feeds.plain import with_characters

LARGE: Final = 500_000
"""Bytes from which a feed is mended and cut before feedparser has it: what its own repairs take grows with their square."""
MOST_PARTS: Final = 1_000
"""Elements of a large feed that are read: items and what is said of the whole."""
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# charsets of seven bits, which `decode` takes for ASCII, and UTF-32 without a mark; a feed that declares one mostly means it
_WIDE: Final = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["'](iso-?2022-?[\w-]{2,9}|hz|hz-gb-2312|utf-?7|utf-?32\w{0,2})["']""",
    re.IGNORECASE,
)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_PROLOG: Final = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_UNREAD: Final = re.compile(
    r"(?:^|[:}])(?:where|point|line|polygon|box|pos|poslist|lat|long|image|height|width|textinput)$", re.IGNORECASE
)
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_ITEM: Final = re.compile(rb"<(?:item|entry)[\s>]")


def parsed(body: bytes) -> Any:
    """Feedparser's dictionary. Raises ``NotAFeedError`` for what is none, and ``ReadError`` for bytes that hold no text."""
    source = _source(body)
    if len(source) > LARGE:
        source = _mended(source)
    found = _of_feedparser(source)
    if found is None or (found.get("bozo") and len(found["entries"]) < len(_ITEM.findall(source))):
        # a tag that is never closed swallows the rest: libxml2 closes it where its parent ends
        again = _of_feedparser(_mended(source))
        both = [one for one in (found, again) if one is not None]
        found = max(both, key=lambda one: len(one["entries"]), default=None)
    if found is None or not (found.get("version") or found["entries"]):
        raise NotAFeedError(
            "This is no feed: neither RSS nor Atom nor JSON Feed. Give the address of a feed or of its site."
        )
    return found


def _source(body: bytes) -> bytes:
    """The feed in UTF-8, without characters that XML has not and without a document type.

    feedparser drops the entities of one that is written over several lines only, and expat lets them grow to eight million
    characters. Entities of HTML are resolved here, so that they break nothing. Raises ``ReadError`` where the bytes are no text.
    """
    from pipelines.fetch.charset import decode  # noqa: PLC0415

    wide = _WIDE.match(body[:500])
    try:
        text = body.decode(wide[1].decode()) if wide else decode(body, html=True)  # what is declared is heard there
    except (UnicodeDecodeError, LookupError):
        text = decode(body)
    text = _NAMED.sub(_named, text)
    text = _UNREADABLE.sub("", with_characters(_DECLARATION.sub("", text, count=1))).lstrip()
    prolog = _PROLOG.match(text)
    if prolog is not None and (doctype := _DOCTYPE.match(text, prolog.end())) is not None:
        text = text[doctype.end() :]
    return ('<?xml version="1.0" encoding="utf-8"?>' + text).encode("utf-8", "replace")


def _named(match: re.Match[str]) -> str:
    """An entity of HTML, which XML does not know, as its character; one of markup as it is."""
    char = entities.html5.get(match[1], match[0])
    return html.escape(char) if char in "<>&\"'" else char


def _of_feedparser(source: bytes) -> Any:
    """What feedparser reads, None where it trips."""
    from io import BytesIO  # noqa: PLC0415

    import feedparser  # noqa: PLC0415

    try:
        return feedparser.parse(
            BytesIO(source),  # bytes and texts it takes for the name of a file or an address first, and opens that
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # no content-location: against a base it resolves GUIDs too, and loses those of a scheme that it does not know
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception:  # noqa: BLE001 - KeyError of a place without co-ordinates, TypeError of a picture without a height, …
        return None


def _mended(source: bytes) -> bytes:
    """The feed as libxml2 mends it, cut, without pictures and places, which feedparser trips over and nobody reads."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
        if root is None:
            return source
        spare = [one for parent in (root, *root.iter("{*}channel")) for one in parent[MOST_PARTS:]]
        for element in (*spare, *(one for one in root.iter("*") if _UNREAD.search(one.tag))):
            if (parent := element.getparent()) is not None:
                parent.remove(element)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    except (etree.XMLSyntaxError, ValueError):
        return source
