"""Digests counted by person, chat and day (UTC): quotas, and the sums of ``/stats``.

A digest is counted before it is made, so that many at once cannot pass a quota together, and given back if it failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select, update

from bot.storage.schema import usage
from bot.storage.values import EVERYBODY, chat_scope, insert, person_scope

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Digests a day; None: no limit."""

    person: int | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What ``take`` answers. Where it is refused nothing was counted. ``day`` is for ``give_back``."""

    granted: bool
    refused_by: Literal["", "person", "chat"] = ""
    limit: int | None = None
    """The quota that refused."""
    day: date


async def take(tx: AsyncConnection, *, person_id: int | None, chat_id: int, quota: Quota, now: datetime) -> Allowance:
    """Count one digest for the person (None: a channel's own), the chat and everybody, unless a quota is used up."""
    day = now.astimezone(UTC).date()
    # always in this order, so that two of them cannot hold what the other waits for
    if not await _count(tx, chat_scope(chat_id), day, quota.chat):
        return Allowance(granted=False, refused_by="chat", limit=quota.chat, day=day)
    if person_id is not None and not await _count(tx, person_scope(person_id), day, quota.person):
        await _uncount(tx, chat_scope(chat_id), day)
        return Allowance(granted=False, refused_by="person", limit=quota.person, day=day)
    await _count(tx, EVERYBODY, day, None)
    return Allowance(granted=True, day=day)


async def give_back(tx: AsyncConnection, *, person_id: int | None, chat_id: int, day: date) -> None:
    """Uncount one digest of ``day``, for one that could not be made. Never below zero."""
    await _uncount(tx, chat_scope(chat_id), day)
    if person_id is not None:
        await _uncount(tx, person_scope(person_id), day)
    await _uncount(tx, EVERYBODY, day)


async def used(connection: AsyncConnection, scope: str, *, day: date) -> int:
    """Digests of ``scope`` on ``day``."""
    found = await connection.execute(select(usage.c.digests).where(usage.c.scope == scope, usage.c.day == day))
    return found.scalar_one_or_none() or 0


async def _count(tx: AsyncConnection, scope: str, day: date, limit: int | None) -> bool:
    if limit is not None and limit < 1:
        return False
    statement = insert(tx, usage).values(scope=scope, day=day, digests=1)
    counted = await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["scope", "day"],
            set_={"digests": usage.c.digests + 1},
            # the row is locked before this is asked, so the last one of a quota is given once
            where=None if limit is None else usage.c.digests < limit,
        ).returning(usage.c.digests)
    )
    return counted.scalar_one_or_none() is not None


async def _uncount(tx: AsyncConnection, scope: str, day: date) -> None:
    await tx.execute(
        update(usage)
        .where(usage.c.scope == scope, usage.c.day == day, usage.c.digests > 0)
        .values(digests=usage.c.digests - 1)
    )
