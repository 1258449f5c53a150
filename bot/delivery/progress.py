"""What is being done at the moment, shown in a chat until the result comes: drafts, or one message that is edited.

Texts come faster than Telegram takes them: ``say`` never waits, and only the newest text is shown.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.delivery.errors import DeliveryFailed
from bot.delivery.waiting import nap
from bot.storage import outbox
from bot.storage.outbox import PlannedPart

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.delivery.limits import Limits
    from bot.delivery.momentary import Momentary
    from bot.storage.database import Database

log = logging.getLogger(__name__)

OVER = "no longer needed"
"""Why a progress message that was planned is not sent any more."""


class Progress:
    """``start``, ``say`` what is done, ``end``. Made by ``Delivery.progress``; ``post`` sends the first message durably."""

    def __init__(
        self,
        momentary: Momentary,
        database: Database,
        key: str,
        chat_id: int,
        *,
        topic_id: int | None,
        post: Callable[[PlannedPart], Awaitable[int | None]],
        limits: Limits,
        wall: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._momentary, self._database, self._post = momentary, database, post
        self.chat_id = chat_id
        self._key, self._topic_id = key, topic_id
        self._limits, self._wall, self._sleep = limits, wall, sleep
        self._draft_id = zlib.crc32(key.encode()) >> 1 or 1  # not 0, and positive in 32 bits
        self._text: str | None = None
        self._news = asyncio.Event()
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Show that work has begun; returns at once."""
        self._news.set()
        self._task = asyncio.create_task(self._show(), name="progress")

    async def say(self, text: str) -> None:
        """Show ``text`` as soon as Telegram's limits allow it, unless a newer one has come by then."""
        self._text = text
        self._news.set()

    async def pause(self) -> None:
        """Show nothing more in this process; the next one goes on. What failed in showing is of no more use."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def end(self) -> int | None:
        """Show nothing more. The message that showed it, for ``edit`` to put the result in its place; None where drafts did.

        Raises ``TokenRejected``.
        """
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError, DeliveryFailed):
                await task
        # a first message that waits for its turn must not come after the result
        async with self._database.transaction() as tx:
            posted = await outbox.get(tx, self._key)
            if posted is not None and posted.state == "pending":
                await outbox.failed(tx, self._key, reason=OVER, now=self._wall())
        return posted.message_ids[-1] if posted is not None and posted.message_ids else None

    async def _show(self) -> None:
        if await self._as_drafts():
            return
        await self._momentary.typing(self.chat_id, self._topic_id)
        await self._news_of_text()
        message_id = await self._post(self._part())
        while message_id is not None:
            await self._sleep(self._limits.progress_pause)
            await self._news.wait()
            self._news.clear()
            if not await self._momentary.change(self.chat_id, message_id, self._part()):
                log.debug("progress could not be shown")

    async def _as_drafts(self) -> bool:
        """Drafts, renewed before they vanish; False as soon as one fails."""
        while True:
            self._news.clear()
            if not await self._momentary.draft(self.chat_id, self._draft_id, self._part(), self._topic_id):
                self._news.set()
                return False
            await nap(self._sleep, self._limits.draft_refresh, self._news)

    async def _news_of_text(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if self._text is not None:
                return

    def _part(self) -> PlannedPart:
        return PlannedPart(method="sendMessage", payload={"text": self._text} if self._text else {})
