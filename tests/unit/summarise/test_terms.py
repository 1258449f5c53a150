"""Content terms: two spellings or inflections of a word are one term, two words are two."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.summarise.tokens import terms

EN, RU, FA, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (EN, "negotiations", "Negotiation"),
        (EN, "Taliban’s", "taliban"),
        (EN, "elections", "election"),
        (RU, "переговоры", "переговоров"),
        (RU, "министром", "министра"),
        (RU, "ещё", "еще"),
        (FA, "کتاب‌ها", "کتابها"),
        (FA, "کتاب ها", "کتاب‌های"),
        (FA, "نیروهای", "نيروهاي"),
        (FA, "می‌گیرند", "گیرند"),
        (PRS, "والی‌ها", "والی"),
        (PRS, "وزیران", "وزیر"),
        (PS, "ښوونځي", "ښوونځی"),
        (PS, "ملګرو", "ملګري"),
        (PS, "امریکا", "امریکې"),
        (PS, "کلونو", "کلونه"),
        (EN, "1,200", "١,٢٠٠"),
        (FA, "۲۰۲۱", "2021"),
    ],
)
def test_forms_of_one_word_are_one_term(language: Language, one: str, other: str) -> None:
    assert terms(one, language, frozenset()) == terms(other, language, frozenset()) != []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (EN, "Iran", "Iraq"),
        (RU, "Иран", "Ирак"),
        (FA, "ایران", "عراق"),
        (FA, "جنگ", "صلح"),
        (PS, "سوله", "جګړه"),
        (PS, "کابل", "کندهار"),
    ],
)
def test_other_words_are_other_terms(language: Language, one: str, other: str) -> None:
    assert terms(one, language, frozenset()) != terms(other, language, frozenset())


def test_stop_words_and_detached_affixes_are_no_terms() -> None:
    assert terms("The army of the north", EN, frozenset({"the", "of"})) == ["armi", "north"]
    assert terms("«», . — !", RU, frozenset()) == []


def test_a_megabyte_without_a_space_is_one_term() -> None:
    assert len(terms("a" * 1_000_000, EN, frozenset())) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "This is what they said of him and her"),
        (RU, "что он и она не были там"),
        (PRS, "این که او را در آن از ما"),
        (PS, "چې هغه په دې کې له دوی سره"),
    ],
)
def test_function_words_of_each_language_are_in_its_list(language: Language, text: str) -> None:
    assert len(terms(text, language)) <= 1
