"""Errors for the owner's ``/admin``: when, what class, where. A bounded number, the oldest go first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from bot.storage.schema import incident

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

KEPT: Final = 200
_DETAIL: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that went wrong. ``detail`` is for the owner and holds nothing that a user wrote: the caller sees to it."""

    at: datetime
    code: str
    place: str
    detail: str


async def record(tx: AsyncConnection, one: Incident, *, keep: int = KEPT) -> None:
    """Keep ``one`` and the newest others, ``keep`` in all. Texts that are too long are cut."""
    await tx.execute(
        incident.insert().values(at=one.at, code=one.code[:48], place=one.place[:96], detail=one.detail[:_DETAIL])
    )
    newest = select(incident.c.id).order_by(incident.c.id.desc()).limit(1).offset(keep).scalar_subquery()
    await tx.execute(delete(incident).where(incident.c.id <= newest))


async def recent(connection: AsyncConnection, *, limit: int) -> list[Incident]:
    """The newest ``limit``, newest first."""
    rows = await connection.execute(select(incident).order_by(incident.c.id.desc()).limit(limit))
    return [Incident(at=row.at, code=row.code, place=row.place, detail=row.detail) for row in rows]
