"""Text from bytes whose charset is declared wrongly, or not at all: body and hints -> str, or ``ReadError``.

Order: byte order mark, UTF-16 by its NULs, UTF-8 wherever the bytes are valid (no other text is, by chance), then the
8-bit charset that reads most like a language (``legacy``), where a declaration is a hint of half a bit a letter.
charset-normalizer answers what is left. Text that would hold more than a trace of U+FFFD is refused, never returned.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from pipelines.errors import ReadError

BOMS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Marks and their charsets; UTF-32's little-endian mark begins with UTF-16's, so it stands first."""

MAX_DAMAGE: Final = 0.005
"""Share of U+FFFD that a page may hold: an advertisement cut inside a letter, not a wrong charset."""
_FREE_DAMAGE: Final = 2
_REPLACEMENT: Final = "\ufffd"
_META: Final = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_META_WITHIN: Final = 8192
_PLAUSIBLE: Final = re.compile(
    r"[\t\n\r\x20-\x7e\xa0-\xff\u0400-\u04ff\u0600-\u06ff\u0750-\u077f\u2000-\u206f\ufb50-\ufdff]"
)
_UTF16_SAMPLE: Final = 4096


def decode(body: bytes, *, declared: str | None = None, html: bool = False) -> str:
    """Text of ``body``, without byte order mark and NULs; line ends stay as they are.

    ``declared`` is the server's charset; with ``html`` the page's own ``<meta charset>`` is read too. Both may lie.
    Raises ``ReadError`` where no charset gives readable text.
    """
    from pipelines.fetch.legacy import read_legacy  # noqa: PLC0415

    for mark, charset in BOMS.items():
        if body.startswith(mark):
            return _checked(body[len(mark) :].decode(charset, "replace"))
    wide = utf16_without_bom(body)
    if wide is not None:
        return _checked(body.decode(wide, "replace"))
    try:
        return body.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        damaged = body.decode("utf-8", "replace")
    # UTF-8 with a broken letter here and there is still UTF-8; as any 8-bit charset it would be mojibake throughout.
    bad = damaged.count(_REPLACEMENT)
    if sum(char > "\x7f" for char in damaged) >= 20 * bad:
        return _checked(damaged)
    hints = [label for label in (declared, declared_inside(body) if html else None) if label]
    return _checked(read_legacy(body, hints))


def declared_inside(body: bytes) -> str | None:
    """Charset that a page names in ``<meta>`` or the XML declaration, lower case."""
    start = body[:_META_WITHIN]
    found = _XML.search(start) or _META.search(start)
    return found[1].decode("ascii", "replace").lower() if found else None


def utf16_without_bom(body: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where that reads as Latin, Cyrillic or Arabic text and markup; else None."""
    start = body[: min(len(body) & ~1, _UTF16_SAMPLE)]
    # Half of UTF-16 is high bytes: 0 for Latin, 4 for Cyrillic, 6 for Arabic. None of them occurs in 8-bit text.
    if not any(byte in start for byte in (b"\x00", b"\x04", b"\x06")):
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        text = start.decode(charset, "replace")
        if text and len(_PLAUSIBLE.findall(text)) >= 0.95 * len(text):
            return charset
    return None


def _checked(text: str) -> str:
    damage = text.count(_REPLACEMENT)
    if damage > max(_FREE_DAMAGE, MAX_DAMAGE * len(text)):
        raise ReadError("The text's encoding cannot be told or its bytes are damaged; save it as UTF-8 and try again.")
    return text.replace("\x00", "")
