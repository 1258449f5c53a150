"""JSON Feed, as the standard has it and as it is written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.errors import NotAFeedError
from tests.unit.feeds.samples import DARI, NOW, read


def feed(*items: Any, **head: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items, **head}).encode()


def test_version_1_1_is_read_whole() -> None:
    entry = {
        "id": 7, "url": "7.html", "title": "Kabul &amp; Herat", "content_html": f"<p>{DARI}</p><p>two</p>", "summary": "short",
        "date_published": "2026-11-24T14:30:00+04:30", "date_modified": "2026-11-24T12:00:00Z", "language": "fa-AF",
        "authors": [{"name": "A. B."}, {"url": "https://a.example"}, {"name": "C. D."}],
    }  # fmt: skip
    found = read(
        feed(entry, home_page_url="https://news.example", language="ps"), url="https://news.example/feed/all.json"
    )
    assert (found.title, found.home_url, found.language, found.ttl) == ("Wire", "https://news.example", "ps", None)
    (one,) = found.items
    assert (one.guid, one.url, one.title) == ("7", "https://news.example/feed/7.html", "Kabul & Herat")
    assert (one.text, one.author, one.language) == (f"{DARI}\ntwo", "A. B., C. D.", "fa-af")
    assert (one.published_at, one.updated_at) == (
        datetime(2026, 11, 24, 10, tzinfo=UTC),
        datetime(2026, 11, 24, 12, tzinfo=UTC),
    )


def test_version_1_0_and_plain_text() -> None:
    (one,) = read(
        feed(
            {
                "id": "x",
                "content_text": "a <b> is a tag\nof HTML",
                "external_url": "https://b.example/x",
                "author": {"name": "E"},
            },
            version="https://jsonfeed.org/version/1",
        )
    ).items
    assert (one.title, one.text) == ("a <b> is a tag", "a <b> is a tag\nof HTML")
    assert (one.url, one.author, one.published_at) == ("https://b.example/x", "E", None)


def test_values_of_a_wrong_type_are_absent() -> None:
    odd: dict[str, Any] = {
        "id": None,
        "title": ["x"],
        "content_text": "said",
        "url": 5,
        "authors": "me",
        "date_published": {},
        "tags": 1,
    }
    found = read(feed(odd, 3, None, {}, title=7, home_page_url=False, language=["fa"]))
    assert (found.title, found.home_url, found.language) == ("7", None, None)
    (one,) = found.items
    assert (one.guid, one.title, one.author, one.published_at) == (None, "said", None, None)


def test_line_breaks_inside_a_text_are_read() -> None:
    assert read(b'{"items": [{"id": "1", "content_text": "one\ntwo"}]}').items[0].text == "one\ntwo"


def test_a_date_of_the_future_is_now() -> None:
    assert read(feed({"id": "1", "title": "t", "date_published": "2031-01-01T00:00:00Z"})).items[0].published_at == NOW


@pytest.mark.parametrize("body", [b'{"items": 1}', b'{"items"', b"[]", b"{}", b'[{"id": "1"}]', b"[" * 100_000])
def test_other_json_is_no_feed(body: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read(body)
