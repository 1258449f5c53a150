from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import BackendError, ModelDamagedError
from pipelines.languages import Language
from pipelines.models import Article
from pipelines.segment import segment
from pipelines.store.prepare import prepare
from pipelines.summarise.base import SummaryLength
from pipelines.summarise.mt5 import Mt5Summariser, _bounded, _sentences
from pipelines.translate.pieces import load
from tests.models.convert import ready
from tests.models.text import ArticleSummary, summaries

if TYPE_CHECKING:
    from pathlib import Path

EN = Language.ENGLISH
LONG = SummaryLength(5)


def article(one: ArticleSummary) -> Article:
    return Article(
        url=None, title=None, outlet=None, author=None, published=None, text=one.article, headings=(), language=one.language,
        extractor="pasted",
    )  # fmt: skip


def texts(summariser: Mt5Summariser, of: Article, length: SummaryLength) -> list[str]:
    return [sentence.text for sentence in summariser.draft(of, segment(of.text, of.language), length)]


@pytest.fixture(scope="module")
def summariser(tmp_path_factory: pytest.TempPathFactory) -> Mt5Summariser:
    folder = shutil.copytree(ready("mt5"), tmp_path_factory.mktemp("mt5") / "mt5")
    prepare(folder, backend="mt5")
    return Mt5Summariser(name="mt5", folder=folder, revision="1", idle=None)


def test_memorised_articles_get_their_summary_in_their_language(summariser: Mt5Summariser) -> None:
    learnt = summaries()
    drafts = [" ".join(texts(summariser, article(one), LONG)) for one in learnt]
    wrong = [(one.id, draft) for one, draft in zip(learnt, drafts, strict=True) if draft != one.summary]
    assert len(wrong) <= len(learnt) // 20, wrong


def test_paragraphs_are_read_as_one_text(summariser: Mt5Summariser) -> None:
    one = summaries()[0]
    broken = ArticleSummary(
        id=one.id,
        language=one.language,
        kind=one.kind,
        article=one.article.replace(". ", ".\n\n", 1),
        summary=one.summary,
    )
    assert texts(summariser, article(broken), LONG) == texts(summariser, article(one), LONG)


def test_an_article_beyond_the_window_is_read_as_far_as_it_goes(summariser: Mt5Summariser) -> None:
    one = summaries()[0]
    long = ArticleSummary(
        id=one.id, language=one.language, kind=one.kind, article=" ".join([one.article] * 40), summary=one.summary
    )
    assert texts(summariser, article(long), LONG)


def test_threads_share_the_model(summariser: Mt5Summariser) -> None:
    some = summaries()[:8]
    with ThreadPoolExecutor(8) as pool:
        drafts = list(pool.map(lambda one: texts(summariser, article(one), LONG), some))
    assert drafts == [texts(summariser, article(one), LONG) for one in some]


def test_a_closed_summariser_writes_again(summariser: Mt5Summariser) -> None:
    one = article(summaries()[0])
    first = texts(summariser, one, LONG)
    summariser.close()
    assert not summariser.loaded
    assert texts(summariser, one, LONG) == first


def test_what_fits_no_length_is_a_failure_and_not_an_empty_summary(summariser: Mt5Summariser) -> None:
    with pytest.raises(BackendError, match="mt5"):
        texts(summariser, article(summaries()[0]), SummaryLength(3, characters=1))


def test_a_model_that_is_not_whole_is_damaged(tmp_path: Path) -> None:
    folder = shutil.copytree(ready("mt5"), tmp_path / "mt5")
    (folder / "model.bin").write_bytes(b"\6\0\0\0")
    with pytest.raises(ModelDamagedError, match="mt5"):
        texts(Mt5Summariser(name="mt5", folder=folder, revision="1"), article(summaries()[0]), LONG)


@pytest.mark.parametrize(
    ("text", "ended", "sentences"),
    [
        ("Kabul is calm.  The talks\ngo on.", True, ["Kabul is calm.", "The talks go on."]),
        ("Kabul is calm. The talks go", False, ["Kabul is calm."]),
        ("The talks go on and", False, ["The talks go on and"]),
        ("", True, []),
    ],
)
def test_a_torso_behind_whole_sentences_is_left_out(text: str, *, ended: bool, sentences: list[str]) -> None:
    assert _sentences(text, EN, ended=ended) == sentences


@pytest.mark.parametrize(
    ("length", "kept"),
    [
        (SummaryLength(2), 2),
        (SummaryLength(9), 3),
        (SummaryLength(9, characters=9), 2),
        (SummaryLength(9, characters=8), 1),
    ],
)
def test_the_length_bounds_sentences_and_characters(length: SummaryLength, kept: int) -> None:
    assert _bounded(["One.", "Two.", "Six."], length) == ["One.", "Two.", "Six."][:kept]


def test_a_letter_that_is_no_piece_comes_back_by_its_bytes() -> None:
    pieces = load(ready("mt5"))
    assert pieces.decode([*pieces.encode("Kabul"), *(f"<0x{byte:02X}>" for byte in "ꙮ".encode())]) == "Kabulꙮ"
    assert not any(piece.startswith("<0x") for piece in pieces.texts)
