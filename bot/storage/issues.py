"""Issues: one per subscription and slot, whoever begins it and however often, and each story in one issue of a subscription.

::

    begin → making ─ fill ─ posted → posted        stale: what was posted and its source has changed since
                  ├─ empty → empty                 nothing new
                  └─ failed → failed               its stories are free for the next issue
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, select, text, update

from bot.storage.schema_digests import issue as table, issue_story, item, subscription_feed
from bot.storage.values import batched, from_row, insert, is_id, key as checked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

IssueState = Literal["making", "posted", "empty", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStory:
    """A story of an issue, and the digest that it was told by."""

    story_id: int
    digest_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue and how far it is; ``stories`` in their order in it."""

    id: int
    subscription_id: int
    slot: datetime
    state: IssueState
    reason: str
    """Why it failed; empty otherwise."""
    delivery: str | None
    """Key of the delivery that says it."""
    message_ids: tuple[int, ...]
    created_at: datetime
    made_at: datetime | None
    """When its items were read, the last time it was made or edited."""
    posted_at: datetime | None
    stories: tuple[IssueStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A posted issue that is not what its sources say now: ``changed`` are numbers of items that they changed."""

    issue: Issue
    changed: tuple[int, ...]
    stories: tuple[int, ...]
    """The stories of ``changed``."""


async def begin(tx: AsyncConnection, subscription_id: int, slot: datetime, *, now: datetime) -> Issue:
    """The issue of the slot: made the first time, returned however far it is every other time."""
    made = insert(tx, table).values(
        subscription_id=subscription_id, slot=slot, state="making", message_ids=[], created_at=now
    )
    await tx.execute(made.on_conflict_do_nothing(index_elements=["subscription_id", "slot"]))
    row = (
        await tx.execute(select(table).where(table.c.subscription_id == subscription_id, table.c.slot == slot))
    ).one()
    return (await _with_stories(tx, [row]))[0]


async def fill(
    tx: AsyncConnection, issue_id: int, stories: Sequence[IssueStory], *, delivery: str | None = None, now: datetime
) -> Issue | None:
    """What the issue holds, in the place of what it held; ``now`` is when the items were read.

    ``Issue.stories`` are those that it got: one that is in another issue of the subscription is left out. None where the issue is
    not being made.
    """
    row = await _held(tx, issue_id)
    if row is None or row.state != "making":
        return None
    await tx.execute(delete(issue_story).where(issue_story.c.issue_id == issue_id))
    rows = [
        {
            "issue_id": issue_id, "story_id": one.story_id, "digest_id": one.digest_id,
            "subscription_id": row.subscription_id, "position": position,
        }
        for position, one in enumerate(stories)
    ]  # fmt: skip
    if rows:
        await tx.execute(insert(tx, issue_story).on_conflict_do_nothing(), rows)
    await _set(tx, issue_id, delivery=None if delivery is None else checked(delivery), made_at=now)
    return await get(tx, issue_id)


async def digested(tx: AsyncConnection, issue_id: int, story_id: int, digest_id: int) -> None:
    """The story of the issue is told by this digest."""
    this = update(issue_story).where(issue_story.c.issue_id == issue_id, issue_story.c.story_id == story_id)
    await tx.execute(this.values(digest_id=digest_id))


async def posted(tx: AsyncConnection, issue_id: int, message_ids: Sequence[int], *, now: datetime) -> bool:
    """It was sent as these messages. False where it had ended before: the first word counts."""
    return await _end(tx, issue_id, "posted", message_ids=list(message_ids), posted_at=now)


async def empty(tx: AsyncConnection, issue_id: int) -> bool:
    """There was nothing new. False where it had ended before."""
    await _release(tx, issue_id)
    return await _end(tx, issue_id, "empty")


async def failed(tx: AsyncConnection, issue_id: int, *, reason: str, sent: bool = False) -> bool:
    """It cannot be posted. Its stories are free for the next issue, unless some of it was ``sent``. False where it had ended."""
    if not sent:
        await _release(tx, issue_id)
    return await _end(tx, issue_id, "failed", reason=reason)


async def edited(
    tx: AsyncConnection, issue_id: int, message_ids: Sequence[int] | None = None, *, now: datetime
) -> None:
    """A posted issue says now what its items said at ``now``, in ``message_ids`` if given; it is stale no more."""
    values: dict[str, Any] = {"made_at": now} | ({"message_ids": list(message_ids)} if message_ids is not None else {})
    await tx.execute(update(table).where(table.c.id == issue_id, table.c.state == "posted").values(values))


async def get(connection: AsyncConnection, issue_id: int) -> Issue | None:
    """The issue, None where it was purged or never was."""
    if not is_id(issue_id):
        return None
    rows = (await connection.execute(select(table).where(table.c.id == issue_id))).all()
    return next(iter(await _with_stories(connection, rows)), None)


async def of_subscription(connection: AsyncConnection, subscription_id: int, *, limit: int = 20) -> list[Issue]:
    """The latest issues of a subscription, latest slot first."""
    query = select(table).where(table.c.subscription_id == subscription_id).order_by(table.c.slot.desc())
    return await _with_stories(connection, (await connection.execute(query.limit(limit))).all())


async def unfinished(connection: AsyncConnection, *, limit: int | None = None) -> list[Issue]:
    """Issues that are being made, oldest first: what a start has to complete."""
    query = select(table).where(table.c.state == "making").order_by(table.c.created_at, table.c.id)
    return await _with_stories(connection, (await connection.execute(query.limit(limit))).all())


async def stale(connection: AsyncConnection, *, since: datetime, limit: int | None = None) -> list[Stale]:
    """Issues posted since ``since`` whose items were changed at the source since then and after they were made, oldest first.

    Only items count that were there to be read and that are of the subscription's feeds.
    """
    rows = await connection.execute(
        select(table.c.id, item.c.id, item.c.story_id)
        .join(issue_story, issue_story.c.issue_id == table.c.id)
        .join(item, item.c.story_id == issue_story.c.story_id)
        .join(
            subscription_feed,
            (subscription_feed.c.subscription_id == table.c.subscription_id)
            & (subscription_feed.c.feed_id == item.c.feed_id),
        )
        .where(
            table.c.state == "posted",
            table.c.posted_at >= since,
            item.c.seen_at <= table.c.made_at,
            item.c.changed_at > table.c.made_at,
            # an index of those that changed; its condition must be said in its words
            text("item.revision > 1"),
            item.c.changed_at > since,
        )
        .order_by(table.c.posted_at, table.c.id, item.c.id)
    )
    changed: dict[int, list[tuple[int, int]]] = {}
    for issue_id, item_id, story_id in rows:
        changed.setdefault(issue_id, []).append((item_id, story_id))
    numbers = list(changed)[:limit]
    found: dict[int, Issue] = {}
    for some in batched(numbers):
        read = (await connection.execute(select(table).where(table.c.id.in_(some)))).all()
        found |= {one.id: one for one in await _with_stories(connection, read)}
    return [
        Stale(
            issue=found[number],
            changed=tuple(item_id for item_id, _ in changed[number]),
            stories=tuple(dict.fromkeys(story_id for _, story_id in changed[number])),
        )
        for number in numbers
    ]


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete issues begun before ``before`` whose stories are all gone; how many. A story that goes on is not posted again."""
    told = select(issue_story.c.story_id).where(issue_story.c.issue_id == table.c.id)
    return (await tx.execute(delete(table).where(table.c.created_at < before, ~told.exists()))).rowcount


async def _held(tx: AsyncConnection, issue_id: int) -> Row[Any] | None:
    return (await tx.execute(select(table).where(table.c.id == issue_id).with_for_update())).one_or_none()


async def _release(tx: AsyncConnection, issue_id: int) -> None:
    row = await _held(tx, issue_id)
    if row is not None and row.state == "making":
        await tx.execute(delete(issue_story).where(issue_story.c.issue_id == issue_id))


async def _end(tx: AsyncConnection, issue_id: int, state: IssueState, **values: Any) -> bool:
    ended = update(table).where(table.c.id == issue_id, table.c.state == "making").values(state=state, **values)
    return (await tx.execute(ended)).rowcount == 1


async def _set(tx: AsyncConnection, issue_id: int, **values: Any) -> None:
    await tx.execute(update(table).where(table.c.id == issue_id).values(values))


async def _with_stories(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> list[Issue]:
    stories: dict[int, list[IssueStory]] = {row.id: [] for row in rows}
    for some in batched(list(stories)):
        found = await connection.execute(
            select(issue_story)
            .where(issue_story.c.issue_id.in_(some))
            .order_by(issue_story.c.issue_id, issue_story.c.position)
        )
        for one in found:
            stories[one.issue_id].append(from_row(IssueStory, one))
    return [from_row(Issue, row, message_ids=tuple(row.message_ids), stories=tuple(stories[row.id])) for row in rows]
