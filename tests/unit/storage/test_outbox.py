"""Deliveries: planned once, sent part by part, completed after a crash, ended with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.storage import chats, outbox
from bot.storage.outbox import PlannedPart
from tests.unit.storage.samples import DAY, HOUR, NOW

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

PARTS = [PlannedPart(method="sendMessage", payload={"text": word}) for word in ("سلام", "دوم")]


async def plan(tx: AsyncConnection, key: str = "k", *, chat_id: int = 5, hours: int = 0) -> outbox.Delivery:
    return await outbox.plan(tx, key, chat_id=chat_id, topic_id=3, parts=PARTS, now=NOW + hours * HOUR)


async def test_a_plan_is_what_was_planned(database: Database) -> None:
    async with database.transaction() as tx:
        planned = await plan(tx)
    assert (planned.key, planned.chat_id, planned.topic_id, planned.state) == ("k", 5, 3, "pending")
    assert (planned.created_at, planned.done_at, planned.reason) == (NOW, None, "")
    assert [(one.number, one.state, one.payload) for one in planned.parts] == [
        (0, "pending", {"text": "سلام"}),
        (1, "pending", {"text": "دوم"}),
    ]


async def test_a_key_that_is_planned_again_stays_as_it_is(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        await outbox.claim_part(tx, "k", 0)
        before = await outbox.get(tx, "k")
        again = await outbox.plan(
            tx, "k", chat_id=6, parts=[PlannedPart(method="other", payload={"a": 1})], now=NOW + DAY
        )
    assert again == before
    assert again.parts[0].state == "sending"


@pytest.mark.parametrize("key", ["", "k" * 97])
async def test_a_key_that_does_not_fit_is_refused(database: Database, key: str) -> None:
    with pytest.raises(ValueError, match="1 to 96"):
        async with database.transaction() as tx:
            await plan(tx, key)


async def test_a_delivery_without_parts_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(ValueError, match="needs a part"):
            await outbox.plan(tx, "k", chat_id=5, parts=[], now=NOW)
        await plan(tx)
        with pytest.raises(ValueError, match="needs a part"):
            await outbox.replan(tx, "k", [])


async def test_a_part_is_claimed_by_one_only_and_can_be_given_back(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        assert await outbox.claim_part(tx, "k", 0)
        assert not await outbox.claim_part(tx, "k", 0)
        assert await outbox.release(tx, "k", 0)
        assert not await outbox.release(tx, "k", 0)
        assert await outbox.claim_part(tx, "k", 0)
        assert not await outbox.claim_part(tx, "k", 9)
        assert not await outbox.claim_part(tx, "none", 0)


async def test_the_last_part_sent_ends_the_delivery_and_empties_its_texts(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        for number in (0, 1):
            assert await outbox.state(tx, "k") == "pending"
            await outbox.claim_part(tx, "k", number)
            done = await outbox.part_sent(tx, "k", number, message_id=100 + number, now=NOW + HOUR)
            assert done is (number == 1)
        assert await outbox.part_sent(tx, "k", 1, message_id=999, now=NOW + DAY)
        assert not await outbox.claim_part(tx, "k", 1)
        sent = await outbox.get(tx, "k")
    assert sent is not None
    assert (sent.state, sent.done_at, sent.message_ids) == ("sent", NOW + HOUR, (100, 101))
    assert [(one.payload, one.sent_at) for one in sent.parts] == [({}, NOW + HOUR)] * 2


async def test_a_part_that_is_on_its_way_keeps_the_delivery_open(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        assert await outbox.claim_part(tx, "k", 0)
        assert await outbox.claim_part(tx, "k", 1)
        assert not await outbox.part_sent(tx, "k", 0, message_id=100, now=NOW)
        assert await outbox.state(tx, "k") == "pending"


async def test_a_call_that_makes_no_message_counts_as_sent(database: Database) -> None:
    async with database.transaction() as tx:
        one = [PlannedPart(method="deleteMessage", payload={"message_id": 1})]
        await outbox.plan(tx, "k", chat_id=5, parts=one, now=NOW)
        assert await outbox.part_sent(tx, "k", 0, message_id=None, now=NOW)
        assert await outbox.state(tx, "k") == "sent"


async def test_a_start_finds_what_was_not_completed_oldest_first(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx, "new", hours=2)
        await plan(tx, "old", chat_id=6)
        await plan(tx, "sent", hours=1)
        await plan(tx, "dead", hours=1)
        await outbox.claim_part(tx, "old", 0)
        for number in (0, 1):
            await outbox.part_sent(tx, "sent", number, message_id=number, now=NOW)
        await outbox.failed(tx, "dead", reason="chat not found", now=NOW)
        found = await outbox.unfinished(tx)
        assert [one.key for one in found] == ["old", "new"]
        assert [part.state for part in found[0].parts] == ["sending", "pending"]
        assert [one.key for one in await outbox.unfinished(tx, limit=1)] == ["old"]
        assert [one.key for one in await outbox.unfinished(tx, chat_id=5)] == ["new"]


async def test_a_failure_ends_what_is_not_sent_and_keeps_what_is(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        await outbox.part_sent(tx, "k", 0, message_id=100, now=NOW)
        await outbox.failed(tx, "k", reason="topic closed", now=NOW + HOUR)
        await outbox.failed(tx, "k", reason="said twice", now=NOW + DAY)
        assert not await outbox.part_sent(tx, "k", 1, message_id=101, now=NOW)
        ended = await outbox.get(tx, "k")
        assert await outbox.replan(tx, "k", PARTS) is None
    assert ended is not None
    assert (ended.state, ended.reason, ended.done_at) == ("failed", "topic closed", NOW + HOUR)
    assert [(one.state, one.message_id) for one in ended.parts] == [("sent", 100), ("failed", None)]


async def test_parts_that_telegram_would_not_take_are_replaced_behind_those_sent(database: Database) -> None:
    async with database.transaction() as tx:
        await plan(tx)
        await outbox.part_sent(tx, "k", 0, message_id=100, now=NOW)
        await outbox.claim_part(tx, "k", 1)
        plain = [PlannedPart(method="sendMessage", payload={"text": word}) for word in "abc"]
        changed = await outbox.replan(tx, "k", plain)
        assert await outbox.replan(tx, "none", plain) is None
    assert changed is not None
    assert [(one.number, one.state) for one in changed.parts] == [
        (0, "sent"), (1, "pending"), (2, "pending"), (3, "pending"),
    ]  # fmt: skip


async def test_a_group_that_moved_is_followed(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.move(tx, -5, -1005, now=NOW)
        assert (await plan(tx, chat_id=-5)).chat_id == -1005


async def test_only_ended_and_old_deliveries_are_purged_with_their_parts(database: Database) -> None:
    async with database.transaction() as tx:
        for key in ("pending", "failed", "recent"):
            await plan(tx, key)
        await outbox.failed(tx, "failed", reason="gone", now=NOW)
        await outbox.failed(tx, "recent", reason="gone", now=NOW + 2 * DAY)
        assert await outbox.purge(tx, before=NOW + DAY) == 1
        assert await outbox.state(tx, "failed") is None
        assert (await plan(tx, "failed")).state == "pending"
        assert await outbox.state(tx, "recent") == "failed"
        assert await outbox.state(tx, "pending") == "pending"
