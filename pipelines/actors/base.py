"""What a tagger is, and what the pattern taggers share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipelines.models import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import ActorKind, Article, Sentence
    from pipelines.text import Token


class Tagger(Protocol):
    """Finds the actors named in an article, mention by mention, with the role as that mention states it."""

    def tag(self, article: Article, sentences: Sequence[Sentence]) -> list[Mention]:
        """Mentions in text order, not overlapping; offsets are code points of ``article.text``."""
        ...


class MentionLog:
    """Mentions found so far (``found``) and the tokens that belong to one, or to a role (``taken``)."""

    def __init__(self, source: str, toks: Sequence[Token]) -> None:
        self._source, self._toks = source, toks
        self.taken: set[int] = set()
        self.found: list[Mention] = []

    def _overlaps(self, first: int, last: int) -> bool:
        return any(index in self.taken for index in range(first, last))

    def _add(self, first: int, last: int, kind: ActorKind, score: float, role: str | None = None) -> None:
        start, stop = self._toks[first].start, self._toks[last - 1].stop
        self.found.append(
            Mention(start=start, stop=stop, text=self._source[start:stop], kind=kind, score=score, role=role)
        )
        self.taken.update(range(first, last))
