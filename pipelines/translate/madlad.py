"""MADLAD-400 (Apache-2.0) on CTranslate2: 400 languages out of and into each other; Dari by way of Persian.

Its encoder reads ``<2target> pieces </s>`` (the model card and arXiv:2309.04662). The token may stand in an article as well:
SentencePiece would read it there, so that a text could choose its own language. A space goes between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.translate.ct2 import Ct2Translator

if TYPE_CHECKING:
    from pipelines.translate.pieces import Pieces

_TOKEN_IN_TEXT: Final = re.compile(r"<(?=2\w)")


class MadladTranslator(Ct2Translator):
    """MADLAD-400 in CTranslate2's format, prepared by the store."""

    def _code(self, language: Language) -> str | None:
        token = f"<2{(Language.PERSIAN if language is Language.DARI else language).value}>"
        return next((t for t in (token, f"▁{token}") if t in self._vocabulary), None)

    def _source(self, pieces: Pieces, text: str, source: Language, target: Language) -> list[str]:
        del source
        token = str(self._code(target))
        read = pieces.encode(f"{token.removeprefix('▁')} {text}")
        return read if token in read[:2] else [token, *pieces.encode(text)]

    def _text(self, text: str) -> str:
        return _TOKEN_IN_TEXT.sub("< ", text)
