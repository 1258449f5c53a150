"""Translations that were made once are not made again: a cache around any back-end.

The key is the sha256 of everything that an output depends on: text, languages, back-end, model revision, termbase version, the
names that the back-end was told, its setting. The value is what the back-end said, before repair and checks: those are cheap,
and they change with the code. Failures are not kept.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Protocol

from pipelines.actors.termbase import FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.errors import BackendError
    from pipelines.languages import Language
    from pipelines.translate.base import NameUse, TranslationRequest, Translator

log = logging.getLogger(__name__)

MAX_ROWS: Final = 200_000
"""About 100 MB of sentences; the oldest go first."""
_TRIM_EVERY: Final = 500
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS translation (key TEXT PRIMARY KEY, text TEXT NOT NULL, made INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS translation_made ON translation (made);
"""


class TranslationCache(Protocol):
    """Where translations are kept; the application's storage can be one."""

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """The texts that are there, by key."""
        ...

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep ``texts`` by key."""
        ...


class SqliteCache:
    """A cache in one SQLite file, safe for threads and for several processes. ``now`` answers seconds since the epoch.

    A file that cannot be used (damaged, no rights, full disk) is said once in the log and then done without: a cache is no
    reason to lose a translation.
    """

    def __init__(self, path: Path, *, now: Callable[[], float], max_rows: int = MAX_ROWS) -> None:
        self._path, self._now, self._max_rows = path, now, max_rows
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._unusable = False
        self._put = 0

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """The texts that are there, by key."""
        found: dict[str, str] = {}
        with self._lock:
            try:
                for start in range(0, len(keys), 500):  # SQLite takes 999 parameters and more; 500 is sure
                    some = keys[start : start + 500]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT key, text FROM translation WHERE key IN ({marks})"  # noqa: S608 - only marks
                    if (connection := self._open()) is not None:
                        found.update(connection.execute(query, some).fetchall())
            except sqlite3.Error as error:
                self._give_up(error)
        return found

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep ``texts`` by key."""
        with self._lock:
            try:
                if texts and (connection := self._open()) is not None:
                    made = int(self._now())
                    with connection:
                        rows = [(key, text, made) for key, text in texts.items()]
                        connection.executemany("INSERT OR REPLACE INTO translation VALUES (?, ?, ?)", rows)
                        self._put += len(rows)
                        if self._put >= _TRIM_EVERY:
                            self._trim(connection)
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._unusable:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise sqlite3.OperationalError(str(error)) from error
            connection = sqlite3.connect(self._path, timeout=10, check_same_thread=False)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.executescript(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _trim(self, connection: sqlite3.Connection) -> None:
        self._put = 0
        (rows,) = connection.execute("SELECT count(*) FROM translation").fetchone()
        if rows > self._max_rows:
            connection.execute(
                "DELETE FROM translation WHERE key IN (SELECT key FROM translation ORDER BY made LIMIT ?)",
                (rows - self._max_rows,),
            )

    def _give_up(self, error: sqlite3.Error) -> None:
        log.warning("The translation cache cannot be used and is left out (%s).", error)
        self._unusable = True
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class CachedTranslator:
    """A back-end whose answers are kept in ``cache``; a ``Translator`` itself."""

    def __init__(self, translator: Translator, cache: TranslationCache) -> None:
        self._translator, self._cache = translator, cache

    @property
    def name(self) -> str:
        """The back-end's name."""
        return self._translator.name

    @property
    def revision(self) -> str:
        """The back-end's revision."""
        return self._translator.revision

    @property
    def names(self) -> NameUse:
        """How the back-end uses names."""
        return self._translator.names

    def supports(self, source: Language, target: Language) -> bool:
        """As the back-end says."""
        return self._translator.supports(source, target)

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request; a text asked for twice is translated once."""
        keys = [cache_key(request, self._translator) for request in requests]
        known = self._cache.get(sorted(set(keys)))
        wanted = {key: request for key, request in zip(keys, requests, strict=True) if key not in known}
        answers = dict(zip(wanted, self._translator.translate(list(wanted.values())), strict=True)) if wanted else {}
        self._cache.put({key: answer for key, answer in answers.items() if isinstance(answer, str)})
        return [known[key] if key in known else answers[key] for key in keys]

    def close(self) -> None:
        """Free the back-end's memory."""
        self._translator.close()


def cache_key(request: TranslationRequest, translator: Translator) -> str:
    """Sha256 of everything that the output depends on, hexadecimal."""
    told = [(lock.text, lock.forms) for lock in request.names] if translator.names == "glossary" else []
    parts = (
        request.text, request.source.value, request.target.value, translator.name, translator.revision, termbase_version(),
        told, request.context, request.careful,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@cache
def termbase_version() -> str:
    """Sha256 of the termbase's files, hexadecimal: a name mended there makes old translations stale."""
    digest = hashlib.sha256()
    for name in ("countries", *FILES):
        digest.update(resources.files("pipelines").joinpath("data", "termbase", f"{name}.tsv").read_bytes())
    return digest.hexdigest()
