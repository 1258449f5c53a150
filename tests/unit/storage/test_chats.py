"""Chats: settings, going, coming back, and moving with all that names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.storage import cards, chats, digests, floods, outbox, usage
from bot.storage.chats import ChatSettings
from bot.storage.values import chat_scope
from pipelines.languages import Language
from tests.unit.storage.samples import DAY, HOUR, NOW, a_digest

if TYPE_CHECKING:
    from bot.storage.database import Database

OLD, NEW = -5, -1005
CHOSEN = ChatSettings(
    auto_links=True, presses="admins", ui_language=Language.DARI, length="short", languages=(Language.PASHTO,)
)


async def test_a_chat_is_made_on_first_sight_and_follows_its_title(database: Database) -> None:
    async with database.transaction() as tx:
        made = await chats.chat(tx, OLD, kind="group", title="خبر\0", now=NOW)
        assert (made.title, made.settings, made.reachable) == ("خبر\ufffd", ChatSettings(), True)
        await chats.set_settings(tx, OLD, CHOSEN)
        later = await chats.chat(tx, OLD, kind="supergroup", title="News", now=NOW + DAY)
        assert later == replace(made, kind="supergroup", title="News", settings=CHOSEN)
        assert await chats.chat(tx, OLD, kind="supergroup", title="News", now=NOW + DAY) == later
        assert await chats.get(tx, OLD) == later
        assert await chats.get(tx, NEW) is None


async def test_no_language_and_no_choice_of_languages_are_told_apart(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", now=NOW)
        for languages in ((), None, (Language.DARI, Language.ENGLISH)):
            await chats.set_settings(tx, OLD, ChatSettings(languages=languages))
            found = await chats.get(tx, OLD)
            assert found is not None
            assert found.settings.languages == languages


async def test_a_person_s_name_is_not_stored_as_a_title(database: Database) -> None:
    async with database.transaction() as tx:
        assert (await chats.chat(tx, 7, kind="private", title="Zahra Karimi", now=NOW)).title == ""


async def test_a_chat_that_is_gone_ends_what_was_to_be_said_there(database: Database) -> None:
    part = [outbox.PlannedPart(method="sendMessage", payload={"text": "x"})]
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", now=NOW)
        await outbox.plan(tx, "here", chat_id=OLD, parts=part, now=NOW)
        await outbox.plan(tx, "elsewhere", chat_id=1, parts=part, now=NOW)
        assert await chats.gone(tx, OLD, "kicked", now=NOW + HOUR) == 1
        found = await chats.get(tx, OLD)
        assert found is not None
        assert (found.gone, found.reachable) == ("kicked", False)
        ended = await outbox.get(tx, "here")
        assert ended is not None
        assert (ended.state, ended.reason, ended.done_at) == ("failed", "kicked", NOW + HOUR)
        assert await outbox.state(tx, "elsewhere") == "pending"
        await chats.back(tx, OLD)
        found = await chats.get(tx, OLD)
        assert found is not None
        assert found.reachable
        assert await outbox.unfinished(tx, chat_id=OLD) == []


@pytest.mark.parametrize("new_is_seen_first", [False, True])
async def test_all_that_names_the_old_chat_follows_it(database: Database, *, new_is_seen_first: bool) -> None:
    payloads = ({"chat_id": OLD, "text": "a"}, {"chat_id": "@channel"}, {"text": "b"})
    parts = [outbox.PlannedPart(method="sendMessage", payload=payload) for payload in payloads]
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", title="News", now=NOW)
        await chats.set_settings(tx, OLD, CHOSEN)
        if new_is_seen_first:
            await chats.chat(tx, NEW, kind="supergroup", title="News anew", now=NOW)
        number = await digests.save(tx, a_digest(), content="c", length="short", now=NOW)
        new_card = cards.NewCard(
            digest_id=number, chat_id=OLD, asker_id=7, language=Language.DARI, length="short", delivery="k"
        )
        card = await cards.create(tx, new_card, now=NOW)
        await outbox.plan(tx, "k", chat_id=OLD, parts=parts, now=NOW)
        for chat, times in ((OLD, 2), (NEW, 1)):
            for _ in range(times):
                await usage.take(tx, person_id=7, chat_id=chat, quota=usage.Quota(), now=NOW)
        await usage.take(tx, person_id=7, chat_id=OLD, quota=usage.Quota(), now=NOW + DAY)
        await floods.set_until(tx, chat_scope(OLD), NOW + HOUR)
        await floods.set_until(tx, chat_scope(NEW), NOW)

        for _ in range(2):  # Telegram says it in both chats
            await chats.move(tx, OLD, NEW, now=NOW)

        before, after = await chats.get(tx, OLD), await chats.get(tx, NEW)
        assert before is not None
        assert after is not None
        assert (before.moved_to, before.reachable, after.reachable) == (NEW, False, True)
        assert (after.kind, after.settings) == ("supergroup", CHOSEN)
        moved = await cards.get(tx, card.id)
        assert moved is not None
        assert moved.chat_id == NEW
        planned = await outbox.get(tx, "k")
        assert planned is not None
        assert planned.chat_id == NEW
        assert [one.payload for one in planned.parts] == [{"chat_id": NEW, "text": "a"}, *payloads[1:]]
        assert [await usage.used(tx, chat_scope(NEW), day=(NOW + n * DAY).date()) for n in (0, 1)] == [3, 1]
        assert await usage.used(tx, chat_scope(OLD), day=NOW.date()) == 0
        assert await floods.until(tx, chat_scope(NEW)) == NOW + HOUR
        assert await floods.until(tx, chat_scope(OLD)) is None


async def test_settings_that_were_changed_after_the_move_are_not_undone_by_its_repetition(database: Database) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, OLD, kind="group", now=NOW)
        await chats.move(tx, OLD, NEW, now=NOW)
        await chats.set_settings(tx, NEW, CHOSEN)
        await chats.move(tx, OLD, NEW, now=NOW)
        found = await chats.get(tx, NEW)
        assert found is not None
        assert found.settings == CHOSEN


async def test_a_chat_does_not_move_to_itself(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(ValueError, match="itself"):
            await chats.move(tx, OLD, OLD, now=NOW)
