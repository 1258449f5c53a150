"""Feeds as they were served, whole and broken: none raises anything but what a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.feeds.identity import identities
from tests.unit.feeds.samples import NOW, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.evaluation

NEWS = {  # items that a reader sees in them
    "feedjira__FeedBurnerXHTML.xml": 10, "feedjira__GoogleDocsList.xml": 2, "feedjira__HuffPostCanada.xml": 2,
    "feedjira__TechCrunch.xml": 20, "feedjira__itunes_feedburner.xml": 3, "feedjira__json_feed.json": 20,
    "node-feedparser__compressed.xml": 10, "node-feedparser__intertwingly.atom": 20,
    "node-feedparser__invalid-characters-gzipped.xml": 25, "node-feedparser__tpm.atom": 20,
    "node-feedparser__wapowellness.xml": 29,
    "rss-parser__content-encoded.rss": 7, "rss-parser__feedburner.atom": 25, "rss-parser__heise.atom": 15,
    "rss-parser__rss-1.rss": 69,
}  # fmt: skip


@pytest.fixture(scope="module")
def saved(evaluation_data: Path) -> dict[str, bytes]:
    paths = [
        path for path in (evaluation_data / "feeds").rglob("*") if path.is_file() and path.suffix not in (".md", ".tsv")
    ]
    return {path.name: path.read_bytes() for path in paths}


def test_every_saved_feed_is_read(saved: dict[str, bytes]) -> None:
    found = {name: read(body) for name, body in saved.items()}
    assert {name: len(found[name].items) for name in NEWS} == NEWS
    for name in NEWS:
        for one in found[name].items:
            assert one.title, name
            assert "\n" not in one.title
            assert "</" not in one.title
            assert one.url is not None, name
            assert one.url.startswith("http"), name
            assert (one.published_at or NOW) <= NOW
            (one.title + one.text).encode()


def test_items_of_real_feeds_share_no_identity(saved: dict[str, bytes]) -> None:
    for name in NEWS:
        keys = [key for one in read(saved[name]).items for key in identities(one, "https://news.example/feed")]
        assert len(set(keys)) == len(keys), name


def test_titles_are_what_a_reader_saw(saved: dict[str, bytes]) -> None:
    assert (
        read(saved["node-feedparser__compressed.xml"])
        .items[0]
        .title.startswith("В Бузулуке главные стройплощадки – детсад")
    )
    assert read(saved["chardet__koi8r.xml"]).items[0].title == "Как пережить новогоднюю ночь"
    assert read(saved["feedjira__TechCrunch.xml"]).items[0].title.startswith("Angie’s List Sets Price Range IPO At $11")
    assert read(saved["rss-parser__feedburner.atom"]).title == "Google Ads Developer Blog"
