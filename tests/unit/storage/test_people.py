"""People: defaults on first sight, choices, and what /privacy shows and deletes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.storage import cards, chats, digests, feedback, floods, inbox, outbox, people, schema, stats, usage
from bot.storage.people import PersonRecord
from bot.storage.values import EVERYBODY, person_scope
from pipelines.languages import Language
from tests.unit.storage.samples import DAY, NOW, a_digest

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

ME, OTHER, GROUP = 7, 8, -100


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ru", "ru"), ("ru-RU", "ru"), ("fa", "prs"), ("fa-AF", "prs"), ("prs", "prs"), ("ps", "ps"), ("PS_AF", "ps"),
        ("en", "en"), ("de", "en"), ("", "en"), (None, "en"), ("run", "en"), ("\0", "en"),
    ],
)  # fmt: skip
def test_the_bot_speaks_the_language_of_the_reader_s_telegram(code: str | None, language: str) -> None:
    assert people.ui_language(code) == language


async def test_first_sight_makes_a_person_and_no_later_one_undoes_their_choices(database: Database) -> None:
    async with database.transaction() as tx:
        made = await people.person(tx, ME, language_code="fa", now=NOW)
        assert (made.ui_language, made.length, made.languages) == (Language.DARI, "medium", (Language.DARI,))
        assert (made.created_at, made.seen_at) == (NOW, NOW)
        await people.set_ui_language(tx, ME, Language.PASHTO)
        await people.set_length(tx, ME, "long")
        await people.set_languages(tx, ME, [Language.RUSSIAN, Language.DARI, Language.RUSSIAN])
        later = await people.person(tx, ME, language_code="ru", length="short", now=NOW + timedelta(minutes=5))
        assert (later.ui_language, later.length) == (Language.PASHTO, "long")
        assert later.languages == (Language.RUSSIAN, Language.DARI)
        assert later.seen_at == NOW
        assert (await people.person(tx, ME, language_code="ru", now=NOW + DAY)).seen_at == NOW + DAY
        await people.set_languages(tx, ME, [])
        assert (await people.person(tx, ME, language_code="ru", now=NOW + DAY)).languages == ()


async def test_the_operator_s_defaults_are_for_new_people(database: Database) -> None:
    async with database.transaction() as tx:
        made = await people.person(
            tx, ME, language_code="ps", length="short", languages=[Language.RUSSIAN, Language.PASHTO], now=NOW
        )
    assert (made.ui_language, made.length) == (Language.PASHTO, "short")
    assert made.languages == (Language.RUSSIAN, Language.PASHTO)


async def test_a_language_that_the_bot_does_not_speak_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(ValueError, match="does not speak"):
            await people.set_ui_language(tx, ME, Language.PERSIAN)


async def live(tx: AsyncConnection, person: int) -> dict[str, int]:
    """Everything that a person leaves behind: in their private chat, in a group, pasted, by link. Numbers by name."""
    await people.person(tx, person, language_code="ru", now=NOW)
    await chats.chat(tx, person, kind="private", now=NOW)
    await chats.chat(tx, GROUP, kind="group", title="Group", now=NOW)
    made = {}
    for name, address, chat in [
        ("pasted", None, person),
        ("linked", "https://n.example", person),
        ("group", None, GROUP),
    ]:
        number = await digests.save(
            tx, a_digest(f"{name} {person}", url=address), content=f"{name}{person}", length="short", now=NOW
        )
        card = cards.NewCard(
            digest_id=number, chat_id=chat, asker_id=person, language=Language.RUSSIAN, length="short",
            delivery=f"{name}-{person}",
        )  # fmt: skip
        made[f"{name} card"] = (await cards.create(tx, card, now=NOW)).id
        part = outbox.PlannedPart(method="sendMessage", payload={"text": name})
        await outbox.plan(tx, f"{name}-{person}", chat_id=chat, parts=[part], now=NOW)
        await outbox.part_sent(tx, f"{name}-{person}", 0, message_id=1, now=NOW)
        await usage.take(tx, person_id=person, chat_id=chat, quota=usage.Quota(), now=NOW)
        made[name] = number
    part = outbox.PlannedPart(method="sendMessage", payload={"text": "on its way"})
    await outbox.plan(tx, f"pending-{person}", chat_id=person, parts=[part], now=NOW)
    await feedback.record(
        tx, digest_id=made["linked"], person_id=person, kind="down", language=Language.RUSSIAN, now=NOW
    )
    await feedback.record(
        tx, digest_id=made["group"], person_id=person, kind="wrong_name", language=Language.RUSSIAN, note="нет", now=NOW
    )
    await inbox.accept(tx, [inbox.StoredUpdate(update_id=person, payload={"text": "x"}, person_id=person)], now=NOW)
    await floods.set_until(tx, EVERYBODY, NOW)
    return made


async def test_privacy_shows_what_is_there(database: Database) -> None:
    async with database.transaction() as tx:
        await live(tx, ME)
        await live(tx, OTHER)
        record = await people.known(tx, ME)
        assert record.person == await people.get(tx, ME)
    assert (record.digests, record.cards, record.votes, record.notes) == (3, 3, 2, ("нет",))
    assert (record.waiting, record.said) == (1, 3)


async def test_privacy_deletes_what_it_shows_and_nothing_of_others(database: Database) -> None:
    async with database.transaction() as tx:
        mine, theirs = await live(tx, ME), await live(tx, OTHER)
        before = await people.known(tx, OTHER)
        await people.forget(tx, ME, now=NOW)
    async with database.connect() as connection:
        assert await people.known(connection, ME) == PersonRecord(
            person=None, digests=0, cards=0, votes=0, notes=(), waiting=0, said=1, subscriptions=0
        )
        assert await people.known(connection, OTHER) == before
        assert await digests.load(connection, mine["pasted"]) is None
        assert await digests.load(connection, mine["linked"]) is not None
        assert await digests.load(connection, theirs["pasted"]) is not None
        assert await chats.get(connection, ME) is None
        assert await usage.used(connection, person_scope(ME), day=NOW.date()) == 0
        assert (await stats.of_bot(connection, now=NOW)).digests.total == 6
        assert [one.key for one in await outbox.unfinished(connection, chat_id=ME)] == [f"pending-{ME}"]


async def test_what_was_asked_in_a_group_stays_there_without_its_asker(database: Database) -> None:
    async with database.transaction() as tx:
        mine = await live(tx, ME)
        shared = cards.NewCard(
            digest_id=mine["group"], chat_id=GROUP, asker_id=OTHER, language=Language.DARI, length="short", delivery="o"
        )
        await cards.create(tx, shared, now=NOW)
        await people.forget(tx, ME, now=NOW)
        card = await cards.get(tx, mine["group card"])
        assert card is not None
        assert card.asker_id is None
        assert await digests.load(tx, mine["group"]) is not None


async def test_no_column_that_holds_ids_names_a_forgotten_person(database: Database) -> None:
    stranger = 987_654_321
    async with database.transaction() as tx:
        await live(tx, stranger)
        await outbox.failed(tx, f"pending-{stranger}", reason="forgotten", now=NOW)
        await people.forget(tx, stranger, now=NOW)
        for table in schema.metadata.sorted_tables:
            # the sample numbers its update after the person; Telegram does not
            columns = [column for column in table.c if column.name != "update_id"]
            for row in await tx.execute(select(*columns)):
                assert stranger not in tuple(row), table.name
                assert person_scope(stranger) not in tuple(row), table.name
