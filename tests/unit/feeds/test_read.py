"""Feeds of every format, whole and broken."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.errors import KhabarError, NotAFeedError, ReadError
from pipelines.feeds.read import MOST_ITEMS, MOST_TITLE
from tests.unit.feeds.samples import DARI, NOW, PASHTO, URL, item, only, read, rss

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa-AF" xml:base="https://static.example/news/">
<title type="html">Kabul &amp;amp; &lt;b&gt;Herat&lt;/b&gt;</title><link href="/"/><id>urn:x</id>
<entry><id>tag:static.example,2026:7</id><title>One</title><link rel="alternate" href="7.html"/>
<published>2026-11-24T14:30:00+04:30</published><updated>2026-11-24T16:00:00+04:30</updated><author><name>A. B.</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><link rel="alternate" href="http://a.example/"/>
<entry><title>One</title><id>x1</id><link rel="alternate" href="http://a.example/1"/><issued>2026-11-20T10:00:00Z</issued>
<modified>2026-11-21T10:00:00Z</modified><summary>Said</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://a.example/"><title>RDF</title><link>http://a.example/</link>
</channel><item rdf:about="http://a.example/1"><title>One</title><link>http://a.example/1</link><description>Said</description>
<dc:date>2026-11-20T10:00:00Z</dc:date><dc:creator>C. D.</dc:creator></item></rdf:RDF>"""
RSS_091 = """<rss version="0.91"><channel><title>Oldest</title><link>http://a.example/</link><description/>
<item><title>One</title><link>http://a.example/1</link><description>Said</description></item></channel></rss>"""


def test_rss_is_read_whole() -> None:
    feed = read(
        rss(
            item(
                "<description>Short</description>"
                "<content:encoded><![CDATA[<p>Long text</p><p>of two paragraphs</p>]]></content:encoded>"
                "<pubDate>Tue, 24 Nov 2026 10:00:00 +0300</pubDate><dc:creator>R. Porter</dc:creator>"
            ),
            head="<language>fa-IR</language><ttl>60</ttl>",
        )
    )
    assert (feed.title, feed.home_url, feed.language, feed.ttl, feed.url) == (
        "Wire", "https://news.example/", "fa-ir", timedelta(hours=1), URL,
    )  # fmt: skip
    (one,) = feed.items
    assert (one.guid, one.url, one.title, one.author) == ("1", "https://news.example/1", "One", "R. Porter")
    assert one.text == "Long text\nof two paragraphs"
    assert one.published_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert (one.updated_at, one.language) == (None, "fa-ir")


def test_atom_is_read_with_its_base_and_its_zone() -> None:
    feed = read(ATOM)
    assert (feed.title, feed.home_url, feed.language) == ("Kabul & Herat", "https://static.example/", "fa-af")
    (one,) = feed.items
    assert (one.url, one.author, one.text) == ("https://static.example/news/7.html", "A. B.", "First.\nSecond.")
    assert one.published_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert one.updated_at == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "title", "published", "updated"),
    [(ATOM_03, "Old", 20, 21), (RDF, "RDF", None, 20), (RSS_091, "Oldest", None, None)],
    ids=["atom 0.3", "rdf", "rss 0.91"],
)
def test_old_formats_are_read(body: str, title: str, published: int | None, updated: int | None) -> None:
    feed = read(body)
    assert (feed.title, feed.home_url) == (title, "http://a.example/")
    (one,) = feed.items
    assert (one.title, one.url, one.text) == ("One", "http://a.example/1", "Said")
    assert one.published_at == (published and datetime(2026, 11, published, 10, tzinfo=UTC))
    assert one.updated_at == (updated and datetime(2026, 11, updated, 10, tzinfo=UTC))


def test_what_it_is_is_told_by_its_bytes() -> None:
    assert read(rss(item()), content_type="text/html").items
    assert read(rss(item()), content_type="application/json").items
    assert read("\n\n  " + rss(item())).items, "a blank line before the declaration is an error to XML"
    assert read(b"\xef\xbb\xbf" + rss(item()).encode()).items


