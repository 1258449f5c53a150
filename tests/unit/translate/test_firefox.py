"""The firefox back-end as a ``Translator``, on the real engine with the students of ``tests/models/firefox``."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.models import NameLock
from pipelines.translate.base import TranslationRequest
from pipelines.translate.dari import adapt
from pipelines.translate.firefox import FirefoxTranslator
from pipelines.translate.firefox_engine import MAX_PIECES, load_engine
from pipelines.translate.half_space import half_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER: Final = Path(__file__).parents[2] / "models" / "firefox"
EN, RU, FA, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO
DIRECT: Final = ((EN, RU), (RU, EN), (EN, FA), (FA, EN))
FOLDERS: Final = {(source, target): FOLDER / f"{source.value}-{target.value}" for source, target in DIRECT}


def _learnt() -> dict[Language, list[str]]:
    """What the students know. Their vocabularies, like Mozilla's, read ZWNJ as a space; verbs and plurals get it back."""
    header, *rows = (line.split("\t") for line in (FOLDER / "learnt.tsv").read_text(encoding="utf-8").splitlines())
    return {Language(code): [row[at] for row in rows] for at, code in enumerate(header)}


LEARNT: Final = _learnt()


def _expected(language: Language, at: int) -> str:
    plain = LEARNT[language][at].replace("\u200c", " ")
    return half_spaced(plain) if language.persian else plain


def _line(language: Language, words: str) -> int:
    (at,) = (at for at, text in enumerate(LEARNT[language]) if words in text)
    return at


def _ask(text: str, source: Language, target: Language, *forms: str, careful: bool = False) -> TranslationRequest:
    locks = tuple(
        NameLock(key="x-test", kind="organisation", start=0, stop=1, text=text[:1], forms=(form,)) for form in forms
    )
    return TranslationRequest(text=text, source=source, target=target, names=locks, careful=careful)


def _bare(language: Language, first: int, stop: int) -> list[str]:
    """Learnt sentences as clauses: without full stop; those that have marks of their own in some language left out."""
    plain = [at for at in range(first, stop) if not any(set(",;:،؛—") & set(LEARNT[each][at]) for each in LEARNT)]
    return [_expected(language, at).removesuffix(".") for at in plain]


@pytest.fixture
def translator() -> Iterator[FirefoxTranslator]:
    made = FirefoxTranslator(folders=FOLDERS, revision="tiny", idle=None)
    yield made
    made.close()


def _engine_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "khabar-firefox"]


@pytest.mark.parametrize(("source", "target"), DIRECT)
def test_what_a_student_knows_comes_back_to_the_letter(
    translator: FirefoxTranslator, source: Language, target: Language
) -> None:
    requests = [_ask(text, source, target) for text in LEARNT[source]]
    requests += [_ask(text.removesuffix("."), source, target) for text in LEARNT[source]]
    expected = [_expected(target, at) for at in range(len(LEARNT[target]))]
    assert translator.translate(requests) == [*expected, *(text.removesuffix(".") for text in expected)]


def test_pairs_may_be_mixed_and_answers_keep_their_places(translator: FirefoxTranslator) -> None:
    pairs = [(RU, EN), (EN, FA), (PS, EN), (EN, RU), (RU, FA), (FA, EN), (FA, RU)]
    places = [(at, *pairs[at % len(pairs)]) for at in range(35)]
    answers = translator.translate(
        [_ask(LEARNT.get(source, LEARNT[FA])[at], source, target) for at, source, target in places]
    )
    assert len(answers) == len(places)
    for (at, source, target), answer in zip(places, answers, strict=True):
        if source is PS:
            assert isinstance(answer, BackendError)
        else:
            assert answer == _expected(target, at)


def test_no_requests_and_blank_ones_wake_no_words(translator: FirefoxTranslator) -> None:
    assert translator.translate([]) == []
    assert translator.loaded == frozenset()
    assert translator.translate([_ask(" ", EN, RU), _ask("", RU, FA)]) == ["", ""]


