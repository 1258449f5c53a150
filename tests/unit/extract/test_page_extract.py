"""HTML pages: the article, what the page says of it, and the walls that stand in its place."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.errors import ExtractError, LoginWallError
from pipelines.extract.page import extract_page

PARAGRAPHS = [
    "The provincial council of Herat voted on Monday to repair the road to the border, which floods destroyed in April.",
    "Governor Karim Noori said that the work would take two years and cost about forty million dollars, most of it borrowed.",
    "Merchants who use the road told the council that every week of delay costs them more than the repairs ever could.",
    "The council will meet again in June, when the engineers of the ministry are to present their plan in full.",
]


def page(body: str, head: str = "") -> str:
    title = "<title>Council votes to repair road | Kabul Courier</title>"
    return f"<!DOCTYPE html><html><head>{title}{head}</head><body>{body}</body></html>"


def article(paragraphs: list[str] = PARAGRAPHS) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<article><h1>Council votes to repair road</h1>{text}</article>"


def test_paragraphs_survive_and_the_title_stands_apart() -> None:
    found = extract_page(page(article()), "https://kabulcourier.example/2024/road")
    assert found.text.split("\n\n") == PARAGRAPHS
    assert found.title == "Council votes to repair road"
    assert found.outlet == "Kabul Courier"
    assert found.extractor == "trafilatura"


def test_json_ld_names_author_day_and_publisher() -> None:
    head = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "WebPage", "name": "x"},
      {"@type": "NewsArticle", "headline": "Council votes to repair road", "datePublished": "2024-05-06T23:30:00+04:30",
       "author": [{"@type": "Person", "name": "Lina Omar"}, {"@type": "Organization", "name": "Kabul Courier"}],
       "publisher": {"@type": "Organization", "name": "Kabul Courier"},},]}</script>"""
    found = extract_page(page(article(), head), None)
    assert found.author == "Lina Omar"
    assert found.published == date(2024, 5, 6)
    assert found.outlet == "Kabul Courier"


def test_meta_tags_where_there_is_no_json_ld() -> None:
    head = (
        '<meta property="og:title" content="Council votes to repair road - Kabul Courier">'
        '<meta property="og:site_name" content="Kabul Courier"><meta name="author" content="By Lina Omar, Staff">'
        '<meta property="article:published_time" content="2024-05-06T10:00:00Z">'
    )
    found = extract_page(page(article(), head), None)
    assert (found.title, found.author, found.published) == (
        "Council votes to repair road",
        "Lina Omar",
        date(2024, 5, 6),
    )


def test_a_solar_date_in_the_text_of_the_page() -> None:
    body = f'<div class="news-date">دوشنبه ۱۷ ثور ۱۴۰۳</div>{article()}'
    assert extract_page(page(body), None).published == date(2024, 5, 6)


def test_section_heads_are_spans_of_the_text() -> None:
    first, second, third, fourth = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = (
        f"<article><h1>Council votes to repair road</h1>{first}{second}<h2>Years of delay</h2>{third}{fourth}</article>"
    )
    found = extract_page(page(body), None)
    assert [found.text[span.start : span.stop] for span in found.headings] == ["Years of delay"]


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Floods close the pass",
        "Sign up for our free newsletter and get the day's news",
        "Follow us on Facebook",
        "Читайте также: Паводок закрыл перевал",
        "بیشتر بخوانید: سیلاب گذرگاه را بست",
        "نور ولولئ: سېلاب لاره وتړله",
    ],
)
def test_furniture_between_paragraphs_goes(line: str) -> None:
    found = extract_page(page(article([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])), None)
    assert found.text.split("\n\n") == PARAGRAPHS


