"""What bytes are: by their content first, by what the server or the file's name says second -> a media type.

Follows the spirit of the MIME Sniffing standard (mimesniff.spec.whatwg.org) for the few types that hold articles.
"""

from __future__ import annotations

import re
from typing import Final

from pipelines.errors import UnsupportedTypeError
from pipelines.fetch.charset import BOMS, utf16_without_bom

HTML: Final = "text/html"
PLAIN: Final = "text/plain"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREFIX_BYTES: Final = 4096
"""Enough of a body to tell its kind: the standard reads 1445 bytes, templates open with longer comments."""

_IMAGE, _MEDIA, _ARCHIVE, _PROGRAM = "an image", "sound or video", "an archive", "a program"
_MAGIC: Final = (
    (b"\xff\xd8\xff", _IMAGE),
    (b"\x89PNG", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"RIFF", "an image, sound or video"),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"ID3", _MEDIA),
    (b"OggS", _MEDIA),
    (b"fLaC", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"wOF", "a font"),
    (b"SQLite format 3", "a database"),
)
_ADVICE: Final = "give an article as a web page, text, PDF or .docx"
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# The comment is matched by what cannot end it, so that an unclosed one costs no backtracking.
_HTML_START: Final = re.compile(
    rb"(?:\s|<\?xml[^>]{0,300}>|<!--(?:[^-]|-(?!->))*-->)*"
    rb"<(?:!doctype\s+html|html|head|body|script|style|meta|title|link|iframe|table|div|article|main|section|p|h1|br|a)"
    rb"[\s/>]",
    re.IGNORECASE,
)
_NAMES: Final = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".txt": PLAIN,
    ".md": "text/markdown",
    ".json": "application/json",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
}
_TEXT_APPLICATION: Final = re.compile(r"text/.+|application/(?:xml|json|.+\+(?:xml|json))")
_MARKUP: Final = (b"<?xml", b"<rss", b"<feed", b"<rdf:RDF")
_SAYS_NOTHING: Final = ("", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown")


def media_type(body: bytes, *, declared: str | None = None, name: str = "", whole: bool = True) -> str:
    """Media type of ``body``, or of its first ``PREFIX_BYTES`` with ``whole=False``.

    ``declared`` is the server's type without parameters, ``name`` a file name or path. Raises ``UnsupportedTypeError``,
    whose sentence names what was found, for whatever holds no article text.
    """
    declared = (declared or "").lower()
    suffix = "." + name.lower().rpartition(".")[2]
    start = body[:PREFIX_BYTES]
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF
    if (declared == PDF or suffix == ".pdf") and b"%PDF-" in start[:1024]:
        return PDF
    if start.startswith(b"PK\x03\x04"):
        if whole and b"word/" not in body:
            raise UnsupportedTypeError(f"This is an archive or an Office file without text to read; {_ADVICE}.")
        return DOCX
    for magic, kind in _MAGIC:
        if start.startswith(magic) and (len(magic) > 3 or _binary(start)):
            raise UnsupportedTypeError(f"This is {kind}, not an article; {_ADVICE}.")
    if start[4:8] == b"ftyp":
        raise UnsupportedTypeError(f"This is {_MEDIA}, not an article; {_ADVICE}.")
    if _binary(start):
        raise UnsupportedTypeError(f"This is binary data, not an article; {_ADVICE}.")
    return _text_type(start, declared, suffix)


def _binary(start: bytes) -> bool:
    """Control characters that no text has, outside UTF-16 and UTF-32."""
    if start.startswith(tuple(BOMS)):
        return False
    # 2 %: random bytes have 10 %, the odd form feed or escape of a terminal log far less.
    suspect = b"\x00" in start or len(_CONTROL.findall(start)) > len(start) * 0.02
    return suspect and utf16_without_bom(start) is None


def _text_type(start: bytes, declared: str, suffix: str) -> str:
    """Type of what is text. ``declared`` is believed where it names a kind of text and no HTML contradicts it."""
    # In UTF-16 the tags are there, with a NUL between their letters.
    plain = (
        start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    )
    html = _HTML_START.match(plain) is not None
    readable = _TEXT_APPLICATION.fullmatch(declared) is not None
    if readable and declared != PLAIN and not declared.startswith("text/x-"):
        return HTML if html and declared in ("application/xml", "text/xml") and b"<html" in plain.lower() else declared
    if html and suffix not in (".txt", ".md"):
        return HTML
    if readable:
        return declared
    if declared.partition("/")[0] in ("image", "audio", "video", "font", "model") or declared.endswith("javascript"):
        raise UnsupportedTypeError(f"The server calls this {declared}, which is not an article; {_ADVICE}.")
    if suffix in _NAMES:
        return _NAMES[suffix]
    if declared in _SAYS_NOTHING or declared in (PDF, DOCX):
        return _guess(plain)
    if plain.lstrip().startswith(_MARKUP):  # "application/rss": a feed by any name
        return "application/xml"
    raise UnsupportedTypeError(f"The server calls this {declared[:60]}, which is not an article; {_ADVICE}.")


def _guess(plain: bytes) -> str:
    text = plain.lstrip()
    if text.startswith(_MARKUP):
        return "application/xml"
    if re.match(rb'[\[{]\s*["{\[]', text):
        return "application/json"
    return PLAIN
