"""Items → their stories, in storage: the known stories that share keys with an item are asked whether one of them is its own.

Reading an item takes milliseconds of a processor and stands outside of the transaction; choosing its story is one at a time among
all processes, so that two that meet an event in the same moment do not make two stories of it. A story that got an item
is compared with the others anew: two that turn out to be one event become one, unless both were posted.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.storage import items, stories
from bot.storage.errors import StorageError
from bot.traces import report
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.storage.database import Database
    from bot.storage.items import Item
    from bot.storage.stories import Story
    from pipelines.stories.embedding import Embedder
    from pipelines.stories.models import Features, Known, StoryItem

log = logging.getLogger(__name__)

WINDOW: Final = timedelta(days=5)
"""Stories whose last item is older are over."""
CANDIDATES: Final = 50


async def place(database: Database, item_ids: Sequence[int], *, embedder: Embedder | None = None) -> None:
    """Find or make the story of each item, oldest first. Raises ``StorageError``.

    An item that was changed keeps its story, which may have been posted: an edit is no news. One that cannot be read is a story
    of its own, and is logged.
    """
    if not item_ids:
        return
    async with database.connect() as connection:
        found = await items.get(connection, item_ids)
    for item in sorted(found, key=lambda one: (one.published_at, one.id)):
        try:
            joined = await _place(database, item, embedder)
            while joined is not None:
                joined = await _join(database, joined, since=item.published_at - WINDOW)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - an item without a story would be tried again every few seconds, for ever
            report(log, f"item {item.id} could not be compared with stories", error)
            await _leave_alone(database, item)


async def _place(database: Database, item: Item, embedder: Embedder | None) -> int | None:
    """Number of the story that the item joined; None where it began one, had one or is gone."""
    from pipelines.stories.cluster import merged  # noqa: PLC0415
    from pipelines.stories.features import keys  # noqa: PLC0415
    from pipelines.stories.models import from_json, to_json  # noqa: PLC0415

    read = await asyncio.to_thread(features_of, item)
    marks, since = keys(read), item.published_at - WINDOW
    async with database.connect() as connection:
        near = await stories.recent(connection, keys=marks, since=since, limit=CANDIDATES)
    vector = None if embedder is None else await asyncio.to_thread(_embedded, item, embedder)
    likeliest = await asyncio.to_thread(_likeliest, read, near, item, vector)
    told = {one.id: one.items for one in near}
    async with database.transaction() as tx:
        await stories.alone(tx)
        current = next(iter(await items.get(tx, [item.id])), None)
        if current is None:
            return None
        if current.story_id is not None:
            own = await stories.get(tx, current.story_id)
            if own is not None and own.items == 1:
                await stories.attach(tx, item.id, own.id, features=to_json(read), keys=marks, embedding=vector)
            return None
        # most of the work was done outside of the transaction; here only what others have told since
        newer = await stories.recent(tx, keys=marks, since=since, limit=CANDIDATES)
        if others := [one for one in newer if told.get(one.id) != one.items]:
            likeliest = _likeliest(read, [*others, *(one for one in newer if one.id == likeliest)], item, vector)
        story = None if likeliest is None else await stories.get(tx, likeliest)
        if story is None or not story.items:  # gone, or emptied by a join
            await stories.create(
                tx,
                item.id,
                title=item.title,
                language=item.language,
                features=to_json(read),
                keys=marks,
                embedding=vector,
            )
            return None
        whole = merged(from_json(story.features), read)
        both = _between(story.embedding, vector, story.items, 1)
        await stories.attach(tx, item.id, story.id, features=to_json(whole), keys=marks, embedding=both)
        return story.id


async def _join(database: Database, story_id: int, *, since: datetime) -> int | None:
    """Number of the story that this one and another now are; None where it is like no other."""
    from pipelines.stories.cluster import merged  # noqa: PLC0415
    from pipelines.stories.features import keys  # noqa: PLC0415
    from pipelines.stories.models import to_json  # noqa: PLC0415

    async with database.connect() as connection:
        one = await stories.get(connection, story_id)
        known = None if one is None else next(_known([one]), None)
        if one is None or known is None:
            return None
        # its own comes first among those that share its keys
        near = await stories.recent(connection, keys=keys(known.features), since=since, limit=CANDIDATES + 1)
        had = await stories.posted(connection, [story_id, *(other.id for other in near)])
    # a story that a channel has had keeps its items, so of two of them neither can join the other
    others = {other.id: other for other in near if other.id != story_id and not {other.id, story_id} <= had}
    match = await asyncio.to_thread(_same_event, known, tuple(others.values()))
    if match is None:
        return None
    other = others[match]
    whole, part = sorted((one, other), key=lambda story: (story.id not in had, story.id))
    async with database.transaction() as tx:
        await stories.alone(tx)
        for compared in (one, other):
            current = await stories.get(tx, compared.id)
            if current is None or current.items != compared.items:  # the next item of it will tell
                return None
        first, second = _known((whole, part))
        told = await stories.join(
            tx,
            part.id,
            whole.id,
            features=to_json(merged(first.features, second.features)),
            embedding=_between(whole.embedding, part.embedding, whole.items, part.items),
        )
    if told is None:
        return None
    log.info("story %s is the same event as story %s and joined it", part.id, whole.id)
    return told.id


def _same_event(known: Known, near: Sequence[Story]) -> int | None:
    from pipelines.stories.cluster import same_event  # noqa: PLC0415

    match = same_event(known, list(_known(near)))
    return None if match is None else match.story_id


def _between(one: bytes | None, other: bytes | None, ones: int, others: int) -> bytes | None:
    """The vector of both, weighed by reports; of the one that has a vector where the other has none."""
    from pipelines.stories.embedding import mean  # noqa: PLC0415

    if one is None or other is None:
        return one or other
    return mean(one, other, reports=ones, more=others)


async def _leave_alone(database: Database, item: Item) -> None:
    """A story of its own, which nothing joins, for an item that has none."""
    async with database.transaction() as tx:
        for current in await items.get(tx, [item.id]):
            if current.story_id is None:
                await stories.create(tx, item.id, title=item.title, language=item.language, features={}, keys=())


def features_of(item: Item) -> Features:
    """What an item is compared by; a hundredth of a second of a processor."""
    from pipelines.stories.features import features  # noqa: PLC0415

    return features(_report(item))


def _embedded(item: Item, embedder: Embedder) -> bytes:
    from pipelines.stories.embedding import passage, to_bytes  # noqa: PLC0415

    return to_bytes(embedder.embed([passage(_report(item))])[0])


def _report(item: Item) -> StoryItem:
    from pipelines.stories.models import StoryItem  # noqa: PLC0415

    return StoryItem(
        id=item.id,
        title=item.title,
        text=item.text,
        language=Language(item.language),
        published_at=item.published_at,
        source=str(item.feed_id),
    )


def _likeliest(read: Features, near: Sequence[Story], item: Item, vector: bytes | None) -> int | None:
    from pipelines.stories.cluster import assign  # noqa: PLC0415

    match = assign(read, list(_known(near)), published_at=item.published_at, embedding=vector)
    return None if match is None else match.story_id


def _known(near: Sequence[Story]) -> Iterator[Known]:
    """Stories as they are compared; those that another version of Khabar wrote can not be."""
    from pipelines.stories.models import Known, from_json  # noqa: PLC0415

    for one in near:
        try:
            features = from_json(one.features)
        except (ValueError, KeyError):
            continue
        yield Known(id=one.id, features=features, last_at=one.last_at, embedding=one.embedding)
