from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.errors import BackendError, ModelDamagedError
from pipelines.languages import Language
from pipelines.models import NameLock
from pipelines.store.prepare import prepare
from pipelines.translate.alphabets import alphabets
from pipelines.translate.base import TranslationRequest
from pipelines.translate.batches import MAX_SENTENCES, MAX_TOKENS, Part, batches, loops
from pipelines.translate.ct2 import dari_usage
from pipelines.translate.madlad import MadladTranslator
from pipelines.translate.nllb import NllbTranslator
from pipelines.translate.opus import OpusTranslator
from pipelines.translate.pieces import split
from tests.models.convert import ready
from tests.models.text import directions

if TYPE_CHECKING:
    from pathlib import Path

EN, RU, FA, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two three", ["one two three"]),
        ("one two three, four five six; seven", ["one two three,", "four five six; seven"]),
        ("one two، three four five", ["one two،", "three four five"]),
        ("one two three four five six", ["one two three four", "five six"]),
        ("a b, c d e f g h, i", ["a b,", "c d e f", "g h,", "i"]),
    ],
)
def test_a_long_text_is_cut_behind_clauses_then_at_spaces(text: str, parts: list[str]) -> None:
    assert split(text, 4, words) == parts


def test_a_text_without_spaces_is_cut_anywhere_and_kept_whole() -> None:
    text = "ابجدهوزحطی" * 40
    parts = split(text, 7, len)
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 7


def part(length: int, alphabet: str = "", *, careful: bool = False) -> Part:
    return Part(request=0, source=["x"] * length, prefix=[], alphabet=alphabet, careful=careful)


def test_batches_hold_one_alphabet_and_setting_and_bounded_tokens() -> None:
    sizes = [3, 400, 17, 90, 5, 250, 44, 8] * 7
    parts = [part(size, "ru" if at % 2 else "fa", careful=at % 3 == 0) for at, size in enumerate(sizes)]
    made = list(batches(parts))
    assert sorted(at for batch in made for at in batch) == list(range(len(parts)))
    for batch in made:
        assert len({(parts[at].alphabet, parts[at].careful) for at in batch}) == 1
        assert len(batch) <= MAX_SENTENCES
        assert len(batch) == 1 or max(len(parts[at].source) for at in batch) * len(batch) <= MAX_TOKENS


def test_short_sentences_of_several_requests_share_a_batch() -> None:
    assert len(list(batches([part(20) for _ in range(MAX_SENTENCES)]))) == 1


@pytest.mark.parametrize(
    ("output", "looping"),
    [
        ("a b a b a b </s>", True),
        ("w x y z w x y z w x y z </s>", True),
        ("a b c a b c d </s>", False),
        ("ha ha ha no </s>", False),
        ("Khan met Khan and Khan met Khan </s>", False),
    ],
)
def test_a_loop_is_told_from_an_honest_repeat(output: str, looping: bool) -> None:
    assert loops(output.split()) is looping


def test_dari_usage_leaves_the_names_alone() -> None:
    lock = NameLock(key="x-uni", kind="organisation", start=0, stop=4, text="Uni.", forms=("دانشگاه تهران",))
    request = TranslationRequest(text="Uni. and a university", source=EN, target=PRS, names=(lock,))
    assert dari_usage("دانشگاه تهران و یک دانشگاه", request) == "دانشگاه تهران و یک پوهنتون"


@pytest.fixture(scope="module")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(ready("nllb"), tmp_path_factory.mktemp("ct2") / "nllb")
    prepare(folder, backend="nllb")
    return folder


def requests(count: int, **changes: Any) -> list[TranslationRequest]:
    chosen = [d for d in directions() if (d.source, d.target) == (EN, RU)][:count]
    return [TranslationRequest(text=d.text, source=d.source, target=d.target, **changes) for d in chosen]


def test_the_alias_says_what_the_language_says(nllb: Path, tmp_path: Path) -> None:
    import ctranslate2  # noqa: PLC0415

    prepared = NllbTranslator(name="n", folder=nllb, revision="1")
    untouched = ctranslate2.Translator(str(shutil.copytree(ready("nllb"), tmp_path / "plain")), compute_type="int8")
    with prepared._resident.use() as model:
        plain, aliased = [], []
        for direction in directions()[:200]:
            pieces = [*model.pieces.encode(direction.text), "</s>"]
            code, target = direction.source.names.flores, direction.target.names.flores
            alphabet = {RU: "ru", EN: "en", PS: "ps"}.get(direction.target, "fa")
            plain.append(([code, *pieces], [target, *model.pieces.encode(direction.expected)]))
            aliased.append(([f"{code}>{alphabet}", *pieces], plain[-1][1]))

        def scores(translator: Any, pairs: list[Any]) -> list[list[float]]:
            results = translator.score_batch([s for s, _ in pairs], [t for _, t in pairs])
            return [result.log_probs for result in results]

        assert scores(model.translator, aliased) == scores(model.translator, plain), "bit for bit"
        answers = [
            [result.hypotheses[0] for result in translator.translate_batch(
                [s for s, _ in pairs], target_prefix=[t[:1] for _, t in pairs], use_vmap=False
            )]
            for translator, pairs in ((model.translator, aliased), (untouched, plain))
        ]  # fmt: skip
    assert answers[0] == answers[1]


