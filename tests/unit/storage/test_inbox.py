"""Updates: each accepted once, kept until done, then only their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.storage import inbox, schema
from bot.storage.inbox import StoredUpdate
from tests.unit.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from bot.storage.database import Database


def an_update(number: int, person: int | None = 7) -> StoredUpdate:
    return StoredUpdate(update_id=number, payload={"message": {"text": f"سلام {number} \0 \ud800"}}, person_id=person)


async def test_a_batch_is_accepted_once_whatever_it_repeats(database: Database) -> None:
    async with database.transaction() as tx:
        assert await inbox.accept(tx, [an_update(3), an_update(1)], now=NOW) == [1, 3]
        assert await inbox.accept(tx, [an_update(2), an_update(3), an_update(2)], now=NOW) == [2]
        assert await inbox.accept(tx, [], now=NOW) == []
        assert await inbox.unfinished(tx, limit=2) == [an_update(1), an_update(2)]
        assert await inbox.get(tx, 3) == an_update(3)


async def test_a_finished_update_is_known_but_says_nothing_any_more(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.accept(tx, [an_update(1), an_update(2)], now=NOW)
        await inbox.finish(tx, 1, now=NOW)
        await inbox.finish(tx, 1, now=NOW + DAY)
        assert await inbox.accept(tx, [an_update(1)], now=NOW) == []
        assert await inbox.unfinished(tx, limit=9) == [an_update(2)]
        assert await inbox.get(tx, 1) is None
        (row,) = await tx.execute(select(schema.inbox).where(schema.inbox.c.update_id == 1))
        assert (row.payload, row.person_id, row.done_at) == ({}, None, NOW)


async def test_only_done_and_old_updates_are_purged(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.accept(tx, [an_update(n) for n in (1, 2, 3)], now=NOW - 9 * DAY)
        await inbox.finish(tx, 1, now=NOW - 8 * DAY)
        await inbox.finish(tx, 2, now=NOW)
        assert await inbox.purge(tx, before=NOW - DAY) == 1
        assert await inbox.accept(tx, [an_update(1), an_update(2)], now=NOW) == [1]
        assert await inbox.unfinished(tx, limit=9) == [an_update(1), an_update(3)]


async def test_an_update_without_a_person_is_nobody_s(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.accept(tx, [an_update(1, None), an_update(2)], now=NOW)
        assert await inbox.forget(tx, 7, now=NOW) == 1
        assert await inbox.unfinished(tx, limit=9) == [an_update(1, None)]
