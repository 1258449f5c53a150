"""How alike two sets of features are, kind by kind, and the probability that both tell one event.

Two ``Features`` → ``Likeness`` → a probability, by one of two logistic models: "same" for a report whose language the story has,
"cross" for one whose language it does not have. Their weights (``data/stories/weights.tsv``) were fitted to chunks of parallel
news and encyclopedia text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.stories.features import MOST
from pipelines.stories.rarity import WORDS
from pipelines.stories.wording import copied
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.stories.models import Features


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Cosines between 0 and 1 of each kind of mark; ``evidence`` is the rarity of actors, names and numbers in common, summed.

    ``words`` is of the words of the languages that both have, and 0 where they have none.
    """

    actors: float
    names: float
    numbers: float
    concepts: float
    words: float
    evidence: float
    copied: float
    size: float
    """Natural logarithm of the smaller number of marks."""
    same_language: bool


def likeness(one: Features, other: Features) -> Likeness:
    """Compare; the order of the two does not matter."""
    languages = [kind for kind in one.marks if kind.startswith(WORDS) and kind in other.marks]
    cosines = {kind: _cosine(one.marks[kind], other.marks[kind]) for kind in MOST}
    evidence = sum(
        math.sqrt(one.marks[kind][mark] * other.marks[kind][mark])
        for kind in ("actors", "names", "numbers")
        for mark in one.marks[kind].keys() & other.marks[kind].keys()
    )
    return Likeness(
        **cosines,
        words=max((_cosine(one.marks[kind], other.marks[kind]) for kind in languages), default=0.0),
        evidence=evidence,
        copied=copied(one.sketch, one.size, other.sketch, other.size) if languages else 0.0,
        size=math.log1p(min(_size(one), _size(other))),
        same_language=bool(languages),
    )


def probability(found: Likeness) -> float:
    """Between 0 and 1."""
    weights = _weights("same" if found.same_language else "cross")
    odds = sum(weight * value for (_, weight), value in zip(weights, terms(found), strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def terms(found: Likeness) -> tuple[float, ...]:
    """What the models weigh, in the order of ``TERMS``."""
    return (
        1.0,
        found.actors,
        found.names,
        found.numbers,
        found.concepts,
        found.words,
        math.log1p(found.evidence),
        found.size,
        found.copied,
    )


TERMS: Final = ("constant", "actors", "names", "numbers", "concepts", "words", "evidence", "size", "copied")


@cache
def _weights(model: str) -> tuple[tuple[str, float], ...]:
    rows = {row["term"]: float(row[model]) for row in table("stories/weights.tsv")}
    return tuple((term, rows[term]) for term in TERMS)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    common = one.keys() & other.keys()
    if not common:
        return 0.0
    return sum(one[mark] * other[mark] for mark in common) / (math.hypot(*one.values()) * math.hypot(*other.values()))


def _size(of: Features) -> int:
    return sum(len(of.marks[kind]) for kind in MOST)
