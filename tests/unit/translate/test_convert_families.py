"""OPUS-MT and MADLAD-400 have no tiny checkpoint of their own: random weights in their layouts, held against transformers."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.store.prepare import prepare
from pipelines.translate.base import TranslationRequest
from pipelines.translate.madlad import MadladTranslator
from pipelines.translate.opus import OpusTranslator
from pipelines.translate.pieces import vocabulary
from tests.models.convert import ready
from tests.models.text import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EN, RU, FA, PRS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI
SPREAD = 0.1
"""Of Marian's weights."""
TOLERANCE = 0.25
"""int8 moves the scores of such models by 0.11 of their differences; an output that is scaled wrongly moves MADLAD's by 2."""


def opus_checkpoint(folder: Path) -> Any:
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415 - heavy

    folder.mkdir()
    for side in ("source.spm", "target.spm"):
        shutil.copyfile(ready("nllb") / "sentencepiece.bpe.model", folder / side)
    pieces = [name for name in vocabulary(ready("nllb"), "source")[4:] if not name.startswith("<") and name[3:4] != "_"]
    names = ["</s>", "<unk>", *pieces, "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({name: row for row, name in enumerate(names)}), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"source_lang": "en", "target_lang": "ru"}', encoding="utf-8")
    pad = len(names) - 1
    model: Any = MarianMTModel(
        MarianConfig(
            vocab_size=len(names), d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
            decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128, pad_token_id=pad,
            decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=None, scale_embedding=True, init_std=SPREAD,
        )
    )  # fmt: skip
    model.save_pretrained(folder)
    return model.eval()


def madlad_checkpoint(folder: Path) -> Any:
    import safetensors.torch  # noqa: PLC0415
    import sentencepiece  # noqa: PLC0415
    import torch  # noqa: PLC0415 - heavy
    from transformers import T5Config, T5ForConditionalGeneration  # noqa: PLC0415 - heavy

    folder.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs() for text in pair.texts.values()]),
        model_prefix=str(folder / "spiece"),
        vocab_size=1200,
        unk_id=0, bos_id=1, eos_id=2, pad_id=3,
        user_defined_symbols=["<2en>", "<2ru>", "<2fa>", "<2ps>"],
        byte_fallback=False,
        num_threads=1,
        minloglevel=2,
    )  # fmt: skip
    (folder / "spiece.vocab").unlink()
    configuration: Any = T5Config  # its types know no keyword of the base class
    model: Any = T5ForConditionalGeneration(
        configuration(
            vocab_size=1200, d_model=32, d_kv=16, num_heads=2, d_ff=64, num_layers=1, num_decoder_layers=1,
            feed_forward_proj="gated-gelu", tie_word_embeddings=False, pad_token_id=3, eos_token_id=2, decoder_start_token_id=3,
            initializer_factor=0.6,
        )
    )  # fmt: skip
    model.lm_head.weight = torch.nn.Parameter(torch.randn(1200, 32))
    model.config.scale_decoder_outputs = False
    model.save_pretrained(folder)
    # as Google's T5 1.1 and its kin are published: an output layer of its own, no scaling
    path = folder / "config.json"
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"tie_word_embeddings": False}), encoding="utf-8"
    )
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    safetensors.torch.save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return model.eval()


def distance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Mean difference of two lists of scores, as a share of how much the scores differ among themselves."""
    middle = sum(theirs) / len(theirs)
    return sum(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / sum(abs(b - middle) for b in theirs)


def scores(folder: Path, model: Any, start: int) -> tuple[list[float], list[float]]:
    """Log probabilities of random answers, by CTranslate2 and by transformers."""
    import ctranslate2  # noqa: PLC0415
    import torch  # noqa: PLC0415

    names = vocabulary(folder, "source")
    chosen = random.Random(3)  # noqa: S311 - a fixed order
    sources, answers = ([[chosen.randrange(10, 1000) for _ in range(9)] for _ in range(6)] for _ in range(2))
    converted = ctranslate2.Translator(str(folder), compute_type="int8")
    ours = converted.score_batch(
        [[names[row] for row in rows] for rows in sources], [[names[row] for row in rows] for rows in answers]
    )
    with torch.inference_mode():
        logits = model(
            input_ids=torch.tensor(sources), decoder_input_ids=torch.tensor([[start, *rows[:-1]] for rows in answers])
        ).logits.log_softmax(-1)
    theirs = logits.gather(-1, torch.tensor(answers)[..., None]).flatten().tolist()
    return [score for result in ours for score in result.log_probs[:9]], theirs


def test_an_opus_checkpoint_scores_as_in_transformers_and_answers_in_russian_letters(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the torch extra")
    torch.manual_seed(1)
    folder = tmp_path / "opus"
    model = opus_checkpoint(folder)
    prepare(folder, backend="opus")
    assert distance(*scores(folder, model, model.config.pad_token_id)) < TOLERANCE
    translator = OpusTranslator(name="o", folder=folder, revision="1")
    assert translator.supports(EN, RU)
    (answer,) = translator.translate([TranslationRequest(text="Hello there", source=EN, target=RU)])
    assert isinstance(answer, (str, BackendError))
    assert translator.revision.endswith("s"), "with a shortlist"


def test_a_madlad_checkpoint_scores_as_in_transformers_and_is_told_the_target(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the torch extra")
    torch.manual_seed(1)
    folder = tmp_path / "madlad"
    model = madlad_checkpoint(folder)
    prepare(folder, backend="madlad")
    assert distance(*scores(folder, model, model.config.pad_token_id)) < TOLERANCE
    translator = MadladTranslator(name="m", folder=folder, revision="1")
    assert translator.supports(EN, PRS), "by way of Persian"
    assert not translator.supports(FA, PRS)
    with translator._resident.use() as loaded:
        read = translator._source(loaded.pieces, "Say <2en>", EN, RU)
        assert [piece for piece in read if piece.startswith("<2")] == ["<2ru>", "<2en>"], (
            "why the text is changed first"
        )
        read = translator._source(loaded.pieces, translator._text("Say <2en>"), EN, RU)
        assert [piece for piece in read if piece.startswith("<2")] == ["<2ru>"]
