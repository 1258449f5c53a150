"""The schema goes up and down with rows in it, equals its metadata, and stands two processes that start at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select, text

from bot.storage import (
    cards,
    chats,
    digests,
    errors,
    feedback,
    feeds,
    floods,
    inbox,
    incidents,
    issues,
    items,
    migrations,
    notes,
    outbox,
    people,
    schema,
    schema_workers,
    stories,
    subscriptions,
    usage,
)
from bot.storage.database import Database
from bot.storage.values import EVERYBODY
from pipelines.languages import Language
from tests.unit.storage.samples import NOW, a_digest, a_subscription, an_item

ROOT = Path(__file__).parents[3]
HEAD = max(migrations.known())


async def fill(database: Database) -> None:
    """A row in every table."""
    async with database.transaction() as tx:
        await inbox.accept(tx, [inbox.StoredUpdate(update_id=1, payload={"message": {}}, person_id=7)], now=NOW)
        await people.person(tx, 7, language_code="fa", now=NOW)
        await chats.chat(tx, -1, kind="group", title="خبر", now=NOW)
        number = await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
        card = cards.NewCard(
            digest_id=number, chat_id=-1, asker_id=7, language=Language.DARI, length="short", delivery="k"
        )
        await cards.create(tx, card, now=NOW)
        await feedback.record(tx, digest_id=number, person_id=7, kind="up", language=Language.DARI, now=NOW)
        await outbox.plan(tx, "k", chat_id=-1, parts=[outbox.PlannedPart(method="m", payload={})], now=NOW)
        await floods.set_until(tx, EVERYBODY, NOW)
        await usage.take(tx, person_id=7, chat_id=-1, quota=usage.Quota(), now=NOW)
        await incidents.record(tx, incidents.Incident(at=NOW, code="c", place="p", detail="d"))
        await notes.put(tx, "key", None, now=NOW)
        feed = await feeds.add(tx, url="https://news.example/feed", now=NOW)
        (item,) = (await items.store(tx, feed.id, [an_item("a")], now=NOW)).new
        story = await stories.create(tx, item, title="خبر", language="prs", features={}, keys=["k"])
        reader = await subscriptions.save(tx, a_subscription(feeds=(feed.id,)), now=NOW)
        issue = await issues.begin(tx, reader.id, NOW, now=NOW)
        told = issues.IssueStory(story_id=story.id, digest_id=number)
        await issues.fill(tx, issue.id, [told], now=NOW)
        await tx.execute(insert(schema_workers.worker).values(executor="one", until=NOW))
        await tx.execute(insert(schema_workers.turn).values(scope=EVERYBODY, at=NOW))


async def tables(database: Database) -> set[str]:
    async with database.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_up_down_and_up_again_with_rows_in_every_table(empty_url: str) -> None:
    async with Database(empty_url) as database:
        assert await migrations.current(database) is None
        await migrations.upgrade(database)
        assert await migrations.current(database) == HEAD
        assert await migrations.check(database) == []
        await fill(database)
        async with database.connect() as connection:
            for table in schema.metadata.sorted_tables:
                assert (await connection.execute(select(table).limit(1))).first() is not None, table.name
        await migrations.upgrade(database)  # nothing to do, nothing lost
        async with database.connect() as connection:
            assert await people.get(connection, 7) is not None
        await migrations.downgrade(database)
        assert await migrations.current(database) is None
        assert await tables(database) <= {"alembic_version", "sqlite_sequence"}
        await migrations.upgrade(database)
        assert await migrations.check(database) == []
        async with database.connect() as connection:
            assert await people.get(connection, 7) is None


async def test_auto_digests_come_to_a_database_that_is_in_use_and_go_from_it(empty_url: str) -> None:
    async with Database(empty_url) as database:
        await migrations.upgrade(database, "0001")
        before = await tables(database)
        async with database.transaction() as tx:
            await people.person(tx, 7, language_code="fa", now=NOW)
            await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
        await migrations.upgrade(database)
        await fill(database)
        await migrations.downgrade(database, "0001")
        assert await migrations.current(database) == "0001"
        assert await tables(database) == before
        async with database.connect() as connection:
            assert await people.get(connection, 7) is not None
            assert await digests.find(connection, "c") is not None
        await migrations.upgrade(database)
        assert await migrations.check(database) == []
        async with database.connect() as connection:
            assert await feeds.all_feeds(connection) == []


async def test_check_tells_what_differs(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("DROP INDEX ix_card_chat_id"))
        await tx.execute(text("ALTER TABLE note ADD COLUMN stray INTEGER"))
    differences = " ".join(await migrations.check(database))
    assert "ix_card_chat_id" in differences
    assert "stray" in differences


async def test_check_asks_for_the_upgrade_of_an_empty_database(empty_url: str) -> None:
    async with Database(empty_url) as database:
        with pytest.raises(errors.OutdatedError, match=f"needs {HEAD}"):
            await migrations.check(database)


async def test_a_database_of_a_newer_khabar_is_left_alone(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migrations.upgrade, migrations.downgrade, migrations.check):
        with pytest.raises(errors.NewerDatabaseError, match=r"newer Khabar \(revision 9999\)"):
            await attempt(database)
    assert await migrations.current(database) == "9999"


async def test_a_migration_that_fails_has_not_happened(empty_url: str) -> None:
    async with Database(empty_url) as database:
        async with database.transaction() as tx:
            await tx.execute(text("CREATE TABLE incident (stranger INTEGER)"))  # the last but one that is made
        with pytest.raises(Exception, match="incident"):
            await migrations.upgrade(database)
        assert await migrations.current(database) is None
        assert await tables(database) == {"incident"}


async def test_two_at_once_in_one_process(empty_url: str) -> None:
    async with Database(empty_url) as one, Database(empty_url) as other:
        await asyncio.gather(migrations.upgrade(one), migrations.upgrade(other))
        assert await migrations.check(one) == []


def test_four_processes_at_once(empty_url: str) -> None:
    code = (
        "import asyncio, sys\n"
        "from bot.storage import migrations\n"
        "from bot.storage.database import Database\n"
        "sys.stdin.readline()\n"
        "asyncio.run(migrations.upgrade(Database(sys.argv[1])))\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, empty_url], cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    said = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert asyncio.run(migrations.check(Database(empty_url))) == []
