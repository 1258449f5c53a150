"""One Bot API call in its turn: method and parameters → the result, or ``Refused`` with what the error means.

Waits that Telegram asks for are noted here: for the pacer, and in the database so that a restart keeps them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from telegram.error import TelegramError

from bot.delivery.outcome import Kind, Outcome, classify
from bot.delivery.pacing import Pacer
from bot.storage import floods
from bot.storage.errors import StorageError
from bot.storage.values import EVERYBODY, chat_scope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from telegram import Bot

    from bot.delivery.limits import Limits, Priority
    from bot.delivery.shared import SharedTurns
    from bot.storage.database import Database

log = logging.getLogger(__name__)

_MOST_DOUBLINGS: Final = 10


class Refused(Exception):  # noqa: N818 - an answer
    """The call has no result; ``outcome`` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class Caller:
    """Calls of one bot. ``counts`` says how often what happened: calls, each kind of refusal, ``resent``."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        *,
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        limits: Limits,
        jitter: Callable[[], float],
        shared: SharedTurns | None = None,
    ) -> None:
        self.limits, self.clock, self.wall, self.sleep = limits, clock, wall, sleep
        self._shared = shared
        self.pacer = Pacer(limits, clock=clock, sleep=sleep)
        self.counts: Counter[str] = Counter()
        self._bot, self._database, self._jitter = bot, database, jitter
        self._flooded: dict[int, float] = {}
        self._loaded: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Read the stored waits, once; the first turn does it where nobody has."""
        if self._loaded is None or (self._loaded.done() and (self._loaded.cancelled() or self._loaded.exception())):
            self._loaded = asyncio.create_task(self._load())
        await asyncio.shield(self._loaded)

    async def turn(self, chat_id: int | None, priority: Priority) -> None:
        """Wait until a call to the chat may go; None is for calls that no chat's limit counts."""
        await self.load()
        await self.pacer.turn(chat_id, priority)
        if self._shared is not None and chat_id is not None:
            await self._shared.turn(chat_id)

    async def ask(self, method: str, parameters: Mapping[str, Any], *, chat_id: int | None) -> Any:
        """The call's result, at once: ``turn`` comes before. Raises ``Refused``."""
        self.counts["calls"] += 1
        # python-telegram-bot warns of methods it has a function for; Telegram takes any case, its check does not
        # (https://core.telegram.org/bots/api#making-requests)
        name = method[0].upper() + method[1:]
        try:
            return await self._bot.do_api_request(name, api_kwargs=dict(parameters))
        except TelegramError as error:
            outcome = classify(error)
            self.counts[outcome.kind] += 1
            log.debug("%s: %s (%s)", method, outcome.reason, outcome.detail)
            if outcome.kind is Kind.WAIT:
                await self._flood(chat_id, outcome.seconds)
            raise Refused(outcome) from error

    async def pause(self, tries: int) -> None:
        """Sleep before the next try, longer after each; half of the time is left to chance."""
        doubled = self.limits.backoff * 2 ** min(tries - 1, _MOST_DOUBLINGS)
        await self.sleep(min(self.limits.backoff_most, doubled) * (0.5 + 0.5 * self._jitter()))

    async def _load(self) -> None:
        now = self.wall()
        async with self._database.connect() as connection:
            waits = await floods.active(connection, now=now)
        for wait in waits:
            chat_id = None if wait.scope == EVERYBODY else int(wait.scope.rpartition(":")[2])
            self.pacer.block(chat_id, (wait.until - now).total_seconds())

    async def _flood(self, chat_id: int | None, stated: float | None) -> None:
        """Note a 429: the chat's, or the bot's where it has no chat or many chats get one."""
        limits, now = self.limits, self.clock()
        seconds = (limits.flood_default if stated is None else stated) + limits.flood_jitter * self._jitter()
        scopes: list[int | None] = [chat_id]
        if chat_id is not None:
            self._flooded[chat_id] = now
            self._flooded = {chat: at for chat, at in self._flooded.items() if at > now - limits.flood_window}
            if len(self._flooded) >= limits.flood_chats:
                scopes.append(None)
        log.warning("Telegram asks for a wait of %.0f s %s", seconds, "everywhere" if None in scopes else "in a chat")
        until = self.wall() + timedelta(seconds=seconds)
        for scope in scopes:
            self.pacer.block(scope, seconds)
        try:
            async with self._database.transaction() as tx:
                for scope in scopes:
                    await floods.set_until(tx, EVERYBODY if scope is None else chat_scope(scope), until)
        except StorageError as error:  # the wait holds in this process all the same
            log.warning("a wait could not be stored: %s", error)
