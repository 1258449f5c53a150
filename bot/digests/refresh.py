"""What a preview needs first: feeds of a channel that is off are polled by nobody, so they are polled when somebody looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.digests.poller import poll_now
from bot.storage import feeds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.database import Database
    from pipelines.fetch.http import Fetcher

FRESH: Final = timedelta(minutes=5)
"""A feed that was read since then is not read again: a preview may be looked at many times in a row."""


async def refresh(database: Database, fetcher: Fetcher, subscription_id: int, *, now: Callable[[], datetime]) -> int:
    """Poll the feeds of a subscription that were not read lately; how many. Feeds that were given up stay so."""
    async with database.connect() as connection:
        found = await feeds.of_subscription(connection, subscription_id)
    stale = [
        feed.id for feed in found if not feed.disabled and (feed.polled_at is None or now() - feed.polled_at > FRESH)
    ]
    if stale:
        await poll_now(database, fetcher, stale, now=now)
    return len(stale)
