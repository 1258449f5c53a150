"""Drafts by a chat server: numbered sentences out, sentences with their sources back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.chat import ChatClient, ChatOptions
from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.models import Article, Sentence
from pipelines.summarise.base import SummaryLength
from pipelines.summarise.chat import SCHEMA, ChatSummariser
from pipelines.summarise.draft import Drafter, DraftSentence
from tests.chat_server import ChatServer, Status, summarising
from tests.unit.chat.schemas import schema_flaw

if TYPE_CHECKING:
    from tests.unit.chat.conftest import Connect


def article(
    *texts: str, language: Language = Language.ENGLISH, title: str | None = "Title"
) -> tuple[Article, list[Sentence]]:
    whole = " ".join(texts)
    sentences, at = [], 0
    for index, text in enumerate(texts):
        heading = text.startswith("#")
        sentences.append(Sentence(index=index, start=at, stop=at + len(text), text=text, heading=heading))
        at += len(text) + 1
    made = Article(
        url=None, title=title, outlet=None, author=None, published=None, text=whole, headings=(), language=language,
        extractor="pasted",
    )  # fmt: skip
    return made, sentences


first = summarising(lambda sentences: [(f"Draft of {sentences[0]}", [1]), ("And more.", [len(sentences), 1])])


def test_sources_are_the_articles_own_indices_and_headings_are_not_read(connect: Connect) -> None:
    made, sentences = article("# Head", "One.", "# Head again", "Two.", "Three.")
    with ChatServer(first) as chat:
        drafter: Drafter = ChatSummariser(connect(chat))
        assert drafter.draft(made, sentences, SummaryLength(2)) == [
            DraftSentence(text="Draft of One.", source_sentences=(1,)),
            DraftSentence(text="And more.", source_sentences=(1, 4)),
        ]
        assert chat.asked[0].data == {
            "title": "Title",
            "sentences": [{"id": 1, "text": "One."}, {"id": 2, "text": "Two."}, {"id": 3, "text": "Three."}],
        }


@pytest.mark.parametrize("language", [Language.RUSSIAN, Language.DARI, Language.PASHTO])
def test_the_articles_language_and_the_length_are_asked_for(connect: Connect, language: Language) -> None:
    made, sentences = article("Одно.", "Два.", language=language, title=None)
    with ChatServer(first) as chat:
        ChatSummariser(connect(chat)).draft(made, sentences, SummaryLength(2, 400))
        system = chat.asked[0].system
        assert f"in {language.names.english}, the article's own language" in system
        assert "at most 2 sentences" in system
        assert "at most 400 characters" in system
        assert "title" not in chat.asked[0].data


def test_nothing_is_asked_about_headings_alone(connect: Connect) -> None:
    made, sentences = article("# Head")
    with ChatServer(first) as chat:
        assert ChatSummariser(connect(chat)).draft(made, sentences, SummaryLength(2)) == []
        assert chat.asked == []


def test_of_a_long_article_the_beginning_is_read_and_the_log_says_so(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    made, sentences = article(*(f"{number:03d} " + "x" * 26 for number in range(40)))  # ten tokens each
    with ChatServer(first) as chat:
        ChatSummariser(connect(chat, max_tokens_per_call=55)).draft(made, sentences, SummaryLength(2))
        assert [sentence["text"][:3] for sentence in chat.asked[0].data["sentences"]] == [
            "000",
            "001",
            "002",
            "003",
            "004",
        ]
    assert "first 5 of 40 sentences" in caplog.text
    assert "xxx" not in caplog.text


def test_a_first_sentence_larger_than_a_call_is_read_all_the_same(connect: Connect) -> None:
    made, sentences = article("x" * 900, "y")
    with ChatServer(first) as chat:
        ChatSummariser(connect(chat, max_tokens_per_call=50)).draft(made, sentences, SummaryLength(2))
        assert len(chat.asked[0].data["sentences"]) == 1


def test_a_bad_draft_is_asked_for_once_more_in_other_words(connect: Connect) -> None:
    made, sentences = article("One.", "Two.")
    answers = iter(['{"summary": [{"text": "A.", "sources": [9]}]}', '{"summary": [{"text": "B.", "sources": [2]}]}'])
    with ChatServer(lambda _: next(answers)) as chat:
        drafts = ChatSummariser(connect(chat)).draft(made, sentences, SummaryLength(2))
        assert drafts == [DraftSentence(text="B.", source_sentences=(1,))]
        assert ["could not be used" in asked.system for asked in chat.asked] == [False, True]


def test_a_draft_that_stays_bad_is_a_failure_with_its_reason(connect: Connect) -> None:
    made, sentences = article("One.", "Two.")
    with ChatServer(lambda _: '{"summary": [{"text": "A.", "sources": [9]}]}') as chat:
        with pytest.raises(BackendError, match="rests on sentences that were not given") as caught:
            ChatSummariser(connect(chat)).draft(made, sentences, SummaryLength(2))
        assert caught.value.retryable
        assert len(chat.asked) == 2


def test_a_server_that_fails_is_not_asked_in_other_words(connect: Connect) -> None:
    made, sentences = article("One.")
    with ChatServer(first) as chat:
        chat.fault(Status(401))
        with pytest.raises(BackendError, match="key"):
            ChatSummariser(connect(chat)).draft(made, sentences, SummaryLength(2))
        assert len(chat.asked) == 1


def test_sentences_beyond_the_characters_are_left_off(connect: Connect) -> None:
    made, sentences = article("One.", "Two.")
    with ChatServer(first) as chat:
        drafter = ChatSummariser(connect(chat))
        exact = len("Draft of One.") + 1 + len("And more.")
        assert len(drafter.draft(made, sentences, SummaryLength(2, exact))) == 2
        assert [d.text for d in drafter.draft(made, sentences, SummaryLength(2, exact - 1))] == ["Draft of One."]
        with pytest.raises(BackendError, match="longer than it may be"):
            drafter.draft(made, sentences, SummaryLength(2, 5))


def test_the_schema_is_one_that_strict_servers_take() -> None:
    assert schema_flaw(SCHEMA) is None


def test_the_revision_follows_the_model() -> None:
    def revision(**options: Any) -> str:
        return ChatSummariser(ChatClient(ChatOptions(**{"url": "http://host/v1", "model": "m", **options}))).revision

    assert revision() != revision(model="n")
    assert revision() == revision(key="k")
