"""Subscriptions: one a topic, due when their schedule says, following their chat, surviving its going."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.digests.schedule import Schedule, next_slot
from bot.storage import chats, feeds, issues, items, people, stories, subscriptions
from bot.storage.issues import IssueStory
from pipelines.languages import Language
from tests.unit.storage.samples import DAY, EVERY_MORNING, HOUR, NOW, a_subscription, an_item

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.subscriptions import Subscription

DUE = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
"""Half past seven in Kabul, the first time after ``NOW``."""
OLD, NEW = -5, -1005


async def some_feeds(tx: AsyncConnection, count: int) -> tuple[int, ...]:
    return tuple([(await feeds.add(tx, url=f"https://{n}.example/", now=NOW)).id for n in range(count)])


async def again(tx: AsyncConnection, one: Subscription) -> Subscription:
    found = await subscriptions.get(tx, one.id)
    assert found is not None
    return found


async def test_what_is_saved_comes_back(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await some_feeds(tx, 2)
        new = subscriptions.NewSubscription(
            chat_id=-7, topic_id=3, enabled=True, feeds=(second, first, second), languages=(Language.PASHTO, Language.DARI),
            schedule=Schedule(
                kind="live", weekdays=(5, 0), timezone="Europe/Moscow", quiet=(time(22), time(6, 30))
            ),
            length="medium", most_items=20, include=("کابل",), exclude=("спорт", "sport"), least_sources=2,
            heading="خبر", say_when_empty=True, created_by=2**40,
        )  # fmt: skip
        made = await subscriptions.save(tx, new, now=NOW)
        assert made == subscriptions.Subscription(
            **{name: getattr(new, name) for name in subscriptions.NewSubscription.__dataclass_fields__},
            id=made.id, created_at=NOW, due_at=next_slot(new.schedule, NOW),
        )  # fmt: skip
        assert made.feeds == (second, first)
        assert await again(tx, made) == made
        assert await subscriptions.get(tx, 2**70) is None


async def test_a_chat_and_each_of_its_topics_have_one(database: Database) -> None:
    async with database.transaction() as tx:
        whole = await subscriptions.save(tx, a_subscription(), now=NOW)
        topic = await subscriptions.save(tx, a_subscription(topic_id=4), now=NOW)
        changed = await subscriptions.save(tx, replace(a_subscription(), heading="x", created_by=9), now=NOW + HOUR)
        assert changed == replace(whole, heading="x")
        await subscriptions.save(tx, a_subscription(-2), now=NOW)
        assert await subscriptions.of_chat(tx, -1) == [changed, topic]
        assert await subscriptions.of_topic(tx, -1) == changed
        assert await subscriptions.of_topic(tx, -1, 4) == topic
        assert await subscriptions.of_topic(tx, -1, 5) is None
        assert len(await subscriptions.all_subscriptions(tx)) == 3


async def test_who_reads_a_feed_is_known(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await some_feeds(tx, 2)
        one = await subscriptions.save(tx, a_subscription(feeds=(first, second)), now=NOW)
        other = await subscriptions.save(tx, a_subscription(-2, feeds=(second,)), now=NOW)
        assert await subscriptions.of_feed(tx, second) == [one, other]
        fewer = await subscriptions.save(tx, replace(one, feeds=(first,)), now=NOW)
        assert fewer.feeds == (first,)
        assert await subscriptions.of_feed(tx, second) == [other]
        assert await subscriptions.delete(tx, other.id)
        assert not await subscriptions.delete(tx, other.id)
        assert await subscriptions.of_feed(tx, second) == []


async def test_a_feed_that_is_none_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            await subscriptions.save(tx, a_subscription(feeds=(99,)), now=NOW)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"languages": ()}, "needs a language"),
        ({"most_items": 21}, "1 to 20 items, not 21"),
        ({"least_sources": 0}, "1 to 5, not 0"),
        ({"include": ("  ",)}, "1 to 100 characters"),
        ({"exclude": ("x" * 101,)}, "1 to 100 characters"),
        ({"include": ("a",) * 60, "exclude": ("b",) * 41}, "up to 100 terms"),
        ({"heading": "x" * 201}, "up to 200"),
        ({"feeds": tuple(range(501))}, "up to 500 feeds, not 501"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(a_subscription(), **wrong)


async def test_it_is_due_at_its_slots_while_it_is_enabled(database: Database) -> None:
    async with database.transaction() as tx:
        made = await subscriptions.save(tx, a_subscription(), now=NOW)
        assert made.due_at == DUE
        assert await subscriptions.claim_due(tx, now=DUE - HOUR, limit=9) == []
        assert await subscriptions.claim_due(tx, now=DUE, limit=9) == [made]
        await subscriptions.advance(tx, made.id, slot=DUE, due_at=DUE + DAY)
        assert await subscriptions.claim_due(tx, now=DUE + HOUR, limit=9) == []
        moved = await again(tx, made)
        assert (moved.last_slot, moved.due_at) == (DUE, DUE + DAY)
        off = await subscriptions.disable(tx, made.id)
        assert off is not None
        assert (off.enabled, off.due_at, off.last_slot, off.reason) == (False, None, DUE, "")
        # whoever was at it when it was disabled does not wake it up, and a clock that goes back takes nothing back
        await subscriptions.advance(tx, made.id, slot=DUE - DAY, due_at=DUE)
        assert await again(tx, made) == off
        assert await subscriptions.claim_due(tx, now=DUE + 9 * DAY, limit=9) == []
        on = await subscriptions.enable(tx, made.id, now=DUE + 5 * DAY + HOUR)
        assert on == replace(off, enabled=True, due_at=DUE + 6 * DAY)
        assert await subscriptions.enable(tx, made.id, now=DUE + 30 * DAY) == on
        assert await subscriptions.enable(tx, made.id + 1, now=NOW) is None


async def test_a_change_of_anything_but_the_schedule_leaves_the_next_slot(database: Database) -> None:
    async with database.transaction() as tx:
        made = await subscriptions.save(tx, a_subscription(), now=NOW)
        late = await subscriptions.save(tx, replace(made, heading="x"), now=DUE + HOUR)
        assert late.due_at == DUE
        noon = replace(late, schedule=replace(EVERY_MORNING, times=(time(12, 30),)))
        changed = await subscriptions.save(tx, noon, now=DUE + HOUR)
        assert changed.due_at == DUE + 5 * HOUR
        assert (await subscriptions.save(tx, replace(changed, enabled=False), now=DUE)).due_at is None


async def test_the_longest_due_come_first_in_batches(database: Database) -> None:
    async with database.transaction() as tx:
        made = [
            await subscriptions.save(
                tx, replace(a_subscription(-n - 1), schedule=Schedule(times=(time(23 - n),))), now=NOW
            )
            for n in range(5)
        ]
        batch = await subscriptions.claim_due(tx, now=NOW + 2 * DAY, limit=3)
        assert batch == sorted(made, key=lambda one: (one.due_at, one.id))[:3]


async def test_two_workers_get_different_ones(database: Database) -> None:
    async with database.transaction() as tx:
        for n in range(4):
            await subscriptions.save(tx, a_subscription(-n - 1), now=NOW)
    claimed: list[list[Subscription]] = []
    both = asyncio.Barrier(2)

    async def work() -> None:
        # SQLite has one writer: the second one begins when the first has ended
        async with database.transaction() as tx:
            claimed.append(found := await subscriptions.claim_due(tx, now=DUE, limit=3))
            if database.url.get_backend_name() != "sqlite":
                await both.wait()
            for one in found:
                await subscriptions.advance(tx, one.id, slot=DUE, due_at=DUE + HOUR)

    await asyncio.gather(work(), work())
    first, second = claimed
    assert sorted([len(first), len(second)]) == [1, 3]
    assert not {s.id for s in first} & {s.id for s in second}


async def test_a_chat_that_is_gone_keeps_its_subscriptions_disabled(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="channel", now=NOW)
        on = await subscriptions.save(tx, a_subscription(OLD, feeds=await some_feeds(tx, 1)), now=NOW)
        off = await subscriptions.save(tx, a_subscription(OLD, 4, enabled=False), now=NOW)
        elsewhere = await subscriptions.save(tx, a_subscription(-6), now=NOW)
        await chats.gone(tx, OLD, "kicked", now=NOW)
        assert await again(tx, on) == replace(on, enabled=False, due_at=None, reason="kicked")
        assert await again(tx, off) == off
        assert await again(tx, elsewhere) == elsewhere
        await chats.back(tx, OLD)
        assert not (await again(tx, on)).enabled
        assert await subscriptions.enable(tx, on.id, now=NOW) == on


async def test_subscriptions_follow_a_group_that_moved(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", now=NOW)
        made = await subscriptions.save(tx, a_subscription(OLD, feeds=await some_feeds(tx, 1)), now=NOW)
        for _ in range(2):  # Telegram says it in both chats
            await chats.move(tx, OLD, NEW, now=NOW)
        assert await subscriptions.of_chat(tx, NEW) == [replace(made, chat_id=NEW)]
        assert await subscriptions.of_chat(tx, OLD) == []


async def test_where_both_chats_have_one_they_become_one_that_repeats_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", now=NOW)
        first, second, third = await some_feeds(tx, 3)
        told = []
        for feed, name in ((first, "a"), (second, "b"), (second, "c")):
            (item,) = (await items.store(tx, feed, [an_item(name)], now=NOW)).new
            told.append((await stories.create(tx, item, title=name, language="en", features={}, keys=[])).id)
        old = await subscriptions.save(
            tx, replace(a_subscription(OLD, feeds=(first, second)), created_by=7, heading="old"), now=NOW
        )
        new = await subscriptions.save(tx, replace(a_subscription(NEW, feeds=(third, second)), heading="new"), now=NOW)
        for one, slot, held in (
            (old, NOW, told[:1]), (old, NOW + DAY, told[1:]), (new, NOW + DAY, told[1:2]), (new, NOW + 2 * DAY, []),
        ):  # fmt: skip
            issue = await issues.begin(tx, one.id, slot, now=NOW)
            await issues.fill(tx, issue.id, [IssueStory(story_id=story) for story in held], now=NOW)
            await issues.posted(tx, issue.id, [1], now=NOW)
            await subscriptions.advance(tx, one.id, slot=slot, due_at=DUE)
        await chats.move(tx, OLD, NEW, now=NOW)
        (joined,) = await subscriptions.all_subscriptions(tx)
        assert joined == replace(new, feeds=(third, second, first), created_by=7, last_slot=NOW + 2 * DAY, due_at=DUE)
        assert [
            (one.slot, sorted(story.story_id for story in one.stories))
            for one in await issues.of_subscription(tx, joined.id)
        ] == [(NOW + 2 * DAY, []), (NOW + DAY, told[1:]), (NOW, told[:1])]
        assert await stories.unposted(tx, joined, since=NOW - DAY, now=NOW) == []


async def test_a_person_who_is_forgotten_leaves_the_channel_its_subscription(database: Database) -> None:
    async with database.transaction() as tx:
        await people.person(tx, 7, language_code="fa", now=NOW)
        made = await subscriptions.save(tx, replace(a_subscription(), created_by=7), now=NOW)
        await subscriptions.save(tx, replace(a_subscription(-2), created_by=8), now=NOW)
        await subscriptions.save(tx, a_subscription(7), now=NOW)
        assert (await people.known(tx, 7)).subscriptions == 1
        await people.forget(tx, 7, now=NOW)
        assert (await people.known(tx, 7)).subscriptions == 0
        assert (await people.known(tx, 8)).subscriptions == 1
        assert await again(tx, made) == replace(made, created_by=None)
        assert await subscriptions.of_chat(tx, 7) == []
