from __future__ import annotations

import json
import logging
import shutil
import struct
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import ModelDamagedError
from pipelines.languages import Language
from pipelines.store import model_bin
from pipelines.store.shortlist import prepare_shortlist
from pipelines.translate.alphabets import alphabet_of, alphabets
from pipelines.translate.pieces import load, vocabulary
from pipelines.translate.prepared import FILE, read
from tests.models.convert import ready

if TYPE_CHECKING:
    from pathlib import Path

EN, RU, FA, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO


def allows(language: Language, piece: str) -> bool:
    alphabet = alphabet_of(language)
    assert alphabet is not None
    return alphabet.allows(piece)


@pytest.mark.parametrize(
    ("language", "inside", "outside"),
    [
        (
            RU,
            "▁Москва ё Ё ъ ▁— «» 2021 ▁NATO COVID ▁B a ▁ № ₽ % 😀",
            "▁the і ї є ґ ў ј ә қ 中 ۱ ، ی á <mask> <0xD0> ab",
        ),
        (EN, "▁the ▁NATO é ▁Erdoğan ▁— 2021 ₽", "и ی ۱ ، β 中 <unk>"),
        (FA, "▁می \u200c ئ ؤ أ ء ۀ گ پ ۱ ٤ 7 ، ؛ ؟ « ▁COVID \u064b", "ي ك ى ٹ ڈ ے ښ ټ ګ ې ڵ в ▁the Th ।"),
        (PRS, "▁طالبان ژ", "ښ ي"),
        (PS, "ټ ځ څ ډ ړ ږ ښ ګ ڼ ې ۍ ي ی گ ۀ ۔ ۱", "ے ٹ ڑ ھ ہ ں ك ى ڵ в the"),
    ],
)
def test_alphabets_take_their_own_letters_and_no_neighbours(language: Language, inside: str, outside: str) -> None:
    assert [piece for piece in inside.split() if not allows(language, piece)] == []
    assert [piece for piece in outside.split() if allows(language, piece)] == []


def test_every_language_that_a_reader_may_ask_for_has_one_alphabet() -> None:
    named = sorted(language for alphabet in alphabets().values() for language in alphabet.languages)
    assert named == sorted([EN, RU, FA, PRS, PS])


def test_persian_and_dari_share_a_shortlist() -> None:
    assert alphabet_of(FA) is alphabet_of(PRS)


@pytest.fixture
def nllb(tmp_path: Path) -> Path:
    return shutil.copytree(ready("nllb"), tmp_path / "nllb")


def rows_of(folder: Path, number: int) -> list[bytes]:
    """Bytes of one row of the encoder's embedding and of its scale."""
    path = folder / model_bin.NAME
    header = model_bin.read(path)
    weight = header.variable("encoder/embeddings_0/weight")
    assert weight is not None
    scale = header.variable(f"{weight.name}_scale")
    assert scale is not None
    data = path.read_bytes()
    found = []
    for variable in (weight, scale):
        width = variable.size // variable.shape[0]
        found.append(data[variable.offset + number * width : variable.offset + (number + 1) * width])
    return found


def test_an_alias_is_its_language_row_for_row_and_nothing_else_changes(nllb: Path) -> None:
    before = (nllb / model_bin.NAME).read_bytes()
    old = vocabulary(nllb, "source")
    prepared = prepare_shortlist(nllb, "nllb")
    new = vocabulary(nllb, "source")
    changed = {row for row, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}
    assert {new[row] for row in changed} == set(prepared.aliases)
    assert len(prepared.aliases) == 17, "5 sources to 4 alphabets, but none into its own where no other language has it"
    for row in changed:
        assert rows_of(nllb, row) == rows_of(nllb, new.index(new[row].split(">")[0]))
    after = (nllb / model_bin.NAME).read_bytes()
    differing = sum(a != b for a, b in zip(before, after, strict=True))
    assert 0 < differing <= len(changed) * sum(map(len, rows_of(nllb, 0)))


def test_codes_that_khabar_uses_are_never_given_away(nllb: Path) -> None:
    prepare_shortlist(nllb, "nllb")
    assert {language.names.flores for language in (EN, RU, FA, PRS, PS)} <= set(vocabulary(nllb, "source"))


