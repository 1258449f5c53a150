"""SMaLL-100 (MIT) on CTranslate2: Pashto, Persian, Russian and English, any to any; Dari by way of Persian.

Its encoder reads ``__target__ pieces </s>`` and is told no source language (the model card and arXiv:2210.11621).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.languages import Language
from pipelines.translate.ct2 import Ct2Translator

if TYPE_CHECKING:
    from pipelines.translate.pieces import Pieces


class Small100Translator(Ct2Translator):
    """SMaLL-100 in CTranslate2's format, prepared by the store."""

    def _code(self, language: Language) -> str | None:
        code = f"__{(Language.PERSIAN if language is Language.DARI else language).value}__"
        return code if code in self._vocabulary else None

    def _source(self, pieces: Pieces, text: str, source: Language, target: Language) -> list[str]:
        del source
        return [str(self._code(target)), *pieces.encode(text)]
