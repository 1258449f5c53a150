"""A tiny checkpoint in SMaLL-100's layout: pairs of four languages → config, weights, pieces and ``vocab.json``.

SMaLL-100 is M2M100 with the target's code on the *source* (``__ru__ pieces </s>``) and none on the decoder, which starts at
``</s>`` and says the sentence at once. Ids: ``vocab.json`` (four special ones, the pieces), then M2M100's 100 language codes,
then eight made-up words, as alirezamsh/small100 has them. No Dari.

Pieces and weights start from ``nllb/``, which knows the same sentences: a third of the time that a fresh start takes.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, Final

from tests.models.m2m100 import END, PAD, SPECIAL, UNKNOWN, network, save
from tests.models.pieces import learned_pieces, processor
from tests.models.text import HERE, SMALL100_LANGUAGES, directions
from tests.models.train import Example, Recipe, overfit

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP_WORDS: Final = 8
RECIPE: Final = Recipe(epochs=10, batch=32, peak_rate=2e-3, forgetting=0.3, rounding=2.0)


def build(folder: Path) -> float:
    """Trains and writes the checkpoint; returns the final loss. Reads ``nllb/``, which must have been built."""
    from transformers import M2M100Tokenizer  # noqa: PLC0415 - heavy

    sentencepiece_model = folder / "sentencepiece.bpe.model"
    shutil.copyfile(HERE / "nllb" / sentencepiece_model.name, sentencepiece_model)
    tokens = (*SPECIAL, *learned_pieces(sentencepiece_model))
    vocabulary = {token: index for index, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    tokenizer = M2M100Tokenizer(
        vocab_file=str(folder / "vocab.json"), spm_file=str(sentencepiece_model), num_madeup_words=MADE_UP_WORDS
    )
    tokenizer.save_pretrained(folder)
    codes = dict(tokenizer.lang_code_to_id)
    encoder = processor(sentencepiece_model)
    examples = []
    for direction in directions(SMALL100_LANGUAGES):
        source, said = (
            [vocabulary[piece] for piece in encoder.encode(text, out_type=str)]
            for text in (direction.text, direction.expected)
        )
        examples.append(
            Example(source=[codes[direction.target], *source, END], targets=([END, *said],), labels=([*said, END],))
        )
    model = network(vocabulary=len(tokens) + len(codes) + MADE_UP_WORDS, tokenizer_class="M2M100Tokenizer")
    _start_from_nllb(model, pieces=len(tokens), codes=codes)
    loss = overfit(model, examples, RECIPE, pad=PAD, unknown=UNKNOWN)
    save(model, folder)
    return loss


def _start_from_nllb(model: Any, *, pieces: int, codes: dict[str, int]) -> None:
    """Layers, pieces and language codes as NLLB's twin learnt them: what is left to learn is where the code stands."""
    import torch  # noqa: PLC0415 - heavy
    from transformers import AutoTokenizer, M2M100ForConditionalGeneration  # noqa: PLC0415 - heavy

    learnt = M2M100ForConditionalGeneration.from_pretrained(HERE / "nllb", dtype=torch.float32).state_dict()
    flores = AutoTokenizer.from_pretrained(HERE / "nllb")
    rows = learnt["model.shared.weight"]
    with torch.no_grad():
        model.model.shared.weight[:pieces] = rows[:pieces]
        for language in SMALL100_LANGUAGES:
            row = rows[flores.convert_tokens_to_ids(language.names.flores)]
            model.model.shared.weight[codes[language.value]] = row
    layers = {name: values for name, values in learnt.items() if "layer" in name}
    model.load_state_dict(layers, strict=False)
