"""Updates of Telegram, kept before they are acknowledged and until nothing is left to do.

An update's number stays for a while after it is done, so that one that Telegram sends again is known; its payload does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.storage.schema import inbox
from bot.storage.values import JsonObject, insert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """An update as Telegram sent it. ``person_id`` is who caused it, so that ``/privacy`` finds it; None for a channel post."""

    update_id: int
    payload: JsonObject
    person_id: int | None = None


async def accept(tx: AsyncConnection, updates: Sequence[StoredUpdate], *, now: datetime) -> list[int]:
    """Store ``updates``; the numbers of those that were new, rising. Those that were here before, done or not, are ignored."""
    if not updates:
        return []
    # a rising order, so that two processes with the same updates cannot wait for each other
    rows = [
        {"update_id": one.update_id, "person_id": one.person_id, "payload": one.payload, "received_at": now}
        for one in sorted(updates, key=lambda one: one.update_id)
    ]
    statement = insert(tx, inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
    return sorted((await tx.execute(statement, rows)).scalars())


async def unfinished(connection: AsyncConnection, *, limit: int) -> list[StoredUpdate]:
    """At most ``limit`` updates that are not done, by number."""
    rows = await connection.execute(
        select(inbox.c.update_id, inbox.c.payload, inbox.c.person_id)
        .where(inbox.c.done_at.is_(None))
        .order_by(inbox.c.update_id)
        .limit(limit)
    )
    return [StoredUpdate(update_id=row.update_id, payload=row.payload, person_id=row.person_id) for row in rows]


async def get(connection: AsyncConnection, update_id: int) -> StoredUpdate | None:
    """The update, None where it was never here or is done."""
    row = (
        await connection.execute(
            select(inbox.c.payload, inbox.c.person_id).where(inbox.c.update_id == update_id, inbox.c.done_at.is_(None))
        )
    ).one_or_none()
    return None if row is None else StoredUpdate(update_id=update_id, payload=row.payload, person_id=row.person_id)


async def finish(tx: AsyncConnection, update_id: int, *, now: datetime) -> None:
    """Nothing is left to do for the update: its payload goes, its number stays until ``purge``. Twice is harmless."""
    await tx.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.done_at.is_(None))
        .values(done_at=now, payload={}, person_id=None)
    )


async def forget(tx: AsyncConnection, person_id: int, *, now: datetime) -> int:
    """Finish every update of a person, whatever was left to do; how many there were."""
    done = await tx.execute(
        update(inbox).where(inbox.c.person_id == person_id).values(done_at=now, payload={}, person_id=None)
    )
    return done.rowcount


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete updates that were done before ``before``; how many. Telegram keeps an update for 24 hours at most."""
    return (await tx.execute(delete(inbox).where(inbox.c.done_at < before))).rowcount
