"""Everything the bot says, planned before it is sent, so that a second run of the same work says nothing twice.

A delivery has a key that its update or job determines, and parts, each one Bot API call, sent in order::

    plan ─ part pending ─ claim_part → sending ─ part_sent → sent      (the last part sent: the delivery is sent)
                  ↑                       │
                  └──────── release ──────┘   Telegram surely did not get it (429, no connection)
    failed: the delivery and its unsent parts end with a reason

A part that is ``sending`` at start-up was on its way when the process died: only Telegram knows whether it arrived. Payloads
of sent parts are emptied: nothing needs a message's text after it was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, delete, func, select, update

from bot.storage.schema import chat, delivery, part
from bot.storage.values import JsonObject, batched, from_row, insert, key as checked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

DeliveryState = Literal["pending", "sent", "failed"]
PartState = Literal["pending", "sending", "sent", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPart:
    """One Bot API call to make: ``method`` as Telegram names it, ``payload`` its parameters."""

    method: str
    payload: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One Bot API call of a delivery and what came of it. ``number`` counts from 0."""

    number: int
    method: str
    payload: JsonObject
    state: PartState
    message_id: int | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Something that is to be said in a chat, its parts by number."""

    key: str
    chat_id: int
    topic_id: int | None
    state: DeliveryState
    reason: str
    """Why it failed; empty otherwise."""
    created_at: datetime
    done_at: datetime | None
    parts: tuple[Part, ...]

    @property
    def message_ids(self) -> tuple[int, ...]:
        """The messages that it has become so far."""
        return tuple(one.message_id for one in self.parts if one.message_id is not None)


async def plan(
    tx: AsyncConnection,
    key: str,
    *,
    chat_id: int,
    topic_id: int | None = None,
    parts: Sequence[PlannedPart],
    now: datetime,
) -> Delivery:
    """The delivery of ``key``: made of ``parts`` the first time, and returned unchanged, however far it is, every other time.

    A group that became a supergroup is followed: ``Delivery.chat_id`` is the chat to send to. Raises ValueError for no parts or a
    key that is empty or over 96 characters.
    """
    if not parts:
        raise ValueError("a delivery needs a part")
    moved_to = (await tx.execute(select(chat.c.moved_to).where(chat.c.id == chat_id))).scalar_one_or_none()
    made = await tx.execute(
        insert(tx, delivery)
        .values(
            key=checked(key),
            chat_id=moved_to or chat_id,
            topic_id=topic_id,
            state="pending",
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(delivery.c.key)
    )
    if made.scalar_one_or_none() is not None:
        await _add(tx, key, parts, first=0)
    planned = await get(tx, key)
    if planned is None:
        raise RuntimeError("a delivery that was just planned is gone")  # only a purge in the same transaction could
    return planned


async def replan(tx: AsyncConnection, key: str, parts: Sequence[PlannedPart]) -> Delivery | None:
    """Replace the parts that are not sent (Telegram would not take them as they are). None where the delivery is not pending.

    Numbers go on after the sent parts. Raises ValueError for no parts.
    """
    if not parts:
        raise ValueError("a delivery needs a part")
    if await _locked(tx, key) != "pending":
        return None
    await tx.execute(delete(part).where(part.c.delivery_key == key, part.c.state != "sent"))
    last = await tx.execute(select(func.max(part.c.number)).where(part.c.delivery_key == key))
    highest = last.scalar_one()
    await _add(tx, key, parts, first=0 if highest is None else highest + 1)
    return await get(tx, key)


async def claim_part(tx: AsyncConnection, key: str, number: int) -> bool:
    """Pending → sending. False where the part was not pending: somebody else has it, or it is done."""
    return await _step(tx, key, number, "pending", "sending")


async def release(tx: AsyncConnection, key: str, number: int) -> bool:
    """Sending → pending, for a call that Telegram surely did not carry out. False where the part was not sending."""
    return await _step(tx, key, number, "sending", "pending")


async def part_sent(tx: AsyncConnection, key: str, number: int, *, message_id: int | None, now: datetime) -> bool:
    """The part arrived as ``message_id`` (None for a call that makes no message). True where the whole delivery is now sent.

    Twice is harmless: the first message's number stays.
    """
    state = await _locked(tx, key)
    await tx.execute(
        update(part)
        .where(part.c.delivery_key == key, part.c.number == number, part.c.state.in_(("pending", "sending")))
        .values(state="sent", message_id=message_id, sent_at=now, payload={})
    )
    left = select(part.c.number).where(part.c.delivery_key == key, part.c.state != "sent").limit(1)
    if state != "pending" or (await tx.execute(left)).first() is not None:
        return state == "sent"
    await tx.execute(update(delivery).where(delivery.c.key == key).values(state="sent", done_at=now))
    return True


async def failed(tx: AsyncConnection, key: str, *, reason: str, now: datetime) -> None:
    """The delivery cannot be completed: it and its unsent parts end. ``reason`` is for the owner; no user's text in it."""
    await _end(tx, and_(delivery.c.key == key, delivery.c.state == "pending"), reason=reason, now=now)


