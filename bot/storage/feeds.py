"""Feeds: where they are, how their last poll went, and which are to be polled now, by whichever worker asks first.

``claim_due`` gives a feed to one worker for a lease; ``polled`` or ``failed`` ends the lease. A worker that died leaves its feeds
to others when their leases end.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete as remove, func, or_, select, update

from bot.storage.schema_digests import feed as table, subscription, subscription_feed
from bot.storage.values import clean, from_row, insert, is_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

FeedKind = Literal["feed", "telegram"]
"""An RSS, Atom or JSON feed, or the web preview of a public Telegram channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed and how its polls went."""

    id: int
    url: str
    """As it is polled; canonical, so that nobody adds it twice."""
    kind: FeedKind
    title: str
    home_url: str | None
    language: str | None
    etag: str | None
    last_modified: str | None
    due_at: datetime | None
    """When it is polled next; None while it is disabled."""
    lease_until: datetime | None
    failures: int
    """Polls that failed one after another."""
    failing_since: datetime | None
    disabled: str
    """Why it is polled no more; empty otherwise."""
    polled_at: datetime | None
    changed_at: datetime | None
    """When a poll last brought something new."""
    created_at: datetime


async def add(
    tx: AsyncConnection,
    *,
    url: str,
    kind: FeedKind = "feed",
    title: str = "",
    home_url: str | None = None,
    language: str | None = None,
    now: datetime,
) -> FeedRow:
    """The feed of this canonical address: made the first time, due at once, and returned as it is every other time."""
    url = clean(url)
    made = insert(tx, table).values(
        url=url,
        url_hash=_hash(url),
        kind=kind,
        title=title,
        home_url=home_url,
        language=language,
        due_at=now,
        created_at=now,
    )
    await tx.execute(made.on_conflict_do_nothing(index_elements=["url_hash"]))
    return from_row(FeedRow, (await tx.execute(select(table).where(table.c.url_hash == _hash(url)))).one())


async def get(connection: AsyncConnection, feed_id: int) -> FeedRow | None:
    """The feed, None where there is none of this number."""
    return (
        next(iter(await _rows(connection, select(table).where(table.c.id == feed_id))), None)
        if is_id(feed_id)
        else None
    )


async def by_url(connection: AsyncConnection, url: str) -> FeedRow | None:
    """The feed of this canonical address."""
    return next(iter(await _rows(connection, select(table).where(table.c.url_hash == _hash(clean(url))))), None)


async def all_feeds(connection: AsyncConnection) -> list[FeedRow]:
    """Every feed, as they were added."""
    return await _rows(connection, select(table).order_by(table.c.id))


async def of_subscription(connection: AsyncConnection, subscription_id: int) -> list[FeedRow]:
    """The feeds of a subscription, in its order."""
    joined = select(table).join(subscription_feed, subscription_feed.c.feed_id == table.c.id)
    return await _rows(
        connection,
        joined.where(subscription_feed.c.subscription_id == subscription_id).order_by(subscription_feed.c.position),
    )


async def claim_due(
    tx: AsyncConnection, *, now: datetime, limit: int, lease: timedelta, subscribed_only: bool = False
) -> list[FeedRow]:
    """Up to ``limit`` feeds that are due, the longest due first; nobody else gets them until ``now + lease``.

    ``subscribed_only`` leaves out those that no enabled subscription reads.
    """
    due = select(table.c.id).where(
        table.c.due_at <= now, or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    )
    if subscribed_only:
        reads = select(subscription_feed.c.feed_id).join(
            subscription, subscription.c.id == subscription_feed.c.subscription_id
        )
        due = due.where(reads.where(subscription_feed.c.feed_id == table.c.id, subscription.c.enabled).exists())
    ids = list(
        (
            await tx.execute(due.order_by(table.c.due_at, table.c.id).limit(limit).with_for_update(skip_locked=True))
        ).scalars()
    )
    await tx.execute(update(table).where(table.c.id.in_(ids)).values(lease_until=now + lease))
    return await _rows(tx, select(table).where(table.c.id.in_(ids)).order_by(table.c.due_at, table.c.id))


async def polled(
    tx: AsyncConnection,
    feed_id: int,
    *,
    now: datetime,
    due_at: datetime,
    etag: str | None,
    last_modified: str | None,
    changed: bool,
    title: str = "",
    home_url: str | None = None,
    language: str | None = None,
) -> None:
    """A poll that went well: it is due again at ``due_at``, failures are forgotten, the lease ends.

    ``changed``: it brought items that are new or changed. Title, home and language stay where none is given.
    """
    said = {"title": title or None, "home_url": home_url, "language": language}
    values: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if changed:
        values["changed_at"] = now
    await _poll_over(
        tx,
        feed_id,
        now=now,
        due_at=due_at,
        etag=etag,
        last_modified=last_modified,
        failures=0,
        failing_since=None,
        **values,
    )


async def moved(tx: AsyncConnection, feed_id: int, url: str) -> None:
    """The server says for good that the feed has the canonical address ``url`` now. Nothing changes where another feed has it."""
    url = clean(url)
    if await by_url(tx, url) is None:
        await tx.execute(update(table).where(table.c.id == feed_id).values(url=url, url_hash=_hash(url)))


async def failed(tx: AsyncConnection, feed_id: int, *, now: datetime, due_at: datetime) -> FeedRow | None:
    """A poll that failed: counted, tried again at ``due_at``, the lease ends. The feed after it, None where it is gone."""
    await _poll_over(
        tx,
        feed_id,
        now=now,
        due_at=due_at,
        failures=table.c.failures + 1,
        failing_since=func.coalesce(table.c.failing_since, now, type_=table.c.failing_since.type),
    )
    return await get(tx, feed_id)


async def disable(tx: AsyncConnection, feed_id: int, reason: str) -> None:
    """Poll it no more until ``revive``. Raises ValueError for no reason."""
    if not reason:
        raise ValueError("a feed is disabled for a reason")
    await tx.execute(update(table).where(table.c.id == feed_id).values(disabled=reason, due_at=None, lease_until=None))


async def revive(tx: AsyncConnection, feed_id: int, *, now: datetime) -> FeedRow | None:
    """Poll it again, at once and as if it had never failed; None where it is gone."""
    values: dict[str, Any] = {"disabled": "", "due_at": now, "lease_until": None, "failures": 0, "failing_since": None}
    await tx.execute(update(table).where(table.c.id == feed_id).values(values))
    return await get(tx, feed_id)


async def delete(tx: AsyncConnection, feed_id: int) -> bool:
    """Forget the feed with its items, in every subscription. False where there was none."""
    return (await tx.execute(remove(table).where(table.c.id == feed_id))).rowcount == 1


async def _poll_over(tx: AsyncConnection, feed_id: int, *, now: datetime, due_at: datetime, **values: Any) -> None:
    # a feed that was disabled while it was being polled stays so
    over = {"polled_at": now, "lease_until": None, **values}
    await tx.execute(update(table).where(table.c.id == feed_id).values(over))
    await tx.execute(update(table).where(table.c.id == feed_id, table.c.disabled == "").values(due_at=due_at))


async def _rows(connection: AsyncConnection, query: Select[Any]) -> list[FeedRow]:
    found: Sequence[Any] = (await connection.execute(query)).all()
    return [from_row(FeedRow, row) for row in found]


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
