"""What can go wrong with the database, as one family.

::

    StorageError                    anything below; the message is a sentence for the operator, without a password
    ├── DatabaseUrlError            an address that names no database Khabar can use
    ├── UnreachableError            no server, no such database, wrong password, a file that cannot be opened
    ├── ReadOnlyError               the file, the server or the rights allow no writing
    ├── FullError                   no room on the disk
    ├── DamagedError                the file is no SQLite database, or is broken
    ├── BusyError                   others held it for too long, or the server ended the transaction; try again
    ├── OutdatedError               tables or columns are missing: migrations have not run
    ├── NewerDatabaseError          a newer Khabar has changed the database
    └── BackupError                 a backup or a restore was refused or has failed
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError as PoolTimeoutError

if TYPE_CHECKING:
    from collections.abc import Generator


class StorageError(RuntimeError):
    """The database could not do its work; whatever was in the transaction has not happened."""

    retryable: ClassVar[bool] = False
    """True where the same transaction may go through later with nothing done by anybody."""


class DatabaseUrlError(StorageError):
    """The address names no database that Khabar can use."""


class UnreachableError(StorageError):
    """The server, the database or the file cannot be reached or opened."""

    retryable = True


class ReadOnlyError(StorageError):
    """Nothing can be written."""


class FullError(StorageError):
    """The disk is full."""

    retryable = True


class DamagedError(StorageError):
    """The file is no SQLite database, or is broken."""


class BusyError(StorageError):
    """Other writers held the database for too long, or the server ended the transaction to save another."""

    retryable = True


class OutdatedError(StorageError):
    """A table or a column is missing."""


class NewerDatabaseError(StorageError):
    """The database is at a revision that this version of Khabar does not know."""


class BackupError(StorageError):
    """A backup could not be made, or not be restored; nothing has changed."""


_OUTDATED: Final = "The database {place} is not set up for this version of Khabar; its migrations have not run."
_READ_ONLY: Final = "The database {place} cannot be written: it is read-only for Khabar. Check its owner and rights."
_FULL: Final = "There is no room left for the database {place}. Free some space on its disk."
_BUSY: Final = "The database {place} was held by others for too long. The work can be tried again."

_SQLITE: Final[dict[int, tuple[type[StorageError], str]]] = {
    sqlite3.SQLITE_BUSY: (BusyError, _BUSY),
    sqlite3.SQLITE_LOCKED: (BusyError, _BUSY),
    sqlite3.SQLITE_READONLY: (ReadOnlyError, _READ_ONLY),
    sqlite3.SQLITE_PERM: (ReadOnlyError, _READ_ONLY),
    sqlite3.SQLITE_FULL: (FullError, _FULL),
    sqlite3.SQLITE_CORRUPT: (DamagedError, "The database {place} is damaged. Restore it from a backup."),
    sqlite3.SQLITE_NOTADB: (DamagedError, "{place} is a file, but no SQLite database. Name another file."),
    sqlite3.SQLITE_CANTOPEN: (UnreachableError, "The database {place} cannot be opened. Check its folder and rights."),
    sqlite3.SQLITE_IOERR: (UnreachableError, "The disk under the database {place} answers with errors."),
}
"""By primary result code, https://sqlite.org/rescode.html."""

_POSTGRESQL: Final[dict[str, tuple[type[StorageError], str]]] = {
    "25006": (ReadOnlyError, _READ_ONLY),
    "42501": (ReadOnlyError, "The user of the database {place} lacks the rights that Khabar needs."),
    "53100": (FullError, _FULL),
    "42P01": (OutdatedError, _OUTDATED),
    "42703": (OutdatedError, _OUTDATED),
    "40": (BusyError, "The server ended a transaction of the database {place}. The work can be tried again."),
    "53": (BusyError, "The server of the database {place} is out of connections or memory."),
    "55": (BusyError, _BUSY),
    "57": (UnreachableError, "The server of the database {place} is starting, stopping or ended the connection."),
    "08": (UnreachableError, "The connection to the database {place} was lost."),
}
"""By SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


@contextmanager
def told(place: str, *kinds: type[Exception]) -> Generator[None]:
    """Turn what SQLAlchemy raises, and ``kinds``, into ``StorageError``s; a bug of ours (a broken constraint) passes as it is."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, (SQLAlchemyError, *kinds)):
            raise
        known = of(error, place)
        if known is None:
            raise
        raise known from error


def of(error: Exception, place: str) -> StorageError | None:
    """``error`` of the driver or of SQLAlchemy as one of the family; None for a fault that is not the database's state.

    ``place`` is the database's address without its password.
    """
    if isinstance(error, PoolTimeoutError):
        return BusyError(_BUSY.format(place=place))
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return UnreachableError(f"The database {place} cannot be opened: {cause.strerror or cause}.")
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, place)
    if isinstance(error, DBAPIError) and type(cause).__module__.startswith("psycopg"):
        return _of_postgresql(error, place)
    return None


def _of_sqlite(cause: sqlite3.Error, place: str) -> StorageError | None:
    code = getattr(cause, "sqlite_errorcode", None)  # absent where Python's own layer raised it
    if code is not None and (known := _SQLITE.get(code & 0xFF)):
        return known[0](known[1].format(place=place))
    if str(cause).startswith(("no such table", "no such column")) or "has no column named" in str(cause):
        return OutdatedError(_OUTDATED.format(place=place))
    return None


def _of_postgresql(error: DBAPIError, place: str) -> StorageError | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is not None:
        known = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
        return known[0](known[1].format(place=place)) if known else None
    # libpq hands over no SQLSTATE of a connection that was not made, only what the server said, in the server's language
    if type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}:
        if "FATAL" in str(error.orig):
            return UnreachableError(
                f"The server refused a connection to {place}. Check that name, user and password are right."
            )
        return UnreachableError(f"The database {place} cannot be reached. Check the address and that the server runs.")
    return None
