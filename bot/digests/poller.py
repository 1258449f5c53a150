"""Feeds that are due → their items in storage, each in its story.

Any number of processes share the work: a feed is claimed before it is asked. Items are kept first and find their stories after,
so that a process that dies in between leaves items without a story, which the next round takes up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.digests import clustering
from bot.storage import feeds, incidents, items
from bot.storage.errors import StorageError
from bot.storage.items import Incoming
from bot.traces import report
from pipelines.feeds import backoff
from pipelines.feeds.identity import canonical_url, identities
from pipelines.feeds.poll import Answered, Failed, PollState, poll
from pipelines.languages import READ, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.storage.database import Database
    from bot.storage.feeds import FeedRow
    from pipelines.feeds.models import FeedItem
    from pipelines.feeds.poll import Fetches
    from pipelines.stories.embedding import Embedder

log = logging.getLogger(__name__)

CLAIMED: Final = 50
"""Feeds that a process holds at a time."""
LEAST_CLAIM: Final = 20
"""Feeds that are claimed at once, but for the last: one question to the database for many."""
LEASE: Final = timedelta(minutes=5)
"""After it, a feed whose process died is anybody's again. Fifty feeds of one host that answers nothing take half of it."""
AT_ONCE: Final = 12
"""Of the connections of a ``Fetcher``, 16 by default: people who wait for an answer need the others."""
PER_HOST: Final = 5
MOST_TEXT: Final = 20_000
"""Code points of an item that are kept."""
IDENTIFIED: Final = 400
"""Code points by which an item's language is told: a title and 300 of the text."""
LEFT_BEHIND: Final = 200
"""Items without a story that a round takes up."""
_OF_AFGHANISTAN: Final = ("prs", "fa-af")
GONE, FAILING = "gone", "failing"
"""Why a feed is polled no more: its server said so (410), or a week of failures did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSummary:
    """What a round did. ``changed`` feeds brought items that are new or changed; ``disabled`` are numbers of those given up."""

    feeds: int
    changed: int
    failed: int
    new_items: int
    disabled: tuple[int, ...]


async def poll_due(
    database: Database, fetcher: Fetches, *, now: Callable[[], datetime], embedder: Embedder | None = None
) -> PollSummary:
    """Poll what is due until nothing is, and find stories for items that a crash left without. Raises ``StorageError``."""
    polling = _Round(database, fetcher, now, embedder)
    pending: set[asyncio.Task[None]] = set()
    more = True
    try:
        while pending or more:
            room = CLAIMED - len(pending)
            if more and (room >= LEAST_CLAIM or not pending):
                async with database.transaction() as tx:
                    claimed = await feeds.claim_due(tx, now=now(), limit=room, lease=LEASE, subscribed_only=True)
                pending |= {asyncio.create_task(polling.one(feed)) for feed in claimed}
                more = len(claimed) == room
            if pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
    await _left_behind(database, embedder)
    return polling.summary()


async def poll_now(
    database: Database,
    fetcher: Fetches,
    feed_ids: Sequence[int],
    *,
    now: Callable[[], datetime],
    embedder: Embedder | None = None,
) -> PollSummary:
    """Poll these feeds, due or not, claimed or not: somebody wants to see what they bring. Raises ``StorageError``."""
    polling = _Round(database, fetcher, now, embedder)
    async with database.connect() as connection:
        found = [await feeds.get(connection, number) for number in feed_ids]
    done = await asyncio.gather(*(polling.one(feed) for feed in found if feed is not None), return_exceptions=True)
    for error in done:
        if error is not None:
            raise error
    return polling.summary()


@dataclass(slots=True)
class _Round:
    """Polls under one bound on connections, and what they came to."""

    database: Database
    fetcher: Fetches
    now: Callable[[], datetime]
    embedder: Embedder | None = None
    feeds: int = 0
    changed: int = 0
    failed: int = 0
    new_items: int = 0
    disabled: list[int] = field(default_factory=list)
    hosts: defaultdict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(PER_HOST))
    )
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def summary(self) -> PollSummary:
        return PollSummary(
            feeds=self.feeds,
            changed=self.changed,
            failed=self.failed,
            new_items=self.new_items,
            disabled=tuple(self.disabled),
        )

    async def one(self, feed: FeedRow) -> None:
        self.feeds += 1
        place = backoff.place_of(feed.url)
        wish = None if feed.failures else backoff.last_wish(feed.polled_at, feed.due_at, place)
        state = PollState(
            url=feed.url, etag=feed.etag, last_modified=feed.last_modified, failures=feed.failures, ttl=wish
        )
        try:
            # the host's place first: waiting for a slow host must not hold a place that another could use
            async with self.hosts[(urlsplit(feed.url).hostname or "").lower()], self.places:
                polled = await poll(self.fetcher, state, now=self.now())
            if isinstance(polled, Failed):
                log.info("feed %d did not answer: %s", feed.id, polled.error.code)
                await self._failed(feed, due_at=polled.next_at, gone=polled.gone)
            else:
                await self._answered(feed, polled)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a feed that no parser foresaw must not cost the others
            report(log, f"feed {feed.id} could not be polled", error)
            await self._failed(
                feed, due_at=backoff.after_failure(self.now(), place, failures=feed.failures + 1), gone=False
            )

    async def _answered(self, feed: FeedRow, polled: Answered) -> None:
        found, now = polled.feed, self.now()
        incoming = await asyncio.to_thread(_incoming, found.items, feed.url) if found is not None else []
        async with self.database.transaction() as tx:
            stored = await items.store(tx, feed.id, incoming, now=now) if incoming else items.Stored()
            await feeds.polled(
                tx,
                feed.id,
                now=now,
                due_at=polled.next_at,
                etag=polled.etag,
                last_modified=polled.last_modified,
                changed=bool(stored.new or stored.changed),
                title=found.title if found is not None else "",
                home_url=found.home_url if found is not None else None,
                language=found.language if found is not None else None,
            )
            if polled.moved_to is not None and (address := canonical_url(polled.moved_to)) != feed.url:
                await feeds.moved(tx, feed.id, address)
        self.changed += bool(stored.new or stored.changed)
        self.new_items += len(stored.new)
        await clustering.place(self.database, (*stored.new, *stored.changed), embedder=self.embedder)

    async def _failed(self, feed: FeedRow, *, due_at: datetime, gone: bool) -> None:
        self.failed += 1
        now = self.now()
        async with self.database.transaction() as tx:
            after = await feeds.failed(tx, feed.id, now=now, due_at=due_at)
            if after is None or after.disabled:
                return
            if not gone and not backoff.given_up(now, failing_since=after.failing_since, failures=after.failures):
                return
            reason = GONE if gone else FAILING
            await feeds.disable(tx, feed.id, reason)
            told = f"feed {feed.id} is polled no more: {reason}"
            await incidents.record(tx, incidents.Incident(at=now, code="feed", place=f"feed {feed.id}", detail=told))
        self.disabled.append(feed.id)


async def _left_behind(database: Database, embedder: Embedder | None) -> None:
    async with database.connect() as connection:
        waiting = await items.without_story(connection, limit=LEFT_BEHIND)
    await clustering.place(database, tuple(one.id for one in waiting), embedder=embedder)


def _incoming(found: Sequence[FeedItem], feed_url: str) -> list[Incoming]:
    return [
        Incoming(
            identities=identities(one, feed_url),
            url=one.url,
            title=one.title,
            text=one.text[:MOST_TEXT],
            language=_language(one),
            published_at=one.published_at,
            updated_at=one.updated_at,
        )
        for one in found
    ]


def _language(item: FeedItem) -> str:
    """By its words, since what feeds declare is mostly the language of their template.

    Where the words say Persian, a feed that says it is of Afghanistan has Dari; where they say nothing, what it declares counts.
    """
    from pipelines.identify import identify  # noqa: PLC0415

    guess = identify(f"{item.title}\n\n{item.text}"[:IDENTIFIED])
    declared = item.language or ""
    if guess.language is Language.PERSIAN and declared.startswith(_OF_AFGHANISTAN):
        return Language.DARI.value
    if guess.language in READ:
        return guess.language.value
    own = declared.partition("-")[0]
    return own if guess.confidence == 0 and own in set(READ) else Language.UNKNOWN.value
