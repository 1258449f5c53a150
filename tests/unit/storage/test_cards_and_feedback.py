"""Cards keep working and are made once; a reader's word counts once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from bot.storage import cards, digests, feedback
from bot.storage.cards import Card, NewCard
from bot.storage.feedback import FeedbackCounts, Kind
from pipelines.languages import Language
from tests.unit.storage.samples import DAY, NOW, a_digest

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database


async def a_card(tx: AsyncConnection, delivery: str = "k") -> Card:
    number = await digests.save(tx, a_digest(), content="c", length="medium", now=NOW)
    new = NewCard(
        digest_id=number, chat_id=-5, topic_id=3, asker_id=7, language=Language.DARI, length="medium", delivery=delivery
    )
    return await cards.create(tx, new, now=NOW)


async def test_a_card_is_made_once_a_delivery_and_found_by_it(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_card(tx)
        assert (made.chat_id, made.topic_id, made.asker_id, made.shows, made.created_at) == (-5, 3, 7, "digest", NOW)
        assert await cards.show(tx, made.id, language=Language.PASHTO) == replace(made, language=Language.PASHTO)
        assert await a_card(tx) == replace(made, language=Language.PASHTO)
        assert (await a_card(tx, "other")).id != made.id
        assert await cards.by_delivery(tx, "k") == await cards.get(tx, made.id)
        assert await cards.by_delivery(tx, "none") is None


async def test_a_card_shows_what_was_pressed_and_keeps_the_rest(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_card(tx)
        longer = await digests.save(tx, a_digest("Longer."), content="l", length="long", now=NOW)
        sources = await cards.show(tx, made.id, shows="sources")
        assert sources == replace(made, shows="sources")
        assert await cards.show(tx, made.id, length="long", digest_id=longer, shows="digest") == replace(
            made, length="long", digest_id=longer
        )
        assert await cards.show(tx, made.id) == await cards.get(tx, made.id)


async def test_a_card_knows_its_messages_when_the_outbox_has_forgotten_them(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_card(tx)
        assert made.messages == ()
        assert await cards.show(tx, made.id, messages=[41, 42]) == replace(made, messages=(41, 42))
        assert await cards.show(tx, made.id, shows="sources") == replace(made, messages=(41, 42), shows="sources")


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**40])
async def test_a_number_that_never_was_is_gone(database: Database, number: int) -> None:
    async with database.transaction() as tx:
        assert await cards.get(tx, number) is None
        assert await cards.show(tx, number, language=Language.DARI) is None


async def test_a_card_goes_with_its_digest_and_its_number_is_not_given_again(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_card(tx)
        await digests.purge(tx, before=NOW + DAY)
        assert await cards.get(tx, made.id) is None
        assert (await a_card(tx)).id > made.id


async def test_a_word_counts_once_and_up_and_down_exclude_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        number = (await a_card(tx)).digest_id

        async def say(kind: Kind, person: int = 7, note: str = "") -> str:
            return await feedback.record(
                tx, digest_id=number, person_id=person, kind=kind, language=Language.DARI, note=note, now=NOW
            )

        assert [await say("up"), await say("up"), await say("up", 8)] == ["new", "same", "new"]
        assert await feedback.counts(tx, number) == FeedbackCounts(up=2)
        assert await say("down") == "new"
        assert await feedback.counts(tx, number) == FeedbackCounts(up=1, down=1)
        assert [await say("wrong_name"), await say("wrong_translation")] == ["new", "new"]
        assert await say("up") == "new"
        assert await feedback.counts(tx, number) == FeedbackCounts(up=2, wrong_name=1, wrong_translation=1)
        assert await feedback.counts(tx) == await feedback.counts(tx, number)
        assert await feedback.counts(tx, number + 1) == FeedbackCounts()


async def test_a_note_that_comes_later_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        number = (await a_card(tx)).digest_id
        for note, outcome in (("", "new"), ("کابلوف", "new"), ("کابلوف", "same"), ("", "same"), ("x" * 2000, "new")):
            said = await feedback.record(
                tx, digest_id=number, person_id=7, kind="wrong_name", language=Language.RUSSIAN, note=note, now=NOW
            )
            assert said == outcome
        (entry,) = await feedback.recent(tx, limit=5)
    assert (entry.digest_id, entry.kind, entry.language) == (number, "wrong_name", Language.RUSSIAN)
    assert entry.note == "x" * feedback.MAX_NOTE


async def test_the_owner_reads_the_newest_first(database: Database) -> None:
    async with database.transaction() as tx:
        number = (await a_card(tx)).digest_id
        for person, kind in enumerate(get_args(Kind)):
            await feedback.record(tx, digest_id=number, person_id=person, kind=kind, language=Language.DARI, now=NOW)
        assert [one.kind for one in await feedback.recent(tx, limit=2)] == ["wrong_translation", "wrong_name"]


async def test_a_word_on_a_digest_that_is_gone_says_so(database: Database) -> None:
    async with database.transaction() as tx:
        said = await feedback.record(tx, digest_id=99, person_id=7, kind="up", language=Language.DARI, now=NOW)
        assert said == "gone"
