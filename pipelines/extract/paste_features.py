"""A line of a paste among its neighbours -> named features for the model that tells article lines from furniture.

Nothing here depends on a language: lengths, endings, repeats, the share of function words, and how much of a line's
vocabulary the page's long paragraphs use too. Values are 0-1 or small counts, so that weights can be read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING, Final

from pipelines.extract.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.extract.paste_lines import Line

_NEAR: Final = 3
_FAR: Final = 10
_MIN_CONTENT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What features need of the whole page, computed once."""

    plain: tuple[int, ...]
    """Positions of the lines that are no known furniture: what stands between two paragraphs does not part them."""
    rank: tuple[int, ...]
    """For each line, how many plain lines stand above it."""
    prose: tuple[float, ...]
    """Running sums of prose words over the plain lines, so that a window's share costs nothing."""
    repeats: Counter[tuple[str, ...]]
    vocabulary: Counter[str]
    """In how many prose lines a word of four letters or more occurs."""
    gaps: float
    listed: tuple[bool, ...]
    """Whether a head such as "Related" stood above with no paragraph since."""


def context_of(lines: Sequence[Line]) -> Context:
    """Counts over all lines of the page."""
    sums = [0.0]
    plain: list[int] = []
    rank: list[int] = []
    vocabulary: Counter[str] = Counter()
    listed: list[bool] = []
    under_head = False
    for index, line in enumerate(lines):
        listed.append(under_head)
        rank.append(len(plain))
        if (
            line.hit is not None
            and line.hit.place == "line"
            and line.hit.kind in ("related", "comments", "navigation", "newsletter")
        ):
            under_head = True
        elif line.prose and line.size >= 10:
            under_head = False
        if line.hit is None and not line.placeholder:
            plain.append(index)
            sums.append(sums[-1] + (min(line.size, 60) if line.prose else 0))
        if line.prose:
            vocabulary.update({key for key in line.keys[:200] if len(key) >= _MIN_CONTENT})
    return Context(
        plain=tuple(plain),
        rank=tuple(rank),
        prose=tuple(sums),
        repeats=Counter(line.keys[:40] for line in lines if line.keys),
        vocabulary=vocabulary,
        gaps=sum(line.gap for line in lines) / max(1, len(lines)),
        listed=tuple(listed),
    )


def features(lines: Sequence[Line], index: int, context: Context) -> dict[str, float]:
    """Features of ``lines[index]``; absent ones are 0."""
    line = lines[index]
    found = _own(line)
    found |= _words(line, context)
    at = context.rank[index]
    own = at < len(context.plain) and context.plain[at] == index
    for side, step, rank in (("before", -1, at - 1), ("after", 1, at + own)):
        if 0 <= rank < len(context.plain):
            other = lines[context.plain[rank]]
            found |= {f"{side}_{name}": value for name, value in _neighbour(other).items()}
        else:
            found[f"{side}_edge"] = 1
        if 0 <= index + step < len(lines):
            found[f"{side}_hit"] = float(lines[index + step].hit is not None)
            found[f"{side}_placeholder"] = float(lines[index + step].placeholder)
    found["in_list"] = float(context.listed[index])
    found["prose_near"] = _share(context, at, _NEAR, own=own)
    found["prose_far"] = _share(context, at, _FAR, own=own)
    if context.gaps > 0.3:
        found["gap_before"] = float(line.gap)
        found["gap_after"] = float(index + 1 == len(lines) or lines[index + 1].gap)
        found["gap_both"] = found["gap_before"] * found["gap_after"]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and not following.gap and _credit_like(following):
        found["credit_follows"] = 1
    if index and (lines[index - 1].placeholder and not lines[index - 1].gap):
        found["under_placeholder"] = 1
    for beside in (index - 1, index + 1):
        if 0 <= beside < len(lines) and _overlap(line, lines[beside]) >= 0.5:
            found["echo"] = 1
    return found


def _own(line: Line) -> dict[str, float]:
    size = line.size
    found = {
        "length": log1p(min(size, 80)),
        "full_stop": float(line.full_stop),
        "clause_end": float(line.clause_end and not line.full_stop),
        "sentences": float(min(line.sentences, 3)),
        "bullet": float(line.bullet),
        "placeholder": float(line.placeholder),
        "quote": float(line.text[:1] in "\"“„«‘'"),
        "function": min(line.function_share, 0.5) * 2 if size >= _MIN_CONTENT else 0.0,
        "no_function": float(size >= _MIN_CONTENT and line.function_share == 0),
        "capitals": line.capitals if size >= _MIN_CONTENT else 0.0,
        "prose": float(line.prose),
    }
    for name, low, high in (
        ("1", 0, 1),
        ("2_3", 2, 3),
        ("4_7", 4, 7),
        ("8_14", 8, 14),
        ("15_29", 15, 29),
        ("30", 30, 10**9),
    ):
        found[f"size_{name}"] = float(low <= size <= high)
    found["stop_long"] = float(line.full_stop and size >= 15)
    found["stop_short"] = float(line.full_stop and size < 8)
    found["open_long"] = float(not line.clause_end and size >= 15)
    digits = sum(key.isdigit() for key in line.keys)
    found["digits"] = digits / size if size else 0.0
    found["upper"] = float(size >= _MIN_CONTENT and line.text.isupper())
    found["trail"] = float(" > " in line.text or " » " in line.text or " | " in line.text)
    found["glued"] = float(line.glued)
    found["cut"] = float(line.cut)
    found["dated"] = float(size <= 14 and not line.full_stop and digits > 1 and find_date(line.text) is not None)
    found["at"] = float("@" in line.text)
    found["address"] = float("http" in line.text or "www." in line.text)
    if line.hit is not None:
        found["hit"] = 1
        found[f"hit_{line.hit.place}"] = 1
    return found


def _words(line: Line, context: Context) -> dict[str, float]:
    content = {key for key in line.keys[:200] if len(key) >= _MIN_CONTENT}
    own = 1 if line.prose else 0
    shared = sum(context.vocabulary[key] > own for key in content) / len(content) if content else 0.0
    return {"shared": shared, "repeated": float(context.repeats[line.keys[:40]] > 1)}


def _neighbour(line: Line) -> dict[str, float]:
    return {
        "prose": float(line.prose),
        "stop": float(line.full_stop),
        "bullet": float(line.bullet),
        "short": float(line.size < _MIN_CONTENT),
        "long": float(line.size >= 30),
    }


def _share(context: Context, at: int, reach: int, *, own: bool) -> float:
    last = len(context.prose) - 1
    low, high = max(0, at - reach), min(last, at + own + reach)
    around = context.prose[high] - context.prose[low]
    if own:
        around -= context.prose[at + 1] - context.prose[at]
    return around / (60 * reach)


def _credit_like(line: Line) -> bool:
    if line.hit is not None and line.hit.kind in ("credit", "caption"):
        return True
    return line.size <= 8 and not line.full_stop and ("/" in line.text or line.text.startswith("("))


def _overlap(line: Line, other: Line) -> float:
    own, theirs = set(line.keys[:60]), set(other.keys[:60])
    smaller = min(len(own), len(theirs))
    return len(own & theirs) / smaller if smaller >= _MIN_CONTENT else 0.0
