"""SQLite: the bot's file and its jobs' beside it → one copy that is whole, and back.

A copy is made through SQLite's online backup, while the bot runs, and read through before it counts. The jobs' file is copied
first: a job that the bot's file has not seen ended is run again and its deliveries are known by key, the other way round it would
be lost. Everything here blocks.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from bot.storage import errors, migrations
from bot.storage.errors import BackupError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_MOST_FAULTS: Final = 20
_PART: Final = ".part"
_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def jobs_file(path: Path) -> Path:
    """The file of the jobs of a bot whose own is ``path``."""
    return path.with_name(f"{path.stem}-jobs.sqlite")


def faults(path: Path) -> list[str]:
    """What is wrong with the file: broken pages and indices, references to nothing. Empty where it is whole.

    Raises ``StorageError`` for a file that cannot be read as SQLite at all.
    """
    with errors.told(str(path), OSError, sqlite3.Error), closing(_opened(path)) as connection:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_FAULTS)
    broken = [] if found == ["ok"] else found
    return broken + [f"row {row} of {table} refers to no row of {parent}" for table, row, parent, _ in lost]


def is_empty(path: Path) -> bool:
    """True where there is no file, or one without tables."""
    if not path.exists():
        return True
    with errors.told(str(path), OSError, sqlite3.Error), closing(_opened(path)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def revision(path: Path) -> str | None:
    """The schema's revision that the file is at; None where it is no database of Khabar's. Raises ``StorageError``."""
    with errors.told(str(path), OSError, sqlite3.Error), closing(_opened(path)) as connection:
        kept = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if kept else None
    return None if row is None else str(row[0])


def in_use(path: Path) -> bool:
    """True where another process has the file open; a broken one nobody can use. Raises ``StorageError``."""
    with errors.told(str(path), OSError, sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            # in WAL mode every open connection holds a shared lock on the file itself, an idle one too
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.rollback()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, *_BROKEN}:
                raise
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def backup(path: Path, target: Path) -> list[Path]:
    """Copy the bot's file to ``target`` and its jobs' beside it; the files that were made.

    Raises ``BackupError`` where there is nothing to copy, a file stands in the way, or the copy is not whole; other
    ``StorageError``s as they come. Nothing half made is left.
    """
    if not path.exists():
        raise BackupError(f"There is no database {path} yet.")
    pairs = [(jobs_file(path), jobs_file(target)), (path, target)]
    pairs = [(source, to) for source, to in pairs if source.exists()]
    for _, to in pairs:
        if to.exists():
            raise BackupError(f"{to} exists already. A backup never overwrites anything; name another file.")
    made: list[Path] = []
    try:
        for source, to in pairs:
            _copy(source, to)
            made.append(to)
    except BaseException:
        for one in made:
            one.unlink(missing_ok=True)
        raise
    return made


def restore(path: Path, source: Path, *, replace: bool, now: datetime) -> list[Path]:
    """Put the backup ``source``, and the jobs' beside it, in the place of the bot's files; the old files, kept under new names.

    Raises ``BackupError`` where the backup is no whole database of Khabar's, the bot runs, or there is a database and ``replace``
    is not asked for; then nothing has changed. Jobs without a backup start empty: the bot makes them anew from its inbox.
    """
    if not source.exists():
        raise BackupError(f"There is no file {source}.")
    found = revision(source)
    if found is None:
        raise BackupError(f"{source} is no backup of Khabar's database.")
    if found not in migrations.known():
        raise BackupError(f"{source} was made by a newer Khabar (revision {found}). Install that version first.")
    if not (replace or is_empty(path)):
        raise BackupError(f"The database {path} is not empty. With --replace it is kept aside and replaced.")
    olds = [one for one in (path, jobs_file(path)) if one.exists()]
    for one in olds:
        if in_use(one):
            raise BackupError(f"{one} is in use. Stop the bot and its workers first.")
    pairs = [(source, path), (jobs_file(source), jobs_file(path))]
    pairs = [(one, to) for one, to in pairs if one.exists()]
    ready = [to.with_name(to.name + ".restored") for _, to in pairs]
    try:
        for (one, _), made in zip(pairs, ready, strict=True):
            made.unlink(missing_ok=True)
            _copy(one, made)
        return _swap(ready, [to for _, to in pairs], olds, now)
    finally:
        for made in ready:
            made.unlink(missing_ok=True)


def _swap(ready: list[Path], places: list[Path], olds: list[Path], now: datetime) -> list[Path]:
    """Rename ``olds`` aside and ``ready`` into their places: all of it, or nothing."""
    asides = [old.with_name(f"{old.stem}-before-{now:%Y%m%d-%H%M%S}{old.suffix}") for old in olds]
    moves = [*zip(olds, asides, strict=True), *zip(ready, places, strict=True)]
    done: list[tuple[Path, Path]] = []
    if (there := next((one for one in asides if one.exists()), None)) is not None:
        raise BackupError(f"{there} exists already. Try again in a second.")
    with errors.told(str(places[0]), OSError):
        try:
            for one, to in moves:
                if one in olds:
                    _settle(one)
                # a broken file keeps the log that could not be taken into it
                for ending in ("", "-wal", "-shm"):
                    part, place = one.with_name(one.name + ending), to.with_name(to.name + ending)
                    if part.exists():
                        part.rename(place)
                        done.append((part, place))
        except BaseException:
            for one, to in reversed(done):
                to.rename(one)
            raise
    return asides


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + _PART)
    try:
        with errors.told(str(target), OSError, sqlite3.Error):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            with closing(_opened(source)) as old, closing(sqlite3.connect(part)) as new:
                old.backup(new)
                # one file is all of it: no log to be forgotten when it is carried elsewhere
                new.execute("PRAGMA journal_mode=DELETE")
        if wrong := faults(part):
            raise BackupError(f"The copy of {source} is not whole: {wrong[0]}.")
        with errors.told(str(target), OSError):
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Take the write-ahead log into the file, so that the file alone is all of it."""
    with errors.told(str(path), OSError, sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _BROKEN:
                raise


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise BackupError(f"There is no file {path}.")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
