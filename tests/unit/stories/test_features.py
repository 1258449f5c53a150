"""What of a report is compared, and that it is kept as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipelines.stories.features import KEY_LENGTH, MOST, MOST_KEYS, MOST_WORDS, features, keys
from pipelines.stories.models import from_json, to_json
from tests.unit.stories.reports import QUAKE, report


@pytest.mark.parametrize("language", QUAKE)
def test_an_event_has_the_same_marks_in_every_language(language: str) -> None:
    marks = features(report(language)).marks
    assert {"taliban", "afghanistan", "zabihullah-mujahid", "united-nations"} <= set(marks["actors"])
    assert {"214", "1350", "6.3", "45"} <= set(marks["numbers"])
    assert "disasters:earthquake" in marks["concepts"]
    assert "mrnd" in marks["names"], "Morvand, Морванд and مروند sound alike"


def test_features_survive_storage() -> None:
    found = features(report())
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_features_of_another_version_are_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        from_json({**to_json(features(report())), "v": 99})


def test_features_and_keys_are_bounded() -> None:
    long = " ".join(f"Pword{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}k {n}" for n in range(3000))
    found = features(replace(report(), text=long + " " + "x" * 500, title="y" * 300))
    assert all(len(marks) <= MOST.get(kind, MOST_WORDS) for kind, marks in found.marks.items())
    assert len(keys(found)) == MOST_KEYS
    assert all(len(key) <= KEY_LENGTH for key in keys(found))


def test_two_languages_share_keys() -> None:
    english, russian = keys(features(report("en"))), keys(features(report("ru")))
    assert len(set(english) & set(russian)) >= 4


@pytest.mark.parametrize("text", ["", " \n ", "!!! 😀", "۱۲۳"])
def test_texts_without_words_have_features(text: str) -> None:
    found = features(replace(report(), title="", text=text))
    assert from_json(to_json(found)) == found
    assert found.size == 0


def test_a_day_is_the_same_day_in_both_calendars() -> None:
    gregorian = features(report("en", title="Talks", text="Talks began on 21 March 2026."))
    jalali = features(report("prs", title="گفتگو", text="گفتگوها در ۱ حمل ۱۴۰۵ آغاز شد."))
    assert "day 03-21" in gregorian.marks["numbers"]
    assert "day 03-21" in jalali.marks["numbers"]
