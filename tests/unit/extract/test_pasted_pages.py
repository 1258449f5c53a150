"""Pastes in four languages, written for these tests the way select-all gives them."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.errors import ExtractError
from pipelines.extract.paste_lines import unwrap
from pipelines.extract.pasted import extract_pasted

ENGLISH = """Skip to content
Home
News
Politics
Business
Sport
Log in
Search
Afghan, Uzbek officials agree on power line
By Lina Omar
6 May 2024
Workers inspect a pylon near Termez last month. [File: Reuters]
Share on Facebook
Copy link
Officials of Afghanistan and Uzbekistan agreed on Monday to build a second power line across the Amu river.

The line would carry enough electricity for half a million homes, the energy ministry in Tashkent said.

Advertisement

READ MORE: Kabul asks neighbours for cheaper gas

"We have waited for this for ten years," said Karim Noori, who heads the power company of Balkh.

Who pays

Uzbekistan will lend most of the money, and Afghanistan is to pay it back over twelve years.

Sign up for our weekly newsletter

The two sides did not say when the work would begin.

Related
Floods close the Salang pass
Tashkent hosts talks on water
Comments
Be the first to comment
© 2024 The Kabul Courier. All rights reserved.
"""

RUSSIAN = """Главная
Политика
Экономика
Общество
В мире
Войти
Поиск
Главная / Политика
Россия и Афганистан обсудили транзит через Узбекистан
Автор: Иван Петров
12 марта 2024, 14:35
Фото: Сергей Бобров / ТАСС
Делегации России и Афганистана провели в Ташкенте переговоры о транзитных перевозках, сообщил представитель министерства.
Стороны договорились создать рабочую группу, которая представит доклад к лету.
Читайте также: Узбекистан увеличил поставки электроэнергии
Реклама
«Мы рассчитываем, что первые поезда пройдут уже осенью», — сказал заместитель министра.
Что будет дальше
По его словам, проект потребует вложений в размере двух миллиардов долларов.
Подписывайтесь на наш Telegram-канал, чтобы быть в курсе событий
Кабул пока не назвал имя своего представителя в рабочей группе.
Поделиться
ВКонтакте
Одноклассники
Теги: Афганистан, транзит
Читайте также
В Кабуле открыли новую больницу
Ташкент принял конференцию по водным ресурсам
Комментарии
Войдите, чтобы оставить комментарий
© 2024 Вестник. Все права защищены.
"""

PERSIAN = """صفحه اصلی
اخبار
افغانستان
جهان
ورزش
فرهنگ
ورود
جستجو
نشست کابل درباره آب هلمند بدون توافق پایان یافت
نویسنده: احمد رشید
۲۲ حوت ۱۴۰۲
عکس: رویترز
نمایندگان ایران و افغانستان روز سه‌شنبه در کابل دربارهٔ حق‌آبهٔ رود هلمند گفت‌وگو کردند، اما به توافقی نرسیدند.
وزارت خارجه اعلام کرد که دور بعدی گفت‌وگوها ماه آینده در تهران برگزار می‌شود.
بیشتر بخوانید: کمبود آب در سیستان
«ما به معاهدهٔ ۱۳۵۱ پایبند هستیم»، سخنگوی وزارت انرژی و آب به خبرنگاران گفت.
پیشینهٔ اختلاف
دو کشور از دهه‌ها پیش بر سر آب این رود اختلاف دارند و چند بار هیئت‌های فنی فرستاده‌اند.
ما را در تلگرام دنبال کنید
کارشناسان می‌گویند خشکسالی امسال فشار بر هر دو طرف را بیشتر کرده است.
اشتراک‌گذاری
فیسبوک
تلگرام
مطالب مرتبط
سفر وزیر خارجه به تهران
آغاز کار بند کمال‌خان
نظرات
نظر خود را بنویسید
تمامی حقوق محفوظ است
"""

PASHTO = """کور پاڼه
خبرونه
افغانستان
نړۍ
لوبې
روغتیا
لټون
د کندهار په هوايي ډګر کې د نړیوالو الوتنو پیل
لیکوال: نور محمد
د ۱۴۰۲ کال د حوت ۲۲
انځور: د ارشیف انځور
د کندهار چارواکي وايي چې له راتلونکې اونۍ به له دې ښاره دوبۍ ته نیغې الوتنې پیل شي.
د هوايي ډګر مسوول وویل چې د الوتنو لپاره ټول تخنیکي کارونه بشپړ شوي دي.
نور ولولئ: په هرات کې د سړک جوړول
«موږ غواړو چې سوداګر خپل مالونه په اسانۍ ولېږي»، هغه خبریالانو ته وویل.
د سوداګرو غوښتنې
سوداګر بیا وايي چې د بار وړلو بیې باید راټیټې شي او ګمرکي چارې اسانه شي.
زموږ فېسبوک پاڼه تعقیب کړئ
د ترانسپورټ وزارت لا په دې اړه څه نه دي ویلي.
شریک کړئ
فېسبوک
ټویټر
اړوند خبرونه
په کابل کې د نوي پل پرانیستل
تبصرې
خپله تبصره ولیکئ
ټول حقوق خوندي دي
"""


def lines(paste: str, *numbers: int) -> list[str]:
    """Lines of the paste that are the article, counted without blank ones."""
    filled = [line for line in paste.splitlines() if line]
    return [filled[number] for number in numbers]


CASES = {
    "en": (
        ENGLISH,
        (14, 15, 18, 19, 20, 22),
        "Afghan, Uzbek officials agree on power line",
        "Who pays",
        "Lina Omar",
        date(2024, 5, 6),
    ),
    "ru": (
        RUSSIAN,
        (12, 13, 16, 17, 18, 20),
        "Россия и Афганистан обсудили транзит через Узбекистан",
        "Что будет дальше",
        "Иван Петров",
        date(2024, 3, 12),
    ),
    "fa": (
        PERSIAN,
        (12, 13, 15, 16, 17, 19),
        "نشست کابل درباره آب هلمند بدون توافق پایان یافت",
        "پیشینهٔ اختلاف",
        "احمد رشید",
        date(2024, 3, 12),
    ),
    "ps": (
        PASHTO,
        (11, 12, 14, 15, 16, 18),
        "د کندهار په هوايي ډګر کې د نړیوالو الوتنو پیل",
        "د سوداګرو غوښتنې",
        "نور محمد",
        date(2024, 3, 12),
    ),
}


@pytest.mark.parametrize("language", CASES)
def test_a_whole_page(language: str) -> None:
    paste, numbers, title, heading, author, published = CASES[language]
    found = extract_pasted(paste)
    assert found.text.split("\n\n") == lines(paste, *numbers)
    assert found.title == title
    assert [found.text[span.start : span.stop] for span in found.headings] == [heading]
    assert (found.author, found.published) == (author, published)


@pytest.mark.parametrize("language", CASES)
def test_a_page_with_windows_line_ends_and_without_blank_lines(language: str) -> None:
    paste, numbers, *_ = CASES[language]
    squeezed = "\r\n".join(line for line in paste.splitlines() if line)
    assert extract_pasted(squeezed).text.split("\n\n") == lines(paste, *numbers)


CLEAN = {
    "short paragraphs": (
        "The council met on Monday.", "", "It voted.", "", '"No," said Ahmad Zaki, the mayor.', "", "Kabul, Afghanistan",
    ),
    "words of the lists inside sentences": (
        "Follow the money, he told the council, and you will find who built the road.", "",
        "Photographs of the site show a wide hole in the ground.", "",
        "Share prices fell after the news, and advertising stopped.",
    ),
    "telegram": (
        "⚡️ طالبان: مکتب‌ها باز می‌شود!", "", "🔹 کابل؛ آرام است.", "🔹 هرات؛ باران شدید.", "",
        "منبع محلی می‌گوید وضعیت عادی است.", "", "@khabar_channel",
    ),
    "poem": (
        "بشنو این نی چون شکایت می‌کند", "از جدایی‌ها حکایت می‌کند", "کز نیستان تا مرا ببریده‌اند", "در نفیرم مرد و زن نالیده‌اند",
    ),
    "interview": (
        "Почему вы ушли?", "", "Я устал.", "", "Вы жалеете?", "", "Нет.", "", "Что дальше?", "",
        "Посмотрим, что решит парламент на следующей неделе.",
    ),
    "one head with a word of the menus": (
        "Суд отложил заседание до среды, сообщила пресс-секретарь.", "", "Россия", "",
        "В Москве решение назвали ожидаемым и пообещали ответить.",
    ),
    "refrain": (
        "We will not go.", "The river is wide and the night is long, my friend of the north.",
        "We will not go.", "The river is wide and the night is long, my friend of the north.",
    ),
    "pashto": (
        "ولسمشر نن له چارواکو سره ولیدل.", "", "هغه وویل چې کار به پیل شي.", "", "ولې؟", "", "ځواب یې ورنه کړ.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_text_comes_back_whole(name: str) -> None:
    found = extract_pasted("\n".join(CLEAN[name]))
    assert found.title is None
    assert found.text.split("\n\n") == [line for line in CLEAN[name] if line]


def test_a_headline_over_a_clean_article_is_its_title() -> None:
    body = "The council voted on Monday to repair the road to the border.\n\nThe work would take two years, the governor said."
    found = extract_pasted(f"Council votes to repair road\n\n{body}")
    assert (found.title, found.text) == ("Council votes to repair road", body)


def test_one_related_line_in_an_article_goes_alone() -> None:
    body = [
        "The council voted on Monday to repair the road to the border.",
        "The work would take two years, the governor said.",
    ]
    found = extract_pasted(f"{body[0]}\n\nREAD MORE: Floods close the pass\n\n{body[1]}")
    assert found.text.split("\n\n") == body


def test_captions_that_stand_twice_go_with_their_credit() -> None:
    caption = "Members of the delegation arrive at a hotel in Doha, Qatar, on November 21, 2020"
    paste = (
        f"Talks resume in Doha\n\n{caption}\nReuters Archive\n\n{caption}\nReuters Archive\n\n"
        "The delegations met on Monday for the first time in three months, officials said.\n\n"
        "READ MORE: What the sides want\n\nLoading...\n\nBoth said that they would meet again on Wednesday.\n\nRoute 6"
    )
    found = extract_pasted(paste)
    assert found.text.split("\n\n") == [
        "The delegations met on Monday for the first time in three months, officials said.",
        "Both said that they would meet again on Wednesday.",
    ]


def test_bracketed_words_of_a_quotation_stay() -> None:
    said = '"[They] asked for it," she said, "and [he] gave it to them."'
    text = f"The court ruled on Monday.\n\n{said}\n\n[He] left at noon, the clerk of the court told us."
    assert extract_pasted(text).text == text


def test_lines_wrapped_at_a_width_are_joined() -> None:
    wrapped = (
        "The provincial council of Herat voted on Monday to repair the road\n"
        "to the border, which the floods of April destroyed over a length of\n"
        "forty kilometres, and to ask the ministry for the money it needs now.\n\n"
        "Governor Karim Noori said that the work would take two years at the\n"
        "least and cost about forty million dollars, most of which the bank\n"
        "of the province is to borrow from its partners in the two countries.\n"
    )
    joined = [line for line in unwrap((wrapped + "\n" + wrapped).split("\n")) if line]
    assert len(joined) == 4
    assert joined[0].startswith("The provincial council of Herat voted on Monday to repair the road to the border")


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\u200c\n\u200f"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(ExtractError):
        extract_pasted(text)


@pytest.mark.parametrize("size", [1, 40])
def test_headings_are_spans_of_whole_paragraphs(size: int) -> None:
    found = extract_pasted(ENGLISH.replace("Who pays", " ".join(["Who pays"] * min(size, 3))))
    paragraphs = found.text.split("\n\n")
    assert all(found.text[span.start : span.stop] in paragraphs for span in found.headings)


@pytest.mark.parametrize("about", ["By Daniel Hartwell", "17 March 2026", "By Daniel Hartwell\n17 March 2026"])
def test_a_byline_or_date_right_under_the_headline_leaves_it_the_title(about: str) -> None:
    lead = "The council voted on Monday to extend the mandate of its mission for another twelve months, diplomats said."
    article = extract_pasted(f"Council extends Afghan mission as envoy warns of cuts\n{about}\n\n{lead}\n\n{lead[4:]}")
    assert article.title == "Council extends Afghan mission as envoy warns of cuts"
