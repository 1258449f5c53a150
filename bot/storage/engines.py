"""A URL → SQLAlchemy engines, set up alike for the bot's coroutines and for the migrations' thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.errors import DatabaseUrlError
from bot.storage.values import to_json

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS: Final = 10
"""Time in which a PostgreSQL server must answer a new connection."""
_DRIVERS: Final = {"sqlite": "aiosqlite", "postgresql": "psycopg", "postgres": "psycopg"}
_JOURNAL_BYTES: Final = 64 * 1024**2
"""A write-ahead log that grew beyond this under a long reader is cut at the next checkpoint."""


def normalised(url: str) -> URL:
    """``url`` with the driver that Khabar uses. Raises ``DatabaseUrlError``."""
    scheme, separator, rest = url.strip().partition("://")
    backend = scheme.partition("+")[0].lower()
    if not separator or backend not in _DRIVERS:
        raise DatabaseUrlError(
            "The database's address must begin with sqlite:/// (and a path) or postgresql:// (and user, host and name)."
        )
    dialect = "sqlite" if backend == "sqlite" else "postgresql"
    try:
        parsed = make_url(f"{dialect}+{_DRIVERS[dialect]}://{rest}")
    except (ArgumentError, ValueError):
        # the address may hold a password, so neither its text nor the cause is repeated
        raise DatabaseUrlError("The database's address cannot be read: its port or its form is wrong.") from None
    if not parsed.database:
        raise DatabaseUrlError("The database's address names no database: a path or a name must stand at its end.")
    if dialect == "sqlite" and (parsed.host or parsed.database.startswith((":memory:", "file:"))):
        raise DatabaseUrlError("A SQLite database needs a file: sqlite:///relative/path or sqlite:////absolute/path.")
    return parsed


def is_sqlite(url: URL) -> bool:
    """True for a SQLite file, False for PostgreSQL."""
    return url.get_backend_name() == "sqlite"


def writer(url: URL, *, wait_seconds: float, pool_size: int) -> AsyncEngine:
    """Engine of transactions. On SQLite its pool is one connection, which makes it the queue of the process's writers."""
    size = 1 if is_sqlite(url) else pool_size
    engine = create_async_engine(url, **_options(url, wait_seconds), pool_size=size, pool_timeout=wait_seconds)
    if is_sqlite(url):
        _tune(engine.sync_engine, begin="BEGIN IMMEDIATE")
    return engine


def reader(url: URL, *, wait_seconds: float, pool_size: int) -> AsyncEngine:
    """Engine of connections that only read."""
    engine = create_async_engine(url, **_options(url, wait_seconds), pool_size=pool_size, pool_timeout=wait_seconds)
    if is_sqlite(url):
        _tune(engine.sync_engine, begin="BEGIN", query_only=True)
    return engine


def blocking(url: URL, *, wait_seconds: float) -> Engine:
    """Engine without coroutines, one connection, for a thread that writes."""
    driver = "pysqlite" if is_sqlite(url) else "psycopg"
    plain = url.set(drivername=f"{url.get_backend_name()}+{driver}")
    engine = create_engine(plain, **_options(url, wait_seconds), pool_size=1)
    if is_sqlite(url):
        _tune(engine, begin="BEGIN IMMEDIATE")
    return engine


def _options(url: URL, wait_seconds: float) -> dict[str, Any]:
    # parameters are texts of users: they stay out of SQLAlchemy's messages
    options: dict[str, Any] = {"json_serializer": to_json, "hide_parameters": True, "max_overflow": 0}
    if is_sqlite(url):
        # without an isolation level the driver begins nothing by itself; `_tune` does
        return options | {"connect_args": {"timeout": wait_seconds, "isolation_level": None}}
    return options | {"connect_args": {"connect_timeout": CONNECT_SECONDS}, "pool_pre_ping": True}


def _tune(engine: Engine, *, begin: str, query_only: bool = False) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA journal_size_limit={_JOURNAL_BYTES}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
