"""What stands around every back-end: locks, checks, one retry, and never a silent fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.errors import BackendError, ModelDamagedError
from pipelines.languages import Language
from pipelines.translate.flow import Passage, TranslationFlow
from pipelines.translate.preference import chooser
from pipelines.translate.texts import translate_text
from tests.scripted_translator import ScriptedTranslator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.translate.base import TranslationRequest

EN, RU, PRS, PS, FA = Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO, Language.PERSIAN

SOURCE = "Zamir Kabulov met 14 officials in Kabul on Monday."
GOOD = "Замир Кабулов встретился в понедельник в Кабуле с 14 чиновниками."
WRONG_NUMBER = "Замир Кабулов встретился в понедельник в Кабуле с 40 чиновниками."
WRONG_LANGUAGE = "ضمیر کابلوف روز دوشنبه در کابل با ۱۴ مقام دیدار کرد."


def passage(text: str = SOURCE, target: Language = RU, where: str = "summary[0]") -> Passage:
    return Passage(text=text, source=EN, target=target, where=where)


def flow(*translators: ScriptedTranslator) -> TranslationFlow:
    return TranslationFlow(chooser(translators, [translator.name for translator in translators]))


def test_a_right_translation_is_published_as_it_is_and_asked_for_once() -> None:
    first, second = ScriptedTranslator({SOURCE: GOOD}, name="a"), ScriptedTranslator({}, name="b")
    (done,) = flow(first, second).translate([passage()])
    assert (done.text, done.backend, done.warnings, done.kept) == (GOOD, "a", (), False)
    assert len(first.asked) == 1
    assert not second.asked


def test_a_wrong_number_is_retried_by_the_next_of_the_list() -> None:
    first, second = ScriptedTranslator({SOURCE: WRONG_NUMBER}, name="a"), ScriptedTranslator({SOURCE: GOOD}, name="b")
    (done,) = flow(first, second).translate([passage()])
    assert (done.text, done.backend, done.warnings) == (GOOD, "b", ())


def test_the_only_back_end_retries_with_its_careful_setting() -> None:
    def say(request: TranslationRequest) -> str:
        return GOOD if request.careful else WRONG_NUMBER

    only = ScriptedTranslator({SOURCE: say})
    (done,) = flow(only).translate([passage()])
    assert done.text == GOOD
    assert [request.careful for request in only.asked] == [False, True]


def test_a_doubt_that_stays_is_published_with_its_reason() -> None:
    first, second = (
        ScriptedTranslator({SOURCE: WRONG_NUMBER}, name="a"),
        ScriptedTranslator({SOURCE: WRONG_NUMBER}, name="b"),
    )
    (done,) = flow(first, second).translate([passage()])
    assert done.text == WRONG_NUMBER
    assert not done.kept
    assert {warning.code for warning in done.warnings} & {"number_changed", "number_added"}
    assert all(warning.where == "summary[0]" for warning in done.warnings)


def test_what_may_not_be_published_leaves_the_source_sentence_and_says_why() -> None:
    first = ScriptedTranslator({SOURCE: WRONG_LANGUAGE})
    (done,) = flow(first).translate([passage()])
    assert (done.text, done.backend, done.kept) == (SOURCE, "", True)
    (warning,) = done.warnings
    assert warning.code == "kept_source"
    assert "English" in warning.message


def test_of_two_doubtful_answers_the_better_one_is_published() -> None:
    first, second = (
        ScriptedTranslator({SOURCE: WRONG_LANGUAGE}, name="a"),
        ScriptedTranslator({SOURCE: WRONG_NUMBER}, name="b"),
    )
    (done,) = flow(first, second).translate([passage()])
    assert (done.text, done.backend) == (WRONG_NUMBER, "b")


def test_a_back_end_that_fails_is_followed_by_the_rest_of_the_list() -> None:
    dead, dumb, able = (
        ScriptedTranslator({}, name="a"),
        ScriptedTranslator({}, name="b"),
        ScriptedTranslator({SOURCE: GOOD}, name="c"),
    )
    (done,) = flow(dead, dumb, able).translate([passage()])
    assert (done.text, done.backend, done.warnings) == (GOOD, "c", ())


def test_when_all_fail_the_source_stands_with_the_failures_own_words() -> None:
    (done,) = flow(ScriptedTranslator({}, name="a")).translate([passage()])
    assert done.kept
    assert "a does not know this text" in done.warnings[0].message


@pytest.mark.parametrize("error", [ModelDamagedError("The model is cut short."), RuntimeError("a bug")])
def test_a_back_end_that_raises_loses_nothing(error: Exception) -> None:
    class Broken(ScriptedTranslator):
        def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
            del requests
            raise error

    broken, able = Broken({}, name="a"), ScriptedTranslator({SOURCE: GOOD}, name="b")
    assert flow(broken, able).translate([passage()])[0].text == GOOD
    (kept,) = flow(broken).translate([passage()])
    assert kept.kept
    assert str(error) in kept.warnings[0].message


def test_sentences_of_all_languages_go_to_a_back_end_in_one_call() -> None:
    every = ScriptedTranslator(
        {"ru:Hello there.": "Привет вам.", "prs:Hello there.": "سلام بر شما.", "ps:Hello there.": "سلام پر تاسو."}
    )
    passages = [passage("Hello there.", target, f"summary[{n}]") for n, target in enumerate((RU, PRS, PS))]
    done = flow(every).translate(passages)
    assert len(every.calls[0]) == 3
    assert [rendering.text for rendering in done] == ["Привет вам.", "سلام بر شما.", "سلام پر تاسو."]


def test_a_misspelt_name_is_repaired_without_a_retry() -> None:
    said = "Замир Кабуллов встретился в понедельник в Кабуле с 14 чиновниками."
    only = ScriptedTranslator({SOURCE: said})
    (done,) = flow(only).translate([passage()])
    assert (done.text, done.warnings) == (GOOD, ())
    assert len(only.asked) == 1


def test_a_lost_name_comes_back_through_a_stand_in() -> None:
    """The model drops a name that it does not know, but not the common one that stands for it."""

    def say(request: TranslationRequest) -> str:
        if request.text == SOURCE:
            return "Посланник встретился в понедельник в Кабуле с 14 чиновниками."
        assert "Kabulov" not in request.text
        return "Петров встретился в понедельник в Кабуле с 14 чиновниками."

    class Knowing(ScriptedTranslator):
        def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
            self.calls.append(list(requests))
            return [say(request) for request in requests]

    (done,) = flow(Knowing({})).translate([passage()])
    assert "Кабулов" in done.text
    assert "Петров" not in done.text
    assert done.warnings == ()


def test_passages_without_letters_go_to_nobody() -> None:
    only = ScriptedTranslator({})
    done = flow(only).translate([passage("12:30"), passage("* * *")])
    assert [rendering.text for rendering in done] == ["12:30", "* * *"]
    assert not only.calls


def test_an_unreached_pair_is_an_error_and_not_a_guess() -> None:
    only = ScriptedTranslator({}, pairs={(EN, RU)})
    assert not flow(only).can(EN, PS)
    with pytest.raises(LookupError):
        flow(only).translate([passage(target=PS)])


def test_lines_stay_lines() -> None:
    script = {"Hello there.": "Привет вам.", "It is cold.": "Холодно.", "Good night.": "Доброй ночи."}
    done = translate_text("Hello there. It is cold.\n\n* * *\nGood night.\n", EN, RU, flow(ScriptedTranslator(script)))
    assert done.lines == ("Привет вам. Холодно.", "", "* * *", "Доброй ночи.", "")
    assert done.backend == "scripted"


def test_a_warning_names_its_line() -> None:
    script = {SOURCE: WRONG_NUMBER, "Hello there.": "Привет вам."}
    done = translate_text(f"Hello there.\n{SOURCE}", EN, RU, flow(ScriptedTranslator(script)))
    assert {warning.where for warning in done.warnings} == {"line 2"}


def test_the_operators_order_is_the_only_one() -> None:
    a, b, c = (ScriptedTranslator({}, name=name) for name in ("firefox", "nllb-600m", "chat"))
    best = chooser([b, a, c])
    assert [translator.name for translator in best(EN, RU)] == ["chat", "firefox", "nllb-600m"]
    assert [translator.name for translator in best(EN, PRS)] == ["chat", "nllb-600m", "firefox"]
    assert [translator.name for translator in chooser([b, a, c], ["nllb-600m"])(EN, RU)] == ["nllb-600m"]
