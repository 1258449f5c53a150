"""Stories: found by keys, counted as items come and go, picked for a subscription's next issue once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage import feeds, issues, items, stories, subscriptions
from bot.storage.issues import IssueStory
from tests.unit.storage.samples import DAY, HOUR, NOW, a_subscription, an_item

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.subscriptions import Subscription


async def an_item_of(
    tx: AsyncConnection, feed: int, name: str, *, seen: datetime = NOW, published: datetime | None = None
) -> int:
    """An item; its feed is made where it is missing."""
    row = await feeds.add(tx, url=f"https://{feed}.example/", now=NOW)
    return (await items.store(tx, row.id, [an_item(name, published_at=published)], now=seen)).new[0]


async def a_story(tx: AsyncConnection, name: str, *of_feeds: int, seen: datetime = NOW) -> int:
    """A story that each of the feeds tells with an item."""
    first, *others = [await an_item_of(tx, feed, f"{name}-{at}", seen=seen) for at, feed in enumerate(of_feeds)]
    made = await stories.create(tx, first, title=name, language="en", features={"of": name}, keys=[name, "all"])
    for one in others:
        await stories.attach(tx, one, made.id)
    return made.id


async def reader(tx: AsyncConnection, *of_feeds: int, least_sources: int = 1) -> Subscription:
    rows = [(await feeds.add(tx, url=f"https://{feed}.example/", now=NOW)).id for feed in of_feeds]
    made = await subscriptions.save(tx, a_subscription(feeds=tuple(rows)), now=NOW)
    return await subscriptions.save(tx, replace(made, least_sources=least_sources), now=NOW)


async def titles(tx: AsyncConnection, subscription: Subscription, *, hours: int = 24) -> list[str]:
    found = await stories.unposted(tx, subscription, since=NOW - hours * HOUR, now=NOW)
    return [one.story.title for one in found]


async def test_a_story_counts_its_items_and_their_feeds(database: Database) -> None:
    async with database.transaction() as tx:
        first = await an_item_of(tx, 1, "a", published=NOW - 3 * HOUR)
        made = await stories.create(
            tx, first, title="خبر", language="prs", features={"numbers": [5]}, keys=["k"], embedding=b"\0\1"
        )
        assert (made.items, made.sources, made.first_at, made.last_at) == (1, 1, NOW - 3 * HOUR, NOW - 3 * HOUR)
        assert (made.title, made.features, made.embedding) == ("خبر", {"numbers": [5]}, b"\0\1")
        for name, feed, hours in (("b", 1, 5), ("c", 2, 1)):
            item = await an_item_of(tx, feed, name, published=NOW - hours * HOUR)
            told = await stories.attach(tx, item, made.id, features={"numbers": [5, 6]})
        assert told is not None
        assert (told.items, told.sources, told.first_at, told.last_at) == (3, 2, NOW - 5 * HOUR, NOW - HOUR)
        assert (told.features, told.embedding) == ({"numbers": [5, 6]}, b"\0\1")
        assert [one.published_at for one in await stories.items_of(tx, made.id)] == [
            NOW - 5 * HOUR, NOW - 3 * HOUR, NOW - HOUR,
        ]  # fmt: skip
        assert await stories.attach(tx, first, made.id + 1) is None
        assert await stories.attach(tx, first + 99, made.id) is None
        with pytest.raises(ValueError, match="needs an item"):
            await stories.create(tx, first + 99, title="t", language="en", features={}, keys=[])


async def test_an_item_that_moves_to_another_story_leaves_its_own_right(database: Database) -> None:
    async with database.transaction() as tx:
        one, other = await a_story(tx, "one", 1, 2), await a_story(tx, "other", 3)
        (first, second) = await stories.items_of(tx, one)
        told = await stories.attach(tx, first.id, other)
        left = await stories.get(tx, one)
        assert told is not None
        assert left is not None
        assert (told.items, told.sources, left.items, left.sources) == (2, 2, 1, 1)
        await stories.attach(tx, second.id, other)
        assert await stories.get(tx, one) is None
        assert [found.id for found in await stories.recent(tx, keys=["all"], since=NOW)] == [other]


async def test_candidates_are_found_by_keys_the_most_shared_first(database: Database) -> None:
    async with database.transaction() as tx:
        near, far = await a_story(tx, "near", 1), await a_story(tx, "far", 1)
        old = await a_story(tx, "old", 1, seen=NOW - 3 * DAY)
        await stories.attach(tx, (await stories.items_of(tx, near))[0].id, near, keys=["k", "k"])
        since = NOW - DAY

        async def found(*keys: str, limit: int = 9) -> list[int]:
            return [one.id for one in await stories.recent(tx, keys=keys, since=since, limit=limit)]

        assert await found("all", "far", "k", "near") == [near, far]
        assert await found("all", "far") == [far, near]
        assert await found("all", limit=1) in ([near], [far])
        assert await found("nothing") == await found() == []
        since = NOW - 9 * DAY
        assert await found("old") == [old]


async def test_items_wait_for_a_story(database: Database) -> None:
    async with database.transaction() as tx:
        waiting = [await an_item_of(tx, 1, name) for name in "ab"]
        await a_story(tx, "told", 1)
        assert [one.id for one in await items.without_story(tx, limit=9)] == waiting


async def test_two_that_assign_at_once_do_it_one_after_the_other(database: Database) -> None:
    order = []

    async def assign(name: str) -> None:
        async with database.transaction() as tx:
            await stories.alone(tx)
            order.append(name)
            if not await stories.recent(tx, keys=["all"], since=NOW):
                await a_story(tx, name, 1)
            order.append(name)

    await asyncio.gather(*[assign(name) for name in "abcd"])
    assert order[::2] == order[1::2]
    async with database.connect() as connection:
        assert len(await stories.recent(connection, keys=["all"], since=NOW)) == 1


async def test_an_issue_is_made_of_what_its_feeds_tell_the_weightiest_first(database: Database) -> None:
    async with database.transaction() as tx:
        await a_story(tx, "one source", 1)
        await a_story(tx, "one source, two items", 2, 2)
        await a_story(tx, "two sources", 1, 2)
        await a_story(tx, "elsewhere", 9)
        await a_story(tx, "one source here", 3, 9, 8)
        newer = await an_item_of(tx, 3, "n", seen=NOW, published=NOW)
        await stories.create(tx, newer, title="newer", language="en", features={}, keys=[])
        subscription = await reader(tx, 1, 2, 3)
        assert (await titles(tx, subscription))[:2] == ["two sources", "one source, two items"]
        assert set((await titles(tx, subscription))[2:]) == {"one source", "newer", "one source here"}
        here = (await stories.unposted(tx, subscription, since=NOW - DAY, now=NOW))[-1]
        assert here.sources == len(here.items) == 1
        assert await titles(tx, await reader(tx, 1, 2, 3, least_sources=2)) == ["two sources"]
        assert len(await stories.unposted(tx, subscription, since=NOW - DAY, now=NOW, limit=2)) == 2
        assert await titles(tx, await reader(tx)) == []


async def test_the_newest_of_equals_comes_first(database: Database) -> None:
    async with database.transaction() as tx:
        for name, hours in (("older", 3), ("newest", 1), ("between", 2)):
            item = await an_item_of(tx, 1, name, published=NOW - hours * HOUR)
            await stories.create(tx, item, title=name, language="en", features={}, keys=[])
        assert await titles(tx, await reader(tx, 1)) == ["newest", "between", "older"]


async def test_a_source_that_comes_later_makes_an_old_story_enough(database: Database) -> None:
    async with database.transaction() as tx:
        story = await a_story(tx, "slow", 1, seen=NOW - 30 * HOUR)
        subscription = await reader(tx, 1, 2, least_sources=2)
        assert await titles(tx, subscription) == []
        await stories.attach(tx, await an_item_of(tx, 2, "later"), story)
        found = await stories.unposted(tx, subscription, since=NOW - DAY, now=NOW)
        assert [(one.sources, len(one.items)) for one in found] == [(2, 2)]


async def test_neither_an_archive_nor_the_future_is_news(database: Database) -> None:
    async with database.transaction() as tx:
        for name, seen, published in (
            ("archive", NOW, NOW - timedelta(days=9)),
            ("late", NOW, NOW - 30 * HOUR),
            ("before", NOW - 25 * HOUR, None),
            ("after", NOW + HOUR, None),
        ):
            item = await an_item_of(tx, 1, name, seen=seen, published=published)
            await stories.create(tx, item, title=name, language="en", features={}, keys=[])
        assert await titles(tx, await reader(tx, 1)) == ["late"]


async def test_a_story_is_posted_once_in_each_subscription(database: Database) -> None:
    async with database.transaction() as tx:
        story = await a_story(tx, "told", 1)
        subscription = await reader(tx, 1)
        other = await subscriptions.save(tx, a_subscription(-2, feeds=subscription.feeds), now=NOW)
        issue = await issues.begin(tx, subscription.id, NOW, now=NOW)
        await issues.fill(tx, issue.id, [IssueStory(story_id=story)], now=NOW)
        await stories.attach(tx, await an_item_of(tx, 1, "more"), story)
        assert await titles(tx, subscription) == []
        assert await titles(tx, other) == ["told"]


async def test_two_stories_that_are_one_event_become_one(database: Database) -> None:
    async with database.transaction() as tx:
        one, other = await a_story(tx, "one", 1, 2), await a_story(tx, "other", 2, 3, seen=NOW - HOUR)
        subscription = await reader(tx, 1, 2, 3)
        whole = await stories.join(tx, other, one, features={"of": "both"}, embedding=b"\0\1")
        assert whole is not None
        assert (whole.id, whole.items, whole.sources, whole.features, whole.embedding) == (
            one, 4, 3, {"of": "both"}, b"\0\1",
        )  # fmt: skip
        assert len(await stories.items_of(tx, one)) == 4
        assert [found.id for found in await stories.recent(tx, keys=["other"], since=NOW - DAY)] == [one]
        assert await titles(tx, subscription) == ["one"]
        emptied = await stories.get(tx, other)
        assert emptied is not None
        assert (emptied.items, emptied.sources) == (0, 0)
        await stories.purge(tx, before=NOW + DAY)
        assert await stories.get(tx, other) is None
        assert await stories.get(tx, one) is not None


async def test_a_story_that_was_posted_keeps_its_items(database: Database) -> None:
    async with database.transaction() as tx:
        one, posted = await a_story(tx, "one", 1), await a_story(tx, "posted", 1)
        subscription = await reader(tx, 1)
        issue = await issues.begin(tx, subscription.id, NOW, now=NOW)
        await issues.fill(tx, issue.id, [IssueStory(story_id=posted)], now=NOW)
        assert await stories.posted(tx, [one, posted]) == {posted}
        assert await stories.join(tx, posted, one, features={}, embedding=None) is None
        assert await stories.join(tx, one, one, features={}, embedding=None) is None
        assert await stories.join(tx, one, 10**6, features={}, embedding=None) is None
        assert len(await stories.items_of(tx, posted)) == 1
        whole = await stories.join(tx, one, posted, features={}, embedding=None)
        assert whole is not None
        assert whole.items == 2
        assert await titles(tx, subscription) == []


async def test_an_issue_that_is_just_filled_keeps_what_it_chose(database: Database) -> None:
    async with database.transaction() as tx:
        one, chosen = await a_story(tx, "one", 1), await a_story(tx, "chosen", 1)
        subscription = await reader(tx, 1)
        issue = await issues.begin(tx, subscription.id, NOW, now=NOW)

    async def join() -> object:
        async with database.transaction() as tx:
            return await stories.join(tx, chosen, one, features={}, embedding=None)

    async with database.transaction() as tx:
        await issues.fill(tx, issue.id, [IssueStory(story_id=chosen)], now=NOW)
        joining = asyncio.create_task(join())
        await asyncio.sleep(0.2)
        assert not joining.done()
    assert await joining is None
    async with database.connect() as connection:
        assert len(await stories.items_of(connection, chosen)) == 1


async def test_stories_end_with_their_items(database: Database) -> None:
    async with database.transaction() as tx:
        await a_story(tx, "old", 1, seen=NOW - 9 * DAY)
        new = await a_story(tx, "new", 1)
        assert await stories.purge(tx, before=NOW - DAY) == 0
        assert await items.purge(tx, before=NOW - DAY) == 1
        assert await stories.purge(tx, before=NOW - DAY) == 1
        assert [one.id for one in await stories.recent(tx, keys=["all"], since=NOW - 99 * DAY)] == [new]
