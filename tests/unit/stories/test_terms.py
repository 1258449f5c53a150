"""Terms as an editor types them, against texts as papers write them."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.stories.terms import matches


@pytest.mark.parametrize(
    ("term", "text", "language"),
    [
        ("Taliban", "Представители талибов заявили", "ru"),
        ("taliban", "سخنگوی طالبان گفت", "prs"),
        ("Талибан", "د طالبانو ویاند وویل", "ps"),
        ("Kabul", "взрыв в Кабуле", "ru"),
        ("ЕС", "the EU said", "en"),
        ("nato", "саммит НАТО", "ru"),
        ("Европейский союз", "главы Европейского союза", "ru"),
        ("выборы", "на выборах", "ru"),
        ("расширить", "он расширил состав", "ru"),
        ("Зеленский", "встреча с Зеленским", "ru"),
        ("election", "The Elections were held", "en"),
        ("plan", "planned", "en"),
        ("child", "three children", "en"),
        ("COVID-19", "covid‑19 cases", "en"),
        ("earthquake", "earthquake-hit villages", "en"),
        ("انتخابات", "انتخاباتی آزاد", "fa"),
        ("زن", "زنان افغان", "prs"),
        ("پناهجو", "پناهجویان", "fa"),
        ("كتاب", "کتاب‌هایش", "fa"),
        ("کتاب‌ها", "کتابها", "fa"),
        ("حمله", "حمله‌ای", "fa"),
        ("ښوونځی", "په ښوونځيو کې", "ps"),
        ("مُحَمَّد", "محمد رفت", "fa"),
        ("US", "The US said", "en"),
    ],
)
def test_a_term_is_found_in_its_forms(term: str, text: str, language: str) -> None:
    assert matches([term], text, Language(language))


@pytest.mark.parametrize(
    ("term", "text", "language"),
    [
        ("election", "He was elected", "en"),
        ("organ", "an organization", "en"),
        ("US", "they told us", "en"),
        ("WHO", "the man who came", "en"),
        ("war", "a warm day", "en"),
        ("Kabul", "власти Афганистана", "ru"),
        ("Iran", "иранский посол", "ru"),
        ("بار", "باران بارید", "fa"),
        ("ورز", "ورزش", "fa"),
        ("European Union", "the European football union", "en"),
        ("a.*b", "axxb", "en"),
        ("  ", "any text", "en"),
        ("—", "a dash — here", "en"),
    ],
)
def test_another_word_is_not_the_term(term: str, text: str, language: str) -> None:
    assert not matches([term], text, Language(language))


def test_one_term_of_several_is_enough_and_none_is_none() -> None:
    text = "Earthquake in Herat"
    assert matches(["flood", "earthquake"], text, Language.ENGLISH)
    assert not matches(["flood", "drought"], text, Language.ENGLISH)
    assert not matches([], text, Language.ENGLISH)
