"""Items: each new once, by whichever layer of its identity it is known; changes are noticed, repetition writes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from bot.storage import feeds, identities, items
from bot.storage.items import Incoming, Stored
from bot.storage.schema_digests import item_identity
from tests.unit.storage.samples import DAY, HOUR, NOW, an_item

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

MONTH = timedelta(days=30)


async def a_feed(tx: AsyncConnection, name: str = "feed") -> int:
    return (await feeds.add(tx, url=f"https://news.example/{name}", now=NOW)).id


def known_by(*identity: str, title: str = "t") -> Incoming:
    return Incoming(identities=identity, url=None, title=title, text="", language="en")


async def test_an_item_is_new_once_in_each_feed(database: Database) -> None:
    async with database.transaction() as tx:
        one, other = await a_feed(tx, "1"), await a_feed(tx, "2")
        first = await items.store(tx, one, [an_item("a"), an_item("b")], now=NOW)
        assert len(first.new) == 2
        second = await items.store(tx, one, [an_item("c"), an_item("b"), an_item("a")], now=NOW + HOUR)
        assert len(second.new) == 1
        assert (await items.store(tx, one, [an_item("a")], now=NOW + HOUR)) == Stored()
        assert len((await items.store(tx, other, [an_item("a")], now=NOW)).new) == 1
        (stored,) = await items.get(tx, first.new[:1])
        assert (stored.feed_id, stored.url, stored.revision) == (one, "https://news.example/a", 1)
        assert stored.seen_at == stored.changed_at == stored.published_at == NOW
        assert [one.id for one in await items.of_feed(tx, one)] == [*second.new, *reversed(first.new)]


async def test_a_known_item_writes_nothing(database: Database) -> None:
    written = []

    def note(_: object, cursor: Any, statement: str, *__: object) -> None:
        if not statement.startswith(("SELECT", "BEGIN", "COMMIT")) and cursor.rowcount:
            written.append(statement)

    async with database.transaction() as tx:
        feed = await a_feed(tx)
        await items.store(tx, feed, [an_item("a"), an_item("b")], now=NOW)
    event.listen(Engine, "after_cursor_execute", note)
    try:
        async with database.transaction() as tx:
            await items.store(tx, feed, [an_item("b"), an_item("a")], now=NOW + DAY)
        assert written == []
        async with database.transaction() as tx:
            await items.store(tx, feed, [an_item("b", title="another")], now=NOW + DAY)
        assert len(written) == 1
    finally:
        event.remove(Engine, "after_cursor_execute", note)


async def test_a_change_is_more_than_white_space(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        new = (await items.store(tx, feed, [an_item("a", text="One two.\0")], now=NOW)).new
        for title, text in (("Envoy  in Kabul\n", " One\u00a0two.\0 "), ("Envoy in Kabul", "One two.\ufffd")):
            same = an_item("a", title=title, text=text)
            assert await items.store(tx, feed, [same], now=NOW + HOUR) == Stored()
        changed = an_item("a", text="One, two.")
        assert await items.store(tx, feed, [changed], now=NOW + HOUR) == Stored(changed=new)
        assert await items.store(tx, feed, [changed], now=NOW + DAY) == Stored()
        (stored,) = await items.get(tx, new)
        assert (stored.text, stored.revision) == ("One, two.", 2)
        assert (stored.seen_at, stored.changed_at) == (NOW, NOW + HOUR)


@pytest.mark.parametrize(
    "later",
    [("g:1", "u:9", "t:9"), ("g:9", "u:1", "t:9"), ("g:9", "u:9", "t:1"), ("u:1",), ("t:1",)],
)
async def test_any_layer_finds_an_item_again_and_teaches_the_others(database: Database, later: tuple[str, ...]) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        assert len((await items.store(tx, feed, [known_by("g:1", "u:1", "t:1")], now=NOW)).new) == 1
        assert await items.store(tx, feed, [known_by(*later)], now=NOW) == Stored()
        for identity in later:
            assert await items.store(tx, feed, [known_by(identity)], now=NOW) == Stored()


async def test_the_strongest_layer_decides(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        one, other = (await items.store(tx, feed, [known_by("g:1", "u:1"), known_by("g:2", "u:2")], now=NOW)).new
        crossed = known_by("g:2", "u:1", title="changed")
        assert (await items.store(tx, feed, [crossed], now=NOW)).changed == (other,)
        assert one != other


@pytest.mark.parametrize(
    "polls",
    [
        # all link to the front page
        [[("g:1", "u:0", "t:1"), ("g:2", "u:0", "t:2")], [("g:2", "u:0", "t:2"), ("g:3", "u:0", "t:3")]],
        # every GUID is the same
        [[("g:0", "u:1", "t:1"), ("g:0", "u:2", "t:2")], [("g:0", "u:3", "t:3")]],
        # the same, noticed with the second item only
        [[("g:0", "u:1", "t:1")], [("g:0", "u:2", "t:2"), ("g:0", "u:1", "t:1")], [("g:0", "u:3", "t:3")]],
        # “Weather today” every day
        [[("g:1", "u:1", "t:0"), ("g:2", "u:2", "t:0")], [("g:3", "u:3", "t:0")]],
    ],
)
async def test_what_several_items_have_at_once_tells_none_of_them(
    database: Database, polls: list[list[tuple[str, ...]]]
) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        new = 0
        for poll in polls:
            for _ in range(2):
                new += len((await items.store(tx, feed, [known_by(*one) for one in poll], now=NOW)).new)
        assert new == len({one for poll in polls for one in poll})


async def test_items_whose_identities_are_all_shared_are_told_by_all_of_them(database: Database) -> None:
    poll = [known_by("g:1", "u:1"), known_by("g:1", "u:2"), known_by("g:2", "u:1"), known_by("g:2", "u:2")]
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        assert len((await items.store(tx, feed, poll, now=NOW)).new) == 4
        assert await items.store(tx, feed, poll, now=NOW) == Stored()


async def test_an_item_twice_in_a_poll_is_one_and_its_first_form_counts(database: Database) -> None:
    twins = [an_item("a"), an_item("a", title="older form"), replace(an_item("a"), identities=("u:a", "t:9"))]
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        (new,) = (await items.store(tx, feed, twins, now=NOW)).new
        assert await items.store(tx, feed, twins, now=NOW) == Stored()
        assert await items.store(tx, feed, [known_by("t:9", title="Envoy in Kabul")], now=NOW) == Stored(changed=(new,))


@pytest.mark.parametrize("identity", [(), ("",), ("g" * 81,)])
async def test_an_item_that_could_not_be_known_again_is_refused(database: Database, identity: tuple[str, ...]) -> None:
    async with database.transaction() as tx:
        with pytest.raises(ValueError, match="identities"):
            await items.store(tx, await a_feed(tx), [known_by(*identity)], now=NOW)


async def test_times_of_publication_are_never_in_the_future(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)
        poll = [an_item("past", published_at=NOW - DAY), an_item("future", published_at=NOW + DAY), an_item("none")]
        poll.append(replace(an_item("updated"), updated_at=NOW - HOUR))
        new = (await items.store(tx, feed, poll, now=NOW)).new
        assert [one.published_at for one in await items.get(tx, new)] == [NOW - DAY, NOW, NOW, NOW - HOUR]


async def test_what_a_feed_holds_for_a_year_is_new_once(database: Database) -> None:
    async with database.transaction() as tx:
        feed, quiet = await a_feed(tx), await a_feed(tx, "quiet")
        await items.store(tx, feed, [an_item("stays"), an_item("goes")], now=NOW)
        await items.store(tx, quiet, [an_item("stays")], now=NOW)
        for month in range(1, 13):
            now = NOW + month * MONTH
            assert await items.store(tx, feed, [an_item("stays")], now=now) == Stored()
            await items.purge(tx, before=now - MONTH)
            await identities.purge(tx, before=now - 3 * MONTH)
        assert await items.of_feed(tx, feed) == []
        kept = await tx.execute(select(item_identity.c.identity).where(item_identity.c.feed_id == feed))
        assert sorted(kept.scalars()) == ["g:stays", "u:stays"]
        # 304 for a year: nothing was read, nothing is forgotten
        assert await items.store(tx, quiet, [an_item("stays")], now=NOW + 13 * MONTH) == Stored()
        assert len((await items.store(tx, feed, [an_item("goes")], now=NOW + 13 * MONTH)).new) == 1


async def test_two_workers_that_read_a_feed_at_once_store_its_items_once(database: Database) -> None:
    async with database.transaction() as tx:
        feed = await a_feed(tx)

    async def store(worker: int) -> Stored:
        poll = [an_item(str((n + worker) % 20), title="edited") for n in range(20)]
        async with database.transaction() as tx:
            return await items.store(tx, feed, poll, now=NOW)

    stored = await asyncio.gather(*map(store, range(8)))
    assert [len(one.new) for one in stored if one.new] == [20]
    assert not any(one.changed for one in stored)
