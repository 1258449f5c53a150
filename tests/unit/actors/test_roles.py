"""Roles said anew in each reader's language, and names that keep the article's form where no other is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.actors.localise import localise, say
from pipelines.actors.rolephrase import parse
from pipelines.languages import Language
from pipelines.models import Actor, Mention
from pipelines.tables import table
from pipelines.text import name_forms, spelling

HEADER, *ROWS = (
    line.split("\t")
    for line in Path(__file__).with_name("roles.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
CASES = [
    (row[0], row[1], language, wanted)
    for row in ROWS
    for language, wanted in zip(HEADER[2:], row[2:], strict=True)
    if wanted
]


@pytest.mark.parametrize(("source", "role", "language", "wanted"), CASES)
def test_a_role_in_another_language(source: str, role: str, language: str, wanted: str) -> None:
    phrase = parse(role, Language(source))
    said = say(phrase, Language(language), "nom") if phrase is not None else None
    assert (said or "–") == wanted


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO])
def test_every_title_of_the_lexicon_is_understood_in_its_own_language(language: Language) -> None:
    missed = [
        row["key"]
        for row in table("roles/titles.tsv")
        if row[language.value] and parse(row[language.value], language) is None
    ]
    assert not missed


def actor(name: str, role: str | None, key: str) -> Actor:
    mention = Mention(start=0, stop=len(name), text=name, kind="person", role=role)
    return Actor(key=key, kind="person", name=name, role=role, salience=1.0, mentions=(mention,))


def test_a_known_person_has_names_and_a_role_in_every_language() -> None:
    (known,) = localise([actor("Zamir Kabulov", "special envoy for Afghanistan", "zamir-kabulov")], Language.ENGLISH)
    assert known.names[Language.RUSSIAN] == "Замир Кабулов"
    assert known.names[Language.DARI] == "ضمیر کابلوف"
    assert set(known.roles) == set(Language) - {Language.UNKNOWN}


def test_an_unknown_person_keeps_the_articles_form_alone() -> None:
    (unknown,) = localise([actor("Wayde Quuxfield", "basketball player at LSU", "x-kskfld")], Language.ENGLISH)
    assert unknown.names == {Language.ENGLISH: "Wayde Quuxfield"}
    assert unknown.roles == {Language.ENGLISH: "basketball player at LSU"}


def test_a_woman_has_the_feminine_title_where_russian_has_one() -> None:
    (minister,) = localise([actor("Annalena Baerbock", "former chancellor", "annalena-baerbock")], Language.ENGLISH)
    assert minister.roles[Language.RUSSIAN].startswith("бывший канцлер")


@pytest.mark.parametrize(
    ("word", "form", "same"),
    [
        ("Путиным", "Путин", True),
        ("Афганистану", "Афганистан", True),
        ("Китая", "Китай", True),
        ("Египта", "Египет", True),
        ("Нидерландов", "Нидерланды", True),
        ("Израиле", "Израиль", True),
        ("Захаровой", "Захарова", True),
        ("Зеленского", "Зеленский", True),
        ("Хания", "Хан", False),
        ("Гана", "Гани", False),
        ("Нигерии", "Нигер", False),
        ("Рубио", "Рубио", True),
        ("ООН", "ООН", True),
    ],
)
def test_cases_of_russian_names(word: str, form: str, same: bool) -> None:
    assert (spelling(word) in name_forms(form, Language.RUSSIAN)) is same


def test_cases_of_pashto_names() -> None:
    assert name_forms("روسيه", Language.PASHTO) & name_forms("روسیې", Language.PASHTO)
    assert not name_forms("چین", Language.PASHTO) & name_forms("چینې", Language.PASHTO)
