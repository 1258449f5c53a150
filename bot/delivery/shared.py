"""Turns that all processes on one PostgreSQL database share: Telegram counts a bot's calls, whichever machine makes them.

Each chat, and the bot as a whole, has a row with the moment its next call may go at the earliest (the generic cell rate
algorithm, ITU-T I.371): one statement reserves a place and says how long to wait for it. Waits that Telegram asked another
process for are read on the way.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Interval, func, literal, select, type_coerce

from bot.storage.schema import flood
from bot.storage.schema_workers import turn as table
from bot.storage.values import EVERYBODY, chat_scope, insert

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.delivery.limits import Limits
    from bot.storage.database import Database

GROUP_BURST: Final = 4
"""Calls that may come at once in a group; the rest of its minute is spread."""


class SharedTurns:
    """Turns by the database's clock. ``sleep`` waits."""

    def __init__(self, database: Database, limits: Limits, *, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._database, self._limits, self._sleep = database, limits, sleep

    async def turn(self, chat_id: int) -> None:
        """Wait until a call to the chat may go. Raises ``StorageError``."""
        limits = self._limits
        if chat_id < 0:  # groups and channels
            chat, burst = 60 / (limits.group_per_minute - GROUP_BURST), GROUP_BURST
        else:
            chat, burst = 1 / limits.chat_per_second, limits.chat_burst
        async with self._database.transaction() as tx:
            waits = [
                await _reserved(tx, chat_scope(chat_id), chat, burst),
                # the row that everybody wants comes last: it is held the shortest
                await _reserved(tx, EVERYBODY, 1 / limits.per_second, limits.burst),
                await _flood(tx, chat_id),
            ]
        wait = max(waits)
        if wait > timedelta(0):
            await self._sleep(wait.total_seconds())


async def _reserved(tx: AsyncConnection, scope: str, seconds: float, burst: int) -> timedelta:
    """Reserve a place; how long until it has come."""
    step, slack, now = timedelta(seconds=seconds), timedelta(seconds=seconds * (burst - 1)), func.clock_timestamp()
    made = insert(tx, table).values(scope=scope, at=now + literal(step))
    reserved = made.on_conflict_do_update(
        index_elements=["scope"], set_={"at": func.greatest(table.c.at, now) + literal(step)}
    ).returning(type_coerce(table.c.at - literal(step + slack) - now, Interval))
    wait: timedelta = (await tx.execute(reserved)).scalar_one()
    return wait


async def _flood(tx: AsyncConnection, chat_id: int) -> timedelta:
    waits = select(type_coerce(func.max(flood.c.until) - func.clock_timestamp(), Interval)).where(
        flood.c.scope.in_((EVERYBODY, chat_scope(chat_id)))
    )
    wait: timedelta | None = (await tx.execute(waits)).scalar_one_or_none()
    return wait or timedelta(0)
