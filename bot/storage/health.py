"""A database → whether it is whole: revision and tables, SQLite's own checks, and how many rows there are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.storage import backup, engines, migrations
from bot.storage.schema_workers import metadata

if TYPE_CHECKING:
    from bot.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What ``examine`` found. ``rows`` are by table; ``faults`` are sentences, none where all is well."""

    revision: str
    rows: dict[str, int]
    faults: tuple[str, ...]


async def examine(database: Database) -> Health:
    """Look the database through; on SQLite the jobs' file beside it, too.

    Raises ``OutdatedError`` or ``NewerDatabaseError`` where its revision is not this version's, and other ``StorageError``s where
    it cannot be read. PostgreSQL keeps its references itself.
    """
    found: list[str] = []
    if engines.is_sqlite(database.url):
        path = Path(str(database.url.database))
        for one in (path, backup.jobs_file(path)):
            if one.exists():
                found += [f"{one.name}: {fault}" for fault in await asyncio.to_thread(backup.faults, one)]
    differences = await migrations.check(database)
    found += [f"a table is not as it should be: {difference}" for difference in differences]
    rows: dict[str, int] = {}
    if not differences:
        async with database.connect() as connection:
            for table in metadata.sorted_tables:
                rows[table.name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    return Health(revision=str(await migrations.current(database)), rows=rows, faults=tuple(found))
