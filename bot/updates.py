"""Updates are stored before they are acknowledged.

Long polling acknowledges a batch with the next ``getUpdates``, a webhook one update with its answer. ``StoringBot`` stores a
batch as it comes in, ``StoringQueue`` an update that a webhook brought, and both let through only what is new: Telegram repeats
whatever it does not know to be received.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.storage import inbox
from bot.storage.errors import StorageError
from bot.storage.inbox import StoredUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.storage.database import Database


class Store:
    """Puts updates into the inbox. ``seen`` are those of this process, so that nothing is stored or worked on twice."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self.seen: set[int] = set()

    async def new(self, updates: Sequence[Update]) -> list[Update]:
        """Those that were not stored before, stored now."""
        fresh = [update for update in updates if update.update_id not in self.seen]
        if not fresh:
            return []
        rows = [
            StoredUpdate(update_id=update.update_id, payload=update.to_dict(), person_id=_sender(update))
            for update in fresh
        ]
        async with self._database.transaction() as tx:
            kept = set(await inbox.accept(tx, rows, now=self._now()))
        self.seen.update(update.update_id for update in fresh)
        if len(self.seen) > 20_000:
            self.seen = set(sorted(self.seen)[-10_000:])
        return [update for update in fresh if update.update_id in kept]


class StoringBot(ExtBot[Any]):
    """PTB's bot, whose ``get_updates`` returns once the updates are stored."""

    __slots__ = ("_store",)

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._store = store

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """New updates; see ``telegram.Bot.get_updates``. Raises ``NetworkError`` where they cannot be stored now.

        PTB then asks again later, and Telegram still has them: what is not stored is not acknowledged.
        """
        try:
            return tuple(await self._store.new(await super().get_updates(*args, **kwargs)))
        except StorageError as error:
            raise NetworkError(f"updates cannot be stored: {error}") from error


class StoringQueue(asyncio.Queue[object]):
    """The queue between PTB's webhook server and its application: ``put`` returns once the update is stored."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    async def put(self, item: object) -> None:
        """Queue an update that is new; one that polling stored already goes straight on."""
        if isinstance(item, Update) and item.update_id not in self._store.seen and not await self._store.new([item]):
            return
        await super().put(item)


def _sender(update: Update) -> int | None:
    return update.effective_user.id if update.effective_user is not None else None
