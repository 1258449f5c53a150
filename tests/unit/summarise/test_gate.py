"""The gate of written summaries: what the article does not bear out is replaced or dropped, and it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.models import Article
from pipelines.segment import segment
from pipelines.summarise.base import SummaryLength
from pipelines.summarise.centroid import CentroidSummariser
from pipelines.summarise.draft import DraftSentence
from pipelines.summarise.gate import GatedSummariser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Sentence, Summary

TEXTS = {
    Language.ENGLISH: (
        "Zamir Kabulov met 14 officials in Kabul on Monday. The talks lasted three hours and dealt with trade and transit. "
        "Russia did not recognise the new government. Kabulov said the next meeting would be held in Moscow in May. "
        "Pakistan asked for the border crossing at Torkham to stay open."
    ),
    Language.RUSSIAN: (
        "Замир Кабулов в понедельник встретился в Кабуле с 14 чиновниками. Переговоры длились три часа и касались торговли. "
        "Россия не признала новое правительство. Кабулов сказал, что следующая встреча пройдёт в мае в Москве."
    ),
    Language.DARI: (
        "ضمیر کابلوف روز دوشنبه در کابل با ۱۴ مقام دیدار کرد. گفتگوها سه ساعت دوام کرد و در مورد تجارت بود. "
        "روسیه حکومت جدید را به رسمیت نشناخت. کابلوف گفت نشست بعدی در ماه می در مسکو برگزار می‌شود."
    ),
}


@dataclass
class ScriptedDrafter:
    drafts: list[DraftSentence]
    name: str = "writer"
    revision: str = "1"

    def draft(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> list[DraftSentence]:
        del article, sentences, length
        return self.drafts


def summary(language: Language, *drafts: str | DraftSentence, length: int = 3) -> Summary:
    article = Article(
        url=None, title=None, outlet=None, author=None, published=None, text=TEXTS[language], headings=(), language=language,
        extractor="test",
    )  # fmt: skip
    made = [draft if isinstance(draft, DraftSentence) else DraftSentence(text=draft) for draft in drafts]
    gate = GatedSummariser(ScriptedDrafter(made), CentroidSummariser())
    return gate.summarise(article, segment(article.text, language), SummaryLength(length))


EN, RU, PRS = Language.ENGLISH, Language.RUSSIAN, Language.DARI


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (EN, "Kabulov held talks with 14 officials in Kabul."),
        (EN, "Three hours of talks dealt with trade."),
        (RU, "Кабулов провёл в Кабуле встречу с 14 чиновниками."),
        (PRS, "کابلوف در کابل با ۱۴ مقام دیدار کرد."),
    ],
)
def test_what_the_article_bears_out_is_published_as_written(language: Language, written: str) -> None:
    made = summary(language, written, length=1)
    (sentence,) = made.sentences
    assert sentence.text == written
    assert not sentence.extractive
    assert sentence.source_sentences
    assert made.backend == "writer"
    assert made.warnings == ()


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (EN, "Kabulov held talks with 40 officials in Kabul."),
        (EN, "Kabulov held talks with forty officials in Kabul."),
        (EN, "Lavrov held talks with 14 officials in Kabul."),
        (EN, "Kabulov and Angela Brown held talks in Kabul."),
        (EN, 'Kabulov met 14 officials and said: "We are very happy."'),
        (EN, "Russia recognised the new government."),
        (EN, "Kabulov did not meet officials in Kabul."),
        (RU, "Кабулов провёл в Кабуле встречу с 40 чиновниками."),
        (RU, "Лавров провёл в Кабуле встречу с 14 чиновниками."),
        (RU, "Россия признала новое правительство."),
        (PRS, "کابلوف در کابل با ۴۰ مقام دیدار کرد."),
        (PRS, "لاوروف در کابل با ۱۴ مقام دیدار کرد."),
        (PRS, "روسیه حکومت جدید را به رسمیت شناخت."),
    ],
)
def test_what_it_does_not_bear_out_gives_way_to_the_articles_own_sentence(language: Language, written: str) -> None:
    made = summary(language, written, length=1)
    (sentence,) = made.sentences
    assert sentence.text != written
    assert sentence.text in TEXTS[language]
    assert sentence.extractive
    assert [warning.code for warning in made.warnings] == ["summary_replaced"]
    assert made.backend == "centroid"


def test_a_neighbour_that_is_there_already_is_not_said_twice() -> None:
    made = summary(
        EN, "Kabulov held talks with 14 officials in Kabul.", "Kabulov held talks with 99 officials in Kabul."
    )
    assert sum("officials" in sentence.text for sentence in made.sentences) == 1


def test_what_is_missing_is_filled_with_the_articles_own_sentences() -> None:
    made = summary(EN, "Kabulov held talks with 14 officials in Kabul.")
    assert len(made.sentences) == 3
    assert [sentence.extractive for sentence in made.sentences] == [False, True, True]
    assert made.backend == "writer+centroid"
    cited = [index for sentence in made.sentences for index in sentence.source_sentences]
    assert len(cited) == len(set(cited)), "no sentence of the article is told twice"


def test_a_sentence_copied_whole_counts_as_the_articles_own() -> None:
    made = summary(EN, "Russia did not recognise the new government.", length=1)
    assert made.sentences[0].extractive


def test_sources_that_do_not_exist_are_found_anew() -> None:
    written = DraftSentence(text="Kabulov held talks with 14 officials in Kabul.", source_sentences=(70,))
    assert summary(EN, written, length=1).sentences[0].source_sentences[0] == 0


def test_a_writer_that_fails_leaves_the_articles_own_summary_and_says_so() -> None:
    class Failing(ScriptedDrafter):
        def draft(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> list[DraftSentence]:
            del article, sentences, length
            raise BackendError("The server is down.")

    article = Article(
        url=None, title=None, outlet=None, author=None, published=None, text=TEXTS[EN], headings=(), language=EN, extractor="t"
    )  # fmt: skip
    gate = GatedSummariser(Failing([]), CentroidSummariser())
    made = gate.summarise(article, segment(article.text, EN), SummaryLength(2))
    assert made.backend == "centroid"
    assert len(made.sentences) == 2
    assert [warning.code for warning in made.warnings] == ["summary_backend_failed"]
