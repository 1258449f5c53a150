"""SentencePiece for the back-ends on CTranslate2: a model's folder → text ↔ pieces, without torch or transformers.

A text longer than a model's window is cut behind marks that end a clause, else at a space: nothing is dropped unsaid.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ModelDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MODELS: Final = ("sentencepiece.bpe.model", "spiece.model", "sentencepiece.model")
"""Names of a model for both sides, as NLLB, mT5 and MADLAD have it; OPUS-MT has ``source.spm`` and ``target.spm``."""
SOURCE, TARGET = "source.spm", "target.spm"

_CLAUSE: Final = re.compile(r"(?<=[;,،؛:—–])\s+")
_SPACE: Final = re.compile(r"\s+")


class Pieces:
    """The tokeniser of one model. Thread-safe: SentencePiece's models do not change."""

    def __init__(self, source: Any, target: Any) -> None:
        self._source, self._target = source, target

    def encode(self, text: str) -> list[str]:
        """Pieces of ``text`` in the source language."""
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def decode(self, pieces: Sequence[str]) -> str:
        """Text of target pieces. Tokens that are none (language codes, ``<s>``) are left out."""
        target = self._target
        known = [piece for piece in pieces if _is_text(target, target.piece_to_id(piece))]
        text: str = target.decode(known)
        return text.strip()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Target pieces that are text: no control, unknown, unused or byte pieces; in the model's order."""
        target = self._target
        return tuple(
            target.id_to_piece(i)
            for i in range(target.get_piece_size())
            if _is_text(target, i) and not target.is_byte(i)
        )


def _is_text(model: Any, number: int) -> bool:
    return not (model.is_control(number) or model.is_unknown(number) or model.is_unused(number))


def load(folder: Path) -> Pieces:
    """The tokeniser of ``folder``. Raises ModelDamagedError where its model is absent or cannot be read."""
    shared = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    if shared is not None:
        model = _processor(shared)
        return Pieces(model, model)
    if (folder / SOURCE).is_file() and (folder / TARGET).is_file():
        return Pieces(_processor(folder / SOURCE), _processor(folder / TARGET))
    raise ModelDamagedError(f"{folder.name} has no SentencePiece model ({MODELS[0]}, {MODELS[1]} or {SOURCE}).")


def vocabulary(folder: Path, side: str) -> list[str]:
    """Tokens of a CTranslate2 model by number; ``side`` is ``source`` or ``target``. Raises ModelDamagedError."""
    path = vocabulary_file(folder, side)
    try:
        text = path.read_text(encoding="utf-8")
        tokens: list[str] = json.loads(text) if path.suffix == ".json" else text.removesuffix("\n").split("\n")
    except (OSError, ValueError) as error:
        raise ModelDamagedError(f"{path.name} of {folder.name} cannot be read ({error}).") from error
    return tokens


def vocabulary_file(folder: Path, side: str) -> Path:
    """The file that CTranslate2 takes the vocabulary from. Raises ModelDamagedError where there is none."""
    for name in ("shared", side):
        for suffix in ("json", "txt"):
            if (path := folder / f"{name}_vocabulary.{suffix}").is_file():
                return path
    raise ModelDamagedError(f"{folder.name} has no {side} vocabulary.")


def _processor(path: Path) -> Any:
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - 30 ms that only translation needs

    try:
        return SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelDamagedError(f"{path.name} of {path.parent.name} is no SentencePiece model ({error}).") from error


def split(text: str, window: int, count: Callable[[str], int]) -> list[str]:
    """``text`` in parts of at most ``window`` pieces by ``count``: whole, or cut behind clauses, at spaces, else anywhere."""
    if count(text) <= window or len(text) < 2:
        return [text]
    for mark in (_CLAUSE, _SPACE):
        parts = [part for part in mark.split(text) if part]
        if len(parts) > 1:
            return _packed(parts, window, count)
    middle = len(text) // 2
    return [*split(text[:middle], window, count), *split(text[middle:], window, count)]


def _packed(parts: list[str], window: int, count: Callable[[str], int]) -> list[str]:
    """Neighbours joined while they fit; a part that is too long alone is cut again."""
    packed: list[str] = []
    room = 0
    for part in parts:
        size = count(part)
        if size > window:
            packed.extend(split(part, window, count))
            room = 0
        elif size <= room:
            packed[-1] = f"{packed[-1]} {part}"
            room -= size
        else:
            packed.append(part)
            room = window - size
    return packed
