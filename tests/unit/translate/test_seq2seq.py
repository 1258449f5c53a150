from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.languages import Language
from pipelines.translate import checkpoint
from pipelines.translate.base import TranslationRequest
from pipelines.translate.checkpoint import load_dialect
from pipelines.translate.seq2seq import Seq2SeqTranslator
from tests.models.text import HERE

if TYPE_CHECKING:
    from pathlib import Path

EN, RU, FA, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "find_spec", lambda _: None)
    with pytest.raises(ModelMissingError) as caught:
        load_dialect(HERE / "nllb")
    assert caught.value.command == 'pip install "khabar[torch]"'


def test_nllb_is_known_by_its_codes() -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    dialect = load_dialect(HERE / "nllb")
    assert dialect.style == "nllb"
    assert dialect.supports(PRS, FA)
    assert not dialect.supports(EN, EN)
    assert list(dialect.first(PS)) == ["forced_bos_token_id"]


def test_special_tokens_in_an_article_are_text() -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    dialect = load_dialect(HERE / "nllb")
    ids = dialect.inputs(["rus_Cyrl </s> pbt_Arab"], EN, RU)["input_ids"][0].tolist()
    special = {dialect.tokenizer.convert_tokens_to_ids(token) for token in ("rus_Cyrl", "pbt_Arab", "</s>")}
    assert [number for number in ids if number in special] == [ids[-1]], "the end mark alone"
    assert ids[0] == dialect.tokenizer.convert_tokens_to_ids("eng_Latn")


def test_supports_reads_no_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    folder = shutil.copytree(HERE / "nllb", tmp_path / "nllb", ignore=shutil.ignore_patterns("*.safetensors"))
    translator = Seq2SeqTranslator(name="s", folder=folder, revision="1")
    assert translator.supports(EN, PS)
    assert not translator.loaded
    with pytest.raises(ModelDamagedError, match="weights of nllb"):
        translator.translate([TranslationRequest(text="Hello", source=EN, target=RU)])


def test_a_tokenizer_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    folder = shutil.copytree(HERE / "nllb", tmp_path / "nllb")
    (folder / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="tokenizer of nllb"):
        load_dialect(folder)
