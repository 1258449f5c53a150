"""Pasted text -> its lines, each with what one can see of it alone: length, ending, bullet, furniture phrase.

Word processors and terminals wrap lines; a paste whose lines all break at the same width is unwrapped first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from statistics import median
from typing import Final

from pipelines import tables
from pipelines.extract.lines import (
    Hit,
    blank_like,
    bulleted,
    closes_clause,
    closes_sentence,
    hit,
    squeeze,
    without_bullet,
    words,
)
from pipelines.text import fold

# Box-drawing rules are what text browsers draw between the rows of a table
_LINE_BREAK: Final = re.compile(r"\r\n|[━─═_]{5,}|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_BREAK: Final = re.compile(r"[.!?؟۔…][\"'”’»)\]]*\s+\S")
_GLUED: Final = re.compile(r"[a-zа-яё]{3}[A-ZА-ЯЁ][a-zа-яё]* [a-zа-яё]")
_TRAILING_DOTS: Final = re.compile(r"(?:\.{3}|…|\[…\]|\[\.{3}\])\s*$")
# Names of pictures and form fields as text browsers print them before a line: "[INS::INS]", "[p]", "[            ]";
# brackets inside a sentence are the editor's and stay
_PLACEHOLDER: Final = re.compile(r"^(?:\[(?:[\s_]*|[\w.:,&+-]{1,40}|Search[^\]]*|Submit)\]\s*)+|\[[\s_]*\]")

_UNKNOWN_SHARE: Final = 0.3
MIN_UNDER_PICTURE: Final = 15
"""A line this long is a paragraph, even where the name of a picture opens it."""
MAX_LINES: Final = 15_000
_LONG_LINE: Final = 60
MIN_WRAPPED: Final = 8
_WRAP_WIDTH: Final = (50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank. ``text`` is squeezed and has no bullet; ``gap`` says that a blank line stood before it."""

    text: str
    gap: bool
    bullet: bool
    placeholder: bool
    keys: tuple[str, ...]
    hit: Hit | None
    full_stop: bool
    clause_end: bool
    sentences: int
    glued: bool
    """A headline runs into the sentence under it, or the text stands there twice: how links read when pasted."""
    cut: bool
    """Ends with dots: the beginning of another article."""
    function_share: float
    capitals: float

    @property
    def size(self) -> int:
        """Words."""
        return len(self.keys)

    @property
    def prose(self) -> bool:
        """True where this reads like a paragraph: long enough, with function words, ending as a sentence does."""
        return (
            self.size >= 8
            and self.full_stop
            and self.function_share >= 0.12
            and self.hit is None
            and not self.cut
            and not self.glued
        )


def read_lines(text: str) -> list[Line]:
    """Lines of ``text`` that hold something."""
    lines: list[Line] = []
    gap = True
    for raw in _bounded(unwrap(_LINE_BREAK.split(text))):
        line = _line(raw, gap=gap)
        if line is None:
            gap = True
        else:
            lines.append(line)
            gap = False
    return lines if _listed_language(lines) else [replace(line, function_share=_UNKNOWN_SHARE) for line in lines]


def _bounded(raw: list[str]) -> list[str]:
    """Without the short lines where there are too many lines; no page that a person reads has so many."""
    if len(raw) <= 2 * MAX_LINES:
        return raw
    return [line for line in raw if len(line) >= _LONG_LINE][:MAX_LINES]


def _listed_language(lines: list[Line]) -> bool:
    """False where the function words are of no language listed: their absence then says nothing about a line."""
    long = [line for line in lines if line.size >= 15 and line.full_stop]
    return not long or sum(line.function_share for line in long) >= 0.12 * len(long)


def unwrap(raw: list[str]) -> list[str]:
    """Join the lines of paragraphs that were broken at a fixed width; anything else comes back as it is."""
    filled = [len(line.rstrip()) for line in raw if line.strip()]
    if len(filled) < MIN_WRAPPED:
        return raw
    width = max(filled)
    if not _WRAP_WIDTH[0] <= width <= _WRAP_WIDTH[1] or median(filled) < 0.8 * width:
        return raw
    joined: list[str] = []
    open_paragraph = False
    for line in raw:
        if not line.strip():
            joined.append("")
            open_paragraph = False
        elif open_paragraph and not bulleted(line.strip()):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
            open_paragraph = len(line.rstrip()) >= 0.6 * width
        else:
            joined.append(line)
            open_paragraph = len(line.rstrip()) >= 0.6 * width
    return joined


def _line(raw: str, *, gap: bool) -> Line | None:
    shown = squeeze(raw)
    if not shown:
        return None
    placeholder = "[" in shown and _PLACEHOLDER.search(shown) is not None
    bullet = bulleted(shown)
    bare = squeeze(_PLACEHOLDER.sub(" ", shown)) if placeholder else shown
    bare = squeeze(without_bullet(bare)) if bullet else bare
    if not bare:
        return None
    keys = tuple(words(bare)) if len(bare) < 20_000 else tuple(bare.split())
    functions = _function_words()
    capital = [word for word in bare.split()[1:40] if word[:1].isupper()]
    return Line(
        text=bare if (placeholder and not _bracketed_word(shown)) or (bullet and not _numbered(shown)) else shown,
        gap=gap,
        bullet=bullet,
        placeholder=(placeholder and len(keys) < MIN_UNDER_PICTURE) or blank_like(shown),
        keys=keys,
        hit=hit(bare),
        full_stop=closes_sentence(bare),
        clause_end=closes_clause(bare),
        glued=_GLUED.search(bare) is not None or _doubled(bare),
        cut=_TRAILING_DOTS.search(bare[-8:]) is not None,
        sentences=len(_SENTENCE_BREAK.findall(bare[:4000])),
        function_share=sum(key in functions for key in keys) / len(keys) if keys else 0.0,
        capitals=len(capital) / max(1, len(bare.split()[1:40])),
    )


def _doubled(text: str) -> bool:
    half, odd = divmod(len(text), 2)
    return half >= 4 and (text[:half] == text[half + odd :]) and (not odd or text[half] == " ")


def _bracketed_word(shown: str) -> bool:
    """ "[He] said": an editor's insertion opens the sentence."""
    return re.match(r"\[[^\W\d_]+\] [^\W\d_A-ZА-Я]", shown) is not None


def _numbered(shown: str) -> bool:
    return shown[0].isdigit() or shown[0] in "(#—–-"


@cache
def _function_words() -> frozenset[str]:
    return frozenset(fold(word) for word in tables.words("boilerplate/function_words.txt"))
