"""Items of feeds: each stored once, known again by any layer of its identity, noticed when its source changes it.

``store`` takes what a poll read; ``identities`` says which item each is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from bot.storage import identities
from bot.storage.schema_digests import feed, item as table
from bot.storage.values import batched, clean, from_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An item as a poll read it. ``identities`` stand strongest first, at least one, 80 characters at most each."""

    identities: tuple[str, ...]
    url: str | None
    title: str
    text: str
    language: str
    """Code of the language (``pipelines.languages``)."""
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as it is now. ``revision`` counts from 1 and rises with each change at the source."""

    id: int
    feed_id: int
    story_id: int | None
    url: str | None
    title: str
    text: str
    language: str
    published_at: datetime
    """What the source says, where that is not in the future; when it was first seen, where it says nothing."""
    seen_at: datetime
    changed_at: datetime
    """When the change was seen; ``seen_at`` of one that never changed."""
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Numbers of the items that a poll brought, in its order."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


async def store(tx: AsyncConnection, feed_id: int, items: Sequence[Incoming], *, now: datetime) -> Stored:
    """Keep what a poll of the feed read; what was known and is the same writes nothing.

    Changed: title or text differ in more than white space. Raises ValueError for an item without identities.
    """
    # two workers that read one feed at once store it one after the other
    await tx.execute(select(feed.c.id).where(feed.c.id == feed_id).with_for_update())
    resolved = await identities.resolve(tx, feed_id, [one.identities for one in items])
    new = await _insert(tx, feed_id, [items[place] for place in resolved.new], now=now)
    changed = await _change(tx, {number: items[place] for number, place in resolved.met.items()}, now=now)
    await identities.remember(tx, feed_id, resolved, new, now=now)
    return Stored(new=tuple(new), changed=changed)


async def get(connection: AsyncConnection, item_ids: Sequence[int]) -> list[Item]:
    """The items of these numbers that are still kept, in order of their numbers."""
    found: list[Item] = []
    for some in batched(sorted(set(item_ids))):
        rows = await connection.execute(select(table).where(table.c.id.in_(some)).order_by(table.c.id))
        found += [from_row(Item, row) for row in rows]
    return found


async def of_feed(connection: AsyncConnection, feed_id: int, *, limit: int = 20) -> list[Item]:
    """The newest items of a feed, newest first."""
    newest = select(table).where(table.c.feed_id == feed_id).order_by(table.c.seen_at.desc(), table.c.id.desc())
    return [from_row(Item, row) for row in await connection.execute(newest.limit(limit))]


async def without_story(connection: AsyncConnection, *, limit: int) -> list[Item]:
    """Items that no story has yet, oldest first: what a crash between storing and clustering left."""
    waiting = select(table).where(table.c.story_id.is_(None)).order_by(table.c.id).limit(limit)
    return [from_row(Item, row) for row in await connection.execute(waiting)]


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete items first seen before ``before``; how many. Their identities stay."""
    return (await tx.execute(delete(table).where(table.c.seen_at < before))).rowcount


async def _insert(tx: AsyncConnection, feed_id: int, items: Sequence[Incoming], *, now: datetime) -> list[int]:
    if not items:
        return []
    rows = [
        {
            "feed_id": feed_id,
            "url": one.url,
            "title": one.title,
            "text": one.text,
            "language": one.language,
            "published_at": min(one.published_at or one.updated_at or now, now),
            "seen_at": now,
            "changed_at": now,
        }
        for one in items
    ]
    made = await tx.execute(table.insert().returning(table.c.id, sort_by_parameter_order=True), rows)
    return list(made.scalars())


async def _change(tx: AsyncConnection, met: Mapping[int, Incoming], *, now: datetime) -> tuple[int, ...]:
    stored = {one.id: one for one in await get(tx, list(met))}
    changed = []
    for number, one in met.items():
        old = stored[number]
        if _same(old.title, one.title) and _same(old.text, one.text):
            continue
        values: dict[str, Any] = {
            "title": one.title,
            "text": one.text,
            "language": one.language,
            "url": one.url or old.url,
        }
        values |= {"changed_at": now, "revision": old.revision + 1}
        await tx.execute(update(table).where(table.c.id == number).values(values))
        changed.append(number)
    return tuple(changed)


def _same(one: str, other: str) -> bool:
    return clean(one).split() == clean(other).split()
