"""10,000 subscriptions and a million items in PostgreSQL: what is due, and what an issue of 20 is made of.

Starts a server of its own and fills it with ``generate_series``; times are of whole calls of ``bot.storage``, the best of a few.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from bot.storage import feeds, issues, migrations, stories, subscriptions
from bot.storage.database import Database
from tests.unit.storage.fixtures import create_database, server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from sqlalchemy.ext.asyncio import AsyncConnection

__all__ = ["server"]

pytestmark = pytest.mark.bench

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FILL = Path(__file__).with_name("digest_scale.sql")
READ = 30
"""Feeds of a subscription."""
DUE_SECONDS, ASSEMBLY_SECONDS = 0.05, 1.0


@pytest.fixture(scope="module")
def full(server: str) -> str:
    """Address of a database of that size."""
    import asyncio  # noqa: PLC0415 - a module fixture has no loop of its own

    address = create_database(server, "scale")
    asyncio.run(migrations.upgrade(Database(address)))
    start = time.perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(FILL.read_bytes())
        connection.execute("VACUUM ANALYZE")
        row = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
    assert row is not None
    print(f"\nfilled in {time.perf_counter() - start:.0f} s: {row[0]}")
    return address


@contextmanager
def asked() -> Generator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def timed(
    name: str, database: Database, work: Callable[[AsyncConnection], Awaitable[Any]]
) -> tuple[float, Any, str]:
    """Seconds of the best of five, what was answered, and the plans of what it read."""
    best, answer = float("inf"), None
    for _ in range(5):
        async with database.transaction() as tx:
            start = time.perf_counter()
            with asked() as statements:
                answer = await work(tx)
            best = min(best, time.perf_counter() - start)
            await tx.rollback()
    plans = []
    async with database.transaction() as tx:
        for statement, parameters in statements:
            rows = await tx.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plans.append("\n".join(row[0] for row in rows))
    print(f"{name}: {best * 1000:.1f} ms")
    return best, answer, "\n\n".join(plans)


async def test_what_is_due_is_found_by_its_index(full: str) -> None:
    async with Database(full) as database:
        seconds, due, plan = await timed(
            "100 due subscriptions of 10,000", database, lambda tx: subscriptions.claim_due(tx, now=NOW, limit=100)
        )
        assert len(due) == 100
        assert all(len(one.feeds) == READ for one in due)
        assert "Index Scan using ix_subscription_due_at" in plan
        assert "Seq Scan" not in plan
        assert seconds <= DUE_SECONDS
        lease = timedelta(minutes=5)
        seconds, polls, plan = await timed(
            "due feeds of 2,000", database, lambda tx: feeds.claim_due(tx, now=NOW, limit=20, lease=lease)
        )
        assert len(polls) == 20
        assert "ix_feed_due_at" in plan
        assert seconds <= DUE_SECONDS


async def test_an_issue_of_twenty_is_picked_from_a_million_items(full: str) -> None:
    async with Database(full) as database:
        async with database.connect() as connection:
            reader = await subscriptions.get(connection, 5_000)
        assert reader is not None
        for days in (1, 3):
            for least in (1, 2):
                wanted = replace(reader, least_sources=least)

                async def assemble(tx: AsyncConnection, wanted: Any = wanted, days: int = days) -> list[Any]:
                    found = await stories.unposted(tx, wanted, since=NOW - timedelta(days=days), now=NOW)
                    issue = await issues.begin(tx, wanted.id, NOW, now=NOW)
                    told = [issues.IssueStory(story_id=one.story.id) for one in found[:20]]
                    await issues.fill(tx, issue.id, told, now=NOW)
                    return found

                seconds, found, plan = await timed(
                    f"an issue from {days} days, at least {least} sources", database, assemble
                )
                assert len(found) >= 20 or least == 2
                assert "Seq Scan on item" not in plan
                assert "ix_item_feed_id" in plan
                assert "ix_item_story_id" in plan
                assert seconds <= ASSEMBLY_SECONDS


async def test_a_story_for_an_item_is_looked_for_by_its_keys(full: str) -> None:
    async with Database(full) as database:
        keys = ["k7-1", "k21-2", "k4242-3", "k777-4", "k9-5"]
        seconds, found, plan = await timed(
            "candidates of an item among 400,000 stories",
            database,
            lambda tx: stories.recent(tx, keys=keys, since=NOW - timedelta(days=3)),
        )
        assert len(found) == 50
        assert "Seq Scan on story" not in plan
        assert seconds <= DUE_SECONDS


async def test_what_changed_is_found_among_all_that_was_posted(full: str) -> None:
    async with Database(full) as database:
        since = NOW - timedelta(days=2)
        seconds, found, plan = await timed(
            "stale issues of two days", database, lambda tx: issues.stale(tx, since=since, limit=100)
        )
        assert len(found) == 100
        assert "ix_item_changed_at" in plan
        assert seconds <= 0.5
