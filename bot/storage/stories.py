"""Stories: found by the keys that they share with an item, joined by items, and picked for a subscription's next issue.

What makes two items one story is ``pipelines.stories``' to say; ``features`` and ``embedding`` are its own and only kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select, text, update

from bot.storage.items import Item
from bot.storage.schema_digests import issue_story, item, story as table, story_key
from bot.storage.values import batched, from_row, insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.subscriptions import Subscription
    from bot.storage.values import JsonObject

LATE: Final = timedelta(days=1)
"""An item is no news where it was published this long before the window: a feed that was just added brings its archive."""
_LOCK: Final = 0x6B68_6162_6173
"""The advisory lock's number on PostgreSQL, the one after the migrations'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event. ``items`` and ``sources`` (feeds) count over all feeds; times are of its items' publication."""

    id: int
    title: str
    language: str
    first_at: datetime
    last_at: datetime
    features: JsonObject
    embedding: bytes | None
    items: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that a subscription has not posted, with its items in the subscription's feeds, oldest first."""

    story: Story
    items: tuple[Item, ...]
    sources: int
    """Feeds of the subscription that tell it."""
    last_at: datetime
    """When the newest of ``items`` was published."""


async def alone(tx: AsyncConnection) -> None:
    """Wait until no other transaction assigns stories, and keep others waiting until this one ends.

    Two workers that meet an event at the same moment would each make a story of it. SQLite has one writer anyway.
    """
    if tx.dialect.name != "sqlite":
        await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


async def recent(connection: AsyncConnection, *, keys: Iterable[str], since: datetime, limit: int = 50) -> list[Story]:
    """Stories that share keys and had an item published since ``since``: those that share most first, then the newest."""
    wanted = sorted(set(keys))
    if not wanted:
        return []
    shared = func.count().label("shared")
    found = (
        select(table, shared)
        .join(story_key, story_key.c.story_id == table.c.id)
        .where(story_key.c.key.in_(wanted), table.c.last_at >= since)
        .group_by(table.c.id)
    )
    # PostgreSQL groups by no JSON, but knows that the rest follows from the primary key
    rows = await connection.execute(found.order_by(shared.desc(), table.c.last_at.desc(), table.c.id).limit(limit))
    return [from_row(Story, row) for row in rows]


async def create(
    tx: AsyncConnection,
    item_id: int,
    *,
    title: str,
    language: str,
    features: JsonObject,
    keys: Iterable[str],
    embedding: bytes | None = None,
) -> Story:
    """A new story of one item, found by ``keys`` from now on. Raises ValueError where the item is gone."""
    found = await tx.execute(select(item.c.published_at, item.c.story_id).where(item.c.id == item_id))
    row = found.one_or_none()
    if row is None:
        raise ValueError("a story needs an item")
    values = {
        "title": title, "language": language, "features": features, "embedding": embedding,
        "first_at": row.published_at, "last_at": row.published_at,
    }  # fmt: skip
    made = await tx.execute(table.insert().values(values).returning(table.c.id))
    story_id: int = made.scalar_one()
    told = await attach(tx, item_id, story_id, keys=keys)
    if told is None:
        raise RuntimeError("a story that was just made is gone")
    return told


async def attach(
    tx: AsyncConnection,
    item_id: int,
    story_id: int,
    *,
    features: JsonObject | None = None,
    keys: Iterable[str] = (),
    embedding: bytes | None = None,
) -> Story | None:
    """The item tells this story: the story after it, None where story or item are gone.

    ``features`` and ``embedding`` take the place of the story's where given; ``keys`` are added to its own. An item that told
    another story leaves it, and a story that nothing tells any more ends, unless it was posted.
    """
    before = (await tx.execute(select(item.c.story_id).where(item.c.id == item_id))).one_or_none()
    held = select(table.c.id).where(table.c.id == story_id).with_for_update()
    if before is None or (await tx.execute(held)).one_or_none() is None:
        return None
    await tx.execute(update(item).where(item.c.id == item_id).values(story_id=story_id))
    given = {"features": features, "embedding": embedding}
    await _count(tx, story_id, **{name: value for name, value in given.items() if value is not None})
    rows = [{"key": key, "story_id": story_id} for key in sorted(set(keys))]
    if rows:
        await tx.execute(insert(tx, story_key).on_conflict_do_nothing(), rows)
    if before.story_id not in (None, story_id):
        await _left(tx, before.story_id)
    return await get(tx, story_id)


async def join(
    tx: AsyncConnection, story_id: int, whole_id: int, *, features: JsonObject, embedding: bytes | None
) -> Story | None:
    """All items of ``story_id`` tell ``whole_id`` from now on, under both's keys: that story after it.

    None, and nothing changed, where one of the two is gone or an issue has ``story_id``: what was posted keeps its items. The
    emptied story stays until the purge, for an issue that is just being filled may have chosen it.
    """
    both = select(table.c.id).where(table.c.id.in_((story_id, whole_id))).order_by(table.c.id).with_for_update()
    if story_id == whole_id or len((await tx.execute(both)).all()) != 2:
        return None
    if story_id in await posted(tx, [story_id]):
        return None
    await tx.execute(update(item).where(item.c.story_id == story_id).values(story_id=whole_id))
    await tx.execute(update(table).where(table.c.id == story_id).values(items=0, sources=0))
    its = select(story_key.c.key).where(story_key.c.story_id == story_id)
    rows = [{"key": key, "story_id": whole_id} for key in (await tx.execute(its)).scalars()]
    if rows:
        await tx.execute(insert(tx, story_key).on_conflict_do_nothing(), rows)
    await tx.execute(delete(story_key).where(story_key.c.story_id == story_id))
    await _count(tx, whole_id, features=features, embedding=embedding)
    return await get(tx, whole_id)


