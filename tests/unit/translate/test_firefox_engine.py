"""The engine's files and thread: what loads, what is refused and why, what happens to a text that it cannot finish."""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipelines.errors import BackendError, ModelDamagedError, ModelMissingError
from pipelines.translate.firefox_engine import MAX_PIECES, load_engine
from tests.models.firefox import marian_file
from tests.models.firefox.random_model import TINIEST, random_items

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = Path(__file__).parents[2] / "models" / "firefox"
MODEL, VOCABULARY, SHORTLIST = "model.enru.intgemm.alphas.bin", "vocab.enru.spm", "lex.50.50.enru.s2t.bin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of en-ru to be damaged."""
    return Path(shutil.copytree(FOLDER / "en-ru", tmp_path / "en-ru"))


def _vocabulary(path: Path) -> Any:
    import sentencepiece  # noqa: PLC0415

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def _without(name: str, folder: Path) -> None:
    (folder / name).unlink()


def _doubled(folder: Path) -> None:
    shutil.copy(folder / MODEL, folder / "model.enru.other.bin")


def _cut(name: str, size: int) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:size])

    return damage


def _written(name: str, data: bytes) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return damage


def _split_by_half(folder: Path) -> None:
    (folder / VOCABULARY).rename(folder / "srcvocab.enru.spm")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: _without(MODEL, folder), r"has no model\.\*\.bin"),
        (lambda folder: _without(VOCABULARY, folder), r"neither vocab\.\*\.spm nor"),
        (_split_by_half, r"neither vocab\.\*\.spm nor"),
        (shutil.rmtree, r"has no model\.\*\.bin"),
        (_doubled, "more than one"),
        (_cut(MODEL, 0), "cut short"),
        (_cut(MODEL, 1000), "cut short"),
        (_cut(MODEL, 300_000), "cut short"),
        (_written(MODEL, b"version https://git-lfs.github.com/spec/v1\n" * 20), "no model of Marian's"),
        (_written(MODEL, struct.pack("<QQ", 1, 1 << 60) + bytes(4096)), "cut short"),
        (_written(MODEL, struct.pack("<QQQQQQ", 1, 1, 8, 0x404, 1 << 60, 4) + bytes(4096)), "cut short"),
        (_cut(VOCABULARY, 0), "vocabulary"),
        (_cut(VOCABULARY, 20_000), "vocabulary"),
        (_written(VOCABULARY, b"not a vocabulary"), "vocabulary"),
        (_cut(SHORTLIST, 20), "shortlist"),
        (_cut(SHORTLIST, 5000), "shortlist"),
        (_written(SHORTLIST, b"\xff" * 4096), "shortlist"),
    ],
)
def test_a_damaged_folder_is_refused_with_a_sentence(folder: Path, damage: Callable[[Path], None], says: str) -> None:
    damage(folder)
    with pytest.raises(ModelDamagedError, match=says):
        load_engine(folder)


def test_random_weights_answer_the_same_every_time(folder: Path) -> None:
    _without(SHORTLIST, folder)
    words = _vocabulary(folder / VOCABULARY).get_piece_size()
    (folder / MODEL).write_bytes(marian_file.model_bytes(random_items(TINIEST, words)))
    first, second = (load_engine(folder).translate(["Zamir Kabulov arrived.", "Kabul"]) for _ in range(2))
    assert list(map(str, first)) == list(map(str, second))


@pytest.mark.parametrize("name", ["decoder_l1_rnn_Wf", "encoder_l1_self_Wo_ln_scale", "none_QuantMultA", "Wemb"])
def test_a_model_without_one_of_its_weights_is_refused(folder: Path, name: str) -> None:
    _without(SHORTLIST, folder)
    words = _vocabulary(folder / VOCABULARY).get_piece_size()
    items = [item for item in random_items(TINIEST, words) if item.name != name]
    (folder / MODEL).write_bytes(marian_file.model_bytes(items))
    with pytest.raises(ModelDamagedError, match="engine refused the model"):
        load_engine(folder)


def test_an_answer_that_does_not_end_is_a_failure(folder: Path) -> None:
    _without(SHORTLIST, folder)
    pieces = _vocabulary(folder / VOCABULARY)
    favourite = next(
        i
        for i in range(pieces.get_piece_size())
        if len(pieces.id_to_piece(i)) > 2
        and not pieces.is_byte(i)
        and not pieces.is_control(i)
        and not pieces.is_unknown(i)
    )
    (folder / MODEL).write_bytes(marian_file.model_bytes(random_items(TINIEST, pieces.get_piece_size(), favourite)))
    (answer,) = load_engine(folder).translate(["Zamir Kabulov arrived in Moscow."])
    assert isinstance(answer, BackendError)
    assert "did not come to an end" in str(answer)


def test_an_empty_answer_is_a_failure(folder: Path) -> None:
    _without(SHORTLIST, folder)
    end = _vocabulary(folder / VOCABULARY).eos_id()
    words = _vocabulary(folder / VOCABULARY).get_piece_size()
    (folder / MODEL).write_bytes(marian_file.model_bytes(random_items(TINIEST, words, end)))
    (answer, blank) = load_engine(folder).translate(["Zamir Kabulov arrived in Moscow.", " "])
    assert isinstance(answer, BackendError)
    assert "answered nothing" in str(answer)
    assert blank == ""


def test_the_engine_reads_no_more_than_its_window() -> None:
    engine = load_engine(FOLDER / "en-ru")
    long, short = engine.translate(["Kabul " * 200, "The Kremlin did not name a date for the visit."])
    assert isinstance(long, BackendError)
    assert str(MAX_PIECES) in str(long)
    assert short == "Кремль не назвал дату визита."


def test_the_shortlist_is_what_the_engine_chooses_from(folder: Path) -> None:
    """With a list of the two special pieces alone, no word of the language can be written."""
    words = _vocabulary(folder / VOCABULARY).get_piece_size()
    (folder / SHORTLIST).write_bytes(marian_file.shortlist_bytes([[0, 1]] * words, first=8))
    (answer,) = load_engine(folder).translate(["The Kremlin did not name a date for the visit."])
    assert answer != "Кремль не назвал дату визита."


def test_a_model_let_go_ends_its_thread() -> None:
    engine = load_engine(FOLDER / "ru-en")
    thread = engine.thread
    assert thread.is_alive()
    del engine
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_a_platform_without_the_engine_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fxtranslate", None)
    with pytest.raises(ModelMissingError, match="fxtranslate"):
        load_engine(FOLDER / "en-ru")