def test_a_feed_that_is_packed_and_does_not_say_so_is_unpacked() -> None:
    assert only(gzip.compress(rss(item()).encode())).title == "One"
    with pytest.raises(ReadError):
        read(gzip.compress(rss(item()).encode())[:-4] + b"\x1f\x8b....")
    with pytest.raises(ReadError, match="20 MB"):
        read(gzip.compress(b" " * 21_000_000))


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"plain words", b"<!doctype html><html><head><title>t</title></head><body><p>x</p></body></html>",
        b'{"a": 1}', b"[1, 2", b"<?xml version='1.0'?><svg/>", b"\x00\x01\x02\xff\xfe" * 20,
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(KhabarError) as caught:
        read(body)
    assert isinstance(caught.value, ReadError)
    assert str(caught.value).endswith(".")


def test_a_page_of_html_is_told_apart_from_a_broken_feed() -> None:
    with pytest.raises(NotAFeedError):
        read("<!doctype html><html><body><p>news</p></body></html>", content_type="application/rss+xml")


@pytest.mark.parametrize(
    "damage",
    [
        lambda feed: feed[: feed.index("</channel>")],
        lambda feed: feed.replace("One", "One & two < three"),
        lambda feed: feed.replace("One", "One\x0b\x00"),
        lambda feed: feed.replace("One", "One &nbsp;&laquo;x&raquo; &zwnj;"),
        lambda feed: feed.replace("</title><guid>", "</titel><guid>"),
        lambda feed: feed.replace("<dc:x/>", "<undeclared:x/>"),
    ],
    ids=["cut", "bare ampersand", "control characters", "HTML entities", "wrong tag", "undeclared prefix"],
)
def test_broken_xml_is_read_as_far_as_it_goes(damage: object) -> None:
    assert callable(damage)
    feed = read(damage(rss(item("<dc:x/>"), item(title="Other", guid="2", link="/2"))))
    assert feed.title == "Wire"
    assert [one.title for one in feed.items][-1] == "Other"
    assert feed.items[0].title.startswith("One")


@pytest.mark.parametrize(
    "inner",
    [
        '<georss:where><gml:Point><gml:pos srsName="x:1y">1 2</gml:pos></gml:Point></georss:where>',
        "<gml:pos>1</gml:pos>",
        "<description>&#55357;&#56832; &#xD800; &#99999999;</description>",
        "<image><height></image><width/>",
    ],
)
def test_what_feedparser_trips_over_costs_no_item(inner: str) -> None:
    places = '<rss xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" '
    for end in ("", "<title>cut & "):
        body = rss(item(inner), item(title="Other", guid="2")).replace("<rss ", places).replace("</channel></rss>", end)
        assert [one.title for one in read(body).items] == ["One", "Other"]