def test_the_shortlist_holds_even_against_the_code_of_another_language(nllb: Path) -> None:
    """Told to answer in Pashto, a model that learnt Pashto writes Russian letters under the shortlist of Russian."""
    translator = NllbTranslator(name="n", folder=nllb, revision="1")
    russian = alphabets()["ru"]
    said = {}
    with translator._resident.use() as model:
        for use_vmap in (True, False):
            results = model.translator.translate_batch(
                [["eng_Latn>ru", *model.pieces.encode(one.text), "</s>"] for one in requests(20)],
                target_prefix=[["pbt_Arab"]] * 20, beam_size=1, max_decoding_length=40, disable_unk=True, use_vmap=use_vmap,
            )  # fmt: skip
            said[use_vmap] = [model.pieces.decode(result.hypotheses[0]) for result in results]
    assert all(map(russian.allows, "".join(said[True]).replace(" ", "")))
    assert any(map(str.isalpha, "".join(said[True])))
    assert sum(any("ء" <= c <= "ۿ" for c in text) for text in said[False]) >= 18


class Failing:
    """A CTranslate2 translator that cannot bear one token."""

    def __init__(self, translator: Any, poison: str) -> None:
        self._translator, self._poison = translator, poison
        self.calls = 0

    def translate_batch(self, source: list[list[str]], **settings: Any) -> Any:
        self.calls += 1
        if any(self._poison in tokens for tokens in source):
            raise RuntimeError("bad allocation")
        return self._translator.translate_batch(source, **settings)


def test_one_failure_of_a_batch_loses_no_other(nllb: Path) -> None:
    translator = NllbTranslator(name="n", folder=nllb, revision="1")
    asked = requests(4)
    expected = translator.translate(asked)
    with translator._resident.use() as model:
        poison = next(piece for piece in model.pieces.encode(asked[2].text) if not any(
            piece in model.pieces.encode(other.text) for other in (asked[0], asked[1], asked[3])
        ))  # fmt: skip
        broken = type(model)(Failing(model.translator, poison), model.pieces)
    translator._resident._load = lambda: broken
    translator.close()
    answers = translator.translate(asked)
    assert isinstance(answers[2], BackendError)
    assert answers[2].retryable
    assert [answers[at] for at in (0, 1, 3)] == [expected[at] for at in (0, 1, 3)]


def test_an_answer_without_an_end_is_a_failure_and_not_a_torso(nllb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.translate.batches._BOUND_FACTOR", 0)
    monkeypatch.setattr("pipelines.translate.batches._BOUND_EXTRA", 3)
    (answer,) = NllbTranslator(name="n", folder=nllb, revision="1").translate(requests(1))
    assert isinstance(answer, BackendError)
    assert answer.retryable


def test_the_model_is_let_go_by_close(nllb: Path) -> None:
    translator = NllbTranslator(name="n", folder=nllb, revision="1")
    seen = [translator.loaded]
    translator.translate(requests(1))
    seen.append(translator.loaded)
    translator.close()
    assert [*seen, translator.loaded] == [False, True, False]


def test_the_revision_tells_a_shortlisted_model_from_a_plain_one(nllb: Path) -> None:
    plain = NllbTranslator(name="n", folder=ready("nllb"), revision="abc")
    assert plain.revision != NllbTranslator(name="n", folder=nllb, revision="abc").revision
    assert plain.revision.startswith("abc")


def test_a_model_without_its_file_is_damaged(nllb: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(nllb, tmp_path / "nllb")
    (folder / "model.bin").unlink()
    with pytest.raises(ModelDamagedError, match="nllb"):
        NllbTranslator(name="n", folder=folder, revision="1").translate(requests(1))


def test_an_article_cannot_choose_madlads_language(nllb: Path) -> None:
    madlad = MadladTranslator(name="m", folder=nllb, revision="1")
    assert madlad._text("Say <2en> now <3") == "Say < 2en> now <3"


def test_an_opus_model_serves_its_own_pair_only(nllb: Path) -> None:
    opus = OpusTranslator(name="o", folder=nllb, revision="1", source=EN, target=RU)
    assert opus.supports(EN, RU)
    assert not opus.supports(RU, EN)
    with pytest.raises(ModelDamagedError, match="which languages"):
        OpusTranslator(name="o", folder=nllb, revision="1")
