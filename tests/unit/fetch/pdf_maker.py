"""Small PDFs written by hand: lines at places, glyphs that stand for one or more letters, any property, any encryption."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Run(NamedTuple):
    """Glyphs drawn from ``x``, ``y`` (points from the lower left). A glyph is the letters that it stands for."""

    x: float
    y: float
    glyphs: Sequence[str]
    size: float = 12
    bold: bool = False


def make_pdf(pages: Sequence[Sequence[Run]], **properties: str) -> bytes:
    """PDF whose fonts map glyph numbers to letters by a ToUnicode table; no outlines are embedded, none are needed."""
    glyphs = sorted({glyph for page in pages for run in page for glyph in run.glyphs})
    codes = {glyph: number + 1 for number, glyph in enumerate(glyphs)}
    table = "\n".join(f"<{code:04x}> <{glyph.encode('utf-16-be').hex()}>" for glyph, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{table}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    info = " ".join(f"/{name} <feff{value.encode('utf-16-be').hex()}>" for name, value in properties.items())
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", f"<< {info} >>", _stream(cmap)]
    for name in ("Regular", "Bold"):
        number = len(objects) + 1
        objects.append(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /Test-{name} /Encoding /Identity-H /ToUnicode 4 0 R "
            f"/DescendantFonts [{number + 1} 0 R] >>"
        )
        objects.append(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test-{name} /DW 500 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        )
    kids = []
    for page in pages:
        objects.append(_stream("\n".join(_draw(run, codes) for run in page)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 5 0 R /F2 7 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _write(objects)


def _draw(run: Run, codes: dict[str, int]) -> str:
    text = "".join(f"{codes[glyph]:04x}" for glyph in run.glyphs)
    return f"BT /F{2 if run.bold else 1} {run.size} Tf {run.x} {run.y} Td <{text}> Tj ET"


def _stream(data: str) -> str:
    return f"<< /Length {len(data)} >>\nstream\n{data}\nendstream"


def _write(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def column(lines: Sequence[str], *, top: float = 780, x: float = 72, step: float = 14, size: float = 12) -> list[Run]:
    """Lines one under the other; an empty line leaves a gap."""
    return [Run(x, top - step * index, line, size) for index, line in enumerate(lines) if line]
