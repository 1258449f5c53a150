"""Feeds that are due, polled over real HTTP into a real database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.digests import clustering, poller
from bot.digests.poller import FAILING, GONE, PollSummary, poll_due, poll_now
from bot.digests.schedule import Schedule
from bot.storage import feeds, incidents, items, stories, subscriptions
from bot.storage.errors import StorageError
from bot.storage.subscriptions import NewSubscription
from pipelines.feeds import backoff
from pipelines.fetch.http import Fetcher
from pipelines.languages import Language
from tests.unit.feeds.samples import DARI, PASHTO, PERSIAN, RUSSIAN, item, rss
from tests.unit.feeds.site import POLICY, Site, site
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.database import Database
    from bot.storage.feeds import FeedRow
    from pipelines.models import Page
    from pipelines.stories.models import Features

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

TALKS = "Taliban officials met Russian envoys in Kabul on Tuesday to discuss trade and transit through Torkham"
HERAT = "والی هرات می‌گوید که مکتب‌های ولسوالی انجیل ترمیم شده و سرک نو آن هفتهٔ آینده افتتاح می‌شود"
FLOOD = "A flood in Peru destroyed two hundred houses near Arequipa on Monday, and the army was sent to help"


@dataclass(slots=True)
class Desk:
    """A database with one enabled channel, a web of feeds, and a clock that stands until it is moved."""

    database: Database
    web: Site
    fetcher: Fetcher
    now: datetime = datetime(2026, 11, 25, 7, tzinfo=UTC)

    async def subscribe(self, *urls: str, enabled: bool = True) -> list[int]:
        """Feeds of the channel; their numbers."""
        async with self.database.transaction() as tx:
            numbers = [(await feeds.add(tx, url=url, now=self.now)).id for url in urls]
            new = NewSubscription(
                chat_id=-100, enabled=enabled, feeds=tuple(numbers), languages=(Language.DARI,), schedule=Schedule(kind="live")
            )  # fmt: skip
            await subscriptions.save(tx, new, now=self.now)
        return numbers

    async def poll(self, **later: float) -> PollSummary:
        """A round, after a while."""
        self.now += timedelta(**later)
        return await poll_due(self.database, self.fetcher, now=lambda: self.now)

    async def feed(self, number: int = 1) -> FeedRow:
        async with self.database.connect() as connection:
            found = await feeds.get(connection, number)
        assert found is not None
        return found

    async def items(self, number: int = 1) -> list[items.Item]:
        async with self.database.connect() as connection:
            return await items.of_feed(connection, number, limit=1000)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with site() as web, Fetcher(POLICY) as fetcher:
        yield Desk(database, web, fetcher)


def told(number: int, title: str, text: str = "") -> str:
    return item(f"<description>{text or title}</description>", title=title, guid=f"g{number}", link=f"/{number}")


async def test_a_round_stores_what_is_new_and_nothing_twice(desk: Desk) -> None:
    url = desk.web.put("/feed", rss(told(1, TALKS), told(2, FLOOD), title="Wire"), etag='"1"')
    await desk.subscribe(url)
    assert await desk.poll() == PollSummary(feeds=1, changed=1, failed=0, new_items=2, disabled=())
    assert await desk.poll() == PollSummary(feeds=0, changed=0, failed=0, new_items=0, disabled=()), "it is not due"
    assert await desk.poll(hours=1) == PollSummary(feeds=1, changed=0, failed=0, new_items=0, disabled=())
    desk.web.put("/feed", rss(told(3, "Three"), told(1, TALKS), told(2, FLOOD), title="Wire"))
    assert await desk.poll(hours=1) == PollSummary(feeds=1, changed=1, failed=0, new_items=1, disabled=())
    feed = await desk.feed()
    assert (feed.title, feed.home_url, feed.polled_at, feed.changed_at) == (
        "Wire",
        "https://news.example/",
        desk.now,
        desk.now,
    )
    assert {one.title for one in await desk.items()} == {TALKS, FLOOD, "Three"}


async def test_a_change_at_the_source_is_a_change_and_no_new_item(desk: Desk) -> None:
    await desk.subscribe(desk.web.put("/feed", rss(told(1, TALKS))))
    await desk.poll()
    desk.web.put("/feed", rss(told(1, TALKS, "Corrected")))
    assert await desk.poll(hours=1) == PollSummary(feeds=1, changed=1, failed=0, new_items=0, disabled=())
    (one,) = await desk.items()
    assert (one.text, one.revision) == ("Corrected", 2)


async def test_guids_that_change_with_each_poll_make_no_new_items(desk: Desk) -> None:
    await desk.subscribe(
        desk.web.put("/feed", rss(*(item(title=f"T{n}", guid=f"a{n}", link=f"/{n}") for n in range(5))))
    )
    await desk.poll()
    desk.web.put("/feed", rss(*(item(title=f"T{n}", guid=f"b{n}", link=f"/{n}?utm_source=x") for n in range(5))))
    assert (await desk.poll(hours=1)).new_items == 0
    assert len(await desk.items()) == 5


async def test_addresses_with_a_session_and_guids_that_change_make_no_new_items(desk: Desk) -> None:
    def edition(session: str, *titles: str) -> str:
        date = "<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>"
        named = (
            item(date, title=title, guid=f"{session}{n}", link=f"/{n}?sid={session}") for n, title in enumerate(titles)
        )
        return rss(*named)

    await desk.subscribe(desk.web.put("/feed", edition("a", TALKS, FLOOD, "Weather")))
    assert (await desk.poll()).new_items == 3
    desk.web.put("/feed", edition("b", DARI, TALKS, FLOOD, "Weather"))
    assert (await desk.poll(hours=1)).new_items == 1
    assert len(await desk.items()) == 4


async def test_one_guid_for_all_tells_nothing(desk: Desk) -> None:
    await desk.subscribe(
        desk.web.put("/feed", rss(*(item(title=f"T{n}", guid="same", link=f"/{n}") for n in range(5))))
    )
    assert (await desk.poll()).new_items == 5
    assert (await desk.poll(hours=1)).new_items == 0


async def test_each_item_s_language_is_told_by_its_words(desk: Desk) -> None:
    texts = {
        Language.DARI: HERAT,
        Language.PASHTO: PASHTO,
        Language.RUSSIAN: RUSSIAN,
        Language.ENGLISH: TALKS,
        Language.PERSIAN: PERSIAN,
    }
    body = rss(*(told(n, text) for n, text in enumerate(texts.values())), head="<language>en-us</language>")
    await desk.subscribe(desk.web.put("/feed", body))
    await desk.poll()
    assert {one.title: one.language for one in await desk.items()} == {
        text: language.value for language, text in texts.items()
    }


async def test_a_feed_of_afghanistan_has_dari_where_the_words_say_persian_alone(desk: Desk) -> None:
    for number, tag in enumerate(("fa-AF", "prs", "fa-IR", "en")):
        desk.web.put(f"/{number}", rss(told(1, DARI), head=f"<language>{tag}</language>"))
    await desk.subscribe(*(desk.web.url(f"/{number}") for number in range(4)))
    await desk.poll()
    assert [(await desk.items(number))[0].language for number in range(1, 5)] == ["prs", "prs", "fa", "fa"]


async def test_reports_of_one_event_are_one_story(desk: Desk) -> None:
    one = desk.web.put("/a", rss(told(1, TALKS), told(2, FLOOD)))
    other = desk.web.put("/b", rss(told(7, TALKS + ", officials said")))
    await desk.subscribe(one, other)
    await desk.poll()
    found = {entry.title: entry.story_id for number in (1, 2) for entry in await desk.items(number)}
    assert None not in found.values()
    assert found[TALKS] == found[TALKS + ", officials said"] != found[FLOOD]


async def test_items_that_a_crash_left_without_a_story_find_theirs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object, **__: object) -> None:
        raise StorageError("the power went out")

    await desk.subscribe(desk.web.put("/feed", rss(told(1, TALKS), told(2, FLOOD))))
    with monkeypatch.context() as patch:
        patch.setattr(clustering, "place", dies)
        with pytest.raises(StorageError):
            await desk.poll()
    assert [one.story_id for one in await desk.items()] == [None, None]
    await desk.poll()
    numbers = {one.story_id for one in await desk.items()}
    assert len(numbers - {None}) == 2
    async with desk.database.connect() as connection:
        assert await stories.get(connection, max(number for number in numbers if number)) is not None


async def test_an_item_that_cannot_be_compared_is_a_story_of_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = clustering.features_of

    def fails(one: items.Item) -> Features:
        if one.title == FLOOD:
            raise ZeroDivisionError
        return reads(one)

    monkeypatch.setattr(clustering, "features_of", fails)
    await desk.subscribe(desk.web.put("/feed", rss(told(1, TALKS), told(2, FLOOD))))
    assert await desk.poll() == PollSummary(feeds=1, changed=1, failed=0, new_items=2, disabled=())
    assert len({one.story_id for one in await desk.items()} - {None}) == 2


async def test_an_edit_keeps_the_story_of_its_item(desk: Desk) -> None:
    await desk.subscribe(
        desk.web.put("/a", rss(told(1, TALKS), told(2, FLOOD))), desk.web.put("/b", rss(told(1, FLOOD + " on Monday")))
    )
    await desk.poll()
    before = {one.id: one.story_id for one in await desk.items()}
    desk.web.put("/a", rss(told(1, TALKS + " (corrected)"), told(2, TALKS, "Another report altogether")))
    assert (await desk.poll(hours=1)).new_items == 0
    assert {one.id: one.story_id for one in await desk.items()} == before


async def test_failures_are_counted_and_forgotten(desk: Desk) -> None:
    url = desk.web.put("/feed", "x", status="500 Oops")
    await desk.subscribe(url)
    assert await desk.poll() == PollSummary(feeds=1, changed=0, failed=1, new_items=0, disabled=())
    feed = await desk.feed()
    assert (feed.failures, feed.failing_since, feed.lease_until) == (1, desk.now, None)
    assert feed.due_at is not None
    assert feed.due_at - desk.now >= backoff.USUAL
    await desk.poll(hours=2)
    assert (await desk.feed()).failures == 2
    desk.web.put("/feed", rss(told(1, TALKS)))
    assert (await desk.poll(days=1)).new_items == 1
    assert ((await desk.feed()).failures, (await desk.feed()).failing_since) == (0, None)


async def test_a_feed_that_fails_for_a_week_is_given_up_once(desk: Desk) -> None:
    await desk.subscribe(desk.web.put("/feed", "x", status="500 Oops"))
    begun = desk.now
    rounds: list[PollSummary] = []
    while not any(one.disabled for one in rounds):
        rounds.append(await desk.poll(hours=1))
        assert desk.now - begun < timedelta(days=10)
    assert desk.now - begun >= backoff.GIVE_UP_AFTER
    assert rounds[-1].disabled == (1,)
    feed = await desk.feed()
    assert (feed.disabled, feed.due_at) == (FAILING, None)
    assert (await desk.poll(days=30)).feeds == 0
    async with desk.database.transaction() as tx:
        assert [one.place for one in await incidents.recent(tx, limit=5)] == ["feed 1"]
        await feeds.revive(tx, 1, now=desk.now)
    assert (await desk.poll()).disabled == (), "revived by hand, it has its week again"


async def test_a_worker_that_was_off_for_a_month_gives_up_nothing(desk: Desk) -> None:
    await desk.subscribe(desk.web.put("/feed", "x", status="500 Oops"))
    await desk.poll()
    assert (await desk.poll(days=30)).disabled == ()


async def test_a_feed_that_is_gone_is_given_up_at_once(desk: Desk) -> None:
    await desk.subscribe(desk.web.put("/feed", "x", status="410 Gone"))
    assert (await desk.poll()).disabled == (1,)
    assert (await desk.feed()).disabled == GONE


async def test_a_feed_that_moved_for_good_is_asked_where_it_is(desk: Desk) -> None:
    new = desk.web.put("/new", rss(told(1, TALKS)), etag='"1"')
    old = desk.web.put("/old", "", "Location: /new", status="301 Moved Permanently")
    await desk.subscribe(old)
    await desk.poll()
    assert (await desk.feed()).url == new
    del desk.web.answers["/old"]
    assert await desk.poll(hours=1) == PollSummary(feeds=1, changed=0, failed=0, new_items=0, disabled=())


async def test_a_move_to_an_address_that_is_taken_changes_nothing(desk: Desk) -> None:
    new = desk.web.put("/new", rss(told(1, TALKS)))
    old = desk.web.put("/old", "", "Location: /new", status="301 Moved Permanently")
    await desk.subscribe(new, old)
    assert (await desk.poll()).failed == 0
    assert ((await desk.feed(1)).url, (await desk.feed(2)).url) == (new, old)


async def test_a_channel_that_is_off_costs_nothing_but_can_be_looked_at(desk: Desk) -> None:
    numbers = await desk.subscribe(desk.web.put("/feed", rss(told(1, TALKS))), enabled=False)
    assert (await desk.poll()).feeds == 0
    assert (await poll_now(desk.database, desk.fetcher, [*numbers, 99], now=lambda: desk.now)).new_items == 1
    assert [one.title for one in await desk.items()] == [TALKS]


async def test_no_feed_costs_another(desk: Desk) -> None:
    class Fragile:
        """A fetcher that has a bug for one address."""

        async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
            if url.endswith("/bad"):
                raise ZeroDivisionError
            return await desk.fetcher.fetch(url, etag=etag, last_modified=last_modified)

    good = desk.web.put("/good", rss(told(1, TALKS)))
    await desk.subscribe(desk.web.url("/bad"), desk.web.put("/page", "<p>no feed</p>"), desk.web.url("/none"), good)
    summary = await poll_due(desk.database, Fragile(), now=lambda: desk.now)
    assert summary == PollSummary(feeds=4, changed=1, failed=3, new_items=1, disabled=())
    assert [(await desk.feed(number)).failures for number in (1, 2, 3, 4)] == [1, 1, 1, 0]


async def test_a_round_takes_as_many_as_are_due(desk: Desk) -> None:
    urls = [desk.web.put(f"/{number}", rss(told(number, f"Report {number}"))) for number in range(poller.CLAIMED + 30)]
    await desk.subscribe(*urls)
    assert (await desk.poll()).feeds == len(urls)
    asked = [one.path for one in desk.web.asked]
    assert len(asked) == len(set(asked)) == len(urls)


async def test_a_host_has_no_more_than_five_connections(desk: Desk) -> None:
    open_now: list[int] = []
    inside = 0

    class Counting:
        async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
            nonlocal inside
            inside += 1
            open_now.append(inside)
            try:
                return await desk.fetcher.fetch(url, etag=etag, last_modified=last_modified)
            finally:
                inside -= 1

    await desk.subscribe(*(desk.web.put(f"/{number}", rss(told(number, f"Report {number}"))) for number in range(30)))
    await poll_due(desk.database, Counting(), now=lambda: desk.now)
    assert max(open_now) == poller.PER_HOST


async def test_feeds_that_another_process_has_are_left_to_it(desk: Desk) -> None:
    await desk.subscribe(desk.web.put("/feed", rss(told(1, TALKS))))
    async with desk.database.transaction() as tx:
        await feeds.claim_due(tx, now=desk.now, limit=5, lease=poller.LEASE)
    assert (await desk.poll()).feeds == 0
    assert (await desk.poll(seconds=poller.LEASE.total_seconds())).feeds == 1, "it died"


async def test_what_a_feed_wishes_is_kept_through_answers_that_say_nothing(desk: Desk) -> None:
    body = rss(told(1, TALKS), head="<ttl>180</ttl>")
    await desk.subscribe(desk.web.put("/feed", body, etag='"1"'))
    waits = []
    for _ in range(4):
        await desk.poll()
        feed = await desk.feed()
        assert feed.due_at is not None
        waits.append(feed.due_at - desk.now)
        desk.now = feed.due_at
    assert all(abs(wait - waits[0]) < timedelta(seconds=1) for wait in waits)
    assert timedelta(hours=3) <= waits[0] <= timedelta(hours=3.6)
    assert [one.headers.get("if-none-match") for one in desk.web.asked] == [None, '"1"', '"1"', '"1"']
