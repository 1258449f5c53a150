"""Updates are stored before they are acknowledged.

Long polling acknowledges a batch with the next ``getUpdates``, a webhook one update with its answer. ``StoringBot`` stores a
batch as it comes in, ``StoringQueue`` an update that a webhook brought, and only what is new passes the queue: Telegram repeats
whatever it does not know to be received.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.storage import inbox
from bot.storage.errors import StorageError
from bot.storage.inbox import StoredUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.storage.database import Database

_MOST_SEEN: Final = 20_000


class Store:
    """Puts updates into the inbox. ``admitted`` are stored and not yet on their way to the handlers."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self.greet: Callable[[Sequence[Update]], None] = lambda _: None
        """Hears of updates before they are stored."""
        self._seen: set[int] = set()
        self._admitted: set[int] = set()

    async def new(self, updates: Sequence[Update]) -> None:
        """Store ``updates``; those that were not here before are admitted."""
        fresh = [update for update in updates if update.update_id not in self._seen]
        if not fresh:
            return
        self.greet(fresh)
        rows = [
            StoredUpdate(update_id=update.update_id, payload=update.to_dict(), person_id=_sender(update))
            for update in fresh
        ]
        async with self._database.transaction() as tx:
            self._admitted.update(await inbox.accept(tx, rows, now=self._now()))
        self._seen.update(update.update_id for update in fresh)
        if len(self._seen) > _MOST_SEEN:
            self._seen = set(sorted(self._seen)[-_MOST_SEEN // 2 :])

    def again(self, update_id: int) -> None:
        """Admit an update that an earlier process has stored and not ended."""
        self._seen.add(update_id)
        self._admitted.add(update_id)

    async def admits(self, update: Update) -> bool:
        """True once for each update: what came before, by polling or by the webhook, is a repetition."""
        if update.update_id not in self._admitted:
            await self.new([update])
        if update.update_id not in self._admitted:
            return False
        self._admitted.remove(update.update_id)
        return True


class StoringBot(ExtBot[Any]):
    """PTB's bot, whose ``get_updates`` returns once the updates are stored. ``rejected`` hears that the token is."""

    __slots__ = ("_rejected", "_store")

    def __init__(self, *args: Any, store: Store, rejected: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._store, self._rejected = store, rejected

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """All updates that came, stored; see ``telegram.Bot.get_updates``. Raises ``NetworkError`` if they cannot be stored now.

        PTB then asks again later, and Telegram still has them: what is not stored is not acknowledged. What was stored before
        is returned as well, since PTB counts its offset from what it gets; the queue drops it.
        """
        try:
            came = await super().get_updates(*args, **kwargs)
            await self._store.new(came)
        except StorageError as error:
            raise NetworkError(f"updates cannot be stored: {error}") from error
        except InvalidToken:
            self._rejected()  # PTB ends its polling with an error that nobody sees
            raise
        return came


class StoringQueue(asyncio.Queue[object]):
    """The queue between PTB's updater and its application: ``put`` returns once the update is stored."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    async def put(self, item: object) -> None:
        """Queue an update that is new, and whatever is no update."""
        if not isinstance(item, Update) or await self._store.admits(item):
            await super().put(item)


def _sender(update: Update) -> int | None:
    return update.effective_user.id if update.effective_user is not None else None
