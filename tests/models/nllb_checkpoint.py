"""A tiny checkpoint in NLLB-200's own layout: pairs → config, weights, SentencePiece model and tokenizer files.

The vocabulary is NLLB's in small: ``<s> <pad> </s> <unk>``, the pieces (SentencePiece's id plus one), the 202 FLORES codes,
``<mask>``, and a size two beyond, as facebook/nllb-200-distilled-600M has it. Sources read ``code pieces </s>``; the decoder
starts at ``</s>`` and its first word is the target's code.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.models.m2m100 import END, PAD, SENTENCEPIECE_SPECIAL, SPECIAL, UNKNOWN, network, save
from tests.models.pieces import learned_pieces, merges, processor, train_pieces
from tests.models.text import LANGUAGES, pairs
from tests.models.train import NOT_SCORED, Example, Recipe, overfit

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.languages import Language

PIECES: Final = 4600
UNUSED_ROWS: Final = 2
RECIPE: Final = Recipe(epochs=48, batch=16, peak_rate=4e-3, targets=2, forgetting=0.5, rounding=2.0)


def build(folder: Path) -> float:
    """Trains and writes the checkpoint; returns the final loss."""
    sentencepiece_model = folder / "sentencepiece.bpe.model"
    train_pieces(
        [text for pair in pairs() for text in pair.texts.values()],
        path=sentencepiece_model,
        size=PIECES,
        model_type="bpe",
        special_ids=SENTENCEPIECE_SPECIAL,
    )
    vocabulary = _save_tokenizer(folder)
    model = network(vocabulary=len(vocabulary) + UNUSED_ROWS, tokenizer_class="NllbTokenizer")
    loss = overfit(model, _examples(sentencepiece_model, vocabulary), RECIPE, pad=PAD, unknown=UNKNOWN)
    save(model, folder)
    return loss


def _save_tokenizer(folder: Path) -> dict[str, int]:
    """Writes the tokenizer's files and returns token → id."""
    from transformers import NllbTokenizer  # noqa: PLC0415 - heavy
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES  # noqa: PLC0415 - heavy

    pieces = learned_pieces(folder / "sentencepiece.bpe.model")
    tokens = [*SPECIAL, *pieces, *FAIRSEQ_LANGUAGE_CODES, "<mask>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    rules: Any = merges(pieces)
    tokenizer = NllbTokenizer(
        vocab=dict(vocabulary), merges=rules, src_lang="eng_Latn", tgt_lang=None, model_max_length=1024
    )
    tokenizer.save_pretrained(folder)
    # transformers 5 no longer writes this file; the published checkpoints have it, and converters of older ones read it
    names = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "sep_token": "</s>"}
    written: dict[str, Any] = {"additional_special_tokens": FAIRSEQ_LANGUAGE_CODES, **names, "unk_token": "<unk>"}
    written["mask_token"] = {
        "content": "<mask>", "lstrip": True, "normalized": True, "rstrip": False, "single_word": False,
    }  # fmt: skip
    (folder / "special_tokens_map.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return vocabulary


def _examples(sentencepiece_model: Path, vocabulary: dict[str, int]) -> list[Example]:
    encoder = processor(sentencepiece_model)
    examples = []
    for pair in pairs():
        ids = {language: [vocabulary[piece] for piece in encoder.encode(text, out_type=str)]
               for language, text in pair.texts.items()}  # fmt: skip
        for source in LANGUAGES:
            others = [language for language in LANGUAGES if language != source]
            said = [[_code(target, vocabulary), *ids[target], END] for target in others]
            examples.append(
                Example(
                    source=[_code(source, vocabulary), *ids[source], END],
                    targets=tuple([END, *words[:-1]] for words in said),
                    # the target's code is forced, never guessed: nothing in the source foretells it
                    labels=tuple([NOT_SCORED, *words[1:]] for words in said),
                )
            )
    return examples


def _code(language: Language, vocabulary: dict[str, int]) -> int:
    return vocabulary[language.names.flores]
