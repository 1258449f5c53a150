"""PostgreSQL: backup and restore by the server's own ``pg_dump`` and ``pg_restore``, which must be on PATH.

A password goes through a file that only its owner reads: arguments are seen by every user of a machine. Everything here blocks.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bot.storage import engines, errors, migrations
from bot.storage.errors import BackupError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.engine import URL

    from bot.storage.database import Database

SCHEMAS: Final = ("public", "dbos")
"""Khabar's own tables, and those of its jobs."""
_WAIT: Final = 10.0


def backup(database: Database, target: Path) -> None:
    """Write the tables to ``target`` in pg_dump's own format. Raises ``BackupError``."""
    if target.exists():
        raise BackupError(f"{target} exists already. A backup never overwrites anything; name another file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        with _conninfo(database.url) as where:
            schemas = [f"--schema={name}" for name in SCHEMAS]
            _run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                *schemas,
                f"--file={part}",
                f"--dbname={where}",
            )
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def restore(database: Database, source: Path, *, replace: bool, now: datetime) -> list[str]:
    """Put the dump in the place of the database's tables; the schemas that keep the old ones.

    Raises ``BackupError`` where ``source`` is no dump of Khabar's, others use the database, or it holds tables and ``replace`` is
    not asked for. A restore that fails has changed nothing.
    """
    if not source.exists():
        raise BackupError(f"There is no file {source}.")
    if " TABLE public alembic_version " not in _run("pg_restore", "--list", str(source)):
        raise BackupError(f"{source} is no backup of Khabar's database.")
    rows = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source)).splitlines()
    if not migrations.known().intersection(rows):
        raise BackupError(f"{source} was made by a newer Khabar. Install that version first.")
    engine, place = engines.blocking(database.url, wait_seconds=_WAIT), database.place
    try:
        with errors.told(place):
            with engine.begin() as connection:
                _refuse(connection, place, replace=replace)
                moved = _set_aside(connection, now)
            try:
                with _conninfo(database.url) as where:
                    _run(
                        "pg_restore",
                        "--no-owner",
                        "--no-privileges",
                        "--single-transaction",
                        f"--dbname={where}",
                        str(source),
                    )
            except BaseException:
                with engine.begin() as connection:
                    _put_back(connection, moved)
                raise
            return _forget_empty(engine, moved)
    finally:
        engine.dispose()


def _refuse(connection: Connection, place: str, *, replace: bool) -> None:
    others = connection.execute(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
    ).scalar_one()
    if others:
        raise BackupError(
            f"The database {place} is in use by {others} connections. Stop the bot and its workers first."
        )
    if _tables(connection, SCHEMAS) and not replace:
        raise BackupError(f"The database {place} is not empty. With --replace its tables are kept aside and replaced.")


def _tables(connection: Connection, schemas: Sequence[str]) -> int:
    counted: int = connection.execute(
        text("SELECT count(*) FROM pg_tables WHERE schemaname = ANY(:schemas)"), {"schemas": list(schemas)}
    ).scalar_one()
    return counted


def _set_aside(connection: Connection, now: datetime) -> dict[str, str]:
    """Rename the schemas that there are: old name → new name. The dump makes its own."""
    there = set(
        connection.execute(
            text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:schemas)"), {"schemas": list(SCHEMAS)}
        ).scalars()
    )
    moved = {name: f"{name}_before_{now:%Y%m%d_%H%M%S}" for name in SCHEMAS if name in there}
    for old, new in moved.items():
        connection.execute(text(f'ALTER SCHEMA "{old}" RENAME TO "{new}"'))
    return moved


def _put_back(connection: Connection, moved: dict[str, str]) -> None:
    for old, new in moved.items():
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{old}" CASCADE'))
        connection.execute(text(f'ALTER SCHEMA "{new}" RENAME TO "{old}"'))


def _forget_empty(engine: Any, moved: dict[str, str]) -> list[str]:
    kept = []
    with engine.begin() as connection:
        for new in moved.values():
            if _tables(connection, [new]):
                kept.append(new)
            else:
                connection.execute(text(f'DROP SCHEMA "{new}"'))
    return kept


@contextmanager
def _conninfo(url: URL) -> Generator[str]:
    """``url`` in libpq's words, the password in a file for as long as the block runs."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - part of the extra [postgres]

    said = {str(key): str(value) for key, value in url.query.items()}
    password = str(url.password) if url.password is not None else said.pop("password", None)
    said |= {"dbname": str(url.database)}
    for key, value in (("host", url.host), ("port", url.port), ("user", url.username)):
        if value is not None:
            said[key] = str(value)
    with tempfile.TemporaryDirectory(prefix="khabar-") as folder:
        if password is not None:
            file = Path(folder) / "pgpass"
            file.touch(mode=0o600)
            escaped = password.replace("\\", "\\\\").replace(":", "\\:")
            file.write_text(f"*:*:*:*:{escaped}\n", encoding="utf-8")
            said["passfile"] = str(file)
        yield make_conninfo("", **said)


def _run(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not on PATH. It comes with PostgreSQL's client programs.")
    command = [found, "--no-password", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments, no shell
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise BackupError(f"{program} failed: {said[-1]}")
    return done.stdout
