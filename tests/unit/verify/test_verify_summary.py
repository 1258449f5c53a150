"""What a summary may not say: numbers, names and quotations that its article does not have."""

from __future__ import annotations

import pytest

from pipelines.languages import Language
from pipelines.models import Article, Sentence, Summary, SummarySentence
from pipelines.verify import verify_summary

EN, RU, PRS, PS = Language.ENGLISH, Language.RUSSIAN, Language.DARI, Language.PASHTO

ENGLISH = (
    "Zamir Kabulov, President Vladimir Putin's envoy, said on Monday that 1,200 troops would stay in Kabul.",
    "The Taliban refused: “We will not sign before the last soldier has left,” Suhail Shaheen said.",
    "The talks cost 2.5 million dollars and ended on 28.01.2021.",
)
RUSSIAN = (
    "Специальный представитель президента Замир Кабулов встретился с Сухейлем Шахином в Москве.",
    "«Мы не подпишем ничего», — заявил Шахин, его слова приводит агентство на 5,5 страницах.",
)
DARI = ("ضمیر کابلوف روز دوشنبه گفت که ۱۲۰۰ سرباز در کابل می‌مانند.", "سهیل شاهین گفت: «ما امضا نمی‌کنیم.»")
PASHTO = ("ضمیر کابلوف وویل چې ۱۲۰۰ سرتېري به په کابل کې پاتې شي.", "سهیل شاهین وویل: «موږ لاسلیک نه کوو.»")


def check(
    language: Language, source: tuple[str, ...], shown: str, cited: tuple[int, ...] = (), title: str | None = None
) -> list[tuple[str, str]]:
    sentences: list[Sentence] = []
    text = ""
    for index, line in enumerate(source):
        text += " " if text else ""
        sentences.append(Sentence(index=index, start=len(text), stop=len(text) + len(line), text=line))
        text += line
    article = Article(
        url=None,
        title=title,
        outlet=None,
        author=None,
        published=None,
        text=text,
        headings=(),
        language=language,
        extractor="test",
    )
    summary = Summary(sentences=(SummarySentence(text=shown, source_sentences=cited),), backend="test")
    found = verify_summary(article, sentences, summary)
    assert all(warning.where == "summary[0]" for warning in found)
    assert all("\n" not in warning.message for warning in found)
    return [
        (warning.code.removeprefix("unsupported_"), warning.message.split("“")[1].split("”")[0]) for warning in found
    ]


@pytest.mark.parametrize(("language", "source"), [(EN, ENGLISH), (RU, RUSSIAN), (PRS, DARI), (PS, PASHTO)])
def test_the_article_itself_is_supported(language: Language, source: tuple[str, ...]) -> None:
    for index, line in enumerate(source):
        assert check(language, source, line, (index,)) == []
        assert check(language, source, line) == []


@pytest.mark.parametrize(
    ("language", "source", "shown"),
    [
        (EN, ENGLISH, "Kabulov said 1200 troops would stay in Kabul."),
        (EN, ENGLISH, "Envoy Kabulov said ١٢٠٠ troops would stay."),
        (EN, ENGLISH, "Putin's envoy Kabulov said that troops would stay."),
        (RU, RUSSIAN, "В Москве представитель Шахин встретил Замира Кабулова, с Кабуловым был и Сухейль Шахин."),
        (PRS, DARI, "کابلوف گفت كه 1200 سرباز در كابل می‌مانند."),
    ],
)
def test_another_spelling_case_or_script_of_digits_is_supported(
    language: Language, source: tuple[str, ...], shown: str
) -> None:
    assert check(language, source, shown, (0,)) == []


@pytest.mark.parametrize(
    ("language", "source", "cited", "shown", "expected"),
    [
        (EN, ENGLISH, 0, ENGLISH[0].replace("1,200", "1,300"), [("number", "1,300")]),
        (EN, ENGLISH, 2, ENGLISH[2].replace("2.5 million", "2.5 billion"), [("number", "2.5 billion")]),
        (EN, ENGLISH, 2, ENGLISH[2].replace("28.01", "29.01"), [("number", "29.01.2021")]),
        (EN, ENGLISH, 0, ENGLISH[0].replace("Kabulov", "Lavrov"), [("name", "Zamir Lavrov")]),
        (EN, ENGLISH, 0, ENGLISH[0].replace("Zamir", "Vladimir"), [("name", "Vladimir Kabulov")]),
        (EN, ENGLISH, 0, ENGLISH[0].replace("Kabul.", "Herat."), [("name", "Herat")]),
        (
            EN,
            ENGLISH,
            1,
            ENGLISH[1].replace("not sign", "sign"),
            [("quote", "We will sign before the last soldier has left,")],
        ),
        (RU, RUSSIAN, 0, RUSSIAN[0].replace("Кабулов", "Лавров"), [("name", "Замир Лавров")]),
        (RU, RUSSIAN, 1, RUSSIAN[1].replace("5,5", "5,6"), [("number", "5,6")]),
        (RU, RUSSIAN, 1, RUSSIAN[1].replace("не подпишем", "подпишем"), [("quote", "Мы подпишем ничего")]),
        (PRS, DARI, 0, DARI[0].replace("۱۲۰۰", "۱۳۰۰"), [("number", "۱۳۰۰")]),
        (PRS, DARI, 0, DARI[0].replace("کابلوف", "لاوروف"), [("name", "لاوروف")]),
        (PS, PASHTO, 0, PASHTO[0].replace("کابلوف", "لاوروف"), [("name", "لاوروف")]),
        (PS, PASHTO, 1, PASHTO[1].replace("نه کوو", "کوو"), [("quote", "موږ لاسلیک کوو.")]),
    ],
)
def test_a_changed_number_name_or_quotation_is_warned_of(
    language: Language, source: tuple[str, ...], cited: int, shown: str, expected: list[tuple[str, str]]
) -> None:
    assert check(language, source, shown, (cited,)) == expected
    assert check(language, source, shown) == expected


def test_what_another_sentence_says_is_not_support_for_this_one() -> None:
    moved = ENGLISH[0].replace("1,200", "2.5 million")
    assert check(EN, ENGLISH, moved, (0,)) == [("number", "2.5 million")]
    assert check(EN, ENGLISH, ENGLISH[0].replace("Kabulov", "Shaheen"), (0,)) == [("name", "Zamir Shaheen")]


def test_a_pronoun_may_be_replaced_by_the_name_of_its_antecedent() -> None:
    source = ("Zamir Kabulov arrived in Doha.", "He said that 40 men had left.")
    assert check(EN, source, "Kabulov said that 40 men had left.", (1,)) == []


def test_the_title_supports_too() -> None:
    shown = "Zamir Kabulov, Moscow's envoy, said on Monday that 1,200 troops would stay in Kabul."
    assert check(EN, ENGLISH, shown, (0,)) == [("name", "Moscow")]
    assert check(EN, ENGLISH, shown, (0,), title="Moscow wants troops out") == []


def test_a_quotation_cut_by_the_summary_is_still_checked() -> None:
    assert check(EN, ENGLISH, "The Taliban refused: “We will sign before the last", (1,)) == [
        ("quote", "We will sign before the last")
    ]


def test_a_source_that_does_not_exist_is_ignored() -> None:
    assert check(EN, ENGLISH, ENGLISH[0], (0, 99)) == []
    assert check(EN, ENGLISH, ENGLISH[0], (99,)) == []


def test_an_acronym_is_a_name_though_it_spells_a_function_word() -> None:
    assert check(EN, ENGLISH, "The US said 1,200 troops would stay in Kabul.", (0,)) == [("name", "US")]
