"""An issue as it would be now, for the command line: a channel → the texts of its issue, one a language. Nothing is posted.

The bot has an editor for this; here one is made that says nothing, with processes of its own that end with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from bot.digests.issues import Editor
from bot.digests.refresh import refresh
from bot.render.split import split
from bot.workshop import Workshop
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.delivery import Delivery
    from bot.settings import Settings
    from bot.storage.database import Database

WHOLE: Final = 10**6
"""Units and entities of a text that is not cut for Telegram."""


async def preview(
    database: Database, subscription_id: int, settings: Settings, *, now: Callable[[], datetime]
) -> list[str]:
    """The texts, none where there is nothing new. Feeds of the channel that nobody has read yet are read first."""
    policy = FetchPolicy(deadline=settings.fetch_seconds, max_bytes=int(settings.fetch_megabytes * 1_000_000))
    workshop = Workshop(settings, readers=1)
    try:
        async with Fetcher(policy) as fetcher:
            editor = Editor(
                database=database,
                delivery=cast("Delivery", None),  # a preview says nothing
                workshop=workshop,
                fetcher=fetcher,
                summariser=settings.summariser,
                now=now,
            )
            await refresh(database, fetcher, subscription_id, now=now)
            documents = await editor.preview(subscription_id) or ()
    finally:
        workshop.close()
    return [part.text for document in documents for part in split(document, limit=WHOLE, entity_limit=WHOLE)]
