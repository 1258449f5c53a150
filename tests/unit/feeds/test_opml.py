"""Lists of feeds in and out."""

from __future__ import annotations

import pytest

from pipelines.errors import ReadError
from pipelines.feeds.opml import MOST_OUTLINES, OutlineFeed, read_opml, write_opml
from tests.unit.feeds.samples import DARI


def opml(body: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<opml version="1.1"><head/><body>{body}</body></opml>'.encode()
    )


def test_a_list_comes_back_as_it_went() -> None:
    feeds = [
        OutlineFeed(title=f'{DARI} & "co" <b>', url="https://a.example/feed?a=1&b=2"),
        OutlineFeed(title="https://t.me/s/name", url="https://t.me/s/name"),
    ]
    assert read_opml(write_opml(feeds, title="Khabar & co")) == feeds


def test_a_title_that_no_xml_holds_is_written_without_what_it_cannot_hold() -> None:
    written = write_opml([OutlineFeed(title="a\x00b\x1bc\ud800", url="https://a.example/")], title="x\x01")
    assert read_opml(written) == [OutlineFeed(title="abc", url="https://a.example/")]


def test_folders_are_flattened_and_doubles_left_out() -> None:
    found = read_opml(
        opml(
            '<outline text="News"><outline text=" A \n b " xmlUrl="https://a.example/"/>'
            '<outline title="B" text="x" XMLURL=" http://b.example/ "/><outline text="A again" xmlUrl="https://a.example/"/></outline>'
            '<outline text="no feed" htmlUrl="https://c.example/"/><outline xmlUrl="file:///etc/passwd"/>'
            '<outline xmlUrl="javascript:x"/>'
        )
    )
    assert found == [
        OutlineFeed(title="A b", url="https://a.example/"),
        OutlineFeed(title="B", url="http://b.example/"),
    ]


def test_a_list_that_is_a_little_broken_is_read() -> None:
    found = read_opml(opml('<outline text="a & b" xmlUrl="https://a.example/?x=1&y=2&amp;z=3">'))
    assert found == [OutlineFeed(title="a & b", url="https://a.example/?x=1&y=2&z=3")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no list",
        b"<rss/>",
        b"<!doctype html><html></html>",
        b"\x00\xff\xfe",
        b"<!-- -->",
        b"{}",
        b"<dc:opml<\xed\xa0\x80/>",
        b" " * 2_000_001,
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_opml(body)
    assert str(caught.value).endswith(".")


def test_entities_neither_fetch_nor_grow() -> None:
    doctype = '<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "xxxxxxxxxx">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(2, 10)
    ).replace("&a1;", "&a;") + "]>"  # fmt: skip
    bomb = opml(
        '<outline text="&a9;" xmlUrl="https://a.example/"/><outline text="t" xmlUrl="https://b.example/"/>&f;', doctype
    )
    try:
        found = read_opml(bomb)
    except ReadError:
        return
    assert sum(len(one.title) for one in found) < 1000


def test_a_list_without_end_is_refused() -> None:
    many = "".join(f'<outline xmlUrl="http://a.example/{n}"/>' for n in range(MOST_OUTLINES + 1))
    with pytest.raises(ReadError, match=str(MOST_OUTLINES)):
        read_opml(opml(many))
