"""The door of delivery: what handlers and jobs call to say something.

What must arrive goes through the outbox under a key that the update or job determines (``send``, ``edit``); what only matters
now does not (``answer``, ``typing``, ``draft``, ``progress``) and never raises but for ``TokenRejected``.
"""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.delivery.caller import Caller
from bot.delivery.errors import DeliveryFailed
from bot.delivery.limits import Limits, Priority
from bot.delivery.locks import Locks
from bot.delivery.momentary import Momentary
from bot.delivery.parts import addressed, edited, is_rich, remembering
from bot.delivery.progress import Progress
from bot.delivery.rich_support import RichSupport
from bot.delivery.runner import TOO_OLD, Runner
from bot.storage import outbox

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
    from datetime import datetime

    from telegram import Bot

    from bot.delivery.shared import SharedTurns
    from bot.storage.database import Database
    from bot.storage.outbox import PlannedPart
    from bot.storage.values import JsonObject

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The messages that a delivery has become, in order."""

    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What became of the deliveries that a start found unfinished; ``too_old`` are not among ``failed``."""

    sent: int
    failed: int
    too_old: int


class Delivery:
    """Says things in chats through ``bot``, which must be initialized.

    ``clock`` is monotonic seconds and ``sleep`` waits by it, ``wall`` is the aware time of day, ``jitter`` draws from 0 to 1.
    ``shared`` is for several processes that speak as one bot.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        *,
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        limits: Limits,
        jitter: Callable[[], float] = random.random,
        shared: SharedTurns | None = None,
    ) -> None:
        self._database, self._limits = database, limits
        self._caller = Caller(
            bot, database, clock=clock, wall=wall, sleep=sleep, limits=limits, jitter=jitter, shared=shared
        )
        self._rich = RichSupport(database, wall=wall, off_for=limits.rich_off)
        self._runner = Runner(self._caller, database, self._rich)
        self._momentary = Momentary(self._caller)
        self._keys, self._chats = Locks(), Locks()

    @property
    def counts(self) -> Counter[str]:
        """How often what happened: ``calls``, ``resent``, ``failed`` and each kind of refusal (``Kind``)."""
        return self._caller.counts

    async def rich(self) -> bool:
        """True where the server is thought to know rich messages."""
        return await self._rich.known()

    async def send(
        self,
        key: str,
        chat_id: int,
        parts: Sequence[PlannedPart],
        *,
        fallback: Sequence[PlannedPart] = (),
        topic_id: int | None = None,
        reply_to: int | None = None,
        keyboard: JsonObject | None = None,
        silent: bool = False,
        priority: Priority = Priority.INTERACTIVE,
    ) -> Sent:
        """Say ``parts`` once, however often ``key`` comes; the buttons (an ``InlineKeyboardMarkup``) go under the last.

        ``fallback`` is the same content for a server without rich messages. It may wait for hours where Telegram asks for it.
        Raises ``DeliveryError``.
        """

        def planned(content: Sequence[PlannedPart]) -> list[PlannedPart]:
            return addressed(content, reply_to=reply_to, keyboard=keyboard, silent=silent)

        return await self._deliver(key, chat_id, parts, fallback, planned, topic_id=topic_id, priority=priority)

    async def edit(
        self,
        key: str,
        chat_id: int,
        message_ids: Sequence[int],
        parts: Sequence[PlannedPart],
        keyboard: JsonObject | None = None,
        *,
        fallback: Sequence[PlannedPart] = (),
        topic_id: int | None = None,
        priority: Priority = Priority.INTERACTIVE,
    ) -> Sent:
        """Put ``parts`` in the place of the bot's messages, once for each ``key``; the messages that now hold them.

        Left-over messages are deleted, left-over parts sent below. Messages that cannot be edited are sent anew, with those
        that follow them. Raises ``DeliveryError``.
        """

        def planned(content: Sequence[PlannedPart]) -> list[PlannedPart]:
            return edited(message_ids, content, keyboard=keyboard)

        return await self._deliver(key, chat_id, parts, fallback, planned, topic_id=topic_id, priority=priority)

    async def resume(self, *, but: Container[str] = ()) -> Resumed:
        """Complete what an earlier process has left unfinished, oldest first. Raises ``TokenRejected``.

        ``but`` are keys of jobs that are not ended: whoever runs them says what they have to say.
        """
        await self._caller.load()
        async with self._database.connect() as connection:
            found = [one for one in await outbox.unfinished(connection) if not _owned(one.key, but)]
        if found:
            log.info("%d unfinished deliveries are completed", len(found))
        # tasks begin in this order, and a chat's lock keeps it: one chat that has to wait stops no other
        tasks = [asyncio.create_task(self._completed(one.key, one.chat_id)) for one in found]
        try:
            ended = await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
        sent, old = ended.count(""), ended.count(TOO_OLD)
        return Resumed(sent=sent, failed=len(ended) - sent - old, too_old=old)

    async def answer(self, callback_query_id: str, text: str = "", *, alert: bool = False) -> bool:
        """Answer a press. False where it could not be answered, mostly because it is too old."""
        return await self._momentary.answer(callback_query_id, text, alert=alert)

    async def answer_inline(
        self, inline_query_id: str, results: Sequence[JsonObject], **options: Mapping[str, Any] | float | str | bool
    ) -> bool:
        """Answer an inline query with ``InlineQueryResult``s; ``options`` as ``answerInlineQuery`` names them."""
        return await self._momentary.answer_inline(inline_query_id, results, options)

    async def typing(self, chat_id: int, topic_id: int | None = None) -> bool:
        """Show for five seconds that the bot is at work."""
        return await self._momentary.typing(chat_id, topic_id)

    async def draft(self, chat_id: int, draft_id: int, part: PlannedPart, *, topic_id: int | None = None) -> bool:
        """Show ``part`` as a draft for half a minute. False where the chat takes none, at once while it is known not to."""
        return await self._momentary.draft(chat_id, draft_id, part, topic_id)

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete messages of the bot where Telegram lets it."""
        return await self._momentary.delete(chat_id, message_ids)

    def progress(self, key: str, chat_id: int, *, topic_id: int | None = None, reply_to: int | None = None) -> Progress:
        """Show what is being done, as drafts where the chat takes them, else as one message under ``key`` that is edited."""

        async def post(part: PlannedPart) -> int | None:
            sent = await self.send(key, chat_id, [part], topic_id=topic_id, reply_to=reply_to, silent=True)
            return sent.message_ids[0] if sent.message_ids else None

        return Progress(
            self._momentary, self._database, key, chat_id, topic_id=topic_id, post=post, limits=self._limits,
            wall=self._caller.wall, sleep=self._caller.sleep,
        )  # fmt: skip

    async def _deliver(
        self,
        key: str,
        chat_id: int,
        parts: Sequence[PlannedPart],
        fallback: Sequence[PlannedPart],
        planned: Callable[[Sequence[PlannedPart]], list[PlannedPart]],
        *,
        topic_id: int | None,
        priority: Priority,
    ) -> Sent:
        with self._chats.queued(chat_id) as place:
            stored = await self._plan(key, chat_id, parts, fallback, planned, topic_id=topic_id)
            if stored.state == "sent":
                return Sent(message_ids=stored.message_ids)
            await place.wait()
            if stored.chat_id == chat_id:
                return await self._complete(key, priority)
            with self._chats.queued(stored.chat_id) as moved:  # the group has become a supergroup
                await moved.wait()
                return await self._complete(key, priority)

    async def _plan(
        self,
        key: str,
        chat_id: int,
        parts: Sequence[PlannedPart],
        fallback: Sequence[PlannedPart],
        planned: Callable[[Sequence[PlannedPart]], list[PlannedPart]],
        *,
        topic_id: int | None,
    ) -> outbox.Delivery:
        rich = any(map(is_rich, parts))
        if fallback and rich and not await self._rich.known():
            made = planned(fallback)
        else:
            made = planned(parts)
            if made and fallback and rich:
                made[0] = remembering(made[0], fallback=tuple(planned(fallback)))
        async with self._database.transaction() as tx:
            return await outbox.plan(tx, key, chat_id=chat_id, topic_id=topic_id, parts=made, now=self._caller.wall())

    async def _completed(self, key: str, chat_id: int) -> str:
        """Why it failed; empty where it was sent."""
        with self._chats.queued(chat_id) as place:
            await place.wait()
            try:
                await self._complete(key, Priority.INTERACTIVE)
            except DeliveryFailed as failed:
                return failed.reason
        return ""

    async def _complete(self, key: str, priority: Priority) -> Sent:
        """Complete a delivery whose chat's turn it is. The key's own queue is for a chat that moves meanwhile."""
        with self._keys.queued(key) as place:
            await place.wait()
            done = await self._runner.complete(key, priority)
        return Sent(message_ids=done.message_ids)


def _owned(key: str, jobs: Container[str]) -> bool:
    """True for a delivery of a job: its key is the job's, with a suffix or without."""
    return key in jobs or key.rpartition(":")[0] in jobs
