"""Misspelt and foreign names become the locked form in the case of their place; nothing else changes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipelines.languages import Language
from pipelines.models import Actor, NameLock
from pipelines.translate.locked import locks
from pipelines.translate.repair import Repair, repair

if TYPE_CHECKING:
    from pathlib import Path


def mend(source: str, translated: str, target: str, language: Language = Language.ENGLISH) -> tuple[str, list[Repair]]:
    names = locks(source, language, Language(target))
    return repair(translated, target=Language(target), names=names, source=source, source_language=language)


@pytest.mark.parametrize(
    ("source", "translated", "expected"),
    [
        ("Kabulov spoke.", "Кабуллов выступил.", "Кабулов выступил."),
        ("They met Kabulov.", "Они встретились с Кабулловым.", "Они встретились с Кабуловым."),
        ("They met Zamir Kabulov.", "Они встретились с Замиром Кабулловым.", "Они встретились с Замиром Кабуловым."),
        ("A letter from Kabulov came.", "Пришло письмо от Kabulov.", "Пришло письмо от Кабулова."),
        ("A letter to Kabulov was sent.", "К Kabulov отправили письмо.", "К Кабулову отправили письмо."),
        ("They argued about Kabulov.", "Они спорили о Kabulov.", "Они спорили о Кабулове."),
        ("Kabulov's words angered Iran.", "Слова Kabulov разозлили Иран.", "Слова Кабулова разозлили Иран."),
        ("Minister Kabulov was seen.", "Видели министра Kabulov.", "Видели министра Кабулова."),
        ("It was said by President Putin.", "Это сказано президентом Putin.", "Это сказано президентом Путиным."),
        ("Putin met Angela Merkel.", "Путин встретился с Ангелой Меркелем.", "Путин встретился с Ангелой Меркель."),
        ("Lavrov spoke with Putin.", "Лавров говорил с Путиной.", "Лавров говорил с Путиным."),
        ("Zakharova's words", "Слова Maria Zakharova", "Слова Марии Захаровой"),
    ],
)
def test_russian(source: str, translated: str, expected: str) -> None:
    source = source.replace("Zakharova's", "Maria Zakharova's")
    assert mend(source, translated, "ru")[0] == expected


@pytest.mark.parametrize(
    ("target", "source", "translated", "expected"),
    [
        ("prs", "Kabulov spoke.", "کابولوف سخن گفت.", "کابلوف سخن گفت."),
        ("prs", "Zamir Kabulov spoke.", "Zamir Kabulov سخن گفت.", "ضمیر کابلوف سخن گفت."),
        ("ps", "Kabulov spoke.", "کابولوف وویل.", "کابلوف وویل."),
        ("prs", "New Zealand won.", "نیوزلند برد.", "نیوزیلند برد."),
        ("prs", "Poland won.", "لهستان برد.", "لهستان برد."),  # the table has it as a Dari alias
        ("prs", "Beijing won.", "پکن برد.", "پکن برد."),  # a capital of Tehran's Persian is no misspelling
    ],
)
def test_arabic_script(target: str, source: str, translated: str, expected: str) -> None:
    assert mend(source, translated, target)[0] == expected


def test_a_repair_tells_the_span_of_the_text_given() -> None:
    text = "Слова Kabulov и Khalilzad разошлись."
    mended, repairs = mend("Kabulov and Khalilzad spoke.", text, "ru")
    assert mended == "Слова Кабулова и Халилзада разошлись."
    assert [(text[r.start : r.stop], r.before, r.key) for r in repairs] == [
        ("Kabulov", "Kabulov", "zamir-kabulov"),
        ("Khalilzad", "Khalilzad", "zalmay-khalilzad"),
    ]


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Putin met Kabulov.", "Кабулова принял Путин."),
        ("American Jordan Spieth lost.", "Американец Джордан Спит проиграл."),
        ("The FBI said so.", "Так сообщили в Федеральном бюро расследований."),
        ("Reuters reported it.", "Об этом сообщило Reuters."),
        ("Tedros said so.", "Тедрос так сказал."),
        ("Putin met Sergei Medved.", "Путин встретился с Сергеем Медведем."),
    ],
)
def test_right_text_stays(source: str, translated: str) -> None:
    assert mend(source, translated, "ru") == (translated, [])


def test_another_word_of_the_source_keeps_its_own_translation() -> None:
    lock = NameLock(key="x-mrs", kind="person", start=0, stop=8, text="Morrisey", forms=("Морриси",))
    source = "Morrisey met Morrison."
    text = "Моррисон встретил его."
    assert repair(text, target=Language.RUSSIAN, names=[lock], source=source, source_language=Language.ENGLISH) == (
        text,
        [],
    )


def test_an_actor_of_the_article_alone_is_mended_to_its_form() -> None:
    actor = Actor(
        key="x-trkv", kind="person", name="Oleg Torkunov", role=None, salience=1.0, mentions=(),
        names={Language.RUSSIAN: "Олег Торкунов"},
    )  # fmt: skip
    source = "They met Oleg Torkunov."
    names = locks(source, Language.ENGLISH, Language.RUSSIAN, [actor])
    mended, _ = repair(
        "Они встретились с Oleg Torkunov.",
        target=Language.RUSSIAN, names=names, source=source, source_language=Language.ENGLISH,
    )  # fmt: skip
    assert mended == "Они встретились с Олегом Торкуновым."


@pytest.mark.evaluation
@pytest.mark.parametrize(
    ("name", "source", "target"),
    [("newstest2020.en-ru", "en", "ru"), ("newstest2020.ps-en", "ps", "en"), ("ntrex128.en-prs-ps-ru-fa", "en", "ru")],
)
def test_human_translations_are_all_but_untouched(evaluation_data: Path, name: str, source: str, target: str) -> None:
    header, *lines = (evaluation_data / "parallel" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=False)) for line in lines]
    sample = random.Random(4).sample(rows, 400)  # noqa: S311 - the same sample every time
    changed = sum(bool(mend(row[source], row[target], target, Language(source))[1]) for row in sample)
    assert changed / len(sample) < 0.01
