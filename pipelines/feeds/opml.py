"""OPML, the format in which readers of feeds exchange their lists: bytes → outlines, outlines → bytes.

What comes in is a stranger's file: bounded, without entities and without anything fetched. Folders are flattened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES: Final = 2_000_000
MOST_OUTLINES: Final = 5_000
_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:#\w{1,8}|\w{1,31});)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineFeed:
    """A feed of a list. ``title`` is empty where the list gives none."""

    title: str
    url: str


def read_opml(body: bytes) -> list[OutlineFeed]:
    """The feeds of a list, each address once, in its order. Raises ``ReadError`` with a sentence."""
    from lxml import etree  # noqa: PLC0415

    if len(body) > MOST_BYTES:
        raise ReadError(f"The list of feeds is larger than {MOST_BYTES // 1_000_000} MB.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        # libxml2 mends "?a=1&b=2" to "?a=1=2"
        root = etree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", body), parser)
        name = "" if root is None else root.tag.rpartition("}")[2].lower()
    except (etree.XMLSyntaxError, ValueError) as error:  # ValueError: a name that is no text
        raise ReadError("The file is no list of feeds (OPML); export it again from your reader.") from error
    if root is None or name != "opml":
        raise ReadError("The file is no list of feeds (OPML); export it again from your reader.")
    found: dict[str, OutlineFeed] = {}
    for outline in root.iter("{*}outline"):
        said = _attributes(outline)
        url = said.get("xmlurl", "").strip()
        if not url.startswith(("http://", "https://")) or url in found:
            continue
        title = " ".join((said.get("title") or said.get("text") or "").split())
        found[url] = OutlineFeed(title=title, url=url)
        if len(found) > MOST_OUTLINES:
            raise ReadError(f"The list has more than {MOST_OUTLINES} feeds.")
    return list(found.values())


def _attributes(outline: Any) -> dict[str, str]:
    try:
        return {name.lower(): value for name, value in outline.attrib.items()}
    except ValueError:  # bytes that are no text, which libxml2 lets through
        return {}


def write_opml(outlines: Iterable[OutlineFeed], *, title: str) -> bytes:
    """A list of feeds as OPML 2.0."""
    from lxml import etree  # noqa: PLC0415

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    body = etree.SubElement(root, "body")
    for one in outlines:
        named = _xml(one.title or one.url)
        etree.SubElement(body, "outline", type="rss", text=named, title=named, xmlUrl=_xml(one.url))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
