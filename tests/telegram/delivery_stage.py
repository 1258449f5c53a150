"""A stage for delivery: the fake Bot API over real HTTP, a real database, and a time that passes only when all is quiet."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, cast

from bot.delivery import Delivery, Limits, PlannedPart
from bot.storage import incidents, outbox
from bot.storage.database import Database
from bot.storage.migrations import upgrade
from tests.telegram.fake import FakeTelegram
from tests.telegram.fake.ptb import ptb_bot

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection
    from telegram import Bot

    from tests.telegram.fake import Chat

Result = TypeVar("Result")
PTB_SAYS = "ignore::telegram.warnings.PTBDeprecationWarning"
"""python-telegram-bot warns with every 429 that its ``retry_after`` will be a timedelta one day."""
QUIET = 25
"""Rounds of the loop without a call or a query under way after which nothing can happen but by time."""
EPOCH = datetime(2026, 11, 25, 9, tzinfo=UTC)


@dataclass(slots=True)
class Time:
    """Time that ``passing`` moves from sleeper to sleeper. What is under way (``busy``) holds it."""

    now: float = 1000.0
    grain: float = 0.0
    """With a grain, whoever sleeps until less than that after the first wakes with it: coarser, but calls overlap."""
    under_way: int = 0
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def clock(self) -> float:
        return self.now

    def wall(self) -> datetime:
        return EPOCH + timedelta(seconds=self.now)

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now + seconds, next(self._numbers), future))
        await future

    @asynccontextmanager
    async def busy(self) -> AsyncGenerator[None]:
        self.under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self.under_way -= 1
            if not self.under_way:
                self._idle.set()

    async def passing(self, work: Awaitable[Result]) -> Result:
        """The result of ``work``, time passing meanwhile."""
        task = asyncio.ensure_future(work)
        quiet = 0
        async with asyncio.timeout(60):
            while not task.done():
                if self.under_way:
                    idle = asyncio.ensure_future(self._idle.wait())
                    await asyncio.wait({task, idle}, return_when=asyncio.FIRST_COMPLETED)
                    idle.cancel()
                    quiet = 0
                await asyncio.sleep(0)
                quiet += 1
                if quiet > QUIET and self._wake():
                    quiet = 0
        return await task

    async def comes(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Let everything run, without time passing, until ``true`` says so."""
        async with asyncio.timeout(20):
            while not await true():  # noqa: ASYNC110 - what it looks at has no event, and nothing is waited for but the loop
                await asyncio.sleep(0)

    async def pass_until(self, moment: float) -> None:
        """Let time pass to ``moment``."""
        await self.passing(self.sleep(moment - self.now))

    def _wake(self) -> bool:
        while self._sleepers and self._sleepers[0][2].done():
            heappop(self._sleepers)
        if not self._sleepers:
            return False
        self.now = max(self.now, self._sleepers[0][0] + self.grain)
        while self._sleepers and self._sleepers[0][0] <= self.now:
            future = heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)
        return True


class WatchedDatabase(Database):
    """A database whose work holds the time."""

    time: Time

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        async with self.time.busy(), super().transaction() as tx:
            yield tx

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[AsyncConnection]:
        async with self.time.busy(), super().connect() as connection:
            yield connection


class WatchedBot:
    """A python-telegram-bot whose calls hold the time."""

    def __init__(self, bot: Bot, time: Time) -> None:
        self.bot, self.time = bot, time

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any]) -> Any:
        async with self.time.busy():
            return await self.bot.do_api_request(endpoint, api_kwargs=api_kwargs)


@dataclass(slots=True)
class Stage:
    api: FakeTelegram
    bot: Bot
    database: WatchedDatabase
    time: Time

    def delivery(self, limits: Limits | None = None, *, bot: Bot | None = None) -> Delivery:
        """A new process's delivery, on the same database; chance draws 0."""
        return Delivery(
            cast("Bot", WatchedBot(bot or self.bot, self.time)),
            self.database,
            clock=self.time.clock,
            wall=self.time.wall,
            sleep=self.time.sleep,
            limits=limits or Limits(),
            jitter=lambda: 0.0,
        )

    def person(self, name: str = "Zarghuna") -> Chat:
        """The chat of a new user who has spoken to the bot."""
        user = self.api.user(name)
        chat = self.api.private(user)
        self.api.say(user, chat, "salaam")
        return chat

    def said(self, chat: Chat) -> list[str]:
        """Texts of the bot's messages that stand in a chat."""
        return [message.plain for message in self.api.messages(chat)]

    async def row(self, key: str) -> outbox.Delivery:
        async with self.database.connect() as connection:
            found = await outbox.get(connection, key)
        assert found is not None
        return found

    async def incidents(self) -> list[str]:
        async with self.database.connect() as connection:
            return [one.code for one in await incidents.recent(connection, limit=50)]

    async def plan(self, key: str, chat: Chat, *parts: PlannedPart) -> None:
        """What a process leaves that died after it had planned."""
        async with self.database.transaction() as tx:
            await outbox.plan(tx, key, chat_id=chat.id, parts=parts, now=self.time.wall())

    async def claim(self, key: str, number: int) -> None:
        """What a process leaves that died with a call on its way."""
        async with self.database.transaction() as tx:
            assert await outbox.claim_part(tx, key, number)


@asynccontextmanager
async def stage(folder: Path, *, rich: bool = True) -> AsyncIterator[Stage]:
    """A server, a bot and an empty database. No test may leave a violation or a breach behind."""
    time = Time()
    api = FakeTelegram(clock=time.clock, wall=lambda: time.wall().timestamp(), rich=rich)
    database = WatchedDatabase(f"sqlite:///{folder / 'khabar.db'}")
    database.time = time
    async with database, api, ptb_bot(api) as bot:
        await upgrade(database)
        yield Stage(api, bot, database, time)
        assert not api.breaches


def texts(*said: str) -> list[PlannedPart]:
    return [PlannedPart(method="sendMessage", payload={"text": text}) for text in said]


def rich(*html: str) -> list[PlannedPart]:
    return [PlannedPart(method="sendRichMessage", payload={"rich_message": {"html": one}}) for one in html]


def buttons(data: str = "x") -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Button", "callback_data": data}]]}
