"""What readers get, whole and readable: the Dari digest of an English article, plain and rich."""

from __future__ import annotations

from dataclasses import replace

from bot.render.entities import render
from bot.render.rich import rich_messages
from bot.render.split import split
from bot.render.telegram import digest_tree, error_tree, progress_tree, sources_tree
from bot.render.view import view
from pipelines.languages import Language
from tests.unit.render.marked import covered, named
from tests.unit.render.samples import URL, dari_view, digest, russian_view

DARI = """\
سفر ضمیر کابلوف به کابل
⟨FSI⟩TOLOnews.⟨WJ⟩com⟨PDI⟩ · 28 جنوری 2021 · انگلیسی

• ضمیر کابلوف به تاریخ ۲۸ جنوری با ۱۲ دیپلمات به کابل رسید.
⟨RLM⟩• ⟨LRI⟩Talks “will go on” in Moscow on 18 March, his office said.⟨PDI⟩⟨NBSP⟩✎⟨NBSP⟩⚠

چهره‌ها و نهادهای اصلی
ضمیر کابلوف — فرستادهٔ روسیه
⟨LRI⟩Sapedar Group⟨PDI⟩ — سازمان

✎⟨NBSP⟩نوشتهٔ مودل، مقابله‌شده با مقاله

ترجمهٔ ماشینی: firefox+dari

⚠⟨NBSP⟩به هیچ ترجمهٔ این جمله اعتماد نشد؛ متن اصلی مانده است.

"""
RUSSIAN = """\
Русский
Визит Замира Кабулова в Кабул

• Замир Кабулов прибыл в Кабул 28 января с 12 дипломатами.
• Переговоры «продолжатся» в Москве 18 марта, сообщили в его офисе.⟨NBSP⟩✎

Ключевые фигуры
Замир Кабулов — спецпредставитель
Sapedar Group — организация

✎⟨NBSP⟩написано моделью, сверено со статьёй

машинный перевод: firefox"""
SOURCE = "\n\nمنبع: ⟨FSI⟩tolonews.com⟨PDI⟩"


def test_a_dari_digest_in_a_plain_message() -> None:
    text, entities = render(digest_tree(dari_view(), [russian_view()]))
    assert named(text) == DARI + RUSSIAN + SOURCE
    assert covered(text, entities) == [
        ("text_link", "سفر ضمیر کابلوف به کابل"),
        ("bold", "سفر ضمیر کابلوف به کابل"),
        ("bold", "چهره‌ها و نهادهای اصلی"),
        ("bold", "ضمیر کابلوف"),
        ("bold", "Sapedar Group"),
        ("italic", "✎⟨NBSP⟩نوشتهٔ مودل، مقابله‌شده با مقاله"),
        ("italic", "ترجمهٔ ماشینی: firefox+dari"),
        ("expandable_blockquote", RUSSIAN),
        ("bold", "Русский"),
        ("bold", "Визит Замира Кабулова в Кабул"),
        ("bold", "Ключевые фигуры"),
        ("bold", "Замир Кабулов"),
        ("bold", "Sapedar Group"),
        ("italic", "✎⟨NBSP⟩написано моделью, сверено со статьёй"),
        ("italic", "машинный перевод: firefox"),
        ("text_link", "tolonews.com"),
    ]
    assert [entity.url for entity in entities if entity.url] == [URL, URL]


def test_the_same_digest_as_a_rich_message() -> None:
    (message,) = rich_messages(digest_tree(dari_view(), [russian_view()]))
    href = URL.replace("&", "&amp;")
    assert named(message.html).replace("><", ">\n<") == "\n".join(
        [
            "<h1>",
            f'<a href="{href}">سفر ضمیر کابلوف به کابل</a>',
            "</h1>",
            "<p>⟨FSI⟩TOLOnews.com⟨PDI⟩ · 28 جنوری 2021 · انگلیسی</p>",
            "<ul>",
            "<li>ضمیر کابلوف به تاریخ ۲۸ جنوری با ۱۲ دیپلمات به کابل رسید.</li>",
            "<li>⟨RLM⟩⟨LRI⟩Talks “will go on” in Moscow on 18 March, his office said.⟨PDI⟩⟨NBSP⟩✎⟨NBSP⟩⚠</li>",
            "</ul>",
            "<h3>چهره‌ها و نهادهای اصلی</h3>",
            "<table>",
            "<tr>",
            '<th align="right">کی</th>',
            '<th align="right">نقش</th>',
            "</tr>",
            "<tr>",
            '<td align="right">',
            "<b>ضمیر کابلوف</b>",
            "</td>",
            '<td align="right">فرستادهٔ روسیه</td>',
            "</tr>",
            "<tr>",
            '<td align="right">⟨RLM⟩⟨LRI⟩<b>Sapedar Group</b>⟨PDI⟩</td>',
            '<td align="right">سازمان</td>',
            "</tr>",
            "</table>",
            "<footer>✎⟨NBSP⟩نوشتهٔ مودل، مقابله‌شده با مقاله</footer>",
            "<footer>ترجمهٔ ماشینی: firefox+dari</footer>",
            "<p>⚠⟨NBSP⟩به هیچ ترجمهٔ این جمله اعتماد نشد؛ متن اصلی مانده است.</p>",
            "<details>",
            "<summary>Русский</summary>",
            "<p>",
            "<b>Визит Замира Кабулова в Кабул</b>",
            "</p>",
            "<ul>",
            "<li>Замир Кабулов прибыл в Кабул 28 января с 12 дипломатами.</li>",
            "<li>Переговоры «продолжатся» в Москве 18 марта, сообщили в его офисе.⟨NBSP⟩✎</li>",
            "</ul>",
            "<h3>Ключевые фигуры</h3>",
            "<table>",
            "<tr>",
            "<th>Кто</th>",
            "<th>Роль</th>",
            "</tr>",
            "<tr>",
            "<td>",
            "<b>Замир Кабулов</b>",
            "</td>",
            "<td>спецпредставитель</td>",
            "</tr>",
            "<tr>",
            "<td>",
            "<b>Sapedar Group</b>",
            "</td>",
            "<td>организация</td>",
            "</tr>",
            "</table>",
            "<footer>✎⟨NBSP⟩написано моделью, сверено со статьёй</footer>",
            "<footer>машинный перевод: firefox</footer>",
            "</details>",
            f'<p>منبع: ⟨FSI⟩<a href="{href}">tolonews.com</a>⟨PDI⟩</p>',
        ]
    )
    assert message.payload() == {"html": message.html, "is_rtl": True, "skip_entity_detection": True}


