"""Quotas, waits, incidents, notes, sums, and the daily purge."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage import (
    chats,
    digests,
    feedback,
    floods,
    inbox,
    incidents,
    notes,
    outbox,
    people,
    retention,
    stats,
    usage,
)
from bot.storage.stats import DigestCounts
from bot.storage.usage import Allowance, Quota
from bot.storage.values import EVERYBODY, chat_scope, person_scope
from pipelines.languages import Language
from tests.unit.storage.samples import DAY, HOUR, NOW, a_digest

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

TODAY = NOW.date()
NO_LIMIT = Quota()


async def take(
    tx: AsyncConnection, *, person: int | None = 7, chat: int = -5, quota: Quota = NO_LIMIT, now: datetime = NOW
) -> Allowance:
    return await usage.take(tx, person_id=person, chat_id=chat, quota=quota, now=now)


async def used(tx: AsyncConnection) -> list[int]:
    return [await usage.used(tx, scope, day=TODAY) for scope in (person_scope(7), chat_scope(-5), EVERYBODY)]


async def test_a_quota_is_given_out_and_then_refused_and_the_refused_is_not_counted(database: Database) -> None:
    quota = Quota(person=2, chat=3)
    async with database.transaction() as tx:
        assert [(await take(tx, quota=quota)).granted for _ in range(2)] == [True, True]
        refused = await take(tx, quota=quota)
        assert (refused.granted, refused.refused_by, refused.limit) == (False, "person", 2)
        assert await used(tx) == [2, 2, 2]
        assert (await take(tx, person=8, quota=quota)).granted
        refused = await take(tx, person=9, quota=quota)
        assert (refused.granted, refused.refused_by, refused.limit) == (False, "chat", 3)
        assert await used(tx) == [2, 3, 3]
        assert (await take(tx, quota=quota, now=NOW + DAY)).granted


@pytest.mark.parametrize("quota", [Quota(person=0), Quota(chat=0)])
async def test_a_quota_of_nothing_gives_nothing(database: Database, quota: Quota) -> None:
    async with database.transaction() as tx:
        assert not (await take(tx, quota=quota)).granted
        assert await used(tx) == [0, 0, 0]


async def test_what_could_not_be_made_is_given_back_on_its_own_day(database: Database) -> None:
    late = NOW.replace(hour=23, minute=59)
    async with database.transaction() as tx:
        taken = await take(tx, quota=Quota(person=1), now=late)
        assert taken.day == TODAY
        await usage.give_back(tx, person_id=7, chat_id=-5, day=taken.day)
        await usage.give_back(tx, person_id=7, chat_id=-5, day=taken.day)
        assert await used(tx) == [0, 0, 0]
        assert (await take(tx, quota=Quota(person=1), now=late)).granted


async def test_a_day_is_utc_s_whatever_the_zone_of_the_clock(database: Database) -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - the one test that needs it

    async with database.transaction() as tx:
        kabul = NOW.replace(hour=21).astimezone(ZoneInfo("Asia/Kabul"))
        assert kabul.date() != TODAY
        assert (await take(tx, now=kabul)).day == TODAY


async def test_a_channel_counts_without_a_person(database: Database) -> None:
    async with database.transaction() as tx:
        assert (await take(tx, person=None, quota=Quota(person=0))).granted
        assert await used(tx) == [0, 1, 1]


async def test_a_wait_is_never_made_shorter_and_ends(database: Database) -> None:
    async with database.transaction() as tx:
        await floods.set_until(tx, chat_scope(1), NOW + HOUR)
        await floods.set_until(tx, chat_scope(1), NOW + timedelta(seconds=1))
        await floods.set_until(tx, EVERYBODY, NOW + timedelta(minutes=1))
        await floods.set_until(tx, chat_scope(2), NOW)
        assert [(one.scope, one.until) for one in await floods.active(tx, now=NOW)] == [
            (EVERYBODY, NOW + timedelta(minutes=1)),
            (chat_scope(1), NOW + HOUR),
        ]
        assert await floods.purge(tx, before=NOW + timedelta(seconds=1)) == 1
        await floods.clear(tx, chat_scope(1))
        assert await floods.until(tx, chat_scope(1)) is None
        assert await floods.until(tx, EVERYBODY) is not None


async def test_incidents_are_bounded_cut_and_newest_first(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(7):
            one = incidents.Incident(at=NOW, code="c" * 99, place="p" * 99, detail=f"{number}" + "d" * 999)
            await incidents.record(tx, one, keep=3)
        found = await incidents.recent(tx, limit=99)
        assert [one.detail[0] for one in found] == ["6", "5", "4"]
        assert {(len(one.code), len(one.place), len(one.detail)) for one in found} == {(48, 96, 500)}
        assert len(await incidents.recent(tx, limit=1)) == 1


@pytest.mark.parametrize("value", [None, False, 0, "", "کابل\0", [1, [2]], {"a": {"b": None}}, 1.5, 2**60])
async def test_a_note_is_what_was_put(database: Database, value: object) -> None:
    async with database.transaction() as tx:
        await notes.put(tx, "key", "before", now=NOW)
        await notes.put(tx, "key", value, now=NOW)  # type: ignore[arg-type]
        found = await notes.get(tx, "key")
        assert (found, type(found)) == (value, type(value))
        await notes.delete_key(tx, "key")
        assert await notes.get(tx, "key") is None


async def test_a_note_that_json_cannot_say_or_a_key_that_does_not_fit_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="JSON compliant"):
        async with database.transaction() as tx:
            await notes.put(tx, "key", float("nan"), now=NOW)
    with pytest.raises(ValueError, match="1 to 96"):
        async with database.transaction() as tx:
            await notes.put(tx, "k" * 97, 1, now=NOW)


async def test_sums_for_a_person_a_chat_and_the_owner(database: Database) -> None:
    async with database.transaction() as tx:
        await people.person(tx, 7, language_code=None, now=NOW)
        for chat in (-5, -6, -7):
            await chats.chat(tx, chat, kind="group", now=NOW)
        await chats.gone(tx, -6, "kicked", now=NOW)
        await chats.move(tx, -7, -1007, now=NOW)
        for days, times in ((9, 4), (1, 2), (0, 1)):
            for _ in range(times):
                await take(tx, now=NOW - days * DAY)
        await take(tx, person=None)
        number = await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
        await feedback.record(tx, digest_id=number, person_id=7, kind="up", language=Language.DARI, now=NOW)

        assert await stats.of_person(tx, 7, now=NOW) == DigestCounts(today=1, total=7)
        assert await stats.of_chat(tx, -5, now=NOW) == DigestCounts(today=2, total=8)
        assert await stats.of_person(tx, 8, now=NOW) == DigestCounts(today=0, total=0)
        whole = await stats.of_bot(tx, now=NOW, days=3)
    assert (whole.people, whole.chats, whole.chats_gone) == (1, 2, 1)
    assert whole.digests == DigestCounts(today=2, total=8)
    assert whole.digests_by_day == ((date(2026, 3, 2), 0), (date(2026, 3, 3), 2), (date(2026, 3, 4), 2))
    assert whole.feedback.up == 1


async def test_the_daily_purge_ends_what_is_old_and_leaves_what_is_not(database: Database) -> None:
    part = [outbox.PlannedPart(method="sendMessage", payload={"text": "x"})]
    async with database.transaction() as tx:
        for key, days in (("old", 100), ("new", 1)):
            then = NOW - days * DAY
            await digests.save(tx, a_digest(key), content=key, length="short", now=then)
            await outbox.plan(tx, key, chat_id=1, parts=part, now=then)
            await outbox.part_sent(tx, key, 0, message_id=1, now=then)
            await inbox.accept(tx, [inbox.StoredUpdate(update_id=days, payload={})], now=then)
            await inbox.finish(tx, days, now=then)
        await floods.set_until(tx, EVERYBODY, NOW - HOUR)
        await take(tx, now=NOW - 100 * DAY)
    purged = await retention.purge(database, retention.Retention(), now=NOW)
    assert purged == retention.Purged(digests=1, deliveries=1, updates=1)
    async with database.connect() as connection:
        assert await digests.find(connection, "new") is not None
        assert await outbox.state(connection, "new") == "sent"
        assert await floods.until(connection, EVERYBODY) is None
        assert (await stats.of_person(connection, 7, now=NOW)).total == 1
