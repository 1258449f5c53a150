"""Issues of auto-digests, from what is due to what is posted: choose stories, read their articles, translate, say.

Each step keeps what it came to in the database and does only what is left when it is run again, so that a process that dies costs
no article a second reading and no reader a second message.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.delivery import ChatGone, DeliveryFailed, Priority
from bot.digests import compose, schedule
from bot.digests.choice import chosen
from bot.digests.reading import Reader
from bot.i18n import SPOKEN, say
from bot.jobs.values import IssueRequest
from bot.messages import said, words
from bot.render.nodes import Document, Paragraph
from bot.storage import digests, feeds, incidents, issues, stories, subscriptions
from bot.storage.issues import IssueStory

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.delivery import Delivery
    from bot.digests.compose import Entry
    from bot.storage.database import Database
    from bot.storage.issues import Issue
    from bot.storage.items import Item
    from bot.storage.outbox import PlannedPart
    from bot.storage.stories import Candidate
    from bot.storage.subscriptions import Subscription
    from bot.workshop import Workshop
    from pipelines.fetch.http import Fetcher
    from pipelines.languages import Language

log = logging.getLogger(__name__)

CLAIMED: Final = 100
"""Subscriptions that are taken at once; whoever has more that are due comes again."""
FIRST_WINDOW: Final = timedelta(hours=24)
"""How far back the first issue of a subscription looks."""
LONGEST_WINDOW: Final = timedelta(hours=48)
"""No issue looks further back, however long ago the last one was."""
OVERLAP: Final = timedelta(hours=2)
"""Windows overlap: what was seen while a clock was wrong is told all the same. What was posted is not told again."""
MENDED_FOR: Final = timedelta(hours=48)
"""An issue that was posted is changed with its sources for so long."""
AT_ONCE: Final = 4
"""Stories of one issue that are read at once."""


class Editor:
    """Makes issues and says them. The ``Editing`` of the jobs; one value a process, on its event loop."""

    def __init__(
        self,
        *,
        database: Database,
        delivery: Delivery,
        workshop: Workshop,
        fetcher: Fetcher,
        summariser: str,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._delivery, self._workshop, self._now = database, delivery, workshop, now
        self._reader = Reader(database=database, workshop=workshop, fetcher=fetcher, summariser=summariser, now=now)

    async def due(self, enqueue: Callable[[IssueRequest], Awaitable[None]]) -> int:
        """Begin the issues that are due; how many. A crash in between begins none twice: the slot names the job."""
        begun = 0
        while True:
            async with self._database.transaction() as tx:
                now = self._now()
                claimed = await subscriptions.claim_due(tx, now=now, limit=CLAIMED)
                for one in claimed:
                    slot = schedule.due_slot(one.schedule, one.last_slot, now)
                    if slot is not None and one.schedule.kind == "live":
                        # a channel that is looked at every few minutes has nothing to say most of the time
                        slot = slot if await chosen(tx, one, since=await self._since(tx, one, slot), now=now) else None
                    if slot is not None:
                        await enqueue(IssueRequest(key=_key(one, slot), subscription_id=one.id, slot=slot))
                        begun += 1
                    due_at = schedule.next_slot(one.schedule, now)
                    await subscriptions.advance(tx, one.id, slot=slot, due_at=due_at)
            if len(claimed) < CLAIMED:
                return begun

    async def changed(self, enqueue: Callable[[IssueRequest], Awaitable[None]]) -> int:
        """Begin to mend the posted issues whose sources have changed; how many."""
        async with self._database.connect() as connection:
            stale = await issues.stale(connection, since=self._now() - MENDED_FOR, limit=CLAIMED)
        for one in stale:
            issue, made = one.issue, one.issue.made_at or one.issue.created_at
            key = f"e:{issue.id}:{made.timestamp():.0f}"
            await enqueue(
                IssueRequest(key=key, subscription_id=issue.subscription_id, slot=issue.slot, issue_id=issue.id)
            )
        return len(stale)

    async def collect(self, request: IssueRequest) -> int | None:
        """The issue with its stories, None where there is nothing to post."""
        if request.issue_id is not None:
            return request.issue_id
        now = self._now()
        async with self._database.transaction() as tx:
            subscription = await subscriptions.get(tx, request.subscription_id)
            if subscription is None:
                return None
            issue = await issues.begin(tx, subscription.id, request.slot, now=now)
            if issue.state != "making":
                return None
            if issue.made_at is not None:  # an earlier try has chosen
                return issue.id
            if not subscription.enabled:
                await issues.failed(tx, issue.id, reason="disabled")
                return None
            since = await self._since(tx, subscription, request.slot)
            found = await chosen(tx, subscription, since=since, now=now)
            if not found and not subscription.say_when_empty:
                await issues.empty(tx, issue.id)
                return None
            told = [IssueStory(story_id=one.story.id) for one in found]
            await issues.fill(tx, issue.id, told, delivery=request.key, now=now)
            return issue.id

    async def read(self, request: IssueRequest, issue_id: int) -> None:
        """A digest of each story, in the subscription's languages as far as back-ends are there."""
        found = await self._of(request, issue_id)
        if found is None:
            return
        issue, subscription = found
        unread = [one for one in issue.stories if one.digest_id is None]
        if request.issue_id is not None:
            unread = [one for one in issue.stories if one.story_id in await self._changed_stories(issue)]
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(told: IssueStory) -> None:
            async with gate:
                async with self._database.connect() as connection:
                    items = await stories.items_of(connection, told.story_id)
                digest_id = await self._reader.digest(
                    _of_feeds(items, subscription), subscription, anew=request.issue_id is not None
                )
                if digest_id is not None:
                    async with self._database.transaction() as tx:
                        await issues.digested(tx, issue_id, told.story_id, digest_id)

        await asyncio.gather(*(one(told) for told in unread))
        async with self._database.connect() as connection:
            read = await issues.get(connection, issue_id)
        if read is not None:
            await self._reader.translate([told.digest_id for told in read.stories], subscription)

    async def post(self, request: IssueRequest, issue_id: int) -> None:
        """Say it, or put it in the place of what was said."""
        found = await self._of(request, issue_id)
        if found is None:
            return
        issue, subscription = found
        read_at = self._now()
        documents = await self._documents(issue, subscription)
        if not documents:
            await self._ended(issue_id, reason="nothing could be read")
            return
        rich, plain = _parts(documents)
        try:
            if request.issue_id is None:
                sent = await self._delivery.send(
                    issue.delivery or request.key,
                    subscription.chat_id,
                    rich,
                    fallback=plain,
                    topic_id=subscription.topic_id,
                    priority=Priority.BACKGROUND,
                )
            else:
                sent = await self._delivery.edit(
                    request.key,
                    subscription.chat_id,
                    issue.message_ids,
                    rich,
                    fallback=plain,
                    topic_id=subscription.topic_id,
                    priority=Priority.BACKGROUND,
                )
        except ChatGone:
            await self._ended(issue_id, reason="chat gone")
        except DeliveryFailed as error:
            await self._note("delivery", "issue", error.reason)
            await self._ended(issue_id, reason=error.reason)
        else:
            async with self._database.transaction() as tx:
                if request.issue_id is None:
                    await issues.posted(tx, issue_id, sent.message_ids, now=self._now())
                else:
                    await issues.edited(tx, issue_id, sent.message_ids, now=read_at)

    async def abandon(self, request: IssueRequest, error: BaseException) -> None:
        """The job failed for good: its stories come into the next issue."""
        await self._note("issue", f"subscription {request.subscription_id}", f"{type(error).__name__}: {error}"[:300])
        async with self._database.transaction() as tx:
            if request.issue_id is None:
                issue = await issues.begin(tx, request.subscription_id, request.slot, now=self._now())
                await issues.failed(tx, issue.id, reason=type(error).__name__)

    async def preview(self, subscription_id: int) -> tuple[Document, ...] | None:
        """What an issue made now would say; nothing is posted and nothing counts as told. None where there is nothing new."""
        now = self._now()
        async with self._database.connect() as connection:
            subscription = await subscriptions.get(connection, subscription_id)
            if subscription is None:
                return None
            since = await self._since(connection, subscription, now)
            found = await chosen(connection, subscription, since=since, now=now)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(candidate: Candidate) -> int | None:
            async with gate:
                return await self._reader.digest(candidate.items, subscription)

        made = await asyncio.gather(*(one(candidate) for candidate in found))
        await self._reader.translate(made, subscription)
        told = [
            IssueStory(story_id=candidate.story.id, digest_id=digest_id)
            for candidate, digest_id in zip(found, made, strict=True)
        ]
        entries = await self._entries(told, subscription)
        return self._composed(entries, subscription, now) if entries else None

    async def feed_disabled(self, feed_id: int) -> None:
        """Tell whoever chose a feed that it is polled no more."""
        async with self._database.connect() as connection:
            feed = await feeds.get(connection, feed_id)
            readers = await subscriptions.of_feed(connection, feed_id)
        if feed is None:
            return
        for person in dict.fromkeys(one.created_by for one in readers if one.created_by):
            speech = next((one.languages[0] for one in readers if one.created_by == person), SPOKEN[0])
            speech = speech if speech in SPOKEN else SPOKEN[0]
            told = say(speech, "feed-disabled", feed=feed.title or feed.url)
            key = f"fd:{feed_id}:{person}:{self._now():%Y%m%d}"
            try:
                await self._delivery.send(key, person, words(told, speech), priority=Priority.BACKGROUND)
            except DeliveryFailed as error:
                log.info("a notice was not delivered: %s", error.reason)

    async def _since(self, connection: object, subscription: Subscription, slot: datetime) -> datetime:
        """Where the window of an issue begins: at the slot of the last one that told what there was."""
        earlier = await issues.of_subscription(connection, subscription.id, limit=50)  # type: ignore[arg-type]
        told = [one.slot for one in earlier if one.state in ("posted", "empty") and one.slot < slot]
        since = max(told, default=slot - FIRST_WINDOW) - OVERLAP
        return max(since, slot - LONGEST_WINDOW)

    async def _of(self, request: IssueRequest, issue_id: int) -> tuple[Issue, Subscription] | None:
        """The issue that the request is about, None where there is nothing left to do for it."""
        async with self._database.connect() as connection:
            issue = await issues.get(connection, issue_id)
            subscription = await subscriptions.get(connection, request.subscription_id)
        wanted = "making" if request.issue_id is None else "posted"
        if issue is None or subscription is None or issue.state != wanted:
            return None
        return issue, subscription

    async def _changed_stories(self, issue: Issue) -> frozenset[int]:
        async with self._database.connect() as connection:
            stale = await issues.stale(connection, since=self._now() - MENDED_FOR)
        return frozenset(story for one in stale if one.issue.id == issue.id for story in one.stories)

    async def _documents(self, issue: Issue, subscription: Subscription) -> tuple[Document, ...]:
        entries = await self._entries(issue.stories, subscription)
        if entries:
            return self._composed(entries, subscription, issue.slot)
        if issue.stories:
            return ()
        return tuple(
            Document((Paragraph(say(_spoken(language), "issue-empty")),), language.direction)
            for language in subscription.languages
        )

    def _composed(self, entries: Sequence[Entry], subscription: Subscription, at: datetime) -> tuple[Document, ...]:
        day = at.astimezone(schedule.zone(subscription.schedule.timezone)).date()
        return tuple(
            compose.document(
                entries,
                language,
                heading=subscription.heading or say(_spoken(language), "issue-heading"),
                day=day,
                length=subscription.length,
            )
            for language in subscription.languages
        )

    async def _entries(self, told: Sequence[IssueStory], subscription: Subscription) -> list[Entry]:
        """Stories that could be read, in order, with everybody who reports them."""
        entries: list[Entry] = []
        async with self._database.connect() as connection:
            names = {feed.id: feed.title for feed in await feeds.of_subscription(connection, subscription.id)}
            for one in told:
                stored = None if one.digest_id is None else await digests.get(connection, one.digest_id)
                if stored is None:
                    continue
                items = _of_feeds(await stories.items_of(connection, one.story_id), subscription)
                entries.append(
                    compose.Entry(digest=stored.digest, outlets=compose.outlets(stored.digest, items, names))
                )
        return entries

    async def _ended(self, issue_id: int, *, reason: str) -> None:
        async with self._database.transaction() as tx:
            await issues.failed(tx, issue_id, reason=reason)

    async def _note(self, code: str, place: str, detail: str) -> None:
        async with self._database.transaction() as tx:
            await incidents.record(tx, incidents.Incident(at=self._now(), code=code, place=place, detail=detail))


def _key(subscription: Subscription, slot: datetime) -> str:
    return f"i:{subscription.id}:{slot:%Y%m%dT%H%M}"


def _of_feeds(items: Sequence[Item], subscription: Subscription) -> tuple[Item, ...]:
    return tuple(item for item in items if item.feed_id in subscription.feeds)


def _spoken(language: Language) -> Language:
    """The language of the bot's own words for a reader of ``language``: Persian of Iran reads Dari's."""
    from pipelines.languages import Language as Known  # noqa: PLC0415

    if language in SPOKEN:
        return language
    return Known.DARI if language.persian else Known.ENGLISH


def _parts(documents: Sequence[Document]) -> tuple[list[PlannedPart], list[PlannedPart]]:
    """One message or more for each document, in one delivery: all languages of an issue are said, or none is."""
    rich: list[PlannedPart] = []
    plain: list[PlannedPart] = []
    for document in documents:
        message = said(document)
        rich += message.rich
        plain += message.plain
    return rich, plain
