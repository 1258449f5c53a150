"""Quotations of a text: “ ” „ “ « » ‹ › " " ‘ ’ and the single quotes of British papers, nested.

Text → outermost ``Quotation`` spans in order. A mark that is never closed, or never opened, still makes a quotation (to the
end of its paragraph, or from its start), marked as cut: a summary that shows half a quotation must not hide it from a check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

_CLOSERS: Final = {"“": "”“", "„": "“”", "«": "»", "‹": "›", "‘": "’", "‟": "”"}
_STRAIGHT: Final = {'"': '"', "'": "'", "''": "''", "＂": "＂"}
_MARK: Final = re.compile(r"''|[“”„‟«»‹›‘’\"'＂]|\n\s*\n")

Cut = Literal["", "open", "close"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation at half-open code points, marks included; ``text`` is what stands between the marks, stripped.

    ``cut`` is ``"open"`` where the closing mark is missing and ``"close"`` where the opening mark is.
    """

    start: int
    stop: int
    text: str
    cut: Cut = ""


def quotations(text: str) -> list[Quotation]:
    """Outermost quotations in text order. Apostrophes ("Taliban’s", "officers’ pay", "o'clock") are not quotation marks."""
    found: list[Quotation] = []
    opened: list[tuple[str, int, int]] = []
    paragraph = 0

    def add(start: int, stop: int, inner: tuple[int, int], cut: Cut = "") -> None:
        found.append(Quotation(start=start, stop=stop, text=text[slice(*inner)].strip(), cut=cut))

    def end_paragraph(stop: int) -> None:
        if opened:
            _, start, inside = opened[0]
            add(start, stop, (inside, stop), "open")
            opened.clear()

    for match in _MARK.finditer(text):
        mark, (start, stop) = match.group(), match.span()
        if mark.isspace():
            end_paragraph(start)
            paragraph = stop
            continue
        if mark == '"' and opened and opened[-1][0] == mark and _only_opens(text, start, stop):
            end_paragraph(start)
        if depth := _closes(mark, opened, text, start, stop):
            outer = opened[-depth]
            del opened[-depth:]
            if not opened:
                add(outer[1], stop, (outer[2], start))
        elif _opens(mark, text, start, stop):
            opened.append((mark, start, stop))
        elif mark in '”»›"' and not opened:
            begin = found[-1].stop if found and found[-1].stop > paragraph else paragraph
            add(begin, stop, (begin, start), "close")
    end_paragraph(len(text))
    return found


def _closes(mark: str, opened: list[tuple[str, int, int]], text: str, start: int, stop: int) -> int:
    """How many open quotations the mark closes, counted from the innermost; 0 if it closes none."""
    if mark in "'’" and (not _closing_place(text, start, stop)):
        return 0
    for depth, (opener, _, _) in enumerate(reversed(opened), start=1):
        if mark in _CLOSERS.get(opener, "") or _STRAIGHT.get(opener) == mark:
            # „…“ ends with the mark that opens “…”
            if mark == "“" and opener == "“":
                return 0
            return depth
    return 0


def _opens(mark: str, text: str, start: int, stop: int) -> bool:
    if mark in "'‘":
        return _opening_place(text, start, stop)
    if mark == '"':
        return not _only_closes(text, start, stop)
    return mark in _CLOSERS or mark in _STRAIGHT


def _only_opens(text: str, start: int, stop: int) -> bool:
    """A straight mark with a space before and none after: the one before it was never closed."""
    return start > 0 and text[start - 1].isspace() and not text[stop : stop + 1].isspace() and stop < len(text)


def _only_closes(text: str, start: int, stop: int) -> bool:
    """A straight mark with a space after and none before."""
    return start > 0 and not text[start - 1].isspace() and (text[stop : stop + 1].isspace() or stop == len(text))


def _opening_place(text: str, start: int, stop: int) -> bool:
    """After a space, a dash or a bracket (or at the start), and before something other than a digit: not ’90s or rock 'n'."""
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    return (not before or before.isspace() or before in '([—–-«“":,') and bool(after) and not after.isdigit()


def _closing_place(text: str, start: int, stop: int) -> bool:
    """Not between letters, and not before a letter: an apostrophe stands there."""
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    return bool(before) and not (after.isalnum())
