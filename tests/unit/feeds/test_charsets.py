"""Feeds whose charset is declared wrongly or not at all, in the languages that Khabar reads."""

from __future__ import annotations

import pytest

from tests.unit.feeds.samples import DARI, HARAKAT, PASHTO, PERSIAN, RUSSIAN, item, only, read, rss

ARABIC_LETTERS = "قال وزير الخارجية ان المفاوضات بدات اليوم في العاصمة وان الوفود سوف تلتقي غدا من جديد"


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8", "iso-8859-1", "koi8-r"])
@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_russian_is_read_whatever_is_declared(charset: str, declared: str) -> None:
    body = rss(item(f"<description>{RUSSIAN}</description>", title=RUSSIAN), declared=declared, title="Новости")
    feed = read(body.encode(charset))
    assert feed.title == "Новости"
    assert (feed.items[0].title, feed.items[0].text) == (RUSSIAN, RUSSIAN)


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "windows-1252"])
def test_windows_1256_is_read_whatever_is_declared(declared: str) -> None:
    body = rss(item(f"<description>{ARABIC_LETTERS}</description>", title=ARABIC_LETTERS), declared=declared)
    assert only(body.encode("windows-1256")).text == ARABIC_LETTERS


@pytest.mark.parametrize("text", [DARI, PERSIAN, PASHTO, HARAKAT], ids=["prs", "fa", "ps", "harakat"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1256"])
def test_zwnj_and_harakat_stay(text: str, charset: str, declared: str) -> None:
    one = only(rss(item(f"<description>{text}</description>", title=text), declared=declared).encode(charset))
    assert (one.title, one.text) == (text, text)


def test_charsets_of_other_languages_are_feedparser_s() -> None:
    body = rss(item(title="世界ニュース"), declared="iso-2022-jp").encode("iso-2022-jp")
    assert only(body).title == "世界ニュース"


def test_a_letter_that_was_cut_costs_no_more_than_itself() -> None:
    body = rss(item(f"<description>{RUSSIAN} {RUSSIAN}</description>")).encode()
    at = body.index("Министр".encode())
    one = only(body[: at + 1] + body[at + 2 :])
    assert one.text.endswith(RUSSIAN)