def test_source_sentences_stand_quoted_in_their_own_direction_under_what_rests_on_them() -> None:
    text, entities = render(sources_tree(digest(), dari_view()))
    assert (
        named(text)
        == (
            "متن اصلی\n"
            "1. ضمیر کابلوف به تاریخ ۲۸ جنوری با ۱۲ دیپلمات به کابل رسید.\n\n"
            "Zamir Kabulov arrived in Kabul on 28 January with 12 diplomats.\n\n"
            "⟨RLM⟩2. ⟨LRI⟩Talks “will go on” in Moscow on 18 March, his office said.⟨PDI⟩⟨NBSP⟩✎⟨NBSP⟩⚠\n\n"
            "He met Abdullah Abdullah at the Sapedar Palace.\n\n"
            "Talks “will go on” in Moscow on 18 March, his office said."
        )
        + SOURCE
    )
    assert [words for kind, words in covered(text, entities) if kind == "blockquote"] == [
        "Zamir Kabulov arrived in Kabul on 28 January with 12 diplomats.",
        "He met Abdullah Abdullah at the Sapedar Palace.\n\nTalks “will go on” in Moscow on 18 March, his office said.",
    ]


def test_source_sentences_of_a_language_without_translation_are_the_articles_own() -> None:
    text, _ = render(sources_tree(digest(), view(digest(), Language.PASHTO)))
    assert "⟨RLM⟩1. ⟨LRI⟩Zamir Kabulov arrived in Kabul on 28 January with 12 diplomats.⟨PDI⟩" in named(text)


def test_without_a_model_the_command_is_monowidth_and_runs_left_to_right() -> None:
    text, entities = render(digest_tree(view(digest(), Language.PASHTO)))
    shown = view(digest(), Language.PASHTO)
    assert named(text).splitlines()[0] == shown.words["digest_title"]
    assert f"⟨LRI⟩{shown.command}⟨PDI⟩" in named(text)
    assert ("code", shown.command) in covered(text, entities)


def test_a_title_or_outlet_that_looks_like_a_mention_or_an_address_is_no_link() -> None:
    shown = replace(dari_view(), byline=("@durov", "/start", "evil.example/x", "#tag"), url="javascript:alert(1)")
    text, entities = render(digest_tree(shown))
    assert "@⟨WJ⟩durov" in named(text)
    assert "/⟨WJ⟩start" in named(text)
    assert "evil.⟨WJ⟩example/x" in named(text)
    assert "#⟨WJ⟩tag" in named(text)
    assert not [entity for entity in entities if entity.type == "text_link"]
    assert "منبع" not in text


def test_a_mark_stays_with_the_last_word_of_its_sentence() -> None:
    for limit in range(40, 140):
        with_marks = [part for part in split(digest_tree(dari_view()), limit=limit) if "✎\u00a0⚠" in part.text]
        assert ["said." in part.text for part in with_marks] == [True], limit


def test_progress_is_animated_in_drafts_and_italic_elsewhere() -> None:
    tree = progress_tree("در حال خواندن مقاله…", Language.DARI)
    assert rich_messages(tree, draft=True)[0].html == "<tg-thinking>در حال خواندن مقاله…</tg-thinking>"
    assert rich_messages(tree)[0].html == "<p><i>در حال خواندن مقاله…</i></p>"
    text, entities = render(tree)
    assert covered(text, entities) == [("italic", "در حال خواندن مقاله…")]


def test_an_error_is_one_plain_sentence() -> None:
    text, entities = render(error_tree("Ссылка не открывается.", Language.RUSSIAN))
    assert (named(text), entities) == ("⚠⟨NBSP⟩Ссылка не открывается.", ())
