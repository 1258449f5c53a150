"""What ends by age, in one place: run once a day.

Counts and people's choices stay until ``people.forget``; everything that holds a text of somebody's ends here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.storage import digests, floods, identities, inbox, issues, items, outbox, stories

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept after they are done."""

    digests: timedelta = timedelta(days=90)
    """Digests with their cards and feedback: buttons of older messages answer that the digest is gone."""
    deliveries: timedelta = timedelta(days=7)
    """Must be longer than any job may take to be run again: a purged key is sent anew."""
    updates: timedelta = timedelta(days=7)
    """Telegram repeats an update for 24 hours at most."""
    items: timedelta = timedelta(days=30)
    """Items of feeds since they were first seen, and stories since the last of theirs was published."""
    identities: timedelta = timedelta(days=90)
    """By which an item is known again, since its feed last held it. Must be longer than ``items``."""
    issues: timedelta = timedelta(days=90)
    """Issues of channels; one whose story goes on stays for as long, so that it is not posted again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """Rows that went."""

    digests: int
    deliveries: int
    updates: int
    items: int = 0
    stories: int = 0
    issues: int = 0


async def purge(database: Database, kept: Retention, *, now: datetime) -> Purged:
    """Delete what is older than ``kept`` says, a transaction a subject, so that writers need not wait for all of it."""
    async with database.transaction() as tx:
        gone = await digests.purge(tx, before=now - kept.digests)
    async with database.transaction() as tx:
        said = await outbox.purge(tx, before=now - kept.deliveries)
    async with database.transaction() as tx:
        done = await inbox.purge(tx, before=now - kept.updates)
        await floods.purge(tx, before=now)
    async with database.transaction() as tx:
        read = await items.purge(tx, before=now - kept.items)
        told = await stories.purge(tx, before=now - kept.items)
        await identities.purge(tx, before=now - kept.identities)
    async with database.transaction() as tx:
        posted = await issues.purge(tx, before=now - kept.issues)
    return Purged(digests=gone, deliveries=said, updates=done, items=read, stories=told, issues=posted)
