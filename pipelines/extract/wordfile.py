"""Blocks of a .docx: every paragraph in document order, also of tables, text boxes and tracked insertions."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ReadError
from pipelines.extract.assemble import About, Block, Kind

if TYPE_CHECKING:
    from datetime import date

MAX_UNPACKED: Final = 100_000_000
MAX_PART: Final = 40_000_000
"""Bytes of the text part unpacked; a novel is 5 MB."""
MAX_ENTRIES: Final = 5_000
_HEAD_WORDS: Final = 15
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SENTENCE_END: Final = (".", "!", "?", "؟", "۔", "…", ":", "؛", ";", ",", "،")
_HEADING_STYLE: Final = re.compile(r"heading\b|заголовок\b|عنوان", re.IGNORECASE)
_OLE: Final = b"\xd0\xcf\x11\xe0"


def read_docx(body: bytes) -> tuple[list[Block], About]:
    """Blocks and properties. Raises ``ReadError`` where the file is damaged, protected or unpacks to too much."""
    if body.startswith(_OLE):
        raise ReadError("The Word file is protected by a password or in the old .doc format; save it as plain .docx.")
    _check_size(body)
    from docx import Document  # noqa: PLC0415

    try:
        document = Document(BytesIO(body))
        blocks = [
            block for paragraph in document.element.body.iter(f"{_WORD}p") if (block := _block(paragraph, document))
        ]
        about = _about(document)
    except Exception as error:  # python-docx lets KeyError, ValueError, lxml's and its own errors through
        raise ReadError("The Word file is damaged; open and save it again, or paste its text.") from error
    return blocks, about


def _check_size(body: bytes) -> None:
    """Judge by the archive's list: zipfile gives no entry more bytes than the list says, so the list cannot lie."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ReadError("The Word file is damaged; open and save it again, or paste its text.") from None
    sizes = [entry.file_size for entry in entries]
    parts = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if len(entries) > MAX_ENTRIES or sum(sizes) > MAX_UNPACKED or max(parts, default=0) > MAX_PART:
        raise ReadError("The Word file unpacks to far more than an article; paste the text instead.")


def _block(paragraph: Any, document: Any) -> Block | None:
    text, bold = _text(paragraph)
    if not text:
        return None
    return Block(text=text, kind=_kind(paragraph, document, text, bold=bold))


def _text(paragraph: Any) -> tuple[str, bool]:
    """Text of a paragraph without that of text boxes in it (they hold paragraphs of their own), and if all is bold."""
    parts: list[str] = []
    bold = True
    for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_WORD}noBreakHyphen"):
        owner = next(node.iterancestors(f"{_WORD}p"))
        if owner is not paragraph or next(node.iterancestors(_FALLBACK), None) is not None:
            continue
        run = node.getparent()
        if run.tag != f"{_WORD}r":  # a tab *stop* in the paragraph's properties is no text
            continue
        piece = node.text or "" if node.tag == f"{_WORD}t" else "-" if node.tag.endswith("noBreakHyphen") else " "
        parts.append(piece)
        mark = run.find(f"{_WORD}rPr/{_WORD}b")
        if piece.strip() and (mark is None or mark.get(f"{_WORD}val") in ("0", "false")):
            bold = False
    text = " ".join("".join(parts).replace("\u00ad", "").split())
    return text, bold and bool(text)


def _kind(paragraph: Any, document: Any, text: str, *, bold: bool) -> Kind:
    name = ""
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    if style is not None:
        from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415

        name = document.styles.get_by_id(style.get(f"{_WORD}val"), WD_STYLE_TYPE.PARAGRAPH).name or ""
    if name.lower() == "title":
        return "title"
    outline = paragraph.find(f"{_WORD}pPr/{_WORD}outlineLvl")
    if _HEADING_STYLE.match(name) or (outline is not None and outline.get(f"{_WORD}val") != "9"):
        return "heading"
    # Many writers make a head by hand: a short bold line without a full stop.
    in_list = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    by_hand = bold and not in_list and len(text.split()) <= _HEAD_WORDS and not text.endswith(_SENTENCE_END)
    return "heading" if by_hand and next(paragraph.iterancestors(f"{_WORD}tbl"), None) is None else "paragraph"


def _about(document: Any) -> About:
    properties = document.core_properties
    return About(title=properties.title or None, author=properties.author or None, created=_created(properties))


def _created(properties: Any) -> date | None:
    created = properties.created
    # python-docx's template carries its own birthday; such a file's date says nothing of the article's.
    if created is None or properties.comments == "generated by python-docx":
        return None
    day: date = created.date()
    return day
