"""Abstractive drafts by a chat server: numbered sentences of an article → summary sentences that name those they rest on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from pipelines.chat import prompts
from pipelines.chat.answers import AnswerError, read_summary
from pipelines.chat.budget import estimate
from pipelines.chat.client import ChatClient, Prompt
from pipelines.errors import BackendError
from pipelines.summarise.draft import DraftSentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.chat.answers import Sourced
    from pipelines.models import Article, Sentence
    from pipelines.summarise.base import SummaryLength

log = logging.getLogger(__name__)

SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "summary": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "sources": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "sources"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["summary"],
    "additionalProperties": False,
}


class ChatSummariser:
    """Drafts summaries on a chat server. One call an article, and one more where the answer could not be used."""

    def __init__(self, client: ChatClient, *, name: str = "chat") -> None:
        self._client = client
        self.name = name
        self.revision = prompts.revision(client.options, "summarise", "summarise_again")

    def draft(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> list[DraftSentence]:
        """Sentences in the article's language, each with the sentences it rests on. See ``Drafter``.

        Of an article longer than a call may be, the sentences at its beginning are read.
        """
        usable = [sentence for sentence in sentences if not sentence.heading]
        if not usable:
            return []
        read = self._fitting(usable)
        ids = {place: sentence.index for place, sentence in enumerate(read, start=1)}
        user = prompts.data(_material(article, read))
        system = prompts.prompt(
            "summarise",
            language=article.language.names.english,
            sentences=length.sentences,
            characters=f" Use at most {length.characters} characters in all." if length.characters else "",
        )
        try:
            drafts = self._ask(system, user, ids, length)
        except AnswerError:
            system += "\n" + prompts.prompt("summarise_again")
            try:
                drafts = self._ask(system, user, ids, length)
            except AnswerError as error:
                raise BackendError(
                    f"The chat model's summary could not be used: the answer {error}.", retryable=True
                ) from None
        return [
            DraftSentence(text=draft.text, source_sentences=tuple(ids[place] for place in draft.sources))
            for draft in drafts
        ]

    def _ask(self, system: str, user: str, ids: Mapping[int, int], length: SummaryLength) -> list[Sourced]:
        answer = self._client.ask(Prompt(system=system, user=user, name="summary", schema=SCHEMA))
        drafts = read_summary(answer, ids.keys(), length.sentences)
        return _within(drafts, length.characters)

    def _fitting(self, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
        limit = self._client.options.max_tokens_per_call
        tokens = 0
        for count, sentence in enumerate(sentences):
            tokens += estimate(sentence.text)
            if tokens > limit and count:
                log.info("Summary from the first %d of %d sentences: %d tokens a call", count, len(sentences), limit)
                return sentences[:count]
        return sentences


def _material(article: Article, sentences: Sequence[Sentence]) -> dict[str, Any]:
    title = {"title": article.title} if article.title else {}
    numbered = [{"id": place, "text": sentence.text} for place, sentence in enumerate(sentences, start=1)]
    return {**title, "sentences": numbered}


def _within(drafts: Sequence[Sourced], characters: int | None) -> list[Sourced]:
    """The first sentences that fit into ``characters``. Raises AnswerError where not even the first does."""
    kept: list[Sourced] = []
    size = -1
    for draft in drafts:
        size += 1 + len(draft.text)
        if characters is not None and size > characters:
            break
        kept.append(draft)
    if not kept:
        raise AnswerError("is longer than it may be")
    return kept
