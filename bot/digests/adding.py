"""Feeds into a channel: addresses that were checked → the channel with those that are feeds, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.storage import feeds, subscriptions
from bot.storage.subscriptions import MOST_FEEDS
from pipelines.errors import KhabarError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.digests.checking import Checked
    from bot.storage.database import Database
    from bot.storage.feeds import FeedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of addresses: feeds that are new to the channel, those that it had, errors by address."""

    new: tuple[FeedRow, ...] = ()
    known: tuple[FeedRow, ...] = ()
    failed: tuple[tuple[str, KhabarError], ...] = ()
    left_out: int = 0
    """Feeds that work, but for which the channel has no room."""


async def keep(
    database: Database,
    subscription_id: int,
    addresses: Sequence[str],
    found: Sequence[Checked | KhabarError],
    *,
    now: datetime,
) -> Outcome:
    """Add the feeds of ``found``, one for each of ``addresses``. A feed that had been given up is read again."""
    new: dict[int, FeedRow] = {}
    known: dict[int, FeedRow] = {}
    failed: list[tuple[str, KhabarError]] = []
    left_out = 0
    async with database.transaction() as tx:
        subscription = await subscriptions.get(tx, subscription_id)
        if subscription is None:
            return Outcome()
        for address, one in zip(addresses, found, strict=True):
            if isinstance(one, KhabarError):
                failed.append((address, one))
                continue
            row = await feeds.add(
                tx,
                url=one.url,
                kind=one.kind,
                title=one.title,
                home_url=one.home_url,
                language=one.language,
                now=now,
            )
            if row.disabled:  # it was given up, and has just been read
                row = await feeds.revive(tx, row.id, now=now) or row
            if row.id in subscription.feeds or row.id in new:
                known[row.id] = row
            elif len(subscription.feeds) + len(new) >= MOST_FEEDS:
                left_out += 1
            else:
                new[row.id] = row
        if new:
            await subscriptions.save(tx, replace(subscription, feeds=(*subscription.feeds, *new)), now=now)
    return Outcome(new=tuple(new.values()), known=tuple(known.values()), failed=tuple(failed), left_out=left_out)
