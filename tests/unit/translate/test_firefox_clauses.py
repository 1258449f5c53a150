"""Sentences cut at clause marks and put together again."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.translate.clauses import Clause, clauses, joined


def _never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("", "")]),
        ("Snow fell in Kabul.", [("Snow fell in Kabul.", "")]),
        (
            "The talks ended on Monday, and the ministers flew home again.",
            [("The talks ended on Monday", ","), ("and the ministers flew home again.", "")],
        ),
        (
            "Ministers of Iran, Iraq, and Syria met in Kabul.",
            [("Ministers of Iran, Iraq, and Syria met in Kabul.", "")],
        ),
        ("The law took effect on 1 March, 2021.", [("The law took effect on 1 March, 2021.", "")]),
        ("The agency sent 1,200,000 tents to the city.", [("The agency sent 1,200,000 tents to the city.", "")]),
        (
            "Переговоры прошли в Москве — участники не подписали заявление.",
            [("Переговоры прошли в Москве", "—"), ("участники не подписали заявление.", "")],
        ),
        (
            "گفت‌وگوها در مسکو پایان یافت؛ وزیران بیانیه را امضا نکردند",
            [("گفت‌وگوها در مسکو پایان یافت", "؛"), ("وزیران بیانیه را امضا نکردند", "")],
        ),
        (
            "The minister — a former teacher — resigned; nobody knows why.",
            [("The minister — a former teacher — resigned", ";"), ("nobody knows why.", "")],
        ),
        ("A well-known man of Kabul spoke to us", [("A well-known man of Kabul spoke to us", "")]),
    ],
)
def test_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(clause.text, clause.mark) for clause in clauses(text, _never)] == expected


def test_commas_part_only_what_is_not_short() -> None:
    text = "The ministers flew home on Monday, and nobody signed a statement; the talks go on, as the ministers said"
    assert [clause.text for clause in clauses(text, lambda part: len(part) < 45)] == [
        "The ministers flew home on Monday",
        "and nobody signed a statement",
        "the talks go on, as the ministers said",
    ]


def test_a_comma_behind_a_semicolon_does_not_hide_it() -> None:
    text = "Сергей Лавров встретился с Амиром Ханом Муттаки; Кабулов сказал, что переговоры продолжатся в октябре"
    assert [clause.text for clause in clauses(text, _never)] == text.split("; ")


def test_an_insertion_parts_no_clauses() -> None:
    text = "The ministers flew home on Monday, he said, and nobody signed a joint statement; the talks go on in October"
    assert [clause.text for clause in clauses(text, _never)] == [
        "The ministers flew home on Monday, he said, and nobody signed a joint statement",
        "the talks go on in October",
    ]


@pytest.mark.parametrize(
    ("target", "marks", "expected"),
    [
        (Language.PERSIAN, (",", ";", "—"), "یک، دو؛ سه — چهار."),
        (Language.RUSSIAN, ("،", "؛", ":"), "یک, دو; سه: چهار."),
    ],
)
def test_joined_writes_the_marks_of_the_other_script(target: Language, marks: tuple[str, ...], expected: str) -> None:
    parts = [Clause(text="one", mark=mark) for mark in (*marks, "")]
    assert joined(parts, ["یک.", "دو", "سه،", "چهار."], target) == expected


def test_a_full_stop_of_an_abbreviation_stays() -> None:
    parts = [Clause(text="he left the U.S.", mark=","), Clause(text="she stayed", mark="")]
    assert joined(parts, ["он покинул США", "она осталась"], Language.RUSSIAN) == "он покинул США, она осталась"
    assert joined(parts, ["he left the U.S.", "she stayed"], Language.ENGLISH) == "he left the U.S., she stayed"
