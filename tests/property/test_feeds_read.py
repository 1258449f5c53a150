"""Whatever is done to a feed, reading it gives clean items or one sentence; identities and addresses hold what they promise."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings, strategies as st

from pipelines.errors import ReadError
from pipelines.feeds.identity import canonical_url, identities
from pipelines.feeds.models import FeedItem
from pipelines.feeds.opml import OutlineFeed, read_opml, write_opml
from pipelines.feeds.plain import line_of, text_of
from pipelines.feeds.read import read_feed
from tests.unit.feeds.samples import DARI, HARAKAT, PASHTO, RUSSIAN, URL, item, rss

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/" xml:lang="ps">'
    f'<title>T</title><entry><id>1</id><title type="html">&lt;b&gt;{PASHTO}&lt;/b&gt;</title><link href="1"/>'
    f'<updated>2026-11-24T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{DARI}</p></div></content></entry></feed>'
)
JSON = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{{"id": 1, "content_html": "<p>{DARI}</p>"}}]}}'
FEEDS = (
    rss(
        item(f"<description>{RUSSIAN}</description><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>"),
        item(f"<description><![CDATA[<p>{DARI}</p>]]></description>", title=HARAKAT, guid="2"),
    ).encode(),
    rss(item(f"<description>{RUSSIAN}</description>"), declared="koi8-r").encode("koi8-r"),
    ATOM.encode(),
    JSON.encode(),
)
PIECES = (
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!", b"<!DOCTYPE x [<!ENTITY a 'b'>", b"&", b"&a;", b"&#", b"&#x110000;",
    b"&#xd800;", b"\x00", b"\xff\xfe", b"<?", b"?>", b"<a href='http://[::1'>", b"<link>http://[</link>", b"</item>",
    b"<title type='xhtml'><div>", b"<content mode='base64'>!!", b"<x:y>", b'"', b"'", b">", b"<", b"/>", b"<item>",
    b"<pubDate>9999-99-99</pubDate>", b"\\ud800", b"<dc:date>0000</dc:date>", b"encoding='utf-7'", b"encoding='punycode'",
    b"<georss:point>1 x</georss:point>", b"<height>", b"<content type='image/png' encoding='base64'>", b"<entry>",
    b"<image>", b"</image>", b"]", b"[", b"{", b"}",
)  # fmt: skip
CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from((*PIECES, b"")) | st.binary(max_size=4)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FEEDS), CUTS)
def test_a_mangled_feed_gives_clean_items_or_a_sentence(body: bytes, cuts: list[tuple[float, int, bytes]]) -> None:
    for place, length, piece in cuts:
        at = int(place * len(body))
        body = body[:at] + piece + body[at + length :]
    try:
        items = read_feed(body, url=URL, now=NOW).items
    except ReadError:  # any other error is a bug
        items = ()
    for one in items:
        assert one.title == one.title.strip() != ""
        assert "\n" not in one.title
        assert not {unicodedata.category(char) for char in one.title + one.text} & {"Cs"}
        assert not {char for char in one.title + one.text if unicodedata.category(char) == "Cc"} - {"\n", "\x85"}
        assert one.url is None or urlsplit(one.url).scheme in ("http", "https")
        assert all(at is None or (at.tzinfo is UTC and at <= NOW) for at in (one.published_at, one.updated_at))
        keys = identities(one, URL)
        assert keys
        assert all(len(key) <= 80 for key in keys)


@given(st.text())
def test_plain_text_comes_out_as_it_went_in_but_for_space_and_control_characters(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")
    kept = [char for char in plain if char.isprintable() and not char.isspace()]
    assert [char for char in text_of(plain) if char in set(kept)] == kept
    assert "\n" not in line_of(plain)


@given(
    host=st.from_regex(r"[a-z][a-z0-9]{0,8}\.example", fullmatch=True),
    path=st.text(max_size=20).map(lambda text: "/" + text.replace("?", "").replace("#", "").strip()),
    query=st.lists(st.sampled_from(["id=1", "utm_source=x", "fbclid=2", "q=%D1%82", "page=3", ""]), max_size=4),
)
def test_a_canonical_address_is_its_own_and_tracking_makes_no_other(host: str, path: str, query: list[str]) -> None:
    url = f"https://{host}{path}?{'&'.join(query)}"
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical
    assert "utm_source" not in canonical.partition("?")[2]
    joined = f"https://{host.upper()}{path}?{'&'.join([*query, 'utm_campaign=z', 'yclid=1'])}#top"
    assert canonical_url(joined) == canonical


@given(st.text(max_size=40), st.text(min_size=1, max_size=200))
def test_an_item_without_guid_and_address_is_known_by_its_words(title: str, text: str) -> None:
    one, spaced = FeedItem(title=title, text=text), FeedItem(title=f" {title} ", text=f"{text} ")
    assert identities(one, URL) == identities(spaced, URL)
    assert identities(one, URL) != identities(FeedItem(title=f"another {title}", text=text), URL)


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=20)


@given(st.lists(st.tuples(NAMES, st.integers(0, 99)), max_size=8, unique_by=lambda one: one[1]))
def test_a_list_of_feeds_comes_back_as_it_was(named: list[tuple[str, int]]) -> None:
    feeds = [OutlineFeed(title=name or "x", url=f"https://a.example/?n={number}&x=<") for name, number in named]
    assert read_opml(write_opml(feeds, title="T")) == feeds
