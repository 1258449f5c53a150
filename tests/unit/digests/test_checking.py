"""Whether an address is a feed: over real HTTP, feeds, sites that name one, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from bot.digests.checking import TRIED, check, check_all, warnings
from pipelines.errors import ForbiddenAddressError, HttpStatusError, KhabarError, UnreachableError
from pipelines.feeds.read import NotAFeedError
from pipelines.fetch.http import Fetcher
from tests.unit.digests.sites import POLICY, Web, item, web

if TYPE_CHECKING:
    from collections.abc import Generator

NOW: Final = datetime(2026, 11, 25, 7, tzinfo=UTC)


@pytest.fixture
def site() -> Generator[Web]:
    with web() as made:
        yield made


async def test_a_feed_is_read_where_it_is(site: Web) -> None:
    address = site.rss("/feed", "Wire", item(1, "One"), item(2, "Two"))
    async with Fetcher(POLICY) as fetcher:
        found = await check(fetcher, address, now=NOW)
    assert (found.url, found.kind, found.title) == (address, "feed", "Wire")
    assert [one.title for one in found.feed.items] == ["One", "Two"]
    assert found.home_url == site.url("/")


async def test_the_address_needs_no_scheme_but_is_not_taken_for_another(site: Web) -> None:
    site.rss("/feed", "Wire", item(1, "One"))
    async with Fetcher(POLICY) as fetcher:
        with pytest.raises(UnreachableError):  # https is what is tried, and loopback speaks http
            await check(fetcher, f"127.0.0.1:{site.port}/feed", now=NOW)


async def test_a_site_is_searched_for_its_feed_past_one_that_is_broken(site: Web) -> None:
    feed = site.rss("/good", "Good", item(1, "One"))
    address = site.site("/", "/missing", "/good")
    async with Fetcher(POLICY) as fetcher:
        found = await check(fetcher, address, now=NOW)
    assert found.url == feed


async def test_a_page_that_names_no_feed_that_works_is_none(site: Web) -> None:
    site.rss("/late", "Late", item(1, "One"))
    page = site.put("/page", "<!doctype html><html><body><p>Nothing to read here</p></body></html>")
    many = site.site("/many", *(f"/missing{number}" for number in range(TRIED)), "/late")
    async with Fetcher(POLICY) as fetcher:
        for address in (page, many):
            with pytest.raises(NotAFeedError):
                await check(fetcher, address, now=NOW)


async def test_one_that_fails_stops_no_other_and_answers_keep_their_order(site: Web) -> None:
    good = site.rss("/feed", "Wire", item(1, "One"))
    addresses = [site.url("/none"), good, "http://10.0.0.1/feed", "http://[::1", "mailto:a@b.example"]
    async with Fetcher(POLICY) as fetcher:
        found = await check_all(fetcher, addresses, now=NOW)
    assert isinstance(found[0], HttpStatusError)
    assert not isinstance(found[1], KhabarError)
    assert isinstance(found[2], ForbiddenAddressError)
    assert [one.code for one in found[3:] if isinstance(one, KhabarError)] == ["bad_url", "bad_url"]


async def test_an_operator_is_warned_of_what_a_feed_lacks(site: Web) -> None:
    async def said(*items: str) -> str:
        async with Fetcher(POLICY) as fetcher:
            return " ".join(warnings(await check(fetcher, site.rss("/feed", "Wire", *items), now=NOW), now=NOW))

    assert await said(item(1, "One")) == ""
    assert await said() == "it has no items now."
    assert "1 of 2 items have no date" in await said(item(1, "One"), item(2, "Two", date=""))
    assert "newest item is of 2020-01-02" in await said(item(1, "Old", date="Thu, 02 Jan 2020 10:00:00 GMT"))
