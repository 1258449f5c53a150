"""What a paste says of itself near its top: lines between the title and the first paragraph -> date, author, outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.extract.bylines import byline, people, role_byline
from pipelines.extract.dates import find_date
from pipelines.extract.lines import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.extract.paste_lines import Line

_ABOVE: Final = 6
_BELOW: Final = 12
_MAX_LINE_WORDS: Final = 24
_SUFFIX: Final = re.compile(r"\s+[|–—•·»-]\s+([^|–—•·»]{2,40})$")
_SOURCE: Final = re.compile(r"^(?:source|источник|منبع|سرچینه|via)\s*[:：]\s*(.{2,40})$", re.IGNORECASE)
_MAX_OUTLET_WORDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What was found; ``title`` without the outlet that a browser's tab adds to it."""

    title: str | None
    author: str | None
    published: date | None
    outlet: str | None


def read_about(lines: Sequence[Line], title: int | None, first: int) -> About:
    """Date, author and outlet stated close to ``lines[title]`` and not below the paragraph ``lines[first]``."""
    anchor = first if title is None else title
    near = [line for line in lines[max(0, anchor - _ABOVE) : max(anchor, first) + 1] if line.size <= _MAX_LINE_WORDS]
    below = [line for line in lines[anchor : anchor + _BELOW] if line.size <= _MAX_LINE_WORDS and not line.full_stop]
    text = lines[title].text if title is not None else None
    shown, outlet = split_outlet(text, lines) if text else (None, None)
    return About(
        title=shown,
        author=", ".join(_authors(near + below)) or None,
        published=next(
            (day for line in [*reversed(near), *below] if not line.full_stop and (day := find_date(line.text))), None
        ),
        outlet=outlet or _source(near),
    )


def split_outlet(title: str, lines: Sequence[Line]) -> tuple[str, str | None]:
    """``title`` and the outlet behind its last bar or dash, if that name stands alone elsewhere on the page."""
    match = _SUFFIX.search(title)
    if match is None:
        return title, None
    keys = tuple(words(match[1]))
    if not 1 <= len(keys) <= _MAX_OUTLET_WORDS or not any(line.keys == keys for line in lines):
        return title, None
    return title[: match.start()].rstrip(), match[1].strip()


def _authors(lines: Sequence[Line]) -> tuple[str, ...]:
    for line in lines:
        stated = byline(line.text)
        if stated is None and not line.full_stop:
            stated = role_byline(line.text)
        names = people([stated]) if stated else ()
        if names:
            return names
    return ()


def _source(lines: Sequence[Line]) -> str | None:
    for line in lines:
        match = _SOURCE.match(line.text)
        if match and len(words(match[1])) <= _MAX_OUTLET_WORDS:
            return match[1].strip()
    return None