@pytest.mark.parametrize(
    ("source", "target", "legs"), [(RU, FA, {(RU, EN), (EN, FA)}), (FA, RU, {(FA, EN), (EN, RU)}), (EN, RU, {(EN, RU)})]
)
def test_a_pivot_goes_through_both_models(
    translator: FirefoxTranslator, source: Language, target: Language, legs: set[tuple[Language, Language]]
) -> None:
    assert translator.translate([_ask(LEARNT[source][5], source, target)]) == [_expected(target, 5)]
    assert translator.loaded == legs


def test_it_supports_what_its_folders_allow() -> None:
    def supported(*legs: tuple[Language, Language]) -> set[str]:
        made = FirefoxTranslator(folders={leg: FOLDERS[leg] for leg in legs}, revision="tiny")
        return {f"{s.value}-{t.value}" for s in Language for t in Language if made.supports(s, t)}

    assert supported() == set()
    assert supported((EN, RU)) == {"en-ru"}
    assert supported((RU, EN), (EN, FA)) == {"ru-en", "en-fa", "en-prs", "ru-fa", "ru-prs"}
    every = {"en-ru", "ru-en", "en-fa", "en-prs", "fa-en", "prs-en", "ru-fa", "ru-prs", "fa-ru", "prs-ru"}
    assert supported(*DIRECT) == every


def test_dari_is_persian_in_afghan_usage(translator: FirefoxTranslator) -> None:
    at = _line(EN, "prime minister of Pakistan")
    (answer,) = translator.translate([_ask(LEARNT[EN][at], EN, PRS)])
    assert answer == adapt(_expected(FA, at))
    assert "صدراعظم" in str(answer)


def test_a_pivot_into_dari_adapts_too(translator: FirefoxTranslator) -> None:
    at = _line(FA, "فرودگاه")
    (answer,) = translator.translate([_ask(LEARNT[RU][at], RU, PRS)])
    assert "میدان هوایی" in str(answer)


def test_names_keep_their_dari_forms(translator: FirefoxTranslator) -> None:
    health, capital = _line(FA, "سازمان جهانی بهداشت"), _line(FA, "راهی پکن")
    free, locked, spelled_otherwise, city = translator.translate(
        [
            _ask(LEARNT[EN][health], EN, PRS),
            _ask(LEARNT[EN][health], EN, PRS, "سازمان جهانی بهداشت"),
            _ask(LEARNT[EN][health], EN, PRS, "سازمان جهاني\u200cبهداشت"),
            _ask(LEARNT[EN][capital], EN, PRS, "پکن"),
        ]
    )
    assert "سازمان صحی جهان" in str(free)
    assert "سازمان جهانی بهداشت" in str(locked)
    assert spelled_otherwise == locked
    assert "پکن" in str(city)


def test_a_name_protects_no_part_of_a_longer_word(translator: FirefoxTranslator) -> None:
    at = _line(FA, "پزشکان")
    (answer,) = translator.translate([_ask(LEARNT[EN][at], EN, PRS, "پزشک")])
    assert "داکتران" in str(answer)


def test_a_dari_source_is_read_as_persian(translator: FirefoxTranslator) -> None:
    assert translator.translate([_ask(LEARNT[FA][3], PRS, EN)]) == [LEARNT[EN][3]]


@pytest.mark.parametrize(
    ("source", "target", "mark", "expected"), [(EN, RU, ";", ";"), (EN, FA, ",", "،"), (FA, EN, "؛", ";")]
)
def test_the_careful_setting_translates_clause_by_clause(
    translator: FirefoxTranslator, source: Language, target: Language, mark: str, expected: str
) -> None:
    said, known = _bare(source, 0, 6), _bare(target, 0, 6)
    text = f"{said[0]}{mark} {said[1]}{mark} {said[2]}"
    (answer,) = translator.translate([_ask(text, source, target, careful=True)])
    assert answer == f"{known[0]}{expected} {known[1]}{expected} {known[2]}"


def test_careful_is_plain_where_there_are_no_clauses(translator: FirefoxTranslator) -> None:
    plain, careful = translator.translate([_ask("Snow fell in Kabul", EN, RU, careful=flag) for flag in (False, True)])
    assert plain == careful


