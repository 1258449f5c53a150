"""What ``/stats`` shows to a reader, of a chat, and to the owner. Counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from bot.storage import feedback
from bot.storage.schema import chat, person, usage
from bot.storage.values import EVERYBODY, chat_scope, person_scope

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.feedback import FeedbackCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestCounts:
    """Digests on this day (UTC) and since the beginning."""

    today: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerStats:
    """The whole bot. ``digests_by_day`` has every one of the last days, oldest first, days without any included."""

    people: int
    chats: int
    """Chats that can be written to."""
    chats_gone: int
    """Chats that blocked or removed the bot, or are deleted."""
    digests: DigestCounts
    digests_by_day: tuple[tuple[date, int], ...]
    feedback: FeedbackCounts


async def of_person(connection: AsyncConnection, person_id: int, *, now: datetime) -> DigestCounts:
    """Digests that this person asked for."""
    return await _digests(connection, person_scope(person_id), now)


async def of_chat(connection: AsyncConnection, chat_id: int, *, now: datetime) -> DigestCounts:
    """Digests made for this chat."""
    return await _digests(connection, chat_scope(chat_id), now)


async def of_bot(connection: AsyncConnection, *, now: datetime, days: int = 7) -> OwnerStats:
    """Everything for the owner, with the last ``days`` days by day."""
    today = now.astimezone(UTC).date()
    wanted = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    by_day = await connection.execute(
        select(usage.c.day, usage.c.digests).where(usage.c.scope == EVERYBODY, usage.c.day >= wanted[0])
    )
    made = {row.day: row.digests for row in by_day}
    people = (await connection.execute(select(func.count()).select_from(person))).scalar_one()
    open_, gone = (
        await connection.execute(
            select(
                func.count().filter(and_(chat.c.gone == "", chat.c.moved_to.is_(None))),
                func.count().filter(chat.c.gone != ""),
            ).select_from(chat)
        )
    ).one()
    return OwnerStats(
        people=people,
        chats=open_,
        chats_gone=gone,
        digests=await _digests(connection, EVERYBODY, now),
        digests_by_day=tuple((day, made.get(day, 0)) for day in wanted),
        feedback=await feedback.counts(connection),
    )


async def _digests(connection: AsyncConnection, scope: str, now: datetime) -> DigestCounts:
    today = now.astimezone(UTC).date()
    row = (
        await connection.execute(
            select(
                func.coalesce(func.sum(usage.c.digests).filter(usage.c.day == today), 0),
                func.coalesce(func.sum(usage.c.digests), 0),
            ).where(usage.c.scope == scope)
        )
    ).one()
    return DigestCounts(today=int(row[0]), total=int(row[1]))
