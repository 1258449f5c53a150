"""Lines of a paste that is an article already, with or without a little furniture -> which lines stay.

A pasted article of paragraphs alone, a Telegram post, a poem or an interview must come back whole, so that only what the
phrase lists name goes, and a single doubtful find is not enough to touch anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.extract.paste_body import Body, is_meta, title_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.paste_lines import Line

_CERTAIN_KINDS: Final = frozenset({"related", "advert", "share", "comments", "newsletter", "consent"})
_OPENING_KINDS: Final = frozenset({"share", "newsletter", "consent"})
_LIST_KINDS: Final = frozenset({"related", "navigation"})
_MAX_LINK_WORDS: Final = 25
_MAX_TRAILING_WORDS: Final = 8
_MIN_BEFORE_COMMENTS: Final = 60
_MIN_REPEAT: Final = 8
_MAX_CAPTION_WORDS: Final = 45

MIN_MENU: Final = 8
MIN_MENU_UNWORDED: Final = 30


def page_like(lines: Sequence[Line]) -> bool:
    """True where a whole page was pasted: menus or lists of links stand around the article."""
    menu = sum(line.size <= 6 and not line.clause_end for line in lines)
    named = sum(line.hit is not None for line in lines)
    if menu >= MIN_MENU and named >= 4 and (named + menu) * 5 >= len(lines):
        return True
    above = next((index for index, line in enumerate(lines) if line.prose), len(lines))
    return (
        menu >= MIN_MENU_UNWORDED
        and above >= 10
        and (named >= 2 or (named >= 1 and sum(line.prose for line in lines) >= 3))
    )


def light_body(lines: Sequence[Line]) -> Body:
    """Every line but named furniture; the title is the first line where that is a headline."""
    furniture = [index for index, line in enumerate(lines) if line.hit is not None]
    certain = [index for index in furniture if _certain(lines[index])]
    if len(furniture) < 2 and not certain:
        kept = list(range(len(lines)))
    else:
        kept = _without_furniture(lines, frozenset(furniture if len(furniture) > 1 else certain))
    title = _title(lines, kept)
    first_prose = next((index for index in kept if lines[index].prose), len(lines))
    about = {index for index in kept if index < first_prose and is_meta(lines[index])}
    return Body(title=title, kept=tuple(index for index in kept if index != title and index not in about))


def _certain(line: Line) -> bool:
    if line.hit is None:
        return False
    if line.hit.place in ("line", "label"):
        # one word is a section head as often as a button
        return line.hit.kind in _CERTAIN_KINDS and (line.size > 1 or line.hit.kind in ("advert", "consent"))
    return line.hit.place == "start" and line.hit.kind in _OPENING_KINDS and line.hit.words > 1


def _without_furniture(lines: Sequence[Line], furniture: frozenset[int]) -> list[int]:
    kept: list[int] = []
    seen: set[tuple[str, ...]] = set()
    in_list = False
    read = 0
    for index, line in enumerate(lines):
        if index in furniture:
            head = line.hit is not None and line.hit.place == "line"
            if head and line.hit is not None and line.hit.kind == "comments" and read >= _MIN_BEFORE_COMMENTS:
                break
            if head and line.hit is not None and line.hit.kind == "navigation" and _heads_prose(lines, index):
                kept.append(index)
            in_list = in_list or (head and line.hit is not None and line.hit.kind in _LIST_KINDS)
            continue
        in_list = in_list and not line.full_stop
        repeated = line.size >= _MIN_REPEAT and line.keys in seen
        link = in_list and line.size <= _MAX_LINK_WORDS and not _heads_prose(lines, index)
        if repeated or link or _captioned(lines, index):
            continue
        seen.add(line.keys)
        kept.append(index)
        read += line.size if line.prose else 0
    return _without_tail(lines, kept)


def _heads_prose(lines: Sequence[Line], index: int) -> bool:
    """True where a paragraph follows at once and the line could be its head."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and following.prose and lines[index].size <= _MAX_TRAILING_WORDS and bool(index)


def _captioned(lines: Sequence[Line], index: int) -> bool:
    """True where a credit stands right under the line, with no blank line between."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.gap or following.hit is None or lines[index].size > _MAX_CAPTION_WORDS:
        return False
    return (
        following.hit.kind == "credit"
        and following.hit.place in ("line", "part")
        and following.size <= _MAX_TRAILING_WORDS
    )


def _without_tail(lines: Sequence[Line], kept: list[int]) -> list[int]:
    """Names of widgets that stand below the last paragraph."""
    while kept and not lines[kept[-1]].clause_end and lines[kept[-1]].size <= _MAX_TRAILING_WORDS:
        if not any(lines[index].prose for index in kept):
            break
        kept.pop()
    return kept


def _title(lines: Sequence[Line], kept: Sequence[int]) -> int | None:
    for position, index in enumerate(kept[:4]):
        line = lines[index]
        if is_meta(line):
            continue
        under = kept[position + 1] if position + 1 < len(kept) else None
        about = under is not None and is_meta(lines[under])  # a byline or a date right under it
        below = [lines[other] for other in kept[position + 1 : position + 7] if not is_meta(lines[other])][:4]
        apart = about or not below or below[0].gap or below[0].size > 2 * line.size
        if title_like(line) and apart and any(other.prose for other in below[:3]):
            return index
        return None
    return None
