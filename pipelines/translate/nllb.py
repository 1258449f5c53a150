"""NLLB-200 on CTranslate2: Dari, Pashto, Persian, Russian and English, any to any.

The encoder reads ``code pieces </s>`` and the answer begins with the target's code (the model card and NLLB's paper,
arXiv:2207.04672). Where the store made a shortlist, ``code`` is an alias that says the target's alphabet too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.translate.alphabets import alphabet_of
from pipelines.translate.ct2 import Ct2Translator
from pipelines.translate.prepared import alias

if TYPE_CHECKING:
    from pipelines.languages import Language
    from pipelines.translate.pieces import Pieces


class NllbTranslator(Ct2Translator):
    """NLLB-200 in CTranslate2's format, prepared by the store."""

    def _code(self, language: Language) -> str | None:
        code = language.names.flores
        return code if code in self._vocabulary else None

    def _source(self, pieces: Pieces, text: str, source: Language, target: Language) -> list[str]:
        code, alphabet = source.names.flores, alphabet_of(target)
        both = alias(code, alphabet.name) if alphabet else ""
        return [both if both in self._vocabulary else code, *pieces.encode(text)]

    def _prefix(self, target: Language) -> list[str]:
        return [target.names.flores]
