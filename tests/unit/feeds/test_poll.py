"""One feed asked over real HTTP."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import HttpStatusError, NotAFeedError, RedirectError
from pipelines.feeds import backoff
from pipelines.feeds.poll import Answered, Failed, PollState, poll
from pipelines.fetch.http import Fetcher
from tests.unit.feeds.samples import DARI, NOW, item, rss
from tests.unit.feeds.site import POLICY, Site, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FEED = rss(item(title=DARI), title="Wire")


@pytest.fixture
async def web() -> AsyncIterator[Site]:
    async with site() as made:
        yield made


async def asked(state: PollState | str) -> Answered | Failed:
    async with Fetcher(POLICY, clock=lambda: NOW) as fetcher:
        return await poll(fetcher, PollState(url=state) if isinstance(state, str) else state, now=NOW)


async def answered(state: PollState | str) -> Answered:
    polled = await asked(state)
    assert isinstance(polled, Answered)
    return polled


async def failed(state: PollState | str) -> Failed:
    polled = await asked(state)
    assert isinstance(polled, Failed)
    return polled


def wait(polled: Answered | Failed, url: str) -> timedelta:
    """The wait without the feed's own place in it."""
    usual = backoff.after_success(NOW, backoff.place_of(url)) - NOW
    return timedelta(seconds=round(((polled.next_at - NOW) / usual * backoff.USUAL).total_seconds()))


async def test_what_did_not_change_is_not_sent_again(web: Site) -> None:
    url = web.put("/feed", FEED, "Last-Modified: Tue, 24 Nov 2026 10:00:00 GMT", etag='"v1"')
    first = await answered(url)
    assert first.feed is not None
    assert first.feed.items[0].title == DARI
    assert (first.etag, first.last_modified) == ('"v1"', "Tue, 24 Nov 2026 10:00:00 GMT")
    again = await answered(PollState(url=url, etag=first.etag, last_modified=first.last_modified))
    assert (again.feed, again.etag) == (None, '"v1"')
    assert again.last_modified == first.last_modified, "a 304 need not repeat its validators"
    assert web.asked[1].headers["if-modified-since"] == "Tue, 24 Nov 2026 10:00:00 GMT"
    web.put("/feed", FEED)
    changed = await answered(PollState(url=url, etag='"v1"', last_modified=again.last_modified))
    assert changed.feed is not None
    assert (changed.etag, changed.last_modified) == (None, None), "validators of another answer would be wrong"


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ("X-None: 1", 15),
        ("Cache-Control: public, max-age=3600", 60),
        ("Cache-Control: MAX-AGE=7200", 120),
        ("Cache-Control: max-age=60", 15),
        ("Cache-Control: no-cache, max-age=3600", 15),
        ("Cache-Control: max-age=soon", 15),
        ("Cache-Control: max-age=99999999999999999999", 360),
        (f"Expires: {format_datetime(NOW + timedelta(hours=2), usegmt=True)}", 120),
        (f"Expires: {format_datetime(NOW - timedelta(hours=2), usegmt=True)}", 15),
        ("Expires: 0", 15),
    ],
)
async def test_a_server_says_how_long_its_answer_lasts(web: Site, header: str, minutes: int) -> None:
    url = web.put("/feed", FEED, header, etag='"v1"')
    for state in (PollState(url=url), PollState(url=url, etag='"v1"')):
        assert wait(await answered(state), url) == timedelta(minutes=minutes)


async def test_a_feed_s_own_wish_outlasts_answers_that_say_nothing(web: Site) -> None:
    url = web.put("/feed", rss(item(), head="<ttl>120</ttl>"), etag='"v1"')
    assert wait(await answered(url), url) == timedelta(hours=2)
    quiet = PollState(url=url, etag='"v1"')
    assert wait(await answered(quiet), url) == backoff.USUAL
    assert wait(await answered(replace(quiet, ttl=timedelta(hours=2))), url) == timedelta(hours=2)


async def test_failures_are_values_and_double_the_wait(web: Site) -> None:
    url = web.put("/feed", "x", status="500 Internal Server Error")
    first = await failed(url)
    assert isinstance(first.error, HttpStatusError)
    assert not first.gone
    assert wait(first, url) == backoff.USUAL
    assert wait(await failed(PollState(url=url, failures=3)), url) == 8 * backoff.USUAL
    web.put("/feed", "<!doctype html><html><body><p>moved</p></body></html>")
    assert isinstance((await failed(url)).error, NotAFeedError)
    assert (await failed("http://10.0.0.1/feed")).error.code == "forbidden_address"
    assert (await failed("http://[::1")).error.code == "bad_url"


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_server_that_names_a_time_is_left_alone_until_then(web: Site, status: str) -> None:
    url = web.put("/feed", "x", "Retry-After: 36000", status=status)
    assert (await failed(url)).next_at == NOW + timedelta(hours=10)
    web.put("/feed", "x", f"Retry-After: {format_datetime(NOW + timedelta(hours=3), usegmt=True)}", status=status)
    assert (await failed(url)).next_at == NOW + timedelta(hours=3)
    web.put("/feed", "x", "Retry-After: 5", status=status)
    assert wait(await failed(url), url) == backoff.USUAL


async def test_a_feed_that_is_gone_says_so(web: Site) -> None:
    assert (await failed(web.put("/feed", "x", status="410 Gone"))).gone
    assert not (await failed(web.url("/none"))).gone


async def test_only_a_permanent_move_is_one(web: Site) -> None:
    new = web.put("/new", FEED, etag='"v1"')
    forever = web.put("/forever", "", f"Location: {new}", status="301 Moved Permanently")
    today = web.put("/today", "", "Location: /new", status="302 Found")
    chain = web.put("/chain", "", "Location: /forever", status="308 Permanent Redirect")
    mixed = web.put("/mixed", "", "Location: /today", status="301 Moved Permanently")
    nowhere = web.put("/nowhere", "", "Location: /none", status="301 Moved Permanently")
    assert (await answered(new)).moved_to is None
    assert (await answered(forever)).moved_to == new
    assert (await answered(PollState(url=forever, etag='"v1"'))).moved_to == new
    assert (await answered(chain)).moved_to == new
    assert (await answered(today)).moved_to is None
    assert (await answered(mixed)).moved_to is None
    assert isinstance((await failed(nowhere)).error, HttpStatusError), "a move to where no feed is, is none"
    web.put("/loop", "", "Location: /loop", status="301 Moved Permanently")
    assert isinstance((await failed(web.url("/loop"))).error, RedirectError)


async def test_a_packed_feed_is_read_whether_or_not_it_says_so(web: Site) -> None:
    packed = gzip.compress(FEED.encode())
    for headers in (("Content-Encoding: gzip",), ()):
        polled = await answered(web.put("/feed", packed, *headers))
        assert polled.feed is not None
        assert polled.feed.title == "Wire"
