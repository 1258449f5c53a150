"""Whatever is wrong with a database is one of our errors, with a sentence for the operator."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import select, text

from bot.storage import errors, inbox, migrations, notes
from bot.storage.database import Database
from tests.unit.storage.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


async def test_tables_that_are_missing_ask_for_the_migrations(empty_url: str) -> None:
    async with Database(empty_url) as database:
        with pytest.raises(errors.OutdatedError, match="migrations have not run"):
            async with database.connect() as connection:
                await inbox.unfinished(connection, limit=1)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100, encoding="utf-8")
    async with Database(f"sqlite:///{path}") as database:
        with pytest.raises(errors.DamagedError, match=r"notes\.txt is a file, but no SQLite database"):
            async with database.transaction():
                pass


async def test_a_folder_in_the_place_of_the_file_cannot_be_opened(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}") as database:
        with pytest.raises(errors.UnreachableError, match="cannot be opened"):
            async with database.connect():
                pass


async def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with Database(f"sqlite:///{tmp_path}/file/khabar.sqlite") as database:
        with pytest.raises(errors.UnreachableError):
            async with database.transaction():
                pass


async def test_a_file_that_cannot_be_written_is_read_only(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite"
    async with Database(f"sqlite:///{path}") as database:
        await migrations.upgrade(database)
    # rights do not stop root; a write version that this SQLite does not know makes the file read-only for everybody
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(path.read_bytes())
    content[18] = 3
    path.write_bytes(content)
    async with Database(f"sqlite:///{path}") as database:
        with pytest.raises(errors.ReadOnlyError, match="cannot be written"):
            async with database.transaction() as tx:
                await notes.put(tx, "key", 1, now=NOW)


async def test_a_disk_without_room_is_full(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path}/khabar.sqlite") as database:
        await migrations.upgrade(database)
        async with database.transaction() as tx:
            await tx.execute(
                text("PRAGMA max_page_count=1")
            )  # of the one writing connection; never below the pages in use
        with pytest.raises(errors.FullError, match="no room left"):
            async with database.transaction() as tx:
                await notes.put(tx, "key", "x" * 1_000_000, now=NOW)


async def test_a_server_that_does_not_answer_is_unreachable_and_may_be_tried_again() -> None:
    async with Database("postgresql://me:secret@127.0.0.1:1/khabar") as database:
        with pytest.raises(errors.UnreachableError, match="cannot be reached") as refused:
            async with database.transaction():
                pass
        assert refused.value.retryable
        assert "secret" not in str(refused.value)
        with pytest.raises(errors.UnreachableError):
            await migrations.upgrade(database)


async def test_a_server_that_refuses_the_connection_is_told_apart_from_none(server: str) -> None:
    async with Database(f"{server}/nowhere") as database:
        with pytest.raises(errors.UnreachableError, match=r"refused a connection to postgresql://.*/nowhere\."):
            async with database.connect():
                pass


async def test_a_read_only_server_is_told(server: str) -> None:
    async with Database(f"{server}/postgres?options=-c%20default_transaction_read_only%3Don") as database:
        with pytest.raises(errors.ReadOnlyError):
            await migrations.upgrade(database)


async def test_a_connection_that_the_server_ended_is_told_once_and_replaced(server: str) -> None:
    async with Database(f"{server}/postgres", pool_size=1) as database:

        async def lose() -> None:
            async with database.transaction() as tx:
                pid = (await tx.execute(select(text("pg_backend_pid()")))).scalar_one()
                await _end_backend(server, pid)
                await tx.execute(text("SELECT 1"))

        with pytest.raises(errors.UnreachableError) as lost:
            await lose()
        assert lost.value.retryable
        async with database.connect() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


async def _end_backend(server: str, pid: int) -> None:
    async with await psycopg.AsyncConnection.connect(f"{server}/postgres", autocommit=True) as other:
        await other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


async def test_a_deadlock_is_a_transaction_to_try_again(migrated_server: str) -> None:
    async with Database(f"{migrated_server}/migrated") as database:
        async with database.transaction() as tx:
            for key in "ab":
                await notes.put(tx, key, 0, now=NOW)
        both = asyncio.Barrier(2)

        async def cross(first: str, second: str) -> None:
            async with database.transaction() as tx:
                await notes.put(tx, first, 1, now=NOW)
                await both.wait()
                await notes.put(tx, second, 1, now=NOW)

        ended = await asyncio.gather(cross("a", "b"), cross("b", "a"), return_exceptions=True)
        async with database.transaction() as tx:
            for key in "ab":
                await notes.delete_key(tx, key)
    lost = [error for error in ended if error is not None]
    assert [type(error) for error in lost] == [errors.BusyError]


async def test_a_writer_that_waits_too_long_is_told_to_try_again(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite"
    async with Database(f"sqlite:///{path}", wait_seconds=0.2) as database:
        await migrations.upgrade(database)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(errors.BusyError, match="tried again"):
                async with database.transaction():
                    pass
            async with database.connect() as connection:  # readers go on
                assert await inbox.unfinished(connection, limit=1) == []
            other.execute("ROLLBACK")
        async with database.transaction():
            with pytest.raises(errors.BusyError):  # the queue inside of the process
                async with database.transaction():
                    pass
