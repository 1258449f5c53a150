"""One line in, its kind of furniture out: each row is a line that a person could paste."""

from __future__ import annotations

import pytest

from pipelines import tables
from pipelines.extract.lines import LISTS, bulleted, closes_sentence, hit


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ MORE: Dozens killed in wave of attacks", "related"),
        ("Loading...", "advert"),
        ("Reuters Archive", "credit"),
        ("34 Comments", "comments"),
        ("In this file image, members of the team attend a meeting in Doha.", "caption"),
        ("(Image credit: NASA)", "caption"),
        ("Police stand guard outside the court (AP)", "credit"),
        ("Image 3 of 12", "caption"),
        ("© 2024 The Kabul Courier", "footer"),
        ("header-photo-1200x630.jpg", "caption"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("This website uses cookies to improve your experience", "consent"),
        ("Читайте также: Путин провёл переговоры", "related"),
        ("Подписывайтесь на наш Telegram-канал", "newsletter"),
        ("5 комментариев", "comments"),
        ("Фото: Валерий Шарифулин / ТАСС", "related"),
        ("Все права защищены", "footer"),
        ("بیشتر بخوانید", "related"),
        ("همچنین بخوانید: سفر وزیر به تهران", "related"),
        ("نظر خود را بنویسید", "comments"),
        ("کلیهٔ حقوق این سایت محفوظ است", "footer"),
        ("نور ولولئ: په هرات کې د سړک جوړول", "related"),
        ("شریک کړئ", "share"),
        ("د انځور سرچینه, Getty Images", "caption"),
        ("ټول حقوق خوندي دي", "footer"),
    ],
)
def test_furniture_is_named(line: str, kind: str) -> None:
    found = hit(line)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the minister told the pupils of the school in Herat.",
        "Related crimes rose by a tenth in the same year, the ministry said.",
        "Reuters could not reach the governor for comment on Monday evening.",
        "Автор фильма заявил, что снимать продолжение не будет.",
        "Фото с места событий появилось в сети в понедельник утром, сообщили очевидцы.",
        "МОСКВА, 29 июня. /ТАСС/. Движение по новому участку открыли в понедельник утром.",
        "Реклама табака запрещена в стране с прошлого года, напомнили в ведомстве.",
        "منبع این پول روشن نیست و دولت تحقیق می‌کند.",
        "عکس‌های ماهواره‌ای نشان می‌دهد که بند پر از آب شده است.",
        "سرچینه یې لا نه ده معلومه، خو پلټنې روانې دي.",
        "12 people died in the accident near the border.",
        "Route 6",
    ],
)
def test_sentences_of_an_article_are_not_furniture(line: str) -> None:
    assert hit(line) is None


@pytest.mark.parametrize("line", ["نه.", "چرا؟", "پای۔", "“Yes.”", "«Да.»", "Он молчал…", "(no.)", "終わり。"])
def test_sentence_ends_of_all_scripts(line: str) -> None:
    assert closes_sentence(line)


@pytest.mark.parametrize("line", ["• Politics", "□ AI", "1. Home", "— Reza", "* item", "[ ] todo"])
def test_bullets(line: str) -> None:
    assert bulleted(line)


@pytest.mark.parametrize("line", ["1990 was a hard year", "-5 degrees", "3.5 percent"])
def test_numbers_that_open_a_sentence_are_no_bullets(line: str) -> None:
    assert not bulleted(line)


@pytest.mark.parametrize("language", LISTS)
def test_lists_hold_sixty_phrases_a_language_and_no_stray_marks(language: str) -> None:
    rows = tables.table(f"boilerplate/{language}.tsv")
    phrases = [phrase for row in rows for phrase in tables.cell_list(row["phrases"])]
    assert len(phrases) >= 60
    assert not [phrase for phrase in phrases if any(char in phrase for char in "\u200e\u200f\u202b\ufeff")]
    for row in rows:
        own = tables.cell_list(row["phrases"])
        assert len(own) == len(set(own)), (row["place"], row["kind"], [p for p in own if own.count(p) > 1])
