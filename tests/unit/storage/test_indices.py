"""Where rows are many, what a running bot asks comes from an index, and a batch is one short transaction."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event, insert, text

from bot.storage import cards, digests, inbox, outbox, schema
from bot.storage.inbox import StoredUpdate
from bot.storage.outbox import PlannedPart
from tests.unit.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.storage.database import Database

ROWS = 5_000


@pytest.fixture
async def crowded(database: Database) -> Database:
    """Thousands of rows, nearly all of them done."""
    async with database.transaction() as tx:
        updates = [{"update_id": n, "payload": {}, "received_at": NOW, "done_at": NOW} for n in range(ROWS)]
        await tx.execute(insert(schema.inbox), updates)
        rows = [{"key": f"k{n}", "chat_id": n, "state": "sent", "created_at": NOW, "done_at": NOW} for n in range(ROWS)]
        await tx.execute(insert(schema.delivery), rows)
        parts = [
            {"delivery_key": f"k{n}", "number": 0, "method": "m", "payload": {}, "state": "sent"} for n in range(ROWS)
        ]
        await tx.execute(insert(schema.part), parts)
        bodies = [
            {"content": f"c{n}", "length": "short", "url": f"https://news.example/{n}", "body": {}, "created_at": NOW}
            for n in range(ROWS)
        ]
        await tx.execute(insert(schema.digest), bodies)
        await inbox.accept(tx, [StoredUpdate(update_id=ROWS + 1, payload={}, person_id=7)], now=NOW)
        await outbox.plan(tx, "open", chat_id=1, parts=[PlannedPart(method="m", payload={})], now=NOW)
        await tx.execute(text("ANALYZE"))
    return database


async def test_what_a_running_bot_asks_is_answered_from_an_index(crowded: Database) -> None:
    with asked() as queries:
        async with crowded.connect() as connection:
            assert len(await inbox.unfinished(connection, limit=10)) == 1
            assert len(await outbox.unfinished(connection)) == 1
            assert len(await outbox.unfinished(connection, chat_id=1)) == 1
            assert await outbox.get(connection, "k7") is not None
            await digests.find_url(connection, "https://news.example/7", length="short", newer_than=NOW)
            await digests.find(connection, "c7")
            await cards.by_delivery(connection, "none")
        async with crowded.transaction() as tx:
            await inbox.forget(tx, 7, now=NOW)
            await inbox.purge(tx, before=NOW - DAY)
            await outbox.abandon(tx, 1, reason="gone", now=NOW)
    assert len(queries) >= 12
    async with crowded.transaction() as tx:
        for query, parameters in queries:
            explain = "EXPLAIN QUERY PLAN " if tx.dialect.name == "sqlite" else "EXPLAIN "
            rows = await tx.exec_driver_sql(explain + query, parameters)
            plan = "\n".join(str(row) for row in rows)
            for table in ("inbox", "delivery", "part", "digest"):
                scan = f"SCAN {table}" if tx.dialect.name == "sqlite" else f"Seq Scan on {table}"
                # walking an index in its order is no scan of the table
                assert f"{scan}'" not in plan, f"{query}\n{plan}"
                assert f"{scan} " not in plan or f"{scan} USING" in plan, f"{query}\n{plan}"


@contextmanager
def asked() -> Generator[list[tuple[str, Any]]]:
    """The statements on tables that any engine runs in the block, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith(
            ("SELECT inbox", "SELECT delivery", "SELECT part", "SELECT digest", "UPDATE", "DELETE")
        ):
            statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_hundred_updates_are_one_short_transaction(crowded: Database) -> None:
    """Bounded against the same rows one by one: a batch is what makes polling cheap."""

    async def seconds(first: int, size: int) -> float:
        updates = [StoredUpdate(update_id=first + n, payload={"text": "x" * 500}, person_id=n) for n in range(100)]
        start = time.perf_counter()
        for at in range(0, 100, size):
            async with crowded.transaction() as tx:
                assert len(await inbox.accept(tx, updates[at : at + size], now=NOW)) == size
        return time.perf_counter() - start

    await seconds(10_000, 100)
    together = min([await seconds(20_000 + n * 100, 100) for n in range(5)])
    alone = min([await seconds(30_000 + n * 100, 1) for n in range(2)])
    print(
        f"{crowded.place.partition(':')[0]}: 100 updates {together * 1000:.1f} ms at once, {alone * 1000:.1f} ms singly"
    )
    assert together < alone / 4
