"""The spaCy back-end through spaCy's own loading: a pipeline is built here, saved and loaded by its folder."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pipelines.actors.tagger_spacy import SpacyTagger
from pipelines.languages import Language
from pipelines.models import Article
from pipelines.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Foreign Minister Sergei Lavrov met Qwxlith Zorvane in Moscow on Monday. "
    "Talks with Blorvix Quando went on for hours. Blorvix Quando is new to the region, and Qwxlith left."
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spacy = pytest.importorskip("spacy", reason="the extra [spacy] is not installed")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Qwxlith Zorvane"},
            {"label": "PERSON", "pattern": "Qwxlith"},
            {"label": "PERSON", "pattern": "Lavrov"},
            {"label": "ORG", "pattern": "Blorvix Quando"},
            {"label": "GPE", "pattern": "Moscow"},
        ]
    )
    folder: Path = tmp_path_factory.mktemp("spacy") / "pipeline"
    nlp.to_disk(folder)
    return folder


def article() -> Article:
    return Article(
        url=None, title=None, outlet=None, author=None, published=None, text=TEXT, headings=(), language=Language.ENGLISH,
        extractor="test",
    )  # fmt: skip


def test_names_that_only_spacy_sees_are_added_and_the_patterns_keep_their_roles(pipeline: Path) -> None:
    found = SpacyTagger(str(pipeline)).tag(article(), segment(TEXT, Language.ENGLISH))
    texts = {m.text: m for m in found}
    assert texts["Qwxlith Zorvane"].kind == "person"
    assert texts["Blorvix Quando"].kind == "organisation"
    assert texts["Sergei Lavrov"].role == "Foreign Minister"
    assert "Lavrov" not in texts, "the patterns' longer mention stands"


def test_mentions_are_in_order_and_do_not_overlap(pipeline: Path) -> None:
    found = SpacyTagger(str(pipeline)).tag(article(), segment(TEXT, Language.ENGLISH))
    assert all(a.stop <= b.start for a, b in pairwise(found))


def test_a_missing_pipeline_is_an_error_and_no_silence() -> None:
    pytest.importorskip("spacy", reason="the extra [spacy] is not installed")
    with pytest.raises(OSError, match="no_such_pipeline"):
        SpacyTagger("no_such_pipeline").tag(article(), segment(TEXT, Language.ENGLISH))
