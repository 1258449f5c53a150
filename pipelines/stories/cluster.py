"""Which known story a report tells, and why; incremental, so that a report is judged once, when it comes.

``Features`` of a report and the stories that share keys with it → ``Match`` or None: by word-by-word copying, by the probability
of ``likeness``, and across languages by the cosine of embeddings as well where both sides have one. The order of the candidates
makes no difference. What joins nothing begins a story, so one event may begin two, in two languages say: ``same_event`` finds
them when later reports have made them alike.
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

JOINS: Final = 0.8
"""Probability from which a report joins a story that has its language: a background report shares many words with the news."""
JOINS_ACROSS: Final = 0.5
"""The same where the story does not have the language, by marks alone."""
JOINS_EMBEDDED: Final = 0.7
"""And by marks and vectors together."""
NEWS: Final = timedelta(hours=72)
"""A story this old goes on only with a report that is very like it: ``JOINS_LATE``."""
JOINS_LATE: Final = 0.97
JOINS_STORIES: Final = 0.95
"""Probability from which two stories become one; nothing parts them again."""
COPY: Final = 0.35
"""Share of the shorter text in the other from which it is a copy, whatever else differs."""
_COPIED: Final = 0.98
_REASONS: Final = 8


def assign(
    features: Features,
    candidates: Sequence[Known],
    *,
    published_at: datetime | None = None,
    embedding: bytes | None = None,
    least: float = 0.0,
) -> Match | None:
    """The likeliest of ``candidates`` that the report of ``features`` tells; of equal ones the newest, then the lowest id.

    ``published_at`` is the report's; without it no time is considered. ``embedding`` is the report's, as ``embedding.to_bytes``.
    Below the probability ``least`` it tells none.
    """
    best: tuple[tuple[float, datetime, int], Known, Likeness] | None = None
    for known in candidates:
        found = likeness(features, known.features)
        score, needed = _judged(found, embedding, known.embedding)
        if published_at is not None and abs(published_at - known.last_at) > NEWS:
            needed = JOINS_LATE
        needed = max(needed, least)
        rank = (score, known.last_at, -known.id)
        if score >= needed and (best is None or rank > best[0]):
            best = rank, known, found
    if best is None:
        return None
    (score, _, _), known, found = best
    return _match(known, score, found, features)


def same_event(story: Known, others: Sequence[Known]) -> Match | None:
    """The likeliest of ``others`` that is the same event as ``story``, which must not be among them."""
    return assign(story.features, others, published_at=story.last_at, embedding=story.embedding, least=JOINS_STORIES)


def merged(story: Features, item: Features) -> Features:
    """Features of a story with a report more, or a story: bounded like a report's; what most reports name stays longest."""
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


def _judged(found: Likeness, one: bytes | None, other: bytes | None) -> tuple[float, float]:
    """Probability, and the one that is needed. A copy counts as sure; within a language words tell more than vectors do."""
    if found.copied >= COPY:
        return max(_COPIED, found.copied), JOINS
    plain = probability(found)
    if found.same_language:
        return plain, JOINS
    if one is None or other is None:
        return plain, JOINS_ACROSS
    return likelihood(one, other, plain), JOINS_EMBEDDED


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
