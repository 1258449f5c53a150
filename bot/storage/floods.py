"""Waits that Telegram asked for (429, ``retry_after``), kept so that a restart does not forget them.

A scope is ``EVERYBODY`` (the whole bot) or ``chat_scope(id)``, both from ``bot.storage.values``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, select

from bot.storage.schema import flood
from bot.storage.values import insert

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """Nothing goes to ``scope`` before ``until``."""

    scope: str
    until: datetime


async def active(connection: AsyncConnection, *, now: datetime) -> list[Flood]:
    """All waits that are not over, the longest last: what a start reads."""
    rows = await connection.execute(select(flood).where(flood.c.until > now).order_by(flood.c.until))
    return [Flood(scope=row.scope, until=row.until) for row in rows]


async def until(connection: AsyncConnection, scope: str) -> datetime | None:
    """When the last wait of ``scope`` ends or ended; None where none is stored. A chat's own, without the whole bot's."""
    found: datetime | None = (
        await connection.execute(select(flood.c.until).where(flood.c.scope == scope))
    ).scalar_one_or_none()
    return found


async def set_until(tx: AsyncConnection, scope: str, until: datetime) -> None:
    """Wait until ``until``, or longer where a longer wait is stored."""
    made = insert(tx, flood).values(scope=scope, until=until)
    longer = case((flood.c.until > made.excluded.until, flood.c.until), else_=made.excluded.until)
    await tx.execute(made.on_conflict_do_update(index_elements=["scope"], set_={"until": longer}))


async def clear(tx: AsyncConnection, scope: str) -> None:
    """The wait is over."""
    await tx.execute(delete(flood).where(flood.c.scope == scope))


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete waits that ended before ``before``; how many."""
    return (await tx.execute(delete(flood).where(flood.c.until < before))).rowcount
