"""What a writer of abstractive drafts is: an article and its sentences → sentences of its own, in the article's language.

A draft is raw: whether the article supports it is checked by whoever asked for it, the same for every back-end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Article, Sentence
    from pipelines.summarise.base import SummaryLength


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """A sentence that a model wrote and the article's sentences (``Sentence.index``, rising) that it says it rests on.

    ``source_sentences`` is empty where the model can not tell.
    """

    text: str
    source_sentences: tuple[int, ...] = ()


class Drafter(Protocol):
    """A back-end that writes summaries. Thread-safe."""

    name: str
    """What ``Summary.backend`` says."""
    revision: str
    """Changes whenever drafts may: model, prompt and settings."""

    def draft(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> list[DraftSentence]:
        """Up to ``length`` sentences, the most important first; empty where only headings are given.

        Raises BackendError where the back-end failed on this article.
        """
        ...
