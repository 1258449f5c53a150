"""Whose update is handled when, and that it is finished in the inbox once its handlers have ended."""

from __future__ import annotations

import asyncio
import logging
from types import CoroutineType
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor

from bot.delivery.locks import Locks
from bot.storage import inbox
from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.greetings import Greetings
    from bot.handlers.desk import Desk

log = logging.getLogger(__name__)


class PerCaller(BaseUpdateProcessor):
    """Updates of one person in one chat one after the other, all others at once: pieces of a paste keep their order."""

    def __init__(self, greetings: Greetings, most: int = 256) -> None:
        super().__init__(most)
        self._greetings = greetings
        self._turns = Locks()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run ``coroutine`` in its turn."""
        task = asyncio.current_task()
        if not isinstance(update, Update) or task is None:
            await coroutine
            return
        where, who = update.effective_chat, update.effective_user
        self._tasks.add(task)
        begun = False
        try:
            with self._turns.queued((where.id if where else 0, who.id if who else 0)) as turn:
                await turn.wait()
                await self._greetings.shown()
                begun = True
                await coroutine
        finally:
            self._tasks.discard(task)
            if not begun and isinstance(coroutine, CoroutineType):
                coroutine.close()  # handed back before its turn

    def hand_back(self) -> None:
        """Break off what is under way; its updates are not ended, so the next start takes them up."""
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""


class Talking(Application):  # type: ignore[type-arg]
    """PTB's application; an update that its handlers have ended is finished in the inbox, or put off."""

    desk: Desk

    async def process_update(self, update: object) -> None:
        """As PTB does, then finish."""
        await super().process_update(update)
        later = self.desk.later
        if not isinstance(update, Update) or update.update_id in later.held:
            return
        try:
            async with self.desk.database.transaction() as tx:
                await inbox.finish(tx, update.update_id, now=self.desk.now())
        except StorageError as error:
            log.warning("an update has to wait: %s", error)
            later.put_off([update.update_id])
        else:
            later.ended(update.update_id)
