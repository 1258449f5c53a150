"""Which stories an issue gets: those that the channel's terms let through, weightiest and freshest first.

A story's weight is how many of the channel's feeds tell it; of equal ones the newest goes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage import stories
from pipelines.languages import Language

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.items import Item
    from bot.storage.stories import Candidate
    from bot.storage.subscriptions import Subscription


async def chosen(
    connection: AsyncConnection, subscription: Subscription, *, since: datetime, now: datetime
) -> list[Candidate]:
    """At most ``most_items`` stories that were news between ``since`` and ``now``."""
    found = await stories.unposted(connection, subscription, since=since, now=now)
    return [one for one in found if _wanted(one, subscription)][: subscription.most_items]


def _wanted(candidate: Candidate, subscription: Subscription) -> bool:
    """One report with an included word is enough; one with an excluded word is enough, too."""
    if subscription.exclude and any(_says(item, subscription.exclude) for item in candidate.items):
        return False
    return not subscription.include or any(_says(item, subscription.include) for item in candidate.items)


def _says(item: Item, terms: tuple[str, ...]) -> bool:
    from pipelines.stories.terms import matches  # noqa: PLC0415 - it brings the word forms of five languages

    return matches(terms, f"{item.title}\n{item.text}", Language(item.language))
