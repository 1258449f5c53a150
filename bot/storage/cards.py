"""Digests in chats: what their buttons act on. A button names its card by number, so it works for as long as the card is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select, update

from bot.storage.schema import card as table
from bot.storage.values import Length, insert, is_id, key as checked
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

Shows = Literal["digest", "sources"]
"""The digest, or the article's sentences that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """A card to make. ``delivery`` is the key of the delivery that says it; ``asker_id`` None for a channel's own post."""

    digest_id: int
    chat_id: int
    topic_id: int | None = None
    asker_id: int | None
    language: Language
    length: Length
    shows: Shows = "digest"
    delivery: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(NewCard):
    """A digest as it now stands in a chat: ``messages`` hold it, in order; none until it was sent."""

    id: int
    messages: tuple[int, ...] = ()
    created_at: datetime


async def create(tx: AsyncConnection, new: NewCard, *, now: datetime) -> Card:
    """The card of the delivery: made the first time, returned as it is every other time."""
    made = insert(tx, table).values(
        digest_id=new.digest_id,
        chat_id=new.chat_id,
        topic_id=new.topic_id,
        asker_id=new.asker_id,
        language=new.language.value,
        length=new.length,
        shows=new.shows,
        delivery=checked(new.delivery),
        messages=[],
        created_at=now,
    )
    await tx.execute(made.on_conflict_do_nothing(index_elements=["delivery"]))
    return _card((await tx.execute(select(table).where(table.c.delivery == new.delivery))).one())


async def get(connection: AsyncConnection, card_id: int) -> Card | None:
    """The card, None where it was purged or never was."""
    if not is_id(card_id):
        return None
    row = (await connection.execute(select(table).where(table.c.id == card_id))).one_or_none()
    return None if row is None else _card(row)


async def by_delivery(connection: AsyncConnection, delivery: str) -> Card | None:
    """The card that was said under this key."""
    row = (await connection.execute(select(table).where(table.c.delivery == delivery))).one_or_none()
    return None if row is None else _card(row)


async def show(
    tx: AsyncConnection,
    card_id: int,
    *,
    language: Language | None = None,
    length: Length | None = None,
    digest_id: int | None = None,
    shows: Shows | None = None,
    messages: Sequence[int] | None = None,
) -> Card | None:
    """The card after what is given has changed; None where it is gone. Another length is another digest: give its number."""
    changes: dict[str, Any] = {"language": language and language.value, "length": length}
    changes |= {"digest_id": digest_id, "shows": shows, "messages": None if messages is None else list(messages)}
    changes = {name: value for name, value in changes.items() if value is not None}
    if changes and is_id(card_id):
        await tx.execute(update(table).where(table.c.id == card_id).values(changes))
    return await get(tx, card_id)


def _card(row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        digest_id=row.digest_id,
        chat_id=row.chat_id,
        topic_id=row.topic_id,
        asker_id=row.asker_id,
        language=Language(row.language),
        length=row.length,
        shows=row.shows,
        delivery=row.delivery,
        messages=tuple(row.messages),
        created_at=row.created_at,
    )
