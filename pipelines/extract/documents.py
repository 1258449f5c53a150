"""Articles out of PDF and Word files: bytes -> ``ExtractedArticle``. The work is in ``pdf`` and ``wordfile``.

Text is paragraphs without the title; section heads are spans. Language, outlet and further cleaning belong to others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.errors import ReadError
from pipelines.extract.assemble import assemble

if TYPE_CHECKING:
    from pipelines.models import ExtractedArticle

MIN_LETTERS: Final = 20
"""Fewer letters than this in a whole document are the stamp of a scanner, not a text."""


def extract_pdf(body: bytes) -> ExtractedArticle:
    """Article of a PDF file. Raises ``ReadError`` where it is encrypted, damaged, scanned (no text) or too long."""
    from pipelines.extract.pdf import read_pdf  # noqa: PLC0415

    blocks, about = read_pdf(body)
    if sum(char.isalpha() for block in blocks for char in block.text) < MIN_LETTERS:
        raise ReadError("The PDF holds pictures of pages and no text; run text recognition (OCR) on it first.")
    return assemble(blocks, about, extractor="pdf")


def extract_docx(body: bytes) -> ExtractedArticle:
    """Article of a .docx file. Raises ``ReadError`` where it is damaged, protected, too large or without text."""
    from pipelines.extract.wordfile import read_docx  # noqa: PLC0415

    blocks, about = read_docx(body)
    if not any(char.isalpha() for block in blocks for char in block.text):
        raise ReadError("The Word file holds no text; give one with the article in it.")
    return assemble(blocks, about, extractor="docx")
