"""Subscriptions: what a channel or a forum topic gets, and when it is due next. One per chat and topic.

``due_at`` is kept here so that one index answers what is due among all channels: ``save``, ``enable`` and ``advance`` set it,
``disable`` and a chat that is gone (``settlers``) clear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete as remove, select, update

from bot.digests import schedule as schedules
from bot.storage.schema_digests import subscription as table, subscription_feed
from bot.storage.values import Length, batched, insert, is_id
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.digests.schedule import Schedule

MOST_ITEMS: Final = 20
MOST_SOURCES: Final = 5
MOST_TERMS: Final = 100
MOST_FEEDS: Final = 500
TERM_CHARACTERS: Final = 100
HEADING_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """What an admin chose for a channel, or for ``topic_id`` of a forum. Raises ValueError with a sentence for what cannot be."""

    chat_id: int
    topic_id: int | None = None
    enabled: bool = False
    feeds: tuple[int, ...] = ()
    """Numbers of feeds, each once."""
    languages: tuple[Language, ...]
    """The channel's languages, the first one first; at least one."""
    schedule: Schedule
    length: Length = "short"
    most_items: int = 7
    include: tuple[str, ...] = ()
    """Plain words: only what has one of them."""
    exclude: tuple[str, ...] = ()
    least_sources: int = 1
    heading: str = ""
    """Empty: the default one."""
    say_when_empty: bool = False
    created_by: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "feeds", tuple(dict.fromkeys(self.feeds)))
        object.__setattr__(self, "languages", tuple(dict.fromkeys(self.languages)))
        if not self.languages:
            raise ValueError("A subscription needs a language.")
        if not 1 <= self.most_items <= MOST_ITEMS:
            raise ValueError(f"An issue has 1 to {MOST_ITEMS} items, not {self.most_items}.")
        if not 1 <= self.least_sources <= MOST_SOURCES:
            raise ValueError(f"The least number of sources is 1 to {MOST_SOURCES}, not {self.least_sources}.")
        if len(self.feeds) > MOST_FEEDS:
            raise ValueError(f"A subscription has up to {MOST_FEEDS} feeds, not {len(self.feeds)}.")
        if len(self.include) + len(self.exclude) > MOST_TERMS:
            raise ValueError(f"A subscription has up to {MOST_TERMS} terms.")
        if any(not term.strip() or len(term) > TERM_CHARACTERS for term in (*self.include, *self.exclude)):
            raise ValueError(f"A term has 1 to {TERM_CHARACTERS} characters.")
        if len(self.heading) > HEADING_CHARACTERS:
            raise ValueError(f"A heading has up to {HEADING_CHARACTERS} characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(NewSubscription):
    """A subscription that is kept. ``due_at`` is None while it is disabled; ``last_slot`` is the last one with an issue."""

    id: int
    reason: str = ""
    """Why Khabar itself disabled it: blocked, kicked, deleted…; empty where a person did, or while it is enabled."""
    created_at: datetime
    due_at: datetime | None = None
    last_slot: datetime | None = None


async def save(tx: AsyncConnection, new: NewSubscription, *, now: datetime) -> Subscription:
    """The subscription of the chat and topic, made or changed to ``new``, which may be a changed ``Subscription``.

    Who made it and its last slot stay; ``due_at`` stays where the schedule does. Raises IntegrityError for a feed that is none.
    """
    old = await of_topic(tx, new.chat_id, new.topic_id)
    goes_on = old is not None and old.enabled and old.schedule == new.schedule
    due = old.due_at if old and goes_on else schedules.next_slot(new.schedule, now)
    values: dict[str, Any] = {
        "enabled": new.enabled,
        "languages": [language.value for language in new.languages],
        "schedule": schedules.encode(new.schedule),
        "length": new.length,
        "most_items": new.most_items,
        "include": list(new.include),
        "exclude": list(new.exclude),
        "least_sources": new.least_sources,
        "heading": new.heading,
        "say_when_empty": new.say_when_empty,
        "due_at": due if new.enabled else None,
    }
    if new.enabled:
        values["reason"] = ""
    made = insert(tx, table).values(
        chat_id=new.chat_id, topic_id=new.topic_id or 0, created_by=new.created_by, created_at=now, **values
    )
    kept = await tx.execute(
        made.on_conflict_do_update(index_elements=["chat_id", "topic_id"], set_=values).returning(table.c.id)
    )
    number: int = kept.scalar_one()
    if old is None or old.feeds != new.feeds:
        await set_feeds(tx, number, new.feeds)
    saved = await get(tx, number)
    if saved is None:
        raise RuntimeError("a subscription that was just saved is gone")
    return saved


async def get(connection: AsyncConnection, subscription_id: int) -> Subscription | None:
    """The subscription, None where there is none of this number."""
    if not is_id(subscription_id):
        return None
    return next(iter(await _read(connection, select(table).where(table.c.id == subscription_id))), None)


async def of_topic(connection: AsyncConnection, chat_id: int, topic_id: int | None = None) -> Subscription | None:
    """The subscription of this topic, or of the chat as a whole for None."""
    query = select(table).where(table.c.chat_id == chat_id, table.c.topic_id == (topic_id or 0))
    return next(iter(await _read(connection, query)), None)


async def of_chat(connection: AsyncConnection, chat_id: int) -> list[Subscription]:
    """The subscriptions of a chat: its own, then those of its topics."""
    return await _read(connection, select(table).where(table.c.chat_id == chat_id).order_by(table.c.topic_id))


async def of_feed(connection: AsyncConnection, feed_id: int) -> list[Subscription]:
    """The subscriptions that read a feed: who is told that it was disabled."""
    reads = select(subscription_feed.c.subscription_id).where(subscription_feed.c.feed_id == feed_id)
    return await _read(connection, select(table).where(table.c.id.in_(reads)).order_by(table.c.id))


async def all_subscriptions(connection: AsyncConnection) -> list[Subscription]:
    """Every subscription, as they were made."""
    return await _read(connection, select(table).order_by(table.c.id))


async def delete(tx: AsyncConnection, subscription_id: int) -> bool:
    """Delete it with its issues; False where there was none. Its feeds stay."""
    return (await tx.execute(remove(table).where(table.c.id == subscription_id))).rowcount == 1


async def enable(tx: AsyncConnection, subscription_id: int, *, now: datetime) -> Subscription | None:
    """Post from the next slot on; None where it is gone. One that is enabled stays as it is."""
    found = await get(tx, subscription_id)
    if found is not None and not found.enabled:
        due_at = schedules.next_slot(found.schedule, now)
        await _set(tx, subscription_id, enabled=True, reason="", due_at=due_at)
    return await get(tx, subscription_id)


async def disable(tx: AsyncConnection, subscription_id: int, *, reason: str = "") -> Subscription | None:
    """Post no more, keep everything; None where it is gone. ``reason`` where Khabar does it, in 96 characters at most."""
    await _set(tx, subscription_id, enabled=False, reason=reason, due_at=None)
    return await get(tx, subscription_id)


async def claim_due(tx: AsyncConnection, *, now: datetime, limit: int) -> list[Subscription]:
    """Up to ``limit`` subscriptions that are due, the longest due first. Nobody else gets them until ``tx`` ends.

    Begin the issue and ``advance`` each in the same transaction: one that is not advanced is claimed again.
    """
    due = select(table).where(table.c.due_at <= now).order_by(table.c.due_at, table.c.id).limit(limit)
    return await _read(tx, due.with_for_update(skip_locked=True))


async def advance(tx: AsyncConnection, subscription_id: int, *, slot: datetime | None, due_at: datetime) -> None:
    """It is due again at ``due_at``. ``slot`` is the one that an issue was begun for, None where there was none to begin.

    The last slot never goes back. One that was disabled in the meantime stays so.
    """
    await tx.execute(update(table).where(table.c.id == subscription_id, table.c.enabled).values(due_at=due_at))
    if slot is not None:
        later = table.c.last_slot.is_(None) | (table.c.last_slot < slot)
        await tx.execute(update(table).where(table.c.id == subscription_id, later).values(last_slot=slot))


async def set_feeds(tx: AsyncConnection, subscription_id: int, feeds: Sequence[int]) -> None:
    """It reads these feeds, in this order. Raises IntegrityError for one that is none."""
    await tx.execute(remove(subscription_feed).where(subscription_feed.c.subscription_id == subscription_id))
    rows = [
        {"subscription_id": subscription_id, "feed_id": feed_id, "position": at} for at, feed_id in enumerate(feeds)
    ]
    if rows:
        await tx.execute(subscription_feed.insert(), rows)


async def _set(tx: AsyncConnection, subscription_id: int, **values: Any) -> None:
    await tx.execute(update(table).where(table.c.id == subscription_id).values(values))


async def _read(connection: AsyncConnection, query: Select[Any]) -> list[Subscription]:
    rows = (await connection.execute(query)).all()
    feeds: dict[int, list[int]] = {row.id: [] for row in rows}
    for some in batched(list(feeds)):
        found = await connection.execute(
            select(subscription_feed.c.subscription_id, subscription_feed.c.feed_id)
            .where(subscription_feed.c.subscription_id.in_(some))
            .order_by(subscription_feed.c.subscription_id, subscription_feed.c.position)
        )
        for subscription_id, feed_id in found:
            feeds[subscription_id].append(feed_id)
    return [_subscription(row, tuple(feeds[row.id])) for row in rows]


def _subscription(row: Row[Any], feeds: tuple[int, ...]) -> Subscription:
    return Subscription(
        id=row.id,
        chat_id=row.chat_id,
        topic_id=row.topic_id or None,
        enabled=row.enabled,
        reason=row.reason,
        feeds=feeds,
        languages=tuple(Language(code) for code in row.languages),
        schedule=schedules.decode(row.schedule),
        length=row.length,
        most_items=row.most_items,
        include=tuple(row.include),
        exclude=tuple(row.exclude),
        least_sources=row.least_sources,
        heading=row.heading,
        say_when_empty=row.say_when_empty,
        created_by=row.created_by,
        created_at=row.created_at,
        due_at=row.due_at,
        last_slot=row.last_slot,
    )
