"""Feeds: each address once, polled by one worker at a time, given up and revived."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage import feeds, items, subscriptions
from tests.unit.storage.samples import DAY, HOUR, NOW, a_subscription, an_item

if TYPE_CHECKING:
    from bot.storage.database import Database

LEASE = timedelta(minutes=5)
URL = "https://news.example/feed"


async def test_an_address_is_one_feed_however_long_it_is(database: Database) -> None:
    long = URL + "?" + "x" * 5000
    async with database.transaction() as tx:
        first = await feeds.add(tx, url=URL, title="خبر", language="prs", now=NOW)
        again = await feeds.add(tx, url=URL, title="other", kind="telegram", now=NOW + DAY)
        other = await feeds.add(tx, url=long, now=NOW)
        assert again == first
        assert (first.title, first.kind, first.due_at, first.failures) == ("خبر", "feed", NOW, 0)
        assert await feeds.by_url(tx, long) == other
        assert await feeds.by_url(tx, "https://else.example/") is None
        assert await feeds.get(tx, 2**70) is None
        assert [one.id for one in await feeds.all_feeds(tx)] == [first.id, other.id]


async def test_a_due_feed_is_given_to_one_worker_until_its_lease_ends(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(3):
            await feeds.add(tx, url=f"{URL}{number}", now=NOW + number * HOUR)
        claimed = await feeds.claim_due(tx, now=NOW + HOUR, limit=1, lease=LEASE)
        assert [one.url[-1] for one in claimed] == ["0"]
        assert claimed[0].lease_until == NOW + HOUR + LEASE
        rest = await feeds.claim_due(tx, now=NOW + HOUR, limit=9, lease=LEASE)
        assert [one.url[-1] for one in rest] == ["1"]
        assert await feeds.claim_due(tx, now=NOW + HOUR, limit=9, lease=LEASE) == []
        again = await feeds.claim_due(tx, now=NOW + HOUR + LEASE, limit=9, lease=LEASE)
        assert [one.url[-1] for one in again] == ["0", "1"]


async def test_only_feeds_that_somebody_reads_can_be_asked_for(database: Database) -> None:
    async with database.transaction() as tx:
        read, unread, off = [(await feeds.add(tx, url=f"{URL}{n}", now=NOW)).id for n in range(3)]
        await subscriptions.save(tx, a_subscription(-1, feeds=(read,)), now=NOW)
        await subscriptions.save(tx, a_subscription(-2, feeds=(off,), enabled=False), now=NOW)
        claimed = await feeds.claim_due(tx, now=NOW, limit=9, lease=LEASE, subscribed_only=True)
        assert [one.id for one in claimed] == [read]
        left = await feeds.claim_due(tx, now=NOW, limit=9, lease=LEASE)
        assert [one.id for one in left] == [unread, off]


async def test_failures_are_counted_until_a_poll_goes_well(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await feeds.add(tx, url=URL, title="old", now=NOW)
        await feeds.claim_due(tx, now=NOW, limit=1, lease=LEASE)
        await feeds.failed(tx, feed.id, now=NOW, due_at=NOW + HOUR)
        failed = await feeds.failed(tx, feed.id, now=NOW + HOUR, due_at=NOW + DAY)
        assert failed is not None
        assert (failed.failures, failed.failing_since, failed.due_at) == (2, NOW, NOW + DAY)
        assert (failed.lease_until, failed.polled_at, failed.changed_at) == (None, NOW + HOUR, None)
        for changed, title in ((True, ""), (False, "new")):
            await feeds.polled(
                tx, feed.id, now=NOW + DAY + (not changed) * HOUR, due_at=NOW + 2 * DAY, etag='"e"', last_modified=None,
                changed=changed, title=title,
            )  # fmt: skip
        well = await feeds.get(tx, feed.id)
        assert well is not None
        assert (well.failures, well.failing_since, well.etag, well.title) == (0, None, '"e"', "new")
        assert (well.polled_at, well.changed_at) == (NOW + DAY + HOUR, NOW + DAY)
        assert await feeds.failed(tx, feed.id + 1, now=NOW, due_at=NOW) is None


async def test_a_disabled_feed_is_left_alone_until_it_is_revived(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await feeds.add(tx, url=URL, now=NOW)
        await feeds.failed(tx, feed.id, now=NOW, due_at=NOW)
        with pytest.raises(ValueError, match="reason"):
            await feeds.disable(tx, feed.id, "")
        await feeds.disable(tx, feed.id, "404 for 30 days")
        # a poll that was under way ends afterwards
        await feeds.polled(tx, feed.id, now=NOW, due_at=NOW + HOUR, etag=None, last_modified=None, changed=False)
        off = await feeds.get(tx, feed.id)
        assert off is not None
        assert (off.disabled, off.due_at) == ("404 for 30 days", None)
        assert await feeds.claim_due(tx, now=NOW + DAY, limit=9, lease=LEASE) == []
        back = await feeds.revive(tx, feed.id, now=NOW + DAY)
        assert back is not None
        assert (back.disabled, back.due_at, back.failures, back.failing_since) == ("", NOW + DAY, 0, None)


async def test_a_deleted_feed_takes_its_items_and_leaves_its_subscriptions(database: Database) -> None:
    async with database.transaction() as tx:
        gone, stays = [(await feeds.add(tx, url=f"{URL}{n}", now=NOW)).id for n in range(2)]
        stored = await items.store(tx, gone, [an_item("a")], now=NOW)
        reader = await subscriptions.save(tx, a_subscription(feeds=(stays, gone)), now=NOW)
        assert [one.id for one in await feeds.of_subscription(tx, reader.id)] == [stays, gone]
        assert await feeds.delete(tx, gone)
        assert not await feeds.delete(tx, gone)
        assert await items.get(tx, stored.new) == []
        assert [one.id for one in await feeds.of_subscription(tx, reader.id)] == [stays]
