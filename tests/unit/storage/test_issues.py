"""Issues: one a slot, a story once in a subscription, what was posted and has changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.storage import digests, feeds, identities, issues, items, retention, stories, subscriptions
from bot.storage.issues import IssueStory
from bot.storage.retention import Retention
from tests.unit.storage.samples import DAY, HOUR, NOW, a_digest, a_subscription, an_item

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.issues import Issue
    from bot.storage.subscriptions import Subscription


async def a_reader(tx: AsyncConnection) -> Subscription:
    feed = await feeds.add(tx, url="https://news.example/feed", now=NOW)
    return await subscriptions.save(tx, a_subscription(feeds=(feed.id,)), now=NOW)


async def some_stories(tx: AsyncConnection, reader: Subscription, *names: str) -> list[IssueStory]:
    new = (await items.store(tx, reader.feeds[0], [an_item(name) for name in names], now=NOW)).new
    made = [await stories.create(tx, one, title="t", language="en", features={}, keys=[]) for one in new]
    return [IssueStory(story_id=one.id) for one in made]


async def an_issue(
    tx: AsyncConnection, reader: Subscription, told: list[IssueStory], *, hours: int = 0, post: bool = True
) -> Issue:
    begun = await issues.begin(tx, reader.id, NOW + hours * HOUR, now=NOW + hours * HOUR)
    await issues.fill(tx, begun.id, told, delivery=f"i:{hours}", now=NOW + hours * HOUR)
    if post:
        assert await issues.posted(tx, begun.id, [10, 11], now=NOW + hours * HOUR)
    found = await issues.get(tx, begun.id)
    assert found is not None
    return found


async def test_a_slot_has_one_issue_whoever_begins_it(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)

    async def begin(hours: int) -> int:
        async with database.transaction() as tx:
            return (await issues.begin(tx, reader.id, NOW, now=NOW + hours * HOUR)).id

    assert len(set(await asyncio.gather(*map(begin, range(20))))) == 1
    async with database.transaction() as tx:
        assert len(await issues.of_subscription(tx, reader.id)) == 1
        later = await issues.begin(tx, reader.id, NOW + HOUR, now=NOW + DAY)
        assert [one.id for one in await issues.unfinished(tx)][-1] == later.id
        assert [one.slot for one in await issues.of_subscription(tx, reader.id)] == [NOW + HOUR, NOW]


async def test_an_issue_holds_its_stories_in_order_and_is_posted_once(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "a", "b", "c")
        number = await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
        begun = await issues.begin(tx, reader.id, NOW, now=NOW)
        assert (begun.state, begun.stories, begun.made_at, begun.delivery) == ("making", (), None, None)
        await issues.fill(tx, begun.id, told, now=NOW)
        filled = await issues.fill(tx, begun.id, [told[2], told[0]], delivery="i:1", now=NOW + HOUR)
        assert filled is not None
        assert (filled.stories, filled.made_at, filled.delivery) == ((told[2], told[0]), NOW + HOUR, "i:1")
        await issues.digested(tx, begun.id, told[0].story_id, number)
        assert await issues.posted(tx, begun.id, [10, 11], now=NOW + 2 * HOUR)
        assert not await issues.posted(tx, begun.id, [12], now=NOW + DAY)
        assert not await issues.failed(tx, begun.id, reason="late")
        assert await issues.fill(tx, begun.id, told, now=NOW) is None
        assert not await issues.empty(tx, begun.id)
        done = await issues.get(tx, begun.id)
        assert done is not None
        assert (done.state, done.message_ids, done.posted_at) == ("posted", (10, 11), NOW + 2 * HOUR)
        assert done.stories == (told[2], IssueStory(story_id=told[0].story_id, digest_id=number))
        assert (await issues.begin(tx, reader.id, NOW, now=NOW + DAY)) == done
        assert await issues.get(tx, 2**70) is None


async def test_a_story_that_another_issue_has_is_left_out(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "a", "b")
        await an_issue(tx, reader, told[:1])
        second = await an_issue(tx, reader, told, hours=1, post=False)
        assert second.stories == (told[1],)


async def test_what_failed_unsent_and_what_was_empty_free_their_stories(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "a")
        for hours in (0, 1):
            issue = await an_issue(tx, reader, told, hours=hours, post=False)
            assert issue.stories == tuple(told)
            ended = issues.empty(tx, issue.id) if hours else issues.failed(tx, issue.id, reason="no rights")
            assert await ended
        states = [(one.state, one.reason, one.stories) for one in await issues.of_subscription(tx, reader.id)]
        assert states == [("empty", "", ()), ("failed", "no rights", ())]
        half = await an_issue(tx, reader, told, hours=2, post=False)
        assert await issues.failed(tx, half.id, reason="kicked", sent=True)
        assert (await an_issue(tx, reader, told, hours=3)).stories == ()


async def test_a_change_at_the_source_makes_a_posted_issue_stale_until_it_is_edited(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "a", "b")
        posted = await an_issue(tx, reader, told[:1])
        await an_issue(tx, reader, told[1:], hours=1, post=False)
        feed = reader.feeds[0]
        assert await issues.stale(tx, since=NOW - DAY) == []
        for name in "ab":  # the issue of b is not posted
            await items.store(tx, feed, [an_item(name, title="Envoy left")], now=NOW + 2 * HOUR)
        (changed,) = (await items.store(tx, feed, [an_item("a", title="Envoy back")], now=NOW + 3 * HOUR)).changed
        (found,) = await issues.stale(tx, since=NOW - DAY)
        assert (found.issue, found.changed, found.stories) == (posted, (changed,), (told[0].story_id,))
        assert await issues.stale(tx, since=NOW + HOUR) == []
        await issues.edited(tx, posted.id, now=NOW + 4 * HOUR)
        assert await issues.stale(tx, since=NOW - DAY) == []
        await items.store(tx, feed, [an_item("a")], now=NOW + 5 * HOUR)
        assert [one.issue.id for one in await issues.stale(tx, since=NOW - DAY)] == [posted.id]
        assert await issues.stale(tx, since=NOW - DAY, limit=0) == []


async def test_an_item_that_was_not_in_the_issue_does_not_make_it_stale(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "a")
        other = await feeds.add(tx, url="https://other.example/feed", now=NOW)
        here = (await items.store(tx, other.id, [an_item("x")], now=NOW)).new[0]
        await stories.attach(tx, here, told[0].story_id)
        await an_issue(tx, reader, told, hours=1)
        late = (await items.store(tx, reader.feeds[0], [an_item("b")], now=NOW + 2 * HOUR)).new[0]
        await stories.attach(tx, late, told[0].story_id)
        for feed, name in ((other.id, "x"), (reader.feeds[0], "b")):
            changed = await items.store(tx, feed, [an_item(name, title="changed")], now=NOW + 3 * HOUR)
            assert len(changed.changed) == 1
        assert await issues.stale(tx, since=NOW) == []


async def test_the_nightly_purge_ends_news_by_age_and_repeats_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        reader = await a_reader(tx)
        told = await some_stories(tx, reader, "old", "goes on")
        await an_issue(tx, reader, told[:1])
        await an_issue(tx, reader, told[1:], hours=1)
        new = (await items.store(tx, reader.feeds[0], [an_item("new")], now=NOW + 80 * DAY)).new[0]
        await stories.attach(tx, new, told[1].story_id)
    purged = await retention.purge(database, Retention(), now=NOW + 91 * DAY + 2 * HOUR)
    assert (purged.items, purged.stories, purged.issues) == (2, 1, 1)
    async with database.transaction() as tx:
        (left,) = await issues.of_subscription(tx, reader.id)
        assert left.stories == (told[1],)
        assert await stories.unposted(tx, reader, since=NOW + 79 * DAY, now=NOW + 91 * DAY) == []
        assert [one.id for one in await items.of_feed(tx, reader.feeds[0])] == [new]
        assert await identities.purge(tx, before=NOW + 91 * DAY) == 0
