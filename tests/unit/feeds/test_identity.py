"""What an item is known again by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.feeds.identity import canonical_url, fingerprint, identities
from pipelines.feeds.models import FeedItem
from tests.unit.feeds.samples import DARI, PERSIAN

FEED = "https://news.example/feed"
ITEM = FeedItem(
    guid="https://news.example/?p=7", url="https://news.example/2026/talks", title="Talks", text=DARI,
    published_at=datetime(2026, 11, 24, 10, tzinfo=UTC),
)  # fmt: skip


def layers(item: FeedItem, feed: str = FEED) -> dict[str, str]:
    return {key[0]: key for key in identities(item, feed)}


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example:443/a/?utm_source=x&utm_medium=y", "https://news.example/a/"),
        ("https://news.example/a?id=7&fbclid=z&page=2#comments", "https://news.example/a?id=7&page=2"),
        ("https://news.example/a?at_medium=RSS&at_campaign=K&gclid=1&yclid=2&_openstat=3", "https://news.example/a"),
        ("http://news.example:8080", "http://news.example:8080/"),
        ("http://news.example./?b=2&a=1&b=3", "http://news.example/?b=2&a=1&b=3"),
        ("https://news.example/خبر/یک", "https://news.example/%D8%AE%D8%A8%D8%B1/%DB%8C%DA%A9"),
        ("https://news.example/%d8%ae?q=%cf%f0&UTM_Source=1", "https://news.example/%D8%AE?q=%CF%F0"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/?atlas=1&utmost=2", "https://news.example/?atlas=1&utmost=2"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("http://[::1", "http://[::1"),
        ("http://a.example:99999/", "http://a.example:99999/"),
        (" no address ", "no address"),
    ],
)
def test_addresses_of_one_page_are_one(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_layers_stand_strongest_first_and_are_short() -> None:
    keys = identities(ITEM, FEED)
    assert [key[:2] for key in keys] == ["g:", "u:", "t:"]
    assert all(len(key) <= 80 for key in keys)
    assert len(set(keys)) == 3
    assert [key[0] for key in identities(FeedItem(title=""), FEED)] == ["t"]


def test_each_layer_outlives_changes_of_the_others() -> None:
    was = layers(ITEM)
    new_guid = layers(replace(ITEM, guid="random-8341"))
    assert (new_guid["g"] == was["g"], new_guid["u"], new_guid["t"]) == (False, was["u"], was["t"])
    new_url = layers(replace(ITEM, url="https://news.example/2026/talks-in-kabul"))
    assert (new_url["u"] == was["u"], new_url["g"], new_url["t"]) == (False, was["g"], was["t"])
    new_text = layers(replace(ITEM, title="Talks end"))
    assert (new_text["t"] == was["t"], new_text["g"], new_text["u"]) == (False, was["g"], was["u"])


def test_a_site_that_moves_to_https_keeps_its_items() -> None:
    moved = replace(ITEM, guid="http://www.news.example/?p=7", url="http://www.news.example/2026/talks/?utm_source=rss")
    assert layers(moved) == layers(ITEM)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2026/talks/amp/", "https://amp.news.example/2026/talks", "https://news.example/2026/talks?amp",
        "https://www.news.example/2026/talks/?amp=1&utm_source=x", "https://news.example/2026/talks?outputType=amp",
    ],
)  # fmt: skip
def test_the_fast_variant_of_a_page_is_the_page(url: str) -> None:
    assert layers(replace(ITEM, url=url)) == layers(ITEM)
    assert canonical_url(url).count("amp") == url.replace("&utm_source=x", "").count("amp"), "it is asked for as it is"
    assert layers(replace(ITEM, url="https://news.example/2026/talks/lamp"))["u"] != layers(ITEM)["u"]


@pytest.mark.parametrize(
    "url", ["https://news.example/", "http://www.news.example", FEED, FEED + "#7", "https://news.example/?utm_source=x"]
)
def test_a_link_to_the_front_page_or_the_feed_tells_nothing(url: str) -> None:
    assert "u" not in layers(replace(ITEM, url=url))
    assert "u" in layers(replace(ITEM, url="https://news.example/?p=7"))


def test_spelling_changes_no_fingerprint() -> None:
    assert fingerprint("«Talks»", "in Kabul, today.") == fingerprint("talks", "In  Kabul — today")
    assert fingerprint(PERSIAN, "") == fingerprint(PERSIAN.replace("ی", "ي").replace("ک", "ك"), "")
    assert fingerprint("Talks", DARI) != fingerprint("Talks", PERSIAN)
    assert fingerprint("Talks", "a " * 200 + "end") == fingerprint("Talks", "a " * 200 + "other end")


def test_a_short_text_that_comes_again_is_another_item() -> None:
    week = replace(ITEM, title="Weekly review", text="")
    next_week = replace(week, published_at=datetime(2026, 11, 24, 10, tzinfo=UTC) + timedelta(days=7))
    assert layers(week)["t"] != layers(next_week)["t"]
    assert layers(ITEM)["t"] == layers(replace(ITEM, published_at=None))["t"], "a long one is told by its words"
