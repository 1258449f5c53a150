"""SentencePiece models of the tiny checkpoints: lines of text → model file, the same bytes each time.

No normalisation beyond white space: NFKC would rewrite letters of names, and its table would double the files. Every
character of the text, of ``letters.txt`` and of ``foreign.txt`` becomes a piece.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from tests.models.text import alphabet_lines

if TYPE_CHECKING:
    from pathlib import Path

FOREIGN_REPEATS: Final = 12
"""How often a foreign word is said: enough that some of them become pieces of several letters."""
FORMAT_CHARACTERS: Final = "\u200c"
"""ZWNJ, which Persian needs, cannot stand in a list of letters that people read."""


def train_pieces(
    texts: list[str],
    *,
    path: Path,
    size: int,
    model_type: str,
    special_ids: dict[str, int],
    byte_fallback: bool = False,
) -> None:
    """Writes the model of ``size`` pieces to ``path``. ``special_ids`` are SentencePiece's ``unk_id``, ``pad_id`` …"""
    import sentencepiece  # noqa: PLC0415 - heavy; tests that only read the text never need it

    settings: dict[str, Any] = dict(special_ids)
    lines = [*texts, *alphabet_lines("letters.txt"), *alphabet_lines("foreign.txt") * FOREIGN_REPEATS]
    model = BytesIO()
    # from memory to memory: a model file records the paths that its trainer was given
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=size,
        model_type=model_type,
        character_coverage=1.0,
        required_chars=FORMAT_CHARACTERS,
        normalization_rule_name="identity",
        byte_fallback=byte_fallback,
        shuffle_input_sentence=False,
        num_threads=1,
        minloglevel=2,
        **settings,
    )
    path.write_bytes(model.getvalue())


def processor(path: Path) -> Any:
    """The SentencePiece processor of a model file."""
    import sentencepiece  # noqa: PLC0415 - heavy

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def learned_pieces(path: Path, *, first: int = 3) -> list[str]:
    """Pieces by rank, without the special ones that come before ``first``."""
    model = processor(path)
    return [model.id_to_piece(index) for index in range(first, model.get_piece_size())]


def merges(pieces: list[str]) -> list[tuple[str, str]]:
    """BPE merge rules in order, as ``tokenizers`` wants them.

    SentencePiece stores no rules; each piece may come from any two shorter ones (what transformers' converter does, which
    needs protobuf to read the model file).
    """
    rank = {piece: index for index, piece in enumerate(pieces)}
    rules: list[tuple[str, str]] = []
    for piece in pieces:
        halves = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        known = [half for half in halves if half[0] in rank and half[1] in rank]
        rules += sorted(known, key=lambda half: (rank[half[0]], rank[half[1]]))
    return rules
