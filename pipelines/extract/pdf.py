"""Blocks of a PDF: glyph runs -> lines -> paragraphs, running heads and page numbers gone.

pypdf gives fragments with their place and size in the order of the page's stream, which is the reading order of columns
in all but hand-made files. Bounds are counts, not seconds, so that the same file always ends the same way.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from io import BytesIO
from math import hypot
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ReadError
from pipelines.extract.assemble import About, Block
from pipelines.extract.pdf_lines import Fragment, Line, join_fragments, to_blocks, without_running
from pipelines.extract.visual_order import LineOrder, right_to_left, tell_order, to_spoken

if TYPE_CHECKING:
    from datetime import date

    from pypdf import PdfReader

MAX_PAGES: Final = 100
MAX_OPERATIONS: Final = 1_000_000
"""Drawing operations in the whole file; a page of text has one to three thousand, a map a hundred thousand."""
_LIMITS: Final[dict[str, Any]] = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 500_000,
}
_RTL_RANGES: Final = ((0x590, 0x900), (0xFB1D, 0xFE00), (0xFE70, 0xFF00))
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]{8,32})>")


class _TooMuchError(Exception):
    """The drawing operations ran over ``MAX_OPERATIONS``."""


def read_pdf(body: bytes) -> tuple[list[Block], About]:
    """Blocks and properties. Raises ``ReadError`` where the file is encrypted, damaged or too long."""
    from pypdf import apply_configuration  # noqa: PLC0415
    from pypdf.errors import LimitReachedError  # noqa: PLC0415

    # what pypdf says of a damaged file ("EOF marker not found") is said in our own words
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        with apply_configuration(**_LIMITS):
            return _read(body)
    except ReadError:
        raise
    except (_TooMuchError, LimitReachedError):
        raise ReadError("The PDF draws too much to be an article; give the article's pages alone.") from None
    except Exception as error:  # pypdf lets KeyError, TypeError, RecursionError … of damaged files through
        raise ReadError("The PDF is damaged or uses what cannot be read; save it anew, or paste its text.") from error


def _read(body: bytes) -> tuple[list[Block], About]:
    pages = _pages(body, flip=True)
    drawn = (_as_drawn(line).text for page in pages for line in page)
    rtl = [text for text in drawn if right_to_left(text)]
    order = tell_order(rtl) if rtl else LineOrder(visual=False, mirrored=False)
    if rtl and not order.visual:
        pages = _pages(body, flip=False)
    lines = [
        [Line(text, raw.x, raw.y, raw.size, raw.bold) for raw, text in _spoken(page, order) if text] for page in pages
    ]
    return to_blocks(without_running(lines)), _about(_open(body))


def _spoken(page: list[list[Fragment]], order: LineOrder) -> list[tuple[Line, str]]:
    lines = []
    for fragments in page:
        drawn = join_fragments(fragments)
        if right_to_left(drawn.text) and order.visual:
            drawn = _as_drawn(fragments)
        lines.append((drawn, " ".join(to_spoken(drawn.text, order).split())))
    return lines


def _as_drawn(fragments: list[Fragment]) -> Line:
    """From the left: programs that put out a line's runs in spoken order still place each; the place is the truth."""
    return join_fragments(sorted(fragments, key=lambda fragment: round(fragment.x)))


def _open(body: bytes) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import DependencyError  # noqa: PLC0415

    reader = PdfReader(BytesIO(body))
    locked = ReadError("The PDF is protected by a password; save it without one, or paste its text.")
    try:
        # Many PDFs are encrypted under an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
    except (DependencyError, NotImplementedError):
        raise locked from None
    return reader


def _pages(body: bytes, *, flip: bool) -> list[list[list[Fragment]]]:
    """Fragments by page and line. With ``flip`` ligatures of Arabic letters read backwards, as the rest is drawn."""
    _keep_drawn_order()
    reader = _open(body)
    if len(reader.pages) > MAX_PAGES:
        raise ReadError(
            f"The PDF has {len(reader.pages)} pages, more than {MAX_PAGES}; give the article's pages alone."
        )
    operations = 0

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        if operations > MAX_OPERATIONS:
            raise _TooMuchError

    pages = []
    for page in reader.pages:
        if flip:
            _flip_ligatures(page)
        runs: list[tuple[Any, ...]] = []
        page.extract_text(visitor_text=lambda *run, into=runs: into.append(run), visitor_operand_before=count)
        pages.append(_lines([_fragment(*run) for run in runs if run[0]]))
    return pages


def _fragment(text: str, cm: list[float], tm: list[float], font: Any, size: Any) -> Fragment:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    name = str(font.get("/BaseFont", "")) if font else ""
    bold = re.search(r"bold|black|heavy|semibold", name, re.IGNORECASE) is not None
    return Fragment(text, x, y, float(size) * scale, bold)


def _lines(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Break where pypdf broke the line, or where the pen moved up or down by more than half the letters' size."""
    lines: list[list[Fragment]] = []
    fresh = True
    for fragment in fragments:
        if fragment.text.strip():
            if not fresh and abs(fragment.y - lines[-1][0].y) > 0.5 * max(fragment.size, 1.0):
                fresh = True
            if fresh:
                lines.append([])
            lines[-1].append(fragment)
            fresh = False
        elif lines and not fresh:
            lines[-1].append(fragment)
        fresh = fresh or fragment.text.endswith("\n")
    return lines


@cache
def _keep_drawn_order() -> None:
    """Make pypdf hand glyphs over as drawn.

    Left alone it turns each right-to-left run round by itself, which loses the spaces between words placed one by one
    and the order of runs round a number. Declaring the letters neutral switches that off. The setting is pypdf's and
    global; it is the same for every file, so its being kept is harmless.
    """
    from pypdf._text_extraction import set_custom_rtl  # noqa: PLC0415

    set_custom_rtl(specials="".join(chr(code) for start, stop in _RTL_RANGES for code in range(start, stop)))


def _flip_ligatures(page: Any) -> None:
    """Turn round what a font says that a ligature of Arabic letters stands for.

    One glyph is read as several letters in spoken order (lam-alef, in every font) amid glyphs in drawn order. Turning
    the whole line would leave these backwards, and a turned "al-" looks the same, so it cannot be told afterwards.
    """
    from pypdf.generic import DecodedStreamObject, NameObject  # noqa: PLC0415

    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for font in (fonts.get_object() if fonts is not None else {}).values():
        table = font.get_object().get("/ToUnicode")
        if table is None or not hasattr(table.get_object(), "get_data"):
            continue
        data = table.get_object().get_data()
        flipped = _HEX.sub(_flip, data)
        if flipped != data:
            stream = DecodedStreamObject()
            stream.set_data(flipped)
            font.get_object()[NameObject("/ToUnicode")] = stream


def _flip(found: re.Match[bytes]) -> bytes:
    text = found[1]
    units = [text[index : index + 4] for index in range(0, len(text), 4)]
    codes = [int(unit, 16) for unit in units]
    if len(text) % 4 or not all(any(start <= code < stop for start, stop in _RTL_RANGES) for code in codes):
        return found[0]
    return b"<" + b"".join(reversed(units)) + b">"


def _about(reader: PdfReader) -> About:
    try:
        properties = reader.metadata
        title, author = (properties.title, properties.author) if properties else (None, None)
    except Exception:  # noqa: BLE001 - a file with a readable text may have unreadable properties of any kind
        return About()
    return About(title=title, author=author, created=_created(reader))


def _created(reader: PdfReader) -> date | None:
    try:
        moment = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None
    return moment.date() if moment else None
