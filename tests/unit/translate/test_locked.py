"""Locks: which names a sentence holds, and how they travel through a model that does not know them."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.models import Actor, Mention
from pipelines.translate.locked import locks, protect, restore

EN, RU, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO


def actor(name: str, **names: str) -> Actor:
    surname = name.rsplit(maxsplit=1)[-1]
    return Actor(
        key="x-test", kind="person", name=name, role=None, salience=1.0, aliases=(surname,),
        mentions=(Mention(start=0, stop=3, text="the envoy", kind="person"),),
        names={Language(code): form for code, form in names.items()},
    )  # fmt: skip


def test_names_capitals_and_adjectives_are_locked_and_common_nouns_are_not() -> None:
    text = "Moscow police said Russian envoy Zamir Kabulov met the Taliban."
    found = locks(text, EN, RU)
    assert [(lock.text, lock.key, lock.usage) for lock in found] == [
        ("Moscow", "russia", "capital"),
        ("Russian", "russia", "adjective"),
        ("Zamir Kabulov", "zamir-kabulov", "name"),
        ("the Taliban", "taliban", "name"),
    ]
    assert all(text[lock.start : lock.stop] == lock.text for lock in found)


def test_the_full_press_form_comes_first_and_the_surname_is_among_the_rest() -> None:
    (lock,) = locks("Kabulov spoke.", EN, RU)
    assert lock.forms[0] == "Замир Кабулов"
    assert "Кабулов" in lock.forms
    assert lock.gender == "m"


def test_a_state_has_its_name_adjective_capital_and_people() -> None:
    (lock,) = locks("Russia agreed.", EN, RU)
    assert lock.forms[0] == "Россия"
    assert {"РФ", "российский", "Москва", "россияне"} <= set(lock.forms)


def test_dari_and_persian_lend_each_other_forms() -> None:
    (lock,) = locks("Beijing agreed.", EN, PRS)
    assert lock.forms[0] == "بیجینگ"
    assert "پکن" in lock.forms


def test_an_actor_of_the_article_alone_is_locked_with_the_form_it_has() -> None:
    known, unknown = (
        locks("Torkunov spoke.", EN, RU, [one])
        for one in (actor("Oleg Torkunov", ru="Олег Торкунов"), actor("Oleg Torkunov"))
    )
    assert [(lock.key, lock.text, lock.forms) for lock in known] == [("x-test", "Torkunov", ("Олег Торкунов",))]
    assert [lock.forms for lock in unknown] == [()]


def test_a_mention_without_a_capital_is_no_name() -> None:
    assert locks("Then the envoy spoke.", EN, RU, [actor("Oleg Torkunov")]) == ()


def test_the_longer_of_two_names_stays() -> None:
    assert [lock.text for lock in locks("Oleg Putin spoke.", EN, RU, [actor("Oleg Putin")])] == ["Oleg Putin"]


def test_a_russian_case_is_found() -> None:
    assert [lock.key for lock in locks("Встреча с Замиром Кабуловым в Афганистане", RU, EN)] == [
        "zamir-kabulov",
        "afghanistan",
    ]


def test_a_stand_in_takes_the_kind_and_the_russian_gender_of_the_name() -> None:
    source = "Zamir Kabulov and Maria Zakharova left Iran for Russia."
    text, slots = protect(source, locks(source, EN, RU))
    assert text == "Petrov and Natasha left Lebanon for Canada."
    assert restore("Петров и Наташа уехали из Ливана в Канаду.", slots, RU) == (
        "Замир Кабулов и Мария Захарова уехали из Ирана в Россию."
    )


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ("Встреча с Петровым", "Встреча с Кабуловым"),
        ("Слова Петрова", "Слова Кабулова"),
        ("Петрову возразили", "Кабулову возразили"),
        ("Спор о Петрове", "Спор о Кабулове"),
        ("Петров и Петров", None),
        ("Никто", None),
    ],
)
def test_the_case_is_read_off_the_stand_in(out: str, expected: str | None) -> None:
    _, slots = protect("Kabulov spoke.", locks("Kabulov spoke.", EN, RU))
    assert restore(out, slots, RU) == expected


def test_a_vowel_takes_its_own_preposition() -> None:
    source = "They spoke of Erdogan."
    _, slots = protect(source, locks(source, EN, RU))
    assert restore("Они говорили о Петрове.", slots, RU) == "Они говорили об Эрдогане."


def test_a_russian_source_gets_the_stand_in_in_the_names_case() -> None:
    source = "Лавров встретился с Замиром Кабуловым в России."
    text, slots = protect(source, locks(source, RU, EN))
    assert text == "Петров встретился с Романовым в Канаде."
    assert restore("Petrov met Romanov in Canada.", slots, EN) == "Lavrov met Zamir Kabulov in Russia."


@pytest.mark.parametrize(
    ("target", "out", "expected"),
    [
        (PRS, "پتروف به کانادا رفت.", "ضمیر کابلوف به روسیه رفت."),
        (PS, "پتروف کاناډا ته ولاړ، د کاناډا په اړه.", None),
        (PS, "پتروف په کاناډا کې دی.", "ضمیر کابلوف په روسیې کې دی."),
    ],
)
def test_arabic_script(target: Language, out: str, expected: str | None) -> None:
    source = "Zamir Kabulov went to Russia."
    names = locks(source, EN, target)
    text, slots = protect(source, names)
    assert text.startswith("Petrov went to ")
    stand = slots[1].stand_in.names[target][0]
    assert restore(out.replace("کانادا", stand).replace("کاناډا", stand), slots, target) == expected


def test_a_stand_in_that_the_text_itself_names_is_not_taken() -> None:
    source = "Kabulov met Petrov."
    assert protect(source, locks(source, EN, RU))[0] == "Romanov met Petrov."