@pytest.mark.parametrize("piece", ["<a ", "<a b='", "<![CDATA[", "<x>", "&", "<!-- "])
def test_a_large_feed_that_is_broken_takes_no_longer(piece: str) -> None:
    whole = rss(*(item(title=f"Report {number}", guid=str(number)) for number in range(3)))
    broken = whole.replace("</channel></rss>", piece * (3_000_000 // len(piece)))
    start = time.perf_counter()
    assert [one.title for one in read(broken).items] == ["Report 0", "Report 1", "Report 2"]
    assert time.perf_counter() - start < 10, "feedparser alone takes minutes"


def test_a_large_feed_that_is_whole_is_read_whole() -> None:
    text = f"<description><![CDATA[<p>{DARI}</p>]]>{' x' * 30_000}</description>"
    feed = read(
        rss(*(item(text, title=f"Report&nbsp;{number} &amp;LT;&LT;", guid=str(number)) for number in range(10)))
    )
    assert [one.title for one in feed.items] == [f"Report {number} <<" for number in range(10)]
    assert all(one.text.startswith(DARI) for one in feed.items)


def test_entities_of_a_doctype_neither_grow_nor_fetch() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{bomb}]>'
    body = rss(item("<description>&e8; &file;</description>")).replace("\n<rss", f"\n{doctype}<rss", 1)
    one = only(body)
    assert len(one.text) < 100
    assert "root" not in one.text


def test_links_are_absolute_or_none() -> None:
    def url(link: str | None, guid: str = "1", inner: str = "") -> str | None:
        return only(rss(item(inner, link=link, guid=guid))).url

    assert url("../a b") == "https://news.example/ab"
    assert url("//cdn.example/x") == "https://cdn.example/x"
    assert url("\n https://a.example/x \n") == "https://a.example/x"
    assert url("mailto:a@b.example") is None
    assert url("javascript:alert(1)") is None
    assert url("http://[::1") is None
    assert (
        url("https://www.google.com/url?rct=j&amp;url=https://a.example/x%3Fid%3D1&amp;ct=ga")
        == "https://a.example/x?id=1"
    )
    assert url("https://www.google.com/url?url=javascript:x") == "https://www.google.com/url?url=javascript:x"
    assert url(None, guid="https://news.example/guid") == "https://news.example/guid"
    assert url(None, guid="7") == "https://news.example/rss/7", "a GUID is a link where it does not say otherwise"
    assert url("https://feed.example/~r/1", inner="<feedburner:origLink>https://a.example/1</feedburner:origLink>") == (
        "https://a.example/1"
    )


def test_guids_stay_as_they_are() -> None:
    assert only(rss(item(guid="abc:12/x y"))).guid == "abc:12/x y"
    assert only(rss(item(guid=None))).guid is None
    assert read(ATOM).items[0].guid == "tag:static.example,2026:7"


def test_an_item_without_a_title_is_called_by_its_text() -> None:
    one = only(rss(item(f"<description>{DARI}. {DARI}</description>", title=None)))
    assert one.title.endswith("…")
    assert one.text.startswith(one.title.removesuffix("…") + " ")
    assert len(one.title) <= 120
    assert read(rss(item(title=None), item(title=" ", guid="2"))).items == (), "an item without any text says nothing"
    assert len(only(rss(item(title="word " * 500))).title) <= MOST_TITLE


def test_the_longest_text_is_the_item_s() -> None:
    media = "<media:group><media:description>What the film of today shows in full</media:description></media:group>"
    assert only(rss(item(media))).text == "What the film of today shows in full"
    both = f"<description>{PASHTO}</description><content:encoded>short</content:encoded>"
    assert only(rss(item(both))).text == PASHTO


def test_a_feed_says_how_often_it_is_worth_reading() -> None:
    def ttl(head: str) -> timedelta | None:
        return read(rss(item(), head=head)).ttl

    assert ttl("<ttl>90</ttl>") == timedelta(minutes=90)
    assert ttl("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>") == timedelta(
        minutes=30
    )
    assert ttl("<sy:updatePeriod>daily</sy:updatePeriod>") == timedelta(days=1)
    for nonsense in (
        "<ttl>soon</ttl>",
        "<ttl>-5</ttl>",
        "<ttl>0</ttl>",
        "<sy:updatePeriod>often</sy:updatePeriod>",
        "",
    ):
        assert ttl(nonsense) is None
    assert ttl("<ttl>1e999</ttl>") is not None
    assert ttl("<ttl>nan</ttl>") is None


def test_dates_that_make_no_sense_are_none_and_later_ones_are_now() -> None:
    def published(date: str) -> datetime | None:
        return only(rss(item(f"<pubDate>{date}</pubDate>"))).published_at

    assert published("Thu, 01 Jan 1970 00:00:00 GMT") is None
    assert published("yesterday") is None
    assert published("") is None
    assert published("Wed, 25 Nov 2099 10:00:00 GMT") == NOW
    assert published("вт, 24 ноября 2026 10:15:00 +0300") == datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


def test_an_archive_is_cut() -> None:
    many = (item(title=f"T{number}", guid=str(number), link=f"/{number}") for number in range(MOST_ITEMS + 20))
    feed = read(rss(*many))
    assert len(feed.items) == MOST_ITEMS
    assert feed.items[0].title == "T0"


def test_languages_that_no_column_holds_are_cut_to_what_matters() -> None:
    assert read(rss(item(), head="<language>zh-Hant-TW</language>")).language == "zh"
    assert read(rss(item(), head="<language>English (US)</language>")).language is None
