"""Feeds that sites name, and channels that people name."""

from __future__ import annotations

import pytest

from pipelines.feeds.discover import MOST, feed_links, telegram_preview

URL = "https://news.example/fa/"


def links(head: str = "", body: str = "") -> list[str]:
    return feed_links(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), URL)


def alternate(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_named_feeds_come_first_and_those_of_comments_last_among_them() -> None:
    found = links(
        alternate("/comments/feed")
        + alternate("rss.xml")
        + alternate("//cdn.example/a", "application/atom+xml; charset=utf-8"),
        '<a href="/feeds/sport">Sport</a>',
    )
    assert found[:4] == [
        "https://news.example/fa/rss.xml", "https://cdn.example/a", "https://news.example/comments/feed",
        "https://news.example/feeds/sport",
    ]  # fmt: skip


def test_what_is_no_feed_is_not_named() -> None:
    found = links(
        alternate("/fa.html", "text/html") + alternate("/style.xml", "text/xml", "alternate stylesheet")
        + alternate("", "application/rss+xml") + alternate("mailto:a@b.example") + alternate(URL),
        '<a href="/feedback">Feedback</a><a href="javascript:rss()">x</a><a href="http://[::1/rss">x</a><a>x</a>',
    )  # fmt: skip
    assert found == links()
    assert found[0] == "https://news.example/feed", "what most sites have is tried where nothing is named"


def test_the_page_s_base_counts() -> None:
    assert links('<base href="https://static.example/x/">' + alternate("rss"))[0] == "https://static.example/x/rss"


def test_a_page_with_hundreds_of_feeds_is_bounded() -> None:
    assert len(links("".join(alternate(f"/rss/{number}") for number in range(500)))) == MOST


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\xff", b"<", b'{"a": 1}'])
def test_what_is_no_page_leaves_the_common_paths(body: bytes) -> None:
    assert "https://news.example/rss" in feed_links(body, URL)


@pytest.mark.parametrize(
    "address",
    [
        "@bbcpersian", "t.me/bbcpersian", "https://t.me/bbcpersian", "https://t.me/s/bbcpersian", "http://www.t.me/s/bbcpersian/?q=x",
        "https://t.me/bbcpersian/1234", "https://telegram.me/bbcpersian", "bbcpersian.t.me", " @bbcpersian\n",
    ],
)  # fmt: skip
def test_a_channel_is_known_however_it_is_written(address: str) -> None:
    assert telegram_preview(address) == "https://t.me/s/bbcpersian"


@pytest.mark.parametrize(
    "address",
    [
        "bbcpersian", "https://news.example/t.me/name", "https://t.me/", "https://t.me/+AbCdEf123", "https://t.me/joinchat/AbCdEf",
        "https://t.me/s/", "@a", "@1abc", "@sho rt", "https://t.me/share/url?url=x", "https://name.t.me.example/",
        "http://[::1", "",
    ],
)  # fmt: skip
def test_what_names_no_channel_is_none(address: str) -> None:
    assert telegram_preview(address) is None