async def abandon(tx: AsyncConnection, chat_id: int, *, reason: str, now: datetime) -> int:
    """End every pending delivery to a chat that is gone; how many."""
    return await _end(tx, and_(delivery.c.chat_id == chat_id, delivery.c.state == "pending"), reason=reason, now=now)


async def get(connection: AsyncConnection, key: str) -> Delivery | None:
    """The delivery with its parts, None where nothing was planned under ``key``."""
    rows = (await connection.execute(select(delivery).where(delivery.c.key == key))).all()
    return next(iter(await _with_parts(connection, rows)), None)


async def state(connection: AsyncConnection, key: str) -> DeliveryState | None:
    """How far the delivery is, None where nothing was planned under ``key``."""
    found: DeliveryState | None = (
        await connection.execute(select(delivery.c.state).where(delivery.c.key == key))
    ).scalar_one_or_none()
    return found


async def unfinished(
    connection: AsyncConnection, *, chat_id: int | None = None, limit: int | None = None
) -> list[Delivery]:
    """Deliveries that are neither sent nor failed, oldest first, of one chat or of all: what a start has to complete."""
    query = select(delivery).where(delivery.c.state == "pending").order_by(delivery.c.created_at, delivery.c.key)
    if chat_id is not None:
        query = query.where(delivery.c.chat_id == chat_id)
    rows = (await connection.execute(query.limit(limit))).all()
    return await _with_parts(connection, rows)


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete deliveries that ended before ``before``; how many. A key that is planned again after it is sent again."""
    return (
        await tx.execute(delete(delivery).where(delivery.c.state.in_(("sent", "failed")), delivery.c.done_at < before))
    ).rowcount


async def _add(tx: AsyncConnection, key: str, parts: Sequence[PlannedPart], *, first: int) -> None:
    rows = [
        {"delivery_key": key, "number": number, "method": one.method, "payload": one.payload, "state": "pending"}
        for number, one in enumerate(parts, start=first)
    ]
    await tx.execute(part.insert(), rows)


async def _locked(tx: AsyncConnection, key: str) -> DeliveryState | None:
    """The delivery's state, held until the transaction ends (SQLite has one writer anyway)."""
    found: DeliveryState | None = (
        await tx.execute(select(delivery.c.state).where(delivery.c.key == key).with_for_update())
    ).scalar_one_or_none()
    return found


async def _step(tx: AsyncConnection, key: str, number: int, old: PartState, new: PartState) -> bool:
    changed = await tx.execute(
        update(part).where(part.c.delivery_key == key, part.c.number == number, part.c.state == old).values(state=new)
    )
    return changed.rowcount == 1


async def _end(tx: AsyncConnection, which: ColumnElement[bool], *, reason: str, now: datetime) -> int:
    ended = await tx.execute(
        update(delivery).where(which).values(state="failed", reason=reason, done_at=now).returning(delivery.c.key)
    )
    keys = list(ended.scalars())
    for some in batched(keys):
        await tx.execute(
            update(part).where(part.c.delivery_key.in_(some), part.c.state != "sent").values(state="failed", payload={})
        )
    return len(keys)


async def _with_parts(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> list[Delivery]:
    by_key: dict[str, list[Part]] = {row.key: [] for row in rows}
    for some in batched(list(by_key)):
        found = await connection.execute(
            select(part).where(part.c.delivery_key.in_(some)).order_by(part.c.delivery_key, part.c.number)
        )
        for one in found:
            by_key[one.delivery_key].append(from_row(Part, one))
    return [from_row(Delivery, row, parts=tuple(by_key[row.key])) for row in rows]