async def posted(connection: AsyncConnection, story_ids: Iterable[int]) -> set[int]:
    """Those of the stories that an issue of any subscription has."""
    wanted = issue_story.c.story_id.in_(sorted(set(story_ids)))
    return set((await connection.execute(select(issue_story.c.story_id).where(wanted).distinct())).scalars())


async def get(connection: AsyncConnection, story_id: int) -> Story | None:
    """The story, None where it is gone."""
    row = (await connection.execute(select(table).where(table.c.id == story_id))).one_or_none()
    return None if row is None else from_row(Story, row)


async def items_of(connection: AsyncConnection, story_id: int) -> list[Item]:
    """The items of a story in all feeds, oldest first."""
    rows = await connection.execute(
        select(item).where(item.c.story_id == story_id).order_by(item.c.published_at, item.c.id)
    )
    return [from_row(Item, row) for row in rows]


async def unposted(
    connection: AsyncConnection, subscription: Subscription, *, since: datetime, now: datetime, limit: int = 200
) -> list[Candidate]:
    """What the subscription's next issue can be made of, at most ``limit``: most sources, then most items, then newest first.

    Stories that an item of its feeds told after ``since`` (seen then, published no earlier than ``LATE`` before), that at least
    ``least_sources`` of its feeds tell, and that no issue of it has.
    """
    feeds = item.c.feed_id.in_(subscription.feeds)
    had = select(issue_story.c.story_id).where(issue_story.c.subscription_id == subscription.id)
    news = select(item.c.story_id).where(
        feeds, item.c.seen_at > since, item.c.seen_at <= now, item.c.published_at >= since - LATE,
        item.c.story_id.is_not(None), item.c.story_id.not_in(had),
    )  # fmt: skip
    fresh = news.distinct().subquery()
    sources, items = func.count(item.c.feed_id.distinct()), func.count()
    last_at = func.max(item.c.published_at, type_=item.c.published_at.type)
    weighed = await connection.execute(
        select(item.c.story_id, sources.label("sources"), last_at.label("last_at"))
        .join(fresh, fresh.c.story_id == item.c.story_id)
        .where(feeds)
        .group_by(item.c.story_id)
        .having(sources >= subscription.least_sources)
        .order_by(sources.desc(), items.desc(), last_at.desc(), item.c.story_id)
        .limit(limit)
    )
    chosen = weighed.all()
    told = await _told(connection, [row.story_id for row in chosen], subscription.feeds)
    # a purge or another worker may have been between the two questions
    return [
        Candidate(story=told[row.story_id][0], items=told[row.story_id][1], sources=row.sources, last_at=row.last_at)
        for row in chosen
        if row.story_id in told
    ]


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete stories without items whose last one was published before ``before``; how many."""
    told = select(item.c.id).where(item.c.story_id == table.c.id)
    return (await tx.execute(delete(table).where(table.c.last_at < before, ~told.exists()))).rowcount


async def _told(
    connection: AsyncConnection, story_ids: Sequence[int], feeds: Sequence[int]
) -> dict[int, tuple[Story, tuple[Item, ...]]]:
    stories: dict[int, Story] = {}
    items: dict[int, list[Item]] = {}
    for some in batched(story_ids):
        for row in await connection.execute(select(table).where(table.c.id.in_(some))):
            stories[row.id] = from_row(Story, row)
        rows = await connection.execute(
            select(item)
            .where(item.c.story_id.in_(some), item.c.feed_id.in_(feeds))
            .order_by(item.c.published_at, item.c.id)
        )
        for row in rows:
            items.setdefault(row.story_id, []).append(from_row(Item, row))
    return {number: (one, tuple(items[number])) for number, one in stories.items() if number in items}


async def _count(tx: AsyncConnection, story_id: int, **values: Any) -> None:
    its = item.c.story_id == story_id
    for name, counted in (
        ("items", func.count()),
        ("sources", func.count(item.c.feed_id.distinct())),
        ("first_at", func.min(item.c.published_at)),
        ("last_at", func.max(item.c.published_at)),
    ):
        values[name] = select(counted).select_from(item).where(its).scalar_subquery()
    await tx.execute(update(table).where(table.c.id == story_id).values(values))


async def _left(tx: AsyncConnection, story_id: int) -> None:
    left = (await tx.execute(select(item.c.id).where(item.c.story_id == story_id).limit(1))).first()
    if left is not None:
        await _count(tx, story_id)
        return
    if not await posted(tx, [story_id]):
        await tx.execute(delete(table).where(table.c.id == story_id))
