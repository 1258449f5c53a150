"""Which story an item tells, in storage: also where one event began two stories and later reports show it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.digests import clustering
from bot.storage import feeds, issues, items, stories, subscriptions
from bot.storage.issues import IssueStory
from bot.storage.items import Incoming
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url
from tests.unit.storage.samples import a_subscription

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from bot.storage.database import Database
    from bot.storage.stories import Story
    from pipelines.stories.models import Known

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENGLISH = (
    "Hundreds of families flee floods in Baghlan",
    (
        "At least 62 people died when flash floods hit Baghlan and Takhar provinces in northern Afghanistan on Friday, the "
        "Taliban said. Zabihullah Mujahid, spokesman of the government, said 1,340 houses were destroyed in Burka district. "
        "The World Food Programme sent 24 trucks from Pul-i-Khumri to Burka."
    ),
    "en",
)
FIRST_DARI = (
    "سیلاب در شمال کشور",
    "باشندگان می‌گویند که آب خانه‌های آنان را برده است و کمک می‌خواهند. سیلاب‌ها در بغلان خسارات زیاد وارد کرده است.",
    "prs",
)
LATER_DARI = (
    "سیلاب در بغلان",
    (
        "سیلاب‌ها در ولایت‌های بغلان و تخار در شمال افغانستان دست‌کم ۶۲ کشته به جا گذاشت. ذبیح‌الله مجاهد، سخنگوی طالبان، "
        "گفت که ۱۳۴۰ خانه در ولسوالی برکه ویران شده است. باشندگان می‌گویند که آب خانه‌های آنان را برده است و کمک می‌خواهند. "
        "برنامه جهانی غذا ۲۴ لاری را از پلخمری به برکه فرستاد."
    ),
    "prs",
)


async def told(database: Database, report: tuple[str, str, str], minute: int) -> int | None:
    """Number of the story of a report that is just read, each from a feed of its own."""
    title, text, language = report
    async with database.transaction() as tx:
        feed = await feeds.add(tx, url=f"https://{minute}.example/feed", now=NOW)
        new = Incoming(
            identities=(f"t:{minute}",), url=None, title=title, text=text, language=language,
            published_at=NOW + timedelta(minutes=minute),
        )  # fmt: skip
        stored = await items.store(tx, feed.id, [new], now=NOW)
    await clustering.place(database, stored.new)
    return (await stories_of(database, stored.new))[0]


async def stories_of(database: Database, item_ids: Sequence[int]) -> list[int | None]:
    async with database.connect() as connection:
        return [item.story_id for item in await items.get(connection, item_ids)]


async def posted(database: Database, story_id: int, chat_id: int) -> None:
    async with database.transaction() as tx:
        subscription = await subscriptions.save(tx, a_subscription(chat_id), now=NOW)
        issue = await issues.begin(tx, subscription.id, NOW, now=NOW)
        await issues.fill(tx, issue.id, [IssueStory(story_id=story_id)], now=NOW)


async def counts(database: Database, *story_ids: int | None) -> list[int]:
    async with database.connect() as connection:
        found = [await stories.get(connection, number) for number in story_ids if number is not None]
    return [story.items for story in found if story is not None]


async def test_a_report_that_shows_two_stories_to_be_one_makes_them_one(database: Database) -> None:
    english, dari = await told(database, ENGLISH, 1), await told(database, FIRST_DARI, 2)
    assert english != dari
    assert await told(database, LATER_DARI, 3) == english
    assert await counts(database, english, dari) == [3, 0]
    # the words of the story that is gone find the one that is left
    assert await told(database, FIRST_DARI, 4) == english


async def test_what_was_posted_keeps_its_number_and_the_other_joins_it(database: Database) -> None:
    english, dari = await told(database, ENGLISH, 1), await told(database, FIRST_DARI, 2)
    assert english is not None
    assert dari is not None
    await posted(database, dari, -1)
    await told(database, LATER_DARI, 3)
    assert await counts(database, english, dari) == [0, 3]


async def test_two_stories_that_were_both_posted_stay_two(database: Database) -> None:
    english, dari = await told(database, ENGLISH, 1), await told(database, FIRST_DARI, 2)
    assert english is not None
    assert dari is not None
    await posted(database, english, -1)
    await posted(database, dari, -2)
    await told(database, LATER_DARI, 3)
    assert sorted(await counts(database, english, dari)) == [1, 2]


async def test_stories_that_changed_while_they_were_compared_are_left(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, dari = await told(database, ENGLISH, 1), await told(database, FIRST_DARI, 2)
    assert dari is not None
    compare, loop = clustering._same_event, asyncio.get_running_loop()

    async def joins_dari() -> None:
        async with database.transaction() as tx:
            feed = await feeds.add(tx, url="https://other.example/feed", now=NOW)
            new = Incoming(identities=("t:9",), url=None, title="-", text="", language="prs", published_at=NOW)
            await stories.attach(tx, (await items.store(tx, feed.id, [new], now=NOW)).new[0], dari)

    def meanwhile(known: Known, near: Sequence[Story]) -> int | None:
        asyncio.run_coroutine_threadsafe(joins_dari(), loop).result()
        return compare(known, near)

    monkeypatch.setattr(clustering, "_same_event", meanwhile)
    await told(database, LATER_DARI, 3)
    assert await counts(database, english, dari) == [2, 2]
    monkeypatch.undo()
    # the next report is compared with what both are now
    await told(database, LATER_DARI, 4)
    assert sorted(await counts(database, english, dari)) == [0, 5]
