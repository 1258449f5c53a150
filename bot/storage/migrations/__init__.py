"""The schema's history, and the four things that can be done with it, from coroutines.

Alembic keeps what it works on in module globals and speaks no asyncio, so it runs in a thread, one run at a time in a process;
between processes the database itself decides: SQLite's ``BEGIN IMMEDIATE``, an advisory lock on PostgreSQL. A run is one
transaction on both: it is done or has not happened.
"""

from __future__ import annotations

import asyncio
import threading
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text

from bot.storage import engines, errors
from bot.storage.errors import NewerDatabaseError, OutdatedError
from bot.storage.schema_workers import metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from bot.storage.database import Database

_T = TypeVar("_T")

_ALEMBIC: Final = threading.Lock()
_LOCK: Final = 0x6B68_6162_6172
"""The advisory lock's number on PostgreSQL: “khabar” in ASCII."""


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to ``revision``, making it where there is none. Does nothing where it is there already.

    Raises ``NewerDatabaseError`` where a newer Khabar has changed it, other ``StorageError``s as ``Database`` does.
    """
    await _run(database, lambda connection: _command(command.upgrade, connection, revision, database.place))


async def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to ``revision``; what only newer tables held is lost. Raises as ``upgrade``."""
    await _run(database, lambda connection: _command(command.downgrade, connection, revision, database.place))


async def current(database: Database) -> str | None:
    """The revision that the database is at, None for an empty one. Raises ``StorageError``."""
    return await _run(database, _revision)


async def check(database: Database) -> list[str]:
    """How the database differs from ``schema.metadata``, in Alembic's words; empty where it is as it should be.

    Raises ``OutdatedError`` or ``NewerDatabaseError`` where its revision is not this version's.
    """
    return await _run(database, lambda connection: _differences(connection, database.place))


def known() -> frozenset[str]:
    """The revisions that this version of Khabar knows."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


async def _run(database: Database, work: Callable[[Connection], _T]) -> _T:
    await database.prepare()
    return await asyncio.to_thread(_in_thread, database, work)


def _in_thread(database: Database, work: Callable[[Connection], _T]) -> _T:
    engine = engines.blocking(database.url, wait_seconds=database.wait_seconds)
    try:
        with _ALEMBIC, errors.told(database.place), engine.begin() as connection:
            if not engines.is_sqlite(database.url):
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return work(connection)
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config(stdout=StringIO())
    # the configuration is an INI file to Alembic, where % begins a substitution
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _command(do: Callable[[Config, str], None], connection: Connection, revision: str, place: str) -> None:
    _refuse_newer(connection, place)
    do(_config(connection), revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection, place: str) -> None:
    revision = _revision(connection)
    try:
        ScriptDirectory.from_config(_config()).get_revisions(revision or "base")
    except CommandError:
        raise NewerDatabaseError(
            f"The database {place} was changed by a newer Khabar (revision {revision}). Install that version, or restore a "
            "backup from before it."
        ) from None


def _differences(connection: Connection, place: str) -> list[str]:
    _refuse_newer(connection, place)
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if (revision := _revision(connection)) != head:
        raise OutdatedError(f"The database {place} is at revision {revision}; this version of Khabar needs {head}.")
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, metadata)]
