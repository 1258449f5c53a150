"""Lines of a whole pasted page -> which of them are the article, and which line is its title.

Two small logistic models over the same features (``line_model.tsv``): ``outer`` tells article from everything else on a
page and finds the stretch that holds the article; ``inner`` tells article from intruders within that stretch (captions,
related links, sign-up forms). The stretch is the run of lines with the greatest sum of gains; a title raises the gain of
starting below it, and the head of a comment section makes what follows count for little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Final

from pipelines import tables
from pipelines.extract.bylines import byline
from pipelines.extract.dates import find_date
from pipelines.extract.paste_features import context_of, features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.extract.lines import Hit
    from pipelines.extract.paste_features import Context
    from pipelines.extract.paste_lines import Line

MAX_TITLE_WORDS: Final = 30
MIN_TITLE_WORDS: Final = 3

_TRAIL: Final = re.compile(r"\s[>»›]\s|https?:|@\w")

_PRIOR: Final = 0.5
"""Added to the outer model's log-odds: it was fitted on whole pages, where one line in eight is the article's."""
_MODEL_SHARE: Final = 0.7
"""How much of a line's gain the model decides; the rest is the plain rule that paragraphs are the article."""
_LOSS: Final = 2.0
_MAX_LOSS: Final = 9.0
_AFTER_COMMENTS: Final = 0.2
_AN_ARTICLE: Final = 80.0
_COMMENTS_HEAD: Final = 150.0
_RELATED_HEAD: Final = 15.0
_SHORT_COST: Final = 4.0
_HEAD_ODDS: Final = -1.5
_MAX_HEAD_WORDS: Final = 10
_LEAD_REACH: Final = 15
_MIN_LEAD: Final = 12
_LEAD_ODDS: Final = 0.0
_USUAL_PARAGRAPH: Final = 25.0
_MIN_SCALE: Final = 0.3
_PROSE_FLOOR: Final = 0.3
_INLINE_COST: Final = 3.0
_FOOTER: Final = 30.0
_TITLE_GAIN: Final = 30.0
_TITLE_POWER: Final = 3
_TITLE_REACH: Final = 12
_MAX_GAIN_WORDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Positions in the list of lines. ``kept`` is in order; ``title`` is not among them."""

    title: int | None
    kept: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Weight of each feature, ``bias`` among them, in log-odds."""

    outer: Mapping[str, float]
    inner: Mapping[str, float]


def find_body(lines: Sequence[Line], models: Models | None = None) -> Body:
    """The article of a pasted page. ``kept`` is empty where nothing reads like one."""
    weights = models or packaged_models()
    context = context_of(lines)
    seen = [features(lines, index, context) for index in range(len(lines))]
    titles = title_scores(lines)
    start, stop = _stretch(lines, [_log_odds(found, weights.outer) for found in seen], titles)
    inner = [_log_odds(found, weights.inner) for found in seen]
    kept = _without_intruders(lines, start, inner[start:stop], context)
    title = find_title(kept[0], titles) if kept else None
    if title is not None:
        kept = [*_lead(lines, title, kept[0], inner), *kept]
    return Body(title=title, kept=tuple(index for index in kept if index != title))


@cache
def packaged_models() -> Models:
    """The models that the package ships."""
    rows = tables.table("boilerplate/line_model.tsv")
    outer = {row["feature"]: float(row["outer"]) for row in rows}
    return Models(outer=outer, inner={row["feature"]: float(row["inner"]) for row in rows})


def title_scores(lines: Sequence[Line]) -> list[float]:
    """How much each line looks like the headline of the prose under it, 0-1."""
    dated = [_dateline(line) for line in lines]
    counts: dict[tuple[str, ...], int] = {}
    for line in lines:
        counts[line.keys] = counts.get(line.keys, 0) + 1
    scores = []
    for index, line in enumerate(lines):
        content = _stems(line.keys)
        if not title_like(line) or not content:
            scores.append(0.0)
            continue
        below = lines[index + 1 : index + 1 + _TITLE_REACH]
        text = {stem for other in below if other.prose for stem in _stems(other.keys[:150])}
        shared = len(content & text) / len(content)
        score = 0.6 * min(1.0, shared / 0.6)
        if shared >= 0.25:
            score += 0.25 * any(dated[index + 1 : index + 6]) + 0.15 * (counts[line.keys] > 1)
        scores.append(score - (0.15 if line.size < 5 else 0.0))
    return scores


def _stems(keys: Sequence[str]) -> set[str]:
    """First five letters of the longer words: cases and plurals of Russian, Pashto and English fall together."""
    return {key[:5] for key in keys if len(key) >= 4}


def title_like(line: Line) -> bool:
    """True where ``line`` could be a headline: a few words, not ending as a statement does."""
    asks = line.text.rstrip("\"'”’»)").endswith(("?", "!", "؟", "…"))
    fits = MIN_TITLE_WORDS <= line.size <= MAX_TITLE_WORDS and (asks or not line.full_stop)
    return (
        fits
        and line.hit is None
        and not line.placeholder
        and not line.cut
        and not is_meta(line)
        and not _TRAIL.search(line.text)
    )


