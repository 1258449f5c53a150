"""A path → a SQLite file in WAL mode, made with its folder if it was not there.

WAL is a property of the file, and switching to it does not wait for other processes as everything else does (the busy handler is
not asked, https://sqlite.org/pragma.html#pragma_journal_mode), so it is done once here and tried again, not by each connection.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

_PAUSE: Final = 0.02


def prepare(path: Path, *, wait_seconds: float) -> None:
    """Make the folder and the file, and switch it to WAL. Raises OSError or ``sqlite3.Error``. Blocks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            with closing(sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)) as connection:
                (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
            continue
        if mode != "wal":
            log.warning("The database's disk knows no write-ahead log (its journal is “%s”): readers will wait.", mode)
        return
