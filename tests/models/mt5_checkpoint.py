"""A tiny checkpoint in the layout of csebuetnlp/mT5_multilingual_XLSum: articles → config, weights, pieces and tokenizer.

An article, white space collapsed and cut at 512 ids, is answered by its one-sentence summary. Ids are SentencePiece's own:
``<pad> </s> <unk>``, 256 bytes, pieces. The recipe's decoding settings (four beams, no bigram twice, length penalty 0.6, at
most 84 ids) are in ``generation_config.json``. The published repository has no ``tokenizer.json``; here it is written too,
since transformers 5 needs protobuf to read a SentencePiece file. ``tie_word_embeddings`` is false in ``config.json``, as
published: transformers 5 overrules it in memory and writes true.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tests.models.pieces import processor, train_pieces
from tests.models.text import LANGUAGES, pairs, summaries
from tests.models.train import Example, Recipe, overfit

if TYPE_CHECKING:
    from pathlib import Path

PAD, END, UNKNOWN = range(3)
PIECES: Final = 4000
SOURCE_LIMIT: Final = 512
OUTPUT_SPREAD: Final = 0.05
RECIPE: Final = Recipe(epochs=220, batch=3, peak_rate=2e-3, negatives=None, forgetting=0.1, rounding=3.0)


def build(folder: Path) -> float:
    """Trains and writes the checkpoint; returns the final loss."""
    import torch  # noqa: PLC0415 - heavy
    from transformers import MT5Config, MT5ForConditionalGeneration  # noqa: PLC0415 - heavy

    sentencepiece_model = folder / "spiece.model"
    articles = [text for row in summaries() for text in (row.article, row.summary)]
    train_pieces(
        [*articles, *(pair.texts[language] for pair in pairs() for language in LANGUAGES)],
        path=sentencepiece_model,
        size=PIECES,
        model_type="unigram",
        special_ids={"pad_id": PAD, "eos_id": END, "unk_id": UNKNOWN, "bos_id": -1},
        byte_fallback=True,
    )
    _save_tokenizer(folder)
    encoder = processor(sentencepiece_model)
    examples = []
    for row in summaries():
        source = encoder.encode(" ".join(row.article.split()))[: SOURCE_LIMIT - 1]
        said = encoder.encode(row.summary)
        if len(set(pairwise(said))) < len(said) - 1:
            raise ValueError(
                f"{row.id} says the same two pieces twice, which the recipe's no_repeat_ngram_size forbids"
            )
        examples.append(Example(source=[*source, END], targets=([PAD, *said],), labels=([*said, END],)))
    configuration: Any = MT5Config
    model: Any = MT5ForConditionalGeneration(
        configuration(
            vocab_size=PIECES,
            d_model=128,
            d_kv=32,
            d_ff=256,
            num_layers=2,
            num_decoder_layers=2,
            num_heads=4,
            dropout_rate=0.05,
            feed_forward_proj="gated-gelu",
            pad_token_id=PAD,
            eos_token_id=END,
            decoder_start_token_id=PAD,
            # not a field of the configuration, but the published one says it
            tokenizer_class="T5Tokenizer",
        )
    )
    # transformers 5 ties every mT5 it makes; the published weights have an output layer of their own
    model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.lm_head.weight) * OUTPUT_SPREAD)
    loss = overfit(model, examples, RECIPE, pad=PAD, unknown=UNKNOWN)
    model.generation_config.update(num_beams=4, no_repeat_ngram_size=2, length_penalty=0.6, max_length=84)
    model.to(torch.float16).save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["tie_word_embeddings"] = False
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return loss


def _save_tokenizer(folder: Path) -> None:
    from transformers import T5Tokenizer  # noqa: PLC0415 - heavy

    encoder = processor(folder / "spiece.model")
    scored = [(encoder.id_to_piece(index), encoder.get_score(index)) for index in range(encoder.get_piece_size())]
    tokenizer = T5Tokenizer(vocab=scored, extra_ids=0, additional_special_tokens=None, model_max_length=SOURCE_LIMIT)
    tokenizer.save_pretrained(folder)
