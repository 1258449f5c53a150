"""An editor at work: a real database, delivery over the fake Bot API in virtual time, articles read in this process.

``Newsroom.tell`` is what polls would bring; ``slot`` runs the jobs of what is due, as DBOS would, step after step.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, cast

from bot.digests.issues import Editor
from bot.storage import chats, feeds, items, stories, subscriptions
from bot.storage.items import Incoming
from bot.storage.subscriptions import NewSubscription, Subscription
from pipelines.digest import DigestOptions, digest, digest_again
from pipelines.errors import HttpStatusError
from pipelines.languages import Language
from pipelines.models import Page
from pipelines.summarise.base import LENGTHS
from tests.telegram.delivery_stage import Stage, stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.digests.schedule import Schedule
    from bot.jobs.values import IssueRequest
    from bot.workshop import Work
    from pipelines.models import Article, Digest
    from tests.telegram.fake import Chat

STORY = (
    "KABUL — Taliban officials met Russian envoys in Kabul on Tuesday to discuss trade, the ministry said. "
    "Russian presidential envoy Zamir Kabulov told reporters that both sides signed {number} agreements on transit and energy. "
    "Acting foreign minister Amir Khan Muttaqi said the road through Torkham would open within {number} weeks. "
    "The United Nations mission in Afghanistan welcomed the talks but asked for schools for girls to be reopened. "
    "Aid agencies say that more than {number} million people need help this winter, and that money for it is short."
)


class Here:
    """A workshop without processes: the same calls, made here."""

    async def digest(self, work: Work) -> Digest:
        return await asyncio.to_thread(digest, work.page, DigestOptions(length=LENGTHS[work.length]))

    async def digest_again(self, article: Article, length: str) -> Digest:
        return await asyncio.to_thread(digest_again, article, DigestOptions(length=LENGTHS[length]))

    async def translate_all(self, digests: Sequence[Digest], targets: Sequence[Language]) -> list[Digest]:
        assert targets
        return list(digests)  # no model is installed


@dataclass(slots=True)
class Papers:
    """A fetcher of pages by address; ``fetched`` are the addresses asked for, in order."""

    pages: dict[str, str] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> Page:
        self.fetched.append(url)
        if url not in self.pages:
            raise HttpStatusError("There is no such page.", status=404)
        return Page(
            url=url, final_url=url, content_type="text/html", charset="utf-8", body=self.pages[url].encode(),
            fetched_at=datetime.fromisoformat("2026-11-25T00:00:00+00:00"),
        )  # fmt: skip


@dataclass(slots=True)
class Newsroom:
    on: Stage
    papers: Papers
    channel: Chat
    feeds: list[int] = field(default_factory=list)

    def editor(self) -> Editor:
        """A new process's editor."""
        return Editor(
            database=self.on.database,
            delivery=self.on.delivery(),
            workshop=cast("Any", Here()),
            fetcher=cast("Any", self.papers),
            summariser="centroid",
            now=self.on.time.wall,
        )

    async def subscribe(self, schedule: Schedule, **choices: Any) -> Subscription:
        """The channel's subscription, of two feeds, enabled now."""
        now = self.on.time.wall()
        async with self.on.database.transaction() as tx:
            await chats.chat(tx, self.channel.id, kind="channel", title="C", now=now)
            made = [
                await feeds.add(tx, url=f"https://{n}.example/feed", title=f"Outlet {n}", now=now) for n in ("a", "b")
            ]
            self.feeds = [one.id for one in made]
            new = NewSubscription(
                chat_id=self.channel.id,
                enabled=True,
                feeds=tuple(self.feeds),
                schedule=schedule,
                **{"languages": (Language.ENGLISH,), **choices},
            )
            return await subscriptions.save(tx, new, now=now)

    async def tell(
        self, number: int, *, feed: int = 0, story: int | None = None, title: str = "", page: bool = True
    ) -> int:
        """A feed tells something new; the number of its story, which is ``story`` where another feed told it before."""
        url, title = f"https://{'ab'[feed]}.example/{number}", title or f"Kabul talks, day {number}"
        if page:
            self.publish(url, number, title)
        now = self.on.time.wall()
        async with self.on.database.transaction() as tx:
            new = Incoming(
                identities=(f"u:{url}",), url=url, title=title, text=f"Envoys met for the {number}th time.",
                language="en", published_at=now,
            )  # fmt: skip
            stored = await items.store(tx, self.feeds[feed], [new], now=now)
            (item_id,) = (*stored.new, *stored.changed)
            if stored.changed:
                (item,) = await items.get(tx, [item_id])
                assert item.story_id is not None
                return item.story_id
            if story is not None:
                assert await stories.attach(tx, item_id, story)
                return story
            return (await stories.create(tx, item_id, title=title, language="en", features={}, keys=[f"n{number}"])).id

    def publish(self, url: str, number: int, title: str) -> None:
        body = "".join(f"<p>{escape(part)}.</p>" for part in STORY.format(number=number + 2).split(". "))
        head = f"<title>{escape(title)}</title>"
        self.papers.pages[url] = (
            f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )

    async def at(self, moment: datetime) -> None:
        """It is ``moment`` now; a clock may go back as well."""
        self.on.time.now += (moment - self.on.time.wall()).total_seconds()

    async def due(self, editor: Editor | None = None) -> list[IssueRequest]:
        """What is due now, begun but not run."""
        begun: list[IssueRequest] = []

        async def enqueue(request: IssueRequest) -> None:
            begun.append(request)

        await (editor or self.editor()).due(enqueue)
        return begun

    async def run(self, request: IssueRequest, editor: Editor | None = None) -> None:
        """A job's steps, one after the other."""
        editor = editor or self.editor()
        issue_id = await editor.collect(request)
        if issue_id is not None:
            await editor.read(request, issue_id)
            await self.on.time.passing(editor.post(request, issue_id))

    async def slot(self) -> list[str]:
        """Run what is due; what the channel shows then."""
        for request in await self.due():
            await self.run(request)
        return self.said()

    def said(self) -> list[str]:
        return self.on.said(self.channel)

    async def later(self, **how_long: float) -> None:
        await self.at(self.on.time.wall() + timedelta(**how_long))


@asynccontextmanager
async def newsroom(folder: Path) -> AsyncIterator[Newsroom]:
    async with stage(folder, rich=False) as on:
        channel = on.api.channel("News", bot_inside=True)
        on.api.promote(channel)
        yield Newsroom(on=on, papers=Papers(), channel=channel)
