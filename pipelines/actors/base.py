"""What a tagger is, and what every tagger shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Article, Mention, Sentence


class Tagger(Protocol):
    """Finds the actors named in an article, mention by mention, with the role as that mention states it."""

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """Mentions in text order, not overlapping; offsets are code points of ``article.text``."""
        ...
