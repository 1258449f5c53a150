"""Whether the Bot API server knows rich messages: assumed until it says otherwise, then asked again once a day.

The answer is a note in the database, so that a restart does not ask again.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.storage import notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from bot.storage.database import Database

NOTE: Final = "rich"


class RichSupport:
    """``off_for`` is how long a refusal holds."""

    def __init__(self, database: Database, *, wall: Callable[[], datetime], off_for: timedelta) -> None:
        self._database, self._wall, self._off_for = database, wall, off_for
        self._off_until: datetime | None = None
        self._read = False

    async def known(self) -> bool:
        """True where rich messages are to be tried."""
        if not self._read:
            async with self._database.connect() as connection:
                kept = await notes.get(connection, NOTE)
            self._off_until = datetime.fromisoformat(kept) if isinstance(kept, str) and kept else None
            self._read = True
        return self._off_until is None or self._off_until <= self._wall()

    async def refused(self) -> None:
        """The server does not know them."""
        self._off_until, self._read = self._wall() + self._off_for, True
        async with self._database.transaction() as tx:
            await notes.put(tx, NOTE, self._off_until.isoformat(), now=self._wall())

    async def worked(self) -> None:
        """The server knows them (again)."""
        if self._off_until is not None:
            self._off_until = None
            async with self._database.transaction() as tx:
                await notes.delete_key(tx, NOTE)
