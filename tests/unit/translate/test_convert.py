from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.languages import Language
from pipelines.store import convert as conversion
from pipelines.store.convert import convert, is_checkpoint
from pipelines.store.prepare import prepare
from pipelines.store.vocabularies import checkpoint_tokens
from pipelines.translate.base import TranslationRequest
from pipelines.translate.nllb import NllbTranslator
from pipelines.translate.pieces import vocabulary
from tests.models.convert import ready
from tests.models.text import HERE, directions

NLLB = HERE / "nllb"


def test_without_the_extra_the_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(ModelMissingError) as caught:
        convert(NLLB, tmp_path / "out", backend="nllb")
    assert caught.value.command == 'pip install "khabar[torch]"'
    assert caught.value.command in str(caught.value)


@pytest.mark.parametrize("name", ["nllb", "small100", "mt5"])
def test_the_committed_conversions_are_those_of_the_checkpoints(name: str, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    convert(HERE / name, tmp_path / "out", backend=name)
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    kept = {path.name: path.read_bytes() for path in ready(name).iterdir()}
    assert made.keys() == kept.keys(), "only what running needs"
    assert [file for file in made if made[file] != kept[file]] == []


@pytest.mark.parametrize("name", ["nllb", "small100", "mt5"])
def test_tokens_have_the_numbers_that_the_authors_tokenizer_gives_them(name: str) -> None:
    transformers = pytest.importorskip("transformers", reason="needs the torch extra")
    pytest.importorskip("torch", reason="needs the torch extra")
    tokenizer: Any = (
        transformers.M2M100Tokenizer if name == "small100" else transformers.AutoTokenizer
    ).from_pretrained(HERE / name)
    names = vocabulary(ready(name), "source")
    sizes = json.loads((HERE / name / "config.json").read_text(encoding="utf-8"))
    assert len(names) == sizes["vocab_size"]
    known = [token for token in names if not token.startswith(("madeupword", "<extra_id_"))]
    assert [tokenizer.convert_tokens_to_ids(token) for token in known] == list(range(len(known)))


def test_a_bare_sentencepiece_model_gives_nllbs_vocabulary_too(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="needs the torch extra")
    folder = shutil.copytree(NLLB, tmp_path / "nllb")
    rows = json.loads((folder / "config.json").read_text(encoding="utf-8"))["vocab_size"]
    (folder / "tokenizer.json").rename(folder / "aside.json")
    assert list(checkpoint_tokens(folder, "nllb", rows=rows).names) == vocabulary(ready("nllb"), "source")


def test_a_vocabulary_with_a_gap_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(NLLB, tmp_path / "nllb")
    path = folder / "tokenizer.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    gone = next(token for token, number in value["model"]["vocab"].items() if number == 1000)
    del value["model"]["vocab"][gone]
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="gaps"):
        checkpoint_tokens(folder, "nllb", rows=10**6)


def test_a_vocabulary_larger_than_the_weights_is_refused() -> None:
    with pytest.raises(ModelDamagedError, match="does not fit its 100 rows"):
        checkpoint_tokens(NLLB, "nllb", rows=100)


def test_a_checkpoint_of_another_kind_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    with pytest.raises(ModelDamagedError, match="mt5 needs mt5 or t5"):
        convert(NLLB, tmp_path / "out", backend="mt5")


class Exploit:
    """Unpickled, it makes the file that it was given."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self._path,))


def test_a_pickle_that_would_run_code_is_refused_and_does_not(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the torch extra")
    folder = shutil.copytree(NLLB, tmp_path / "nllb", ignore=shutil.ignore_patterns("*.safetensors"))
    proof = tmp_path / "ran"
    torch.save({"model.shared.weight": Exploit(proof)}, folder / "pytorch_model.bin")
    assert is_checkpoint(folder)
    with pytest.raises(ModelDamagedError, match="could not be converted"):
        prepare(folder, backend="nllb")
    with pytest.raises(ModelDamagedError, match="cannot be read"):
        prepare(folder, backend="seq2seq")
    assert not proof.exists()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Exploit(proof)))
    with pytest.raises(ModelDamagedError, match="could not be converted"):
        prepare(folder, backend="nllb")
    assert not proof.exists()


def test_an_honest_pickle_of_weights_converts_to_the_same_model(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the torch extra")
    safetensors = pytest.importorskip("safetensors.torch", reason="needs the torch extra")
    folder = shutil.copytree(NLLB, tmp_path / "nllb", ignore=shutil.ignore_patterns("*.safetensors"))
    torch.save(safetensors.load_file(NLLB / "model.safetensors"), folder / "pytorch_model.bin")
    convert(folder, tmp_path / "out", backend="nllb")
    assert (tmp_path / "out" / "model.bin").read_bytes() == (ready("nllb") / "model.bin").read_bytes()


def test_cut_weights_are_damaged_and_leave_nothing_behind(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    folder = shutil.copytree(NLLB, tmp_path / "nllb")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    with pytest.raises(ModelDamagedError, match="could not be converted"):
        prepare(folder, backend="nllb")
    assert [path.name for path in tmp_path.iterdir()] == ["nllb"]


def test_a_checkpoint_becomes_a_model_that_runs_in_place(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the torch extra")
    folder = shutil.copytree(NLLB, tmp_path / "nllb")
    prepare(folder, backend="nllb")
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json", "model.bin", "sentencepiece.bpe.model", "shared_vocabulary.json", "shortlist.json", "vmap.txt",
    ]  # fmt: skip
    one = directions()[0]
    translator = NllbTranslator(name="n", folder=folder, revision="1")
    assert translator.translate([TranslationRequest(text=one.text, source=one.source, target=one.target)]) == [
        one.expected
    ]
    assert translator.supports(Language.DARI, Language.PERSIAN)


def test_a_tokeniser_of_another_model_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(ready("nllb"), tmp_path / "nllb")
    names = [name if name.startswith("<") or "_" in name else f"{name}~" for name in vocabulary(folder, "source")]
    (folder / "shared_vocabulary.json").write_text(json.dumps(names), encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="another model"):
        prepare(folder, backend="nllb")


@pytest.mark.parametrize("backend", ["nllb", "small100", "madlad", "opus", "mt5", "seq2seq", "firefox"])
def test_a_folder_without_a_model_is_damaged(tmp_path: Path, backend: str) -> None:
    (tmp_path / "README.md").write_text("nothing here", encoding="utf-8")
    with pytest.raises(ModelDamagedError):
        prepare(tmp_path, backend=backend)


def test_a_back_end_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelDamagedError, match="no back-end babel"):
        prepare(tmp_path, backend="babel")