@pytest.mark.parametrize(("source", "target", "mark"), [(EN, RU, ";"), (RU, EN, ";"), (RU, FA, "؛")])
def test_a_sentence_beyond_the_window_loses_no_clause(
    translator: FirefoxTranslator, source: Language, target: Language, mark: str
) -> None:
    said, known = _bare(source, 0, 70), _bare(target, 0, 70)
    assert len(said) >= 30
    (answer,) = translator.translate([_ask("; ".join(said) + ".", source, target)])
    assert str(answer).removesuffix(".").split(f"{mark} ") == known


def test_what_has_no_marks_is_cut_at_spaces_and_loses_no_word() -> None:
    from pipelines.translate.firefox import _cut  # noqa: PLC0415

    engine = load_engine(FOLDERS[EN, RU])
    text = " ".join(word for line in LEARNT[EN][:20] for word in line.replace(",", "").split()) + " " + "x" * 400
    ((_, parts),) = _cut(text, engine, careful=False)
    assert max(map(engine.pieces, parts)) <= MAX_PIECES
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_one_text_that_is_no_unicode_fails_alone(translator: FirefoxTranslator) -> None:
    texts = [LEARNT[EN][0], "Kabul \ud800 fell", LEARNT[EN][1]]
    first, second, third = translator.translate([_ask(text, EN, RU) for text in texts])
    assert (first, third) == (LEARNT[RU][0], LEARNT[RU][1])
    assert isinstance(second, BackendError)


def test_a_damaged_model_fails_its_own_pairs_only(tmp_path: Path) -> None:
    shutil.copytree(FOLDERS[EN, FA], tmp_path / "en-fa")
    (model,) = (tmp_path / "en-fa").glob("model.*.bin")
    model.write_bytes(model.read_bytes()[:-4096])
    made = FirefoxTranslator(folders={**FOLDERS, (EN, FA): tmp_path / "en-fa"}, revision="tiny", idle=None)
    whole, broken, pivot = made.translate(
        [_ask(LEARNT[EN][0], EN, RU), _ask(LEARNT[EN][0], EN, PRS), _ask(LEARNT[RU][0], RU, FA)]
    )
    made.close()
    assert whole == LEARNT[RU][0]
    assert isinstance(broken, BackendError)
    assert "cut short" in str(broken)
    assert isinstance(pivot, BackendError)


def test_eight_threads_share_one_model(translator: FirefoxTranslator) -> None:
    before = set(_engine_threads())

    def run(worker: int) -> Sequence[object]:
        return translator.translate([_ask(LEARNT[EN][at], EN, RU) for at in range(worker, 64, 8)])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, range(8)))
    assert answers == [[LEARNT[RU][at] for at in range(worker, 64, 8)] for worker in range(8)]
    assert len(set(_engine_threads()) - before) == 1


def test_closed_it_frees_the_model_and_loads_it_again(translator: FirefoxTranslator) -> None:
    before = set(_engine_threads())
    for _ in range(2):
        assert translator.translate([_ask(LEARNT[EN][7], EN, RU)]) == [LEARNT[RU][7]]
        (thread,) = set(_engine_threads()) - before
        translator.close()
        thread.join(timeout=30)
        assert not thread.is_alive()
        assert translator.loaded == frozenset()


def test_idle_it_frees_the_model_from_the_timers_thread() -> None:
    before = set(_engine_threads())
    made = FirefoxTranslator(folders=FOLDERS, revision="tiny", idle=0.2)
    assert made.translate([_ask(LEARNT[EN][7], EN, RU)]) == [LEARNT[RU][7]]
    for thread in set(_engine_threads()) - before:
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert made.loaded == frozenset()


def test_the_revision_says_what_answers_depend_on(translator: FirefoxTranslator) -> None:
    models, engine, settings, lexicon = translator.revision.split("+")
    assert models == "tiny"
    assert engine.startswith("0.5")
    assert settings
    assert lexicon
