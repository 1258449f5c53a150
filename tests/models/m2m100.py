"""The network that NLLB-200 and SMaLL-100 share, in small: vocabulary size → an untrained ``M2M100ForConditionalGeneration``.

Two layers a side and no dropout: it is to know its text by heart. Shape and switches otherwise as published (ReLU, pre-norm,
scaled and tied embeddings, sinusoidal positions, decoder starting at ``</s>``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL: Final = ("<s>", "<pad>", "</s>", "<unk>")
BEGIN, PAD, END, UNKNOWN = range(4)
SENTENCEPIECE_SPECIAL: Final = {"unk_id": 0, "bos_id": 1, "eos_id": 2, "pad_id": -1}
"""SentencePiece's own ids in both publishers' files; the checkpoint's differ (fairseq's order)."""


def network(*, vocabulary: int, tokenizer_class: str) -> Any:
    """An untrained model for ``vocabulary`` ids."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration  # noqa: PLC0415 - heavy

    configuration: Any = M2M100Config
    return M2M100ForConditionalGeneration(
        configuration(
            vocab_size=vocabulary,
            d_model=128,
            encoder_layers=2,
            decoder_layers=2,
            encoder_attention_heads=4,
            decoder_attention_heads=4,
            encoder_ffn_dim=384,
            decoder_ffn_dim=384,
            encoder_layerdrop=0.0,
            decoder_layerdrop=0.0,
            dropout=0.0,
            attention_dropout=0.0,
            scale_embedding=True,
            # the published 0.02 is for 1024 dimensions: at 128 the decoder would learn to recite long before it listens
            init_std=0.07,
            max_position_embeddings=1024,
            bos_token_id=BEGIN,
            pad_token_id=PAD,
            eos_token_id=END,
            decoder_start_token_id=END,
            # not a field of the configuration, but published ones say it
            tokenizer_class=tokenizer_class,
        )
    )


def save(model: Any, folder: Path) -> None:
    """Writes weights in half precision, ``config.json`` and ``generation_config.json``."""
    import torch  # noqa: PLC0415 - heavy

    model.generation_config.max_length = 200
    model.to(torch.float16).save_pretrained(folder)
