"""Updates whose handlers met a database that could not be used: they come again, later and later, until it can.

Their handlers may have done a part of it; whatever they say and begin is named after the update, so nothing is said twice.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from bot.storage import inbox
from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.storage.database import Database
    from bot.storage.inbox import StoredUpdate

log = logging.getLogger(__name__)

FIRST_SECONDS: Final = 1.0
MOST_SECONDS: Final = 60.0


class Later:
    """``held`` are updates that are not ended: what is put off, and the first pieces of a paste."""

    def __init__(self, database: Database, *, first_seconds: float = FIRST_SECONDS) -> None:
        self._database, self._first = database, first_seconds
        self.bring: Callable[[StoredUpdate], None] = lambda _: None
        """Hands an update to the handlers once more."""
        self.held: set[int] = set()
        self._tries: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put_off(self, update_ids: Sequence[int]) -> None:
        """Bring these again together, after a wait that doubles with each time up to ``MOST_SECONDS``."""
        self.held.update(update_ids)
        for number in update_ids:
            self._tries[number] = self._tries.get(number, 0) + 1
        tries = max(self._tries[number] for number in update_ids)
        wait = min(self._first * 2 ** min(tries - 1, 16), MOST_SECONDS)
        task = asyncio.ensure_future(self._again(wait, update_ids))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def ended(self, update_id: int) -> None:
        """Nothing is left to do for it."""
        self.held.discard(update_id)
        self._tries.pop(update_id, None)

    def close(self) -> None:
        """Bring nothing more; the next start takes up what is left."""
        for task in self._tasks:
            task.cancel()

    async def _again(self, wait: float, update_ids: Sequence[int]) -> None:
        await asyncio.sleep(wait)
        try:
            async with self._database.connect() as connection:
                stored = [await inbox.get(connection, number) for number in update_ids]
        except StorageError as error:
            log.warning("updates have to wait on: %s", error)
            self.put_off(update_ids)
            return
        for number, one in zip(update_ids, stored, strict=True):
            self.held.discard(number)
            if one is None:  # somebody had it forgotten
                self._tries.pop(number, None)
            else:
                self.bring(one)
