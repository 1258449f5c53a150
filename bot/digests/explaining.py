"""Why items are one story: each report of a story beside the one that began it, and what both name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.digests.clustering import features_of
from bot.storage import stories

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.items import Item
    from bot.storage.subscriptions import Subscription
    from pipelines.stories.models import Match

ALIKE = "alike"
FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """An item of a story. ``why`` is ``first`` for the one that began it, else what it shares with that one, weightiest first."""

    story_id: int
    item: Item
    why: tuple[str, ...]


async def reasons(
    connection: AsyncConnection, subscription: Subscription, *, since: datetime, now: datetime
) -> list[Reason]:
    """Items of the stories that the subscription's next issue may tell, story by story."""
    found: list[Reason] = []
    for candidate in await stories.unposted(connection, subscription, since=since, now=now):
        begun, *others = await stories.items_of(connection, candidate.story.id)
        found.append(Reason(story_id=candidate.story.id, item=begun, why=(FIRST,)))
        found += [Reason(story_id=candidate.story.id, item=item, why=_why(begun, item)) for item in others]
    return found


def _why(begun: Item, item: Item) -> tuple[str, ...]:
    from pipelines.stories.cluster import assign  # noqa: PLC0415
    from pipelines.stories.models import Known  # noqa: PLC0415

    known = Known(id=0, features=features_of(begun), last_at=begun.published_at)
    match: Match | None = assign(features_of(item), [known], published_at=item.published_at)
    if match is None:  # it came to the story by a report between the two
        return (ALIKE,)
    copied = (f"{match.copied:.0%} word for word",) if match.copied else ()
    return (*copied, *match.actors, *match.numbers, *match.terms)
