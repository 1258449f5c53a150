"""Addresses, transactions, and a sentence for whatever is wrong with a database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.storage import errors, notes, schema
from bot.storage.database import Database
from tests.unit.storage.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "driver", "place"),
    [
        ("sqlite:///data/khabar.sqlite", "sqlite+aiosqlite", "data/khabar.sqlite"),
        ("sqlite+aiosqlite:////srv/k.db", "sqlite+aiosqlite", "/srv/k.db"),
        ("sqlite+pysqlite:///k.db", "sqlite+aiosqlite", "k.db"),
        ("postgresql://me:secret@db:5433/khabar", "postgresql+psycopg", "postgresql://me@db:5433/khabar"),
        ("postgres://me@db/khabar?password=secret", "postgresql+psycopg", "postgresql://me@db/khabar"),
        (" postgresql+asyncpg://db/khabar\n", "postgresql+psycopg", "postgresql://db/khabar"),
    ],
)
def test_an_address_takes_the_driver_that_khabar_uses_and_is_shown_without_secrets(
    url: str, driver: str, place: str
) -> None:
    database = Database(url)
    assert database.url.drivername == driver
    assert database.place == place


@pytest.mark.parametrize(
    "url",
    [
        "", "khabar.sqlite", "mysql://me:secret@db/khabar", "sqlite://", "sqlite:///:memory:", "sqlite://k.db",
        "sqlite:///file:k?mode=memory&uri=true", "postgresql://me:secret@db", "postgresql://me:secret@db:port/khabar",
    ],
)  # fmt: skip
def test_an_address_that_names_no_database_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(errors.DatabaseUrlError) as refused:
        Database(url)
    assert "secret" not in str(refused.value)
    assert str(refused.value).endswith(".")
    assert refused.value.__cause__ is None


async def test_the_folder_and_a_wal_file_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "of % ours" / "khabar.sqlite"
    async with Database(f"sqlite:///{path}") as database:
        async with database.transaction() as tx:
            pragmas = [
                (await tx.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        assert pragmas == ["wal", 1, 1, 30_000]
    assert path.exists()


async def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as tx:
            await notes.put(tx, "key", 1, now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    async with database.connect() as connection:
        assert await notes.get(connection, "key") is None


async def test_a_cancelled_transaction_has_not_happened_and_blocks_nobody(database: Database) -> None:
    written = asyncio.Event()

    async def hang() -> None:
        async with database.transaction() as tx:
            await notes.put(tx, "key", 1, now=NOW)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction() as tx:
        assert await notes.get(tx, "key") is None


async def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_committed(database: Database) -> None:
    async with database.transaction() as tx:
        await notes.put(tx, "key", 1, now=NOW)
        async with database.connect() as connection:
            assert await notes.get(connection, "key") is None
    async with database.connect() as connection:
        assert await notes.get(connection, "key") == 1


async def test_a_reading_connection_writes_nothing(database: Database) -> None:
    with pytest.raises(errors.ReadOnlyError):
        async with database.connect() as connection:
            await notes.put(connection, "key", 1, now=NOW)
    async with database.transaction() as tx:
        await notes.put(tx, "key", 2, now=NOW)


async def test_a_broken_constraint_is_a_bug_and_stays_one(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            await tx.execute(
                schema.part.insert().values(delivery_key="none", number=0, method="m", payload={}, state="pending")
            )


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="without a zone"):
        async with database.transaction() as tx:
            await notes.put(tx, "key", 1, now=NOW.replace(tzinfo=None))


async def test_no_message_of_sqlalchemy_repeats_what_a_user_wrote(database: Database) -> None:
    values = {"delivery_key": "none", "number": 0, "method": "m", "payload": {"t": "written"}, "state": "sent"}
    with pytest.raises(IntegrityError) as broken:
        async with database.transaction() as tx:
            await tx.execute(schema.part.insert().values(values))
    assert "written" not in str(broken.value)


async def test_a_closed_database_opens_again(database: Database) -> None:
    async with database.transaction() as tx:
        await notes.put(tx, "key", "kept", now=NOW)
    await database.dispose()
    async with database.connect() as connection:
        assert await notes.get(connection, "key") == "kept"
