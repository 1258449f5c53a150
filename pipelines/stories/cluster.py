"""Which known story a report tells, and why; incremental, so that a report is judged once, when it comes.

``Features`` of a report and the stories that share keys with it → ``Match`` or None, by the probability of ``likeness``, by the
cosine of embeddings where both sides have one, and by word-by-word copying. The same input gives the same answer in any order of
candidates.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pipelines.stories.embedding import likelihood
from pipelines.stories.features import bounded
from pipelines.stories.likeness import Likeness, likeness, probability
from pipelines.stories.models import Features, Known, Match
from pipelines.stories.rarity import WORDS
from pipelines.stories.wording import joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

JOINS: Final = 0.5
"""Probability from which a report joins a story."""
NEWS: Final = timedelta(hours=72)
"""A story this old goes on only with a report that is very like it: ``JOINS_LATE``."""
JOINS_LATE: Final = 0.97
COPY: Final = 0.35
"""Share of the shorter text in the other from which it is a copy, whatever else differs."""
_REASONS: Final = 8


def assign(
    features: Features,
    candidates: Sequence[Known],
    *,
    published_at: datetime | None = None,
    embedding: bytes | None = None,
) -> Match | None:
    """The likeliest of ``candidates`` that the report of ``features`` tells; of equal ones the newest, then the lowest id.

    ``published_at`` is the report's; without it no time is considered. ``embedding`` is the report's, as ``embedding.to_bytes``.
    """
    best: tuple[float, datetime, int] | None = None
    chosen: tuple[Known, Likeness, float] | None = None
    for known in candidates:
        found = likeness(features, known.features)
        score = _score(found, embedding, known.embedding)
        late = published_at is not None and abs(published_at - known.last_at) > NEWS
        if score < (JOINS_LATE if late else JOINS):
            continue
        rank = (score, known.last_at, -known.id)
        if best is None or rank > best:
            best, chosen = rank, (known, found, score)
    if chosen is None:
        return None
    known, found, score = chosen
    return _match(known, score, found, features)


def merged(story: Features, item: Features) -> Features:
    """Features of a story with one report more, bounded like a report's: what most reports name stays longest."""
    reports = story.reports + item.reports
    marks: dict[str, Mapping[str, float]] = {}
    for kind in dict.fromkeys((*story.marks, *item.marks)):
        one, other = story.marks.get(kind, {}), item.marks.get(kind, {})
        both = dict.fromkeys((*one, *other))
        if kind.startswith(WORDS):
            joint = {mark: max(one.get(mark, 0.0), other.get(mark, 0.0)) for mark in both}
        else:
            joint = {m: (one.get(m, 0.0) * story.reports + other.get(m, 0.0) * item.reports) / reports for m in both}
        marks[kind] = bounded(joint, kind)
    sketch, size = joined(story.sketch, story.size, item.sketch, item.size)
    return Features(marks=marks, sketch=sketch, size=size, reports=reports)


def _score(found: Likeness, one: bytes | None, other: bytes | None) -> float:
    """A probability; a copy counts as sure."""
    if found.copied >= COPY:
        return max(0.98, found.copied)
    if one is not None and other is not None:
        return likelihood(one, other, probability(found))
    return probability(found)


def _match(known: Known, score: float, found: Likeness, features: Features) -> Match:
    common = {
        kind: _common(marks, known.features.marks[kind])
        for kind, marks in features.marks.items()
        if kind in known.features.marks
    }
    words = [mark for kind, marks in common.items() if kind.startswith(WORDS) for mark in marks]
    return Match(
        story_id=known.id,
        score=round(score, 4),
        actors=tuple(common["actors"][:_REASONS]),
        numbers=tuple(common["numbers"][:_REASONS]),
        terms=tuple((words or [*common["names"], *common["concepts"]])[:_REASONS]),
        copied=round(found.copied, 2),
    )


def _common(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    return sorted(one.keys() & other.keys(), key=lambda mark: (-one[mark] * other[mark], mark))
