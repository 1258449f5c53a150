"""What becomes of subscriptions when their chat goes or moves, and when the person who made them is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from bot.storage import subscriptions
from bot.storage.schema_digests import issue, issue_story, subscription as table

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def chat_gone(tx: AsyncConnection, chat_id: int, reason: str) -> int:
    """Nothing can be posted in the chat any more: disable what is enabled there, with ``reason``; how many."""
    gone = update(table).where(table.c.chat_id == chat_id, table.c.enabled)
    return (await tx.execute(gone.values(enabled=False, reason=reason, due_at=None))).rowcount


async def move(tx: AsyncConnection, old: int, new: int) -> None:
    """The group ``old`` became the supergroup ``new``. Where both have a subscription of a topic, they become one.

    The new chat's choices count, with the feeds and the issues of both: what was posted before is not posted again.
    """
    there = {one.topic_id: one for one in await subscriptions.of_chat(tx, new)}
    for one in await subscriptions.of_chat(tx, old):
        kept = there.get(one.topic_id)
        if kept is None:
            await tx.execute(update(table).where(table.c.id == one.id).values(chat_id=new))
            continue
        await subscriptions.set_feeds(
            tx, kept.id, tuple(dict.fromkeys((*kept.feeds, *one.feeds)))[: subscriptions.MOST_FEEDS]
        )
        await _move_issues(tx, one.id, kept.id)
        slots = [slot for slot in (one.last_slot, kept.last_slot) if slot is not None]
        joined = {"last_slot": max(slots, default=None), "created_by": kept.created_by or one.created_by}
        await tx.execute(update(table).where(table.c.id == kept.id).values(joined))
        await subscriptions.delete(tx, one.id)


async def forget(tx: AsyncConnection, person_id: int) -> None:
    """No subscription says any more that this person made it; those of their private chat end."""
    await tx.execute(delete(table).where(table.c.chat_id == person_id))
    await tx.execute(update(table).where(table.c.created_by == person_id).values(created_by=None))


async def count_by(connection: AsyncConnection, person_id: int) -> int:
    """Subscriptions that this person made."""
    made = select(func.count()).select_from(table).where(table.c.created_by == person_id)
    return (await connection.execute(made)).scalar_one()


async def _move_issues(tx: AsyncConnection, old: int, new: int) -> None:
    slots = (await tx.execute(select(issue.c.slot, issue.c.id).where(issue.c.subscription_id == new))).all()
    survivors = {row.slot: row.id for row in slots}
    stories = set(
        (await tx.execute(select(issue_story.c.story_id).where(issue_story.c.subscription_id == new))).scalars()
    )
    for row in (await tx.execute(select(issue).where(issue.c.subscription_id == old))).all():
        if row.slot not in survivors:
            await tx.execute(update(issue).where(issue.c.id == row.id).values(subscription_id=new))
        own = issue_story.c.issue_id == row.id
        told = (await tx.execute(select(issue_story.c.story_id).where(own))).scalars().all()
        for story_id in told:
            this = update(issue_story).where(own, issue_story.c.story_id == story_id)
            if story_id not in stories:
                survivor = survivors.get(row.slot, row.id)
                await tx.execute(this.values(subscription_id=new, issue_id=survivor))
                stories.add(story_id)
