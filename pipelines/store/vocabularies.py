"""The vocabulary of a checkpoint, token by number, from its own files: SentencePiece model, ``vocab.json``, ``tokenizer.json``.

One reader a family, each as the publishers lay their files out; a gap, a double or a token more than the embedding has rows is
an error, since every token behind it would stand for its neighbour.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ModelDamagedError
from pipelines.translate.pieces import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAD: Final = "<pad>"

_FAIRSEQ: Final = ("<s>", PAD, "</s>", "<unk>")
_SPECIAL_PIECES: Final = 3
"""SentencePiece's own ``<unk> <s> </s>``, which fairseq's four replace."""
_UNUSED: Final = "madeupword"
"""Fairseq's name for rows that pad the embedding."""


@dataclass(frozen=True, slots=True)
class CheckpointTokens:
    """``names[i]`` is the token of row ``i``; as many as the embedding has rows."""

    names: tuple[str, ...]


def checkpoint_tokens(checkpoint: Path, backend: str, *, rows: int) -> CheckpointTokens:
    """Tokens of a checkpoint whose embedding has ``rows`` rows. Raises ModelDamagedError where they do not fit."""
    try:
        names = _READERS[backend](checkpoint)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, StopIteration) as error:
        raise ModelDamagedError(f"The vocabulary of {checkpoint.name} cannot be read ({error!r}).") from error
    if len(names) > rows or len(set(names)) < len(names):
        raise ModelDamagedError(
            f"The vocabulary of {checkpoint.name} ({len(names)} tokens) does not fit its {rows} rows of weights."
        )
    filler = "<extra_id_{}>" if backend in ("mt5", "madlad") else f"{_UNUSED}{{}}"
    return CheckpointTokens((*names, *(filler.format(i) for i in range(rows - len(names)))))


def _nllb(checkpoint: Path) -> list[str]:
    if (checkpoint / "tokenizer.json").is_file():
        value = _json(checkpoint / "tokenizer.json")
        return _ordered(value["model"]["vocab"] | {entry["content"]: entry["id"] for entry in value["added_tokens"]})
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES  # noqa: PLC0415 - heavy

    return [*_FAIRSEQ, *_pieces(checkpoint)[_SPECIAL_PIECES:], *FAIRSEQ_LANGUAGE_CODES, "<mask>"]


def _m2m100(checkpoint: Path) -> list[str]:
    """``vocab.json``, then the hundred language tokens in M2M100's order, which SMaLL-100 keeps."""
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES  # noqa: PLC0415 - heavy

    names = _ordered(_json(checkpoint / "vocab.json"))
    known = set(names)
    return [*names, *(t for t in (f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]) if t not in known)]


def _t5(checkpoint: Path) -> list[str]:
    return _pieces(checkpoint)


def _marian(checkpoint: Path) -> list[str]:
    return _ordered(_json(checkpoint / "vocab.json"))


_READERS: Final[dict[str, Callable[[Path], list[str]]]] = {
    "nllb": _nllb,
    "small100": _m2m100,
    "madlad": _t5,
    "mt5": _t5,
    "opus": _marian,
}


def _pieces(checkpoint: Path) -> list[str]:
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - only conversion needs it here

    path = next(checkpoint / name for name in MODELS if (checkpoint / name).is_file())
    model = SentencePieceProcessor(model_file=str(path))
    return [model.id_to_piece(number) for number in range(model.get_piece_size())]


def _ordered(numbers: dict[str, int]) -> list[str]:
    """Tokens by number. Raises ValueError where a number is missing or stands twice."""
    names = sorted(numbers, key=lambda token: numbers[token])
    if [numbers[name] for name in names] != list(range(len(names))):
        raise ValueError("its numbers have gaps")
    return names


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
