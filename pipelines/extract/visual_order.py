"""Right-to-left lines of a PDF put back into spoken order: fragments as drawn, left to right -> text.

A PDF draws glyphs; most programs draw Arabic script from the left, so the stream holds a line backwards, its numbers
and Latin words forwards, and letters as presentation forms. Some store it as spoken. Function words tell which; the
order of brackets tells whether the program mirrored them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

RTL_LETTER: Final = re.compile(r"[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Runs that read left to right inside a right-to-left line: Latin words, numbers, and what stands between their parts.
_LTR_RUN: Final = re.compile(
    r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
    r"(?:[^\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc()\[\]{}«»]*"
    r"[^\W_\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?"
    r"|\d(?:[\d.,:/٫٬-]*\d)?"
)
_PRESENTATION: Final = re.compile(r"[\ufb50-\ufdf9\ufdfc\ufe70-\ufefc]+")
_MIRROR: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_FOLD: Final = str.maketrans("يك", "یک")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOrder:
    """How a document stores right-to-left lines: ``visual`` as drawn; ``mirrored`` with brackets as drawn."""

    visual: bool
    mirrored: bool


def right_to_left(line: str) -> bool:
    """Whether most letters of ``line`` are of Arabic (or Hebrew) script."""
    found = len(RTL_LETTER.findall(line))
    return found > 0 and found >= 0.5 * sum(char.isalpha() for char in line)


def tell_order(lines: Iterable[str]) -> LineOrder:
    """Order of a document's right-to-left ``lines``, each as stored; visual where nothing speaks against."""
    spoken = drawn = opened = closed = 0
    words = _words()
    for line in lines:
        for word in _WORD.findall(normalise(line).translate(_FOLD)):
            spoken += word in words
            drawn += word[::-1] in words
        turned = to_spoken(line, LineOrder(visual=True, mirrored=True))
        opened += len(re.findall(r"\([^()]*\)|«[^«»]*»", turned))
        closed += len(re.findall(r"\)[^()]*\(|»[^«»]*«", turned))
    return LineOrder(visual=spoken <= drawn, mirrored=opened >= closed)


def to_spoken(line: str, order: LineOrder) -> str:
    """``line`` as a person reads it aloud, in the letters of running text."""
    if order.visual and RTL_LETTER.search(line):
        turned = line[::-1]
        if order.mirrored:
            turned = turned.translate(_MIRROR)
        line = _LTR_RUN.sub(lambda run: run[0][::-1], turned)
    return normalise(line)


def normalise(text: str) -> str:
    """Presentation forms as letters (NFKC of those characters alone); tatweel and marks of other text stay."""
    return _PRESENTATION.sub(lambda form: unicodedata.normalize("NFKC", form[0]).replace(" ", ""), text)


@cache
def _words() -> frozenset[str]:
    text = (files("pipelines") / "data" / "documents" / "rtl_words.txt").read_text("utf-8")
    return frozenset(line.strip().translate(_FOLD) for line in text.splitlines() if line and not line.startswith("#"))
