"""The owner's own sample, an article as it was pasted: what must go, what must stay, who must be there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines.digest import DigestOptions, digest
from pipelines.models import Digest, Page
from pipelines.summarise.base import LENGTHS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.evaluation

ROLES = {
    "Sher Mohammad Abbas Stanekzai": "deputy head of the Taliban negotiating team",
    "Zamir Kabulov": "Russian President Vladimir Putin's special envoy for Afghanistan",
    "Mohammad Naeem": "Taliban spokesperson",
    "Vladimir Putin": "Russian President",
    "Joe Biden": "President",
}
OTHERS = {"Taliban", "Afghan government", "Russian Ministry of Foreign Affairs"}


@pytest.fixture(scope="module")
def answer(evaluation_data: Path) -> Digest:
    body = (evaluation_data / "sample" / "owner_sample.txt").read_bytes()
    page = Page(
        url=None, final_url=None, content_type="text/plain", body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return digest(page, DigestOptions(length=LENGTHS["medium"]))


def test_the_boilerplate_is_gone_and_the_section_heads_stay(answer: Digest) -> None:
    text = answer.article.text
    assert not any(
        line in text for line in ("Reuters Archive", "In this file image", "READ MORE", "Loading", "Route 6")
    )
    heads = [text[span.start : span.stop] for span in answer.article.headings]
    assert heads == ["Road to the deal", "Increasing violence"]


def test_the_eight_actors_are_there_with_the_five_persons_roles(answer: Digest) -> None:
    roles = {actor.name: actor.role for actor in answer.actors}
    assert {name: roles.get(name) for name in ROLES} == ROLES
    assert set(roles) >= OTHERS


def test_the_network_the_agency_and_the_namesake_are_no_actors(answer: Digest) -> None:
    assert not {a.name for a in answer.actors} & {"Twitter", "Reuters", "Donald Trump", "Trump", "Doha"}


def test_the_digest_says_what_a_good_editor_would(answer: Digest) -> None:
    said = " ".join(sentence.text for sentence in answer.summary.sentences)
    assert "Moscow" in said
    assert "Taliban" in said
    assert answer.warnings == ()
