"""Human translations pass: no more are flagged than their translators' own slips and liberties account for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.quality.translations import SETS, human

if TYPE_CHECKING:
    from pathlib import Path

BOUNDS = {"en-prs": 0.05, "en-ps": 0.05, "en-ru": 0.05, "en-ru.2019": 0.05}


@pytest.mark.evaluation
@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_few_human_translations_are_flagged(evaluation_data: Path, name: str) -> None:
    assert human(evaluation_data, SETS[name]) <= BOUNDS[name]
