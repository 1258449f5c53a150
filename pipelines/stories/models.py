"""Values of clustering: a news item, what of it is compared, a story that is known, and why an item joins it.

``features`` makes ``Features`` of a ``StoryItem``; ``cluster.assign`` compares them with those of ``Known`` stories and answers a
``Match``. Storage keeps ``to_json(features)`` and finds candidates by ``features.keys``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipelines.languages import Language

_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """A report as its feed brought it. ``source`` names the outlet and counts for nothing in the comparison."""

    id: int
    title: str
    text: str
    language: Language
    published_at: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a report, or all reports of a story, name. Bounded, whatever the length of the texts.

    ``marks`` by kind. "actors" (keys of the termbase), "names" (consonants), "numbers" ("1200", "5%", "day 01-28") and
    "concepts" ("war:attack") mean the same in all languages; "words:ru" are stems of Russian words, fa stands for Dari as well.
    Each mark has a weight: how rare it is in the news of the report's language, times the root of how often the report has it; of
    a story the mean over its reports, of words the most. ``sketch`` holds the smallest hashes of the runs of words, rising;
    ``size`` is how many runs there are.
    """

    marks: Mapping[str, Mapping[str, float]]
    sketch: tuple[int, ...] = ()
    size: int = 0
    reports: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A story that an item may join; ``last_at`` is when its newest item was published."""

    id: int
    features: Features
    last_at: datetime
    embedding: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The story that an item joins. ``score`` is the probability, at least one half, that both tell one event.

    The reasons are what both name, weightiest first: actors' keys, values of quantities and dates, and words, names or concepts.
    """

    story_id: int
    score: float
    actors: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    copied: float = 0.0
    """Share of the shorter text that stands in the other word by word."""


def to_json(features: Features) -> dict[str, Any]:
    """For storage; ``from_json`` reads it back equal."""
    return {
        "v": _VERSION,
        "marks": {kind: dict(marks) for kind, marks in features.marks.items()},
        "sketch": list(features.sketch),
        "size": features.size,
        "reports": features.reports,
    }


def from_json(value: Mapping[str, Any]) -> Features:
    """Features as ``to_json`` wrote them. Raises ValueError for what another version wrote."""
    if value.get("v") != _VERSION:
        raise ValueError(f"features of version {value.get('v')!r}, not {_VERSION}")
    return Features(marks=value["marks"], sketch=tuple(value["sketch"]), size=value["size"], reports=value["reports"])
