"""HTML of a feed → plain text: tags gone, entities once or twice escaped resolved, paragraphs kept as lines.

ZWNJ, harakat and direction marks stay: nothing is dropped but white space and control characters.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MARKUP: Final = 400_000
"""Code points of one field that are read; what an item says stands at its beginning."""
SHORT_TITLE: Final = 120
"""Code points of a title that is made of a text's beginning."""
_TAG: Final = re.compile(r"<(?:!--|/?[a-zA-Z][^<>]{0,4000}>|!\[CDATA\[)")
_BARE_TAG: Final = re.compile(r"<[^<>]*>")
_ESCAPED: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BREAKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_SILENT: Final = frozenset(
    {"script", "style", "iframe", "noscript", "template", "svg", "form", "button", "head", "object", "audio", "video"}
)
# halves of surrogate pairs come from numeric entities, and no database takes them
_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,10}));?")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
# silent to its end; without one it is what a title is about, and all behind it would be lost
_OPEN: Final = re.compile(
    r"<(?=(script|style|iframe|noscript|template|svg|form|button|head|object|audio|video)\b)(?!.*</\1)", re.IGNORECASE
)
_MOST_OPEN: Final = 1_000
_SPACES: Final = re.compile(r"[ \t\r\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LINES: Final = re.compile(r"\s*\n\s*")
_UNESCAPES: Final = 2
"""Times that text is unescaped: many feeds escape what was escaped already. A third would eat what an article is about."""


def text_of(markup: str) -> str:
    """Plain text of ``markup``, which may be no markup at all; a line break between paragraphs."""
    text = with_characters(markup[:MOST_MARKUP])
    if _TAG.search(text):
        text = _without_tags(text)
    for _ in range(_UNESCAPES):
        if not _ESCAPED.search(text):
            break
        text = with_characters(html.unescape(text))
        if _TAG.search(text):  # the markup itself was escaped
            text = _without_tags(text)
    return tidy(text)


def line_of(markup: str) -> str:
    """As ``text_of``, in one line."""
    return " ".join(text_of(markup).split("\n"))


def with_characters(markup: str) -> str:
    """``markup`` without numeric entities of what is no character; two halves of a surrogate pair are the character they make."""
    if "&#" not in markup:
        return markup
    text = _REFERENCE.sub(_character, markup)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass"))
    return text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0xD800 <= code <= 0xDFFF:
        return chr(code)
    shown = code in {9, 10, 13} or 0x20 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
    return match[0] if shown else ""


def text_within(element: Any) -> str:
    """Plain text of an element of lxml, lines as a browser breaks them."""
    return tidy("".join(_pieces(element)))


def headline(text: str) -> str:
    """The beginning of plain ``text`` as a title: its first line, cut between words."""
    line = text.partition("\n")[0].strip()
    if len(line) <= SHORT_TITLE:
        return line
    return line[: SHORT_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:،؛") + "…"


def tidy(text: str) -> str:
    """Plain ``text`` without control characters, spaces and line breaks single."""
    return _LINES.sub("\n", _SPACES.sub(" ", _UNSHOWN.sub("", text))).strip()


def _without_tags(markup: str) -> str:
    from lxml import etree, html as parser  # noqa: PLC0415

    if len(markup) <= _MOST_OPEN:
        markup = _OPEN.sub("&lt;", markup)
    try:
        tree = parser.fragment_fromstring(_UNSHOWN.sub("", markup), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return _BARE_TAG.sub(" ", markup)  # what libxml2 cannot read at all is cut by hand
    return "".join(_pieces(tree))


def _pieces(tree: Any) -> Iterator[str]:
    """Pieces of text in order, without recursion: feeds nest a thousand deep."""
    from lxml import etree  # noqa: PLC0415

    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in _SILENT:
            silent += 1 if starts else -1
        if not silent:
            if tag in _BREAKS:
                yield "\n"
            if starts and element.text:
                yield element.text
        if not starts and not silent and element is not tree and element.tail:
            yield element.tail
