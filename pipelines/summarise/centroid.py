"""The embedded summariser: TF-IDF centroid, position, title and MMR, over whole sentences that read well alone.

Article, sentences, length → ``Summary`` of sentences copied word for word, in reading order. Sentences are scored by cosine to
the centroid of the article (Radev et al. 2004, with unit vectors), earliness and title words, and picked greedily against
what is already picked (MMR, Carbonell and Goldstein 1998). A sentence that needs its predecessor is picked with it, as one
unit. Sparse vectors in plain Python: importing numpy alone takes as long as fifteen articles.
Figures and what was rejected: ``docs/records/summarisation.md``.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.models import Summary, SummarySentence
from pipelines.summarise.coherence import SHORTEST, Grade, candidates
from pipelines.summarise.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import Article, Sentence
    from pipelines.summarise.base import SummaryLength
    from pipelines.summarise.coherence import Candidate

Vector = dict[str, float]

EARLY: Final = 10
"""Usable sentences after which earliness has fallen to a half; news tells what matters first, whatever its length."""


@dataclass(frozen=True, slots=True)
class CentroidSummariser:
    """Extractive summariser without a model. The defaults sit on a plateau; see the record before moving one.

    ``position`` is the weight of earliness against the centroid and ``title`` adds for the title's words (0-1);
    ``redundancy`` is MMR's weight of likeness to what is picked; ``same`` the cosine from which two sentences say the same.
    ``wordy`` is taken off per 25 words beyond the first 25.
    """

    position: float = 0.5
    title: float = 0.3
    redundancy: float = 0.25
    wordy: float = 0.1
    same: float = 0.5
    name: str = "centroid"

    def summarise(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> Summary:
        """Up to ``length`` sentences. Characters may be exceeded only by a single sentence, when none fits."""
        pool = candidates(article, sentences)
        vectors = _vectors([terms(candidate.sentence.text, article.language) for candidate in pool])
        picked: list[int] = []
        for grade in (Grade.FINE, Grade.WEAK):
            # The weak fill up what the fine ones leave; the last resort only stands in for an empty summary
            usable = [i for i, candidate in enumerate(pool) if candidate.grade >= grade]
            if usable and len(picked) < length.sentences:
                scores = self._scores(article, pool, vectors, usable)
                picked = self._pick(pool, vectors, scores, length, picked)
        if not picked:
            picked = _stand_in(pool, length)
        return Summary(
            sentences=tuple(
                SummarySentence(text=pool[i].sentence.text, source_sentences=(pool[i].sentence.index,))
                for i in sorted(picked)
            ),
            backend=self.name,
        )

    def _scores(
        self, article: Article, pool: Sequence[Candidate], vectors: Sequence[Vector], usable: Sequence[int]
    ) -> Mapping[int, float]:
        """Place in the pool → score, for usable sentences; about 0-1."""
        centroid: Counter[str] = Counter()
        for i in range(len(pool)):
            if pool[i].grade is not Grade.NEVER:
                centroid.update(vectors[i])
        nearness = {i: _dot(vectors[i], centroid) for i in usable}
        nearest = max(nearness.values()) or 1.0
        title = set(terms(article.title or "", article.language))
        scores = {}
        for rank, i in enumerate(usable):
            words = len(pool[i].sentence.text.split())
            scores[i] = (
                (1 - self.position) * nearness[i] / nearest
                + self.position / (1 + rank / EARLY)
                + self.title * (len(title & vectors[i].keys()) / len(title) if title else 0)
                - self.wordy * max(0, words - 25) / 25
            )
        return scores

    def _pick(
        self,
        pool: Sequence[Candidate],
        vectors: Sequence[Vector],
        scores: Mapping[int, float],
        length: SummaryLength,
        picked: list[int],
    ) -> list[int]:
        """Greedy MMR over units: a sentence with the chain of sentences that have to stand before it."""
        place = {candidate.sentence.index: i for i, candidate in enumerate(pool)}
        units = {i: unit for i in scores if (unit := _unit(pool, place, scores, i, length.sentences))}
        picked = list(picked)
        likeness = dict.fromkeys(scores, 0.0)
        for i in scores:
            likeness[i] = max((_dot(vectors[i], vectors[j]) for j in picked), default=0.0)
        while len(picked) < length.sentences:
            best, best_value, best_new = None, -math.inf, []
            for i, unit in units.items():
                new = [j for j in unit if j not in picked]
                if not new or len(picked) + len(new) > length.sentences:
                    continue
                if any(likeness[j] >= self.same for j in new) or not _fits(pool, [*picked, *new], length):
                    continue
                value = sum((1 - self.redundancy) * scores[j] - self.redundancy * likeness[j] for j in new) / len(new)
                if value > best_value:
                    best, best_value, best_new = i, value, new
            if best is None:
                break
            picked += best_new
            for i in scores:
                likeness[i] = max(likeness[i], *(_dot(vectors[i], vectors[j]) for j in best_new))
        return picked


def _vectors(documents: Sequence[Sequence[str]]) -> list[Vector]:
    """Unit TF-IDF vectors; inverse *sentence* frequency, smoothed, so that one article is enough to count."""
    frequency = Counter(term for document in documents for term in set(document))
    found: list[Vector] = []
    for document in documents:
        vector = {
            term: count * (math.log((1 + len(documents)) / (1 + frequency[term])) + 1)
            for term, count in Counter(document).items()
        }
        norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        found.append({term: weight / norm for term, weight in vector.items()})
    return found


def _dot(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    return sum(weight * right[term] for term, weight in left.items() if term in right)


def _unit(
    pool: Sequence[Candidate], place: Mapping[int, int], usable: Mapping[int, float], last: int, most: int
) -> list[int]:
    """Places of a sentence and all it needs before it, in order; empty where it cannot be had in ``most`` sentences."""
    unit = [last]
    while (needs := pool[unit[-1]].needs) is not None:
        if needs not in place or place[needs] not in usable or len(unit) == most:
            return []
        unit.append(place[needs])
    return unit[::-1]


def _fits(pool: Sequence[Candidate], chosen: Sequence[int], length: SummaryLength) -> bool:
    characters = sum(len(pool[i].sentence.text) + 1 for i in chosen) - 1
    return length.characters is None or characters <= length.characters


def _stand_in(pool: Sequence[Candidate], length: SummaryLength) -> list[int]:
    """The lead where nothing reads well alone: the first sentence of some words that fits, else the shortest there is."""
    able = [i for i, candidate in enumerate(pool) if candidate.grade is not Grade.NEVER]
    if not able:
        return []
    able.sort(key=lambda i: len(pool[i].sentence.text.split()) < SHORTEST)
    fitting = [i for i in able if _fits(pool, [i], length)]
    return fitting[:1] or [min(able, key=lambda i: len(pool[i].sentence.text))]