def find_title(first: int, scores: Sequence[float]) -> int | None:
    """Position of the headline above the line ``first``, or of that line itself where it is one."""
    reach = range(max(0, first - 25), first + 1)
    best = max(reach, key=lambda index: (scores[index] - 0.012 * (first - index), index), default=None)
    return best if best is not None and scores[best] >= 0.3 else None


def is_meta(line: Line) -> bool:
    """True for a byline or a line that gives the date: about the article, not of it."""
    return _dateline(line) or byline(line.text) is not None


def _dateline(line: Line) -> bool:
    return (
        line.size <= 20
        and not line.full_stop
        and any(key.isdigit() for key in line.keys)
        and find_date(line.text) is not None
    )


def _stretch(lines: Sequence[Line], log_odds: Sequence[float], titles: Sequence[float]) -> tuple[int, int]:
    """Half-open run of lines with the greatest sum of gains (Kadane), with a bonus for one that starts under a title."""
    sizes = sorted(min(line.size, _MAX_GAIN_WORDS) for line in lines if line.prose)
    # short paragraphs gain little each, and what stands between them must not cost more than they bring
    scale = min(1.0, max(_MIN_SCALE, sizes[len(sizes) // 2] / _USUAL_PARAGRAPH)) if sizes else 1.0
    best, best_start, best_stop = 0.0, 0, 0
    current, start, weight = 0.0, 0, 1.0
    for index, line in enumerate(lines):
        headed = line.hit is not None and line.hit.place in ("line", "label", "start") and line.hit.kind == "comments"
        if headed and best >= _AN_ARTICLE * scale:  # "Comments" at the top of a page is a link to them
            weight = _AFTER_COMMENTS
        bonus = _TITLE_GAIN * titles[index] ** _TITLE_POWER
        if current <= bonus:
            current, start = bonus, index
        gain = _gain(line, log_odds[index])
        gain = gain if gain > 0 else gain * scale
        current += gain * weight if gain > 0 else gain
        if current > best and gain > 0:
            best, best_start, best_stop = current, start, index + 1
    return best_start, best_stop


def _gain(line: Line, log_odds: float) -> float:
    size = min(line.size, _MAX_GAIN_WORDS) + 0.5
    if line.hit is not None:
        return -_cost(line.hit, size)
    gain = _MODEL_SHARE * (2 * _sigmoid(log_odds + _PRIOR) - 1) * size
    rest = 1 - _MODEL_SHARE
    if line.prose:
        return max(gain + rest * size, _PROSE_FLOOR * size)
    if not line.clause_end:
        gain -= rest * (2 if line.size < 4 else 4)
    return gain if gain >= 0 else max(gain * _LOSS, -_MAX_LOSS)


def _cost(hit: Hit, size: float) -> float:
    """What furniture between two paragraphs costs: little where it stands inside articles, much where it ends them."""
    if hit.kind == "comments":
        return _COMMENTS_HEAD if hit.place in ("line", "label") else _MAX_LOSS
    if hit.kind == "footer":
        return _FOOTER
    if hit.place == "line":
        return _RELATED_HEAD if hit.kind == "related" else _SHORT_COST
    return min(_INLINE_COST, size)


def _lead(lines: Sequence[Line], title: int, first: int, log_odds: Sequence[float]) -> list[int]:
    """Paragraphs between the title and ``first`` that buttons and captions part from the rest: the lead is one of them."""
    return [
        index
        for index in range(max(title + 1, first - _LEAD_REACH), first)
        if lines[index].full_stop
        and lines[index].size >= _MIN_LEAD
        and lines[index].hit is None
        and log_odds[index] > _LEAD_ODDS
    ]


def _without_intruders(lines: Sequence[Line], start: int, log_odds: Sequence[float], context: Context) -> list[int]:
    kept: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for index, odds in enumerate(log_odds, start):
        line = lines[index]
        repeated = line.size >= 4 and line.keys in seen
        linked = context.listed[index] and not line.clause_end
        if line.hit is not None or line.placeholder or repeated or linked or is_meta(line):
            continue
        if odds < 0 and not (odds > _HEAD_ODDS and _between_paragraphs(lines, index, context)):
            continue
        seen.add(line.keys)
        kept.append(index)
    return kept


def _between_paragraphs(lines: Sequence[Line], index: int, context: Context) -> bool:
    """True for a short line alone between two paragraphs, known furniture aside: a section head."""
    rank = context.rank[index]
    if lines[index].clause_end or lines[index].bullet or lines[index].size > _MAX_HEAD_WORDS:
        return False
    return 0 < rank < len(context.plain) - 1 and all(lines[context.plain[rank + step]].prose for step in (-1, 1))


def _log_odds(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in found.items())


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))
