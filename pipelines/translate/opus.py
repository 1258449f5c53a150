"""OPUS-MT (Marian, CC-BY-4.0) on CTranslate2: one pair of languages a model, nothing on the source side but the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.errors import ModelDamagedError
from pipelines.languages import Language
from pipelines.translate.ct2 import Ct2Translator
from pipelines.translate.resident import IDLE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.translate.pieces import Pieces


class OpusTranslator(Ct2Translator):
    """An OPUS-MT model. Its pair is ``source`` and ``target``, or what the store wrote beside it at conversion.

    Raises ModelDamagedError where neither says it.
    """

    def __init__(
        self,
        *,
        name: str,
        folder: Path,
        revision: str,
        threads: int = 0,
        idle: float | None = IDLE_SECONDS,
        source: Language | None = None,
        target: Language | None = None,
    ) -> None:
        super().__init__(name=name, folder=folder, revision=revision, threads=threads, idle=idle)
        self._pair = (source, target) if source and target else _pair(folder)

    def supports(self, source: Language, target: Language) -> bool:
        """True for the model's own pair."""
        return (source, target) == self._pair

    def _code(self, language: Language) -> str | None:
        return language.value if language in self._pair else None

    def _source(self, pieces: Pieces, text: str, source: Language, target: Language) -> list[str]:
        del source, target
        return pieces.encode(text)


def _pair(folder: Path) -> tuple[Language, Language]:
    try:
        value = json.loads((folder / "languages.json").read_text(encoding="utf-8"))
        return Language(value["source"]), Language(value["target"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelDamagedError(f"{folder.name} does not say which languages it translates ({error}).") from error
