"""Small facts of the whole bot by key: whether the server knows rich messages, the allow-list, quotas that the owner set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.schema import note
from bot.storage.values import insert, key as checked

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.values import Json


async def get(connection: AsyncConnection, key: str) -> Json:
    """The value of ``key``, None where there is none."""
    found: Json = (await connection.execute(select(note.c.value).where(note.c.key == key))).scalar_one_or_none()
    return found


async def put(tx: AsyncConnection, key: str, value: Json, *, now: datetime) -> None:
    """Keep ``value`` under ``key``, in the place of what was there. Raises ValueError for a key over 96 characters."""
    made = insert(tx, note).values(key=checked(key), value=value, changed_at=now)
    changed = {"value": made.excluded.value, "changed_at": made.excluded.changed_at}
    await tx.execute(made.on_conflict_do_update(index_elements=["key"], set_=changed))


async def delete_key(tx: AsyncConnection, key: str) -> None:
    """Forget ``key``."""
    await tx.execute(delete(note).where(note.c.key == key))


async def purge(tx: AsyncConnection, prefix: str, *, before: datetime) -> int:
    """Forget the keys that begin with ``prefix`` and were last written before ``before``; how many."""
    old = note.c.key.startswith(prefix, autoescape=True) & (note.c.changed_at < before)
    return (await tx.execute(delete(note).where(old))).rowcount