def test_an_article_cut_into_containers_of_one_make_is_whole() -> None:
    cells = [
        [f"In {town}, {paragraph[0].lower()}{paragraph[1:]}" for paragraph in PARAGRAPHS]
        for town in ("Herat", "Balkh", "Kunduz")
    ]
    chunks = '<div class="ad"><a href="/x">Buy now</a></div>'.join(
        '<div class="chunk body-text">' + "".join(f"<p>{p}</p>" for p in cell) + "</div>" for cell in cells
    )
    found = extract_page(page(f"<div class='page'><h1>Council votes to repair road</h1>{chunks}</div>"), None)
    assert found.text.split("\n\n") == [paragraph for cell in cells for paragraph in cell]


PERSIAN = [
    "نمایندگان ایران و افغانستان روز سه‌شنبه در کابل دربارهٔ حق‌آبهٔ رود هلمند گفت‌وگو کردند، اما توافقی نشد.",
    "وزارت خارجه اعلام کرد که دور بعدی گفت‌وگوها ماه آینده در تهران برگزار می‌شود و هیئت‌های فنی نیز در آن شرکت خواهند کرد.",
    "کارشناسان می‌گویند خشکسالی امسال فشار بر هر دو طرف را بیشتر کرده است و کشاورزان دو سوی مرز چشم‌به‌راه آب هستند.",
]


def test_zwnj_and_marks_of_a_persian_page_stay() -> None:
    head = "<head><title>نشست کابل - پیک خبر</title></head>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PERSIAN)
    html = f'<html lang="fa" dir="rtl">{head}<body><article><h1>نشست کابل</h1>{text}</article></body></html>'
    assert extract_page(html, None).text.split("\n\n") == PERSIAN


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Just a moment...",
            "Checking your browser before accessing the site. Please enable JavaScript and cookies to continue.",
        ),
        ("Are you a robot?", "Please verify you are a human to continue reading."),
        ("Sign in", "Please log in to continue. Forgot your password?"),
        ("Road repairs", "The council voted on Monday. Subscribe to continue reading this article."),
        ("Войти", "Войдите, чтобы продолжить чтение. Материал доступен только для подписчиков."),
        ("ورود", "برای ادامه وارد شوید. ویژه مشترکان."),
    ],
)
def test_a_wall_is_named(title: str, text: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><div><p>{text}</p></div></body></html>"
    with pytest.raises(LoginWallError, match="paste the text"):
        extract_page(html, "https://news.example/a")


def test_an_article_that_only_mentions_subscribing_is_no_wall() -> None:
    body = (
        article([*PARAGRAPHS, *[p.replace("council", "court") for p in PARAGRAPHS]])
        + "<p>Already a subscriber? Sign in to continue.</p>"
    )
    assert PARAGRAPHS[0] in extract_page(page(body), None).text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "plain words",
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "\x00\x01\x02",
    ],
)
def test_no_article(html: str) -> None:
    with pytest.raises(ExtractError):
        extract_page(html, None)


def test_a_missing_page_is_said_to_be_missing() -> None:
    with pytest.raises(ExtractError, match="does not exist"):
        extract_page(
            "<html><head><title>404 Not Found</title></head><body><p>The page you requested was not found.</p></body></html>",
            None,
        )


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 20_000 + "<p>deep</p>",
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head><body></body></html>",
        "<html><body>" + "<b><i>" * 10_000 + "x",
        f"<html><body><div class='{'date ' * 400_000}'>{'<p>x</p>' * 30_000}</div></body></html>",
    ],
    ids=["depth", "json depth", "unclosed", "long attribute and many elements"],
)
def test_hostile_markup_ends_in_an_error_and_soon(html: str) -> None:
    with pytest.raises(ExtractError):
        extract_page(html, "https://news.example/a")


def test_a_page_of_too_many_elements_is_read_by_its_lines() -> None:
    menu = "<li><a href='/x'>Link</a></li>" * 15_000
    found = extract_page(
        page(f"<ul>{menu}</ul>{article([*PARAGRAPHS, *[p.replace('council', 'court') for p in PARAGRAPHS]])}"), None
    )
    assert PARAGRAPHS[0] in found.text
    assert "Link" not in found.text
