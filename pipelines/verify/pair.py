"""One sentence and its translation, as the checks see them: read once, each reading only when a check asks for it.

Two texts with their languages → ``Pair``; a check takes a ``Pair`` and yields ``Warning`` values by ``Pair.warn``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.models import Warning
from pipelines.text import Token, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import NameLock


class Side:
    """A text in its language. ``column`` is where the bilingual tables hold its words: Dari is read as Persian."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = text, language
        self.column = "fa" if language.persian else language.value

    @cached_property
    def tokens(self) -> list[Token]:
        """Words with their comparison keys."""
        return tokens(self.text, self.language)

    @cached_property
    def words(self) -> list[str]:
        """The words' folded spellings, endings kept; as many as ``tokens``."""
        return [fold(token.text) for token in self.tokens]

    @cached_property
    def folded(self) -> str:
        """The folded words with single spaces between and around them, for phrases."""
        return f" {' '.join(self.words)} "


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A source text and what a translator made of it. ``where`` is handed on to every warning."""

    source: Side
    target: Side
    names: Sequence[NameLock]
    where: str

    def warn(self, code: str, message: str, about: str = "") -> Warning:
        """A warning on this pair."""
        return Warning(code=code, message=message, where=self.where, about=" ".join(about.split()))
