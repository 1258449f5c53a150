"""An address → connections to SQLite or PostgreSQL that write one after another and fail with a sentence.

SQLite: WAL (readers never wait), ``synchronous=NORMAL`` (a killed process loses nothing; a power cut may lose the last commits,
never the file), foreign keys on. Writers of a process queue for one connection and begin with ``BEGIN IMMEDIATE``, so that a
transaction that has begun cannot meet a lock any more; another process's writer is waited for at its beginning. PostgreSQL: a
pool of connections, READ COMMITTED.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.storage import engines, errors, sqlite_file

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

WAIT_SECONDS: Final = 30.0
"""How long a writer waits for others before ``BusyError``. Transactions take milliseconds; this is for a backup or a purge."""
POOL_SIZE: Final = 8
"""Connections of one process: all of them on PostgreSQL, the readers (a thread each) on SQLite."""


class Database:
    """The bot's database. Nothing is opened before the first use; ``dispose`` (or leaving ``async with``) closes all.

    ``url`` is ``sqlite:///path``, ``postgresql://user:password@host/name`` or either with its driver named. Raises
    ``DatabaseUrlError`` for anything else. ``wait_seconds`` bounds the wait for other writers, ``pool_size`` the PostgreSQL
    connections of this process.
    """

    def __init__(self, url: str, *, wait_seconds: float = WAIT_SECONDS, pool_size: int = POOL_SIZE) -> None:
        self.url: URL = engines.normalised(url)
        self.wait_seconds = wait_seconds
        self._pool_size = pool_size
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None

    @property
    def place(self) -> str:
        """The address for messages, without password and options."""
        if engines.is_sqlite(self.url):
            return str(self.url.database)
        url = self.url
        shown = URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database)
        return shown.render_as_string()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """A connection that writes: all of the block or, where it raises, nothing. Raises ``StorageError``.

        Keep it short and wait for nothing but the database inside: on SQLite every other writer of the process waits.
        """
        with errors.told(self.place):
            writer, _ = await self._engines()
            async with writer.begin() as tx:
                yield tx

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[AsyncConnection]:
        """A connection that only reads; writing through it raises ``ReadOnlyError``. Raises ``StorageError``."""
        with errors.told(self.place):
            _, reader = await self._engines()
            async with reader.begin() as connection:
                if not engines.is_sqlite(self.url):
                    await connection.execute(text("SET TRANSACTION READ ONLY"))
                yield connection

    async def prepare(self) -> None:
        """Make the SQLite file and its folder where they are missing. Raises ``StorageError``."""
        if engines.is_sqlite(self.url):
            with errors.told(self.place, OSError, sqlite3.Error):
                path = Path(str(self.url.database))
                await asyncio.to_thread(sqlite_file.prepare, path, wait_seconds=self.wait_seconds)

    async def dispose(self) -> None:
        """Close every connection. The database can be used again after it."""
        writer, reader, self._writer, self._reader = self._writer, self._reader, None, None
        for engine in (writer, reader):
            if engine is not None:
                await engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.dispose()

    async def _engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        if self._writer is None or self._reader is None:
            await self.prepare()
        # no await from here on: of tasks that came at once, the first makes the engines
        if self._writer is None or self._reader is None:
            self._writer = engines.writer(self.url, wait_seconds=self.wait_seconds, pool_size=self._pool_size)
            # PostgreSQL tells a reading transaction by itself; SQLite by connection
            self._reader = (
                engines.reader(self.url, wait_seconds=self.wait_seconds, pool_size=self._pool_size)
                if engines.is_sqlite(self.url)
                else self._writer
            )
        return self._writer, self._reader
