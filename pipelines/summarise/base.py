"""What a summariser is: article, its sentences and a length → ``Summary`` with a source for every sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import Article, Sentence, Summary


@dataclass(frozen=True, slots=True)
class SummaryLength:
    """Upper bounds of a summary: sentences, and characters with one space between sentences (None: no bound).

    Raises ValueError where a bound is below 1.
    """

    sentences: int
    characters: int | None = None

    def __post_init__(self) -> None:
        if self.sentences < 1 or (self.characters is not None and self.characters < 1):
            raise ValueError(f"a summary needs at least one sentence and one character, not {self}")


LENGTHS: Final[Mapping[str, SummaryLength]] = {
    "short": SummaryLength(2),
    "medium": SummaryLength(3),
    "long": SummaryLength(5),
}


class Summariser(Protocol):
    """A back-end that summarises."""

    @property
    def name(self) -> str:
        """What ``Summary.backend`` says."""
        ...

    def summarise(self, article: Article, sentences: Sequence[Sentence], length: SummaryLength) -> Summary:
        """Summary in the article's language, in reading order; empty only where no sentence but headings is given."""
        ...