def test_candidates_are_of_the_target_alphabet_and_whole(nllb: Path) -> None:
    prepare_shortlist(nllb, "nllb")
    lines = dict(line.split("\t") for line in (nllb / "vmap.txt").read_text(encoding="utf-8").splitlines())
    known = set(vocabulary(nllb, "target"))
    assert {key.split(">")[1] for key in lines} == set(alphabets())
    for key, cell in lines.items():
        alphabet, candidates = alphabets()[key.split(">")[1]], set(cell.split(" "))
        assert candidates <= known
        assert all(map(alphabet.allows, candidates))
        assert candidates >= {piece for piece in load(nllb).texts if piece in known and alphabet.allows(piece)}
    assert "і" not in lines["eng_Latn>ru"].split(" "), "the tiny vocabulary has the Ukrainian letter"


def test_preparing_twice_changes_nothing(nllb: Path) -> None:
    first = prepare_shortlist(nllb, "nllb")
    files = {path.name: path.read_bytes() for path in nllb.iterdir()}
    assert prepare_shortlist(nllb, "nllb") == first == read(nllb)
    assert {path.name: path.read_bytes() for path in nllb.iterdir()} == files


def test_a_vocabulary_with_too_few_unused_codes_says_so_and_is_left_alone(
    nllb: Path, caplog: pytest.LogCaptureFixture
) -> None:
    names = vocabulary(nllb, "source")
    ours = {language.names.flores for language in (EN, RU, FA, PRS, PS)}
    taken = [f"{name}!" if name[3:4] == "_" and name not in ours else name for name in names]
    (nllb / "shared_vocabulary.json").write_text(json.dumps(taken), encoding="utf-8")
    before = (nllb / model_bin.NAME).read_bytes()
    with caplog.at_level(logging.WARNING):
        prepared = prepare_shortlist(nllb, "nllb")
    assert (prepared.alphabets, prepared.aliases) == ((), ())
    assert "unused language codes" in prepared.reason
    assert prepared.reason in caplog.text
    assert (nllb / model_bin.NAME).read_bytes() == before
    assert not (nllb / "vmap.txt").exists()


def test_a_linked_model_keeps_its_original(nllb: Path, tmp_path: Path) -> None:
    original = tmp_path / "cache.bin"
    original.hardlink_to(nllb / model_bin.NAME)
    before = original.read_bytes()
    prepare_shortlist(nllb, "nllb")
    assert original.read_bytes() == before != (nllb / model_bin.NAME).read_bytes()


def test_a_vocabulary_in_lines_stays_one(nllb: Path) -> None:
    names = vocabulary(nllb, "source")
    (nllb / "shared_vocabulary.json").unlink()
    (nllb / "shared_vocabulary.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    prepare_shortlist(nllb, "nllb")
    again = vocabulary(nllb, "source")
    assert len(again) == len(names)
    assert "eng_Latn>ru" in again


def test_small100_needs_no_alias(tmp_path: Path) -> None:
    folder = shutil.copytree(ready("small100"), tmp_path / "small100")
    before = (folder / model_bin.NAME).read_bytes()
    prepared = prepare_shortlist(folder, "small100")
    assert prepared.alphabets == ("en", "fa", "ps", "ru")
    assert prepared.aliases == ()
    assert (folder / model_bin.NAME).read_bytes() == before
    keys = [line.split("\t")[0] for line in (folder / "vmap.txt").read_text(encoding="utf-8").splitlines()]
    assert sorted(keys) == ["__en__", "__fa__", "__ps__", "__ru__"]


def test_an_opus_model_has_one_list_for_every_source(tmp_path: Path) -> None:
    folder = shutil.copytree(ready("nllb"), tmp_path / "opus")
    assert prepare_shortlist(folder, "opus", target=RU).alphabets == ("ru",)
    assert (folder / "vmap.txt").read_text(encoding="utf-8").startswith("\t")


@pytest.mark.parametrize("keep", [0, 3, 40, -1])
def test_a_model_that_was_cut_short_is_damaged(nllb: Path, keep: int) -> None:
    path = nllb / model_bin.NAME
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelDamagedError, match=r"model\.bin"):
        model_bin.read(path)


@pytest.mark.parametrize("version", [3, 7, 1936876918])
def test_an_unknown_version_is_damaged(nllb: Path, version: int) -> None:
    path = nllb / model_bin.NAME
    path.write_bytes(struct.pack("<I", version) + path.read_bytes()[4:])
    with pytest.raises(ModelDamagedError, match=str(version)):
        model_bin.read(path)


def test_the_record_of_another_format_is_damaged(nllb: Path) -> None:
    (nllb / FILE).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="Import the model anew"):
        read(nllb)
