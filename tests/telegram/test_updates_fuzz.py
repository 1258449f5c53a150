"""Two thousand random updates: no handler fails, and whoever asks for something gets an answer."""

from __future__ import annotations

import asyncio
import copy
import logging
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from telegram import Update

from bot.storage import inbox, incidents
from tests.telegram import random_updates as made
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.stage import Stage, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.fake import Chat, User

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

COUNT, MUTATED = 1_700, 300
AT_ONCE = 100
ENDED = 120.0

Planned = tuple[str, dict[str, Any]]


def _generated(count: int, user: User, chats: list[Chat], bot: dict[str, Any]) -> list[Planned]:
    """Updates of one user: in the private chat more often than in all others together. hypothesis only makes them up here."""
    found: list[Planned] = []
    who = user.to_json()

    @given(data=st.data())
    @settings(
        max_examples=count, phases=[Phase.generate], database=None, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def collect(data: st.DataObject) -> None:
        chat = chats[0] if data.draw(st.integers(0, 2)) else data.draw(st.sampled_from(chats))
        where = chat.to_json() if chat is not chats[0] else {"id": chat.id, "type": "private", "first_name": "A"}
        match data.draw(st.integers(0, 9)):
            case 0 | 1:
                found.append(data.draw(made.queries(who, where, number=10**9 + len(found))))
            case 2:
                found.append(("my_chat_member", data.draw(made.memberships(who, where, bot))))
            case _:
                found.append(("message", data.draw(made.messages(where, who))))

    collect()
    return found


def _mutated(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A message with another text in the place of one of its own."""
    changed = copy.deepcopy(update)
    texts = [key for key in ("text", "caption", "new_chat_title") if key in changed]
    for key in texts:
        changed[key] = " ".join(chance.choices(made.WORDS + made.LINKS + made.COMMANDS, k=chance.randint(1, 40)))[:1000]
    changed.pop("entities", None)
    changed.pop("caption_entities", None)
    return changed


async def _quiet(on: Stage, numbers: set[int]) -> None:
    """Wait until nothing is left to do for the updates."""
    database = on.database()
    try:
        async with asyncio.timeout(ENDED):
            while True:
                async with database.connect() as connection:
                    left = {one.update_id for one in await inbox.unfinished(connection, limit=10_000)} & numbers
                if not left and not on.api.bot.updates.pending:
                    return
                await asyncio.sleep(0.05)
    finally:
        await database.dispose()


async def test_random_updates_crash_no_handler(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with stage(tmp_path, started=False, BOT_QUOTA_PERSON="0", BOT_QUOTA_CHAT="0") as on:
        api = on.api
        user = api.user("A")
        private = api.private(user)
        chats = [private, api.supergroup("G", user), api.channel("C", bot_inside=True)]
        # before the bot runs: hypothesis watches the random numbers of the whole process
        plan = _generated(COUNT, user, chats, api.bot.user.to_json())
        await on.start()
        api.say(user, private, "/start")
        await api.expect(private)
        chance = random.Random(1)  # noqa: S311 - which text is changed is no secret
        real = [value for kind, value in plan if kind == "message"]
        plan += [("message", _mutated(value, chance)) for value in chance.sample(real, MUTATED)]
        assert len(plan) >= COUNT
        before = len(api.requests)
        for start in range(0, len(plan), AT_ONCE):
            pushed = [api.bot.updates.push(kind, value) for kind, value in plan[start : start + AT_ONCE]]
            await _quiet(on, {number for number in pushed if number is not None})
        database = on.database()
        async with database.connect() as connection:
            noted = [one for one in await incidents.recent(connection, limit=50) if one.code == "handler"]
        await database.dispose()
        calls = api.requests[before:]
    failed = [record.getMessage() for record in caplog.records if "a handler failed" in record.getMessage()]
    assert not noted, (noted, failed)
    assert not failed, failed[0]
    answered = {
        str(call.params.get("callback_query_id") or call.params.get("inline_query_id"))
        for call in calls
        if call.method in ("answerCallbackQuery", "answerInlineQuery")
    }
    assert {value["id"] for kind, value in plan if kind in ("callback_query", "inline_query")} <= answered
    # each private message is answered by one of the bot's own at least, but for pieces of one paste and what is sent as one album
    spoken = [value for kind, value in plan if kind == "message" and value["chat"]["id"] == private.id]
    said = [call for call in calls if call.method in ("sendMessage", "sendRichMessage") and call.chat_id == private.id]
    print(f"{len(plan)} updates, {len(spoken)} of them private messages; {len(said)} answers there")
    assert len(said) >= len(spoken) * 0.8


async def test_kinds_that_nobody_asked_for_are_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with stage(tmp_path) as on:
        numbers = set()
        for number, (kind, value) in enumerate(made.UNKNOWN.items(), start=1):
            update = {"update_id": number, kind: value}
            Update.de_json(update, None)
            on.api.bot.updates.repeat(update)
            numbers.add(number)
        await _quiet(on, numbers)
    assert sum("ignored" in record.getMessage() for record in caplog.records) == len(made.UNKNOWN)
