"""Sketches of texts against the shares that were put in."""

from __future__ import annotations

import random

import pytest

from pipelines.stories.wording import KEPT, copied, joined, wording


def text(seed: int, words: int) -> list[str]:
    rng = random.Random(seed)  # noqa: S311 - no secret
    return [f"w{rng.randrange(10_000)}" for _ in range(words)]


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 1.0])
def test_a_part_of_a_text_is_a_copy_of_it(share: float) -> None:
    whole = text(1, 1000)
    assert copied(*wording(whole[: int(share * 1000)]), *wording(whole)) == pytest.approx(1.0)


def test_half_a_copy_is_half_copied() -> None:
    one, other = text(2, 600), text(3, 600)
    assert copied(*wording(one), *wording(one[:300] + other[:300])) == pytest.approx(0.5, abs=0.15)


def test_other_texts_and_very_short_ones_are_no_copies() -> None:
    assert copied(*wording(text(4, 500)), *wording(text(5, 500))) < 0.05
    assert copied(*wording(["a", "b", "c", "d"]), *wording(["a", "b", "c", "d"])) == 0


def test_two_texts_joined_hold_both() -> None:
    one, other = text(6, 400), text(7, 500)
    sketch, size = joined(*wording(one), *wording(other))
    assert len(sketch) <= KEPT
    assert size == pytest.approx(897, rel=0.3)
    assert copied(*wording(one), sketch, size) > 0.9
    assert copied(*wording(other), sketch, size) > 0.9
