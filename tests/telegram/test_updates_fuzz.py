"""Two thousand random updates: no handler fails, and whoever asks for something gets an answer."""

from __future__ import annotations

import asyncio
import copy
import logging
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st
from sqlalchemy import select
from telegram import Message, Update

from bot.intents import intent
from bot.storage import incidents, schema
from tests.telegram import random_updates as made
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.stage import Stage, stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.fake import Chat

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

SEEDS = (1, 2)
COUNT, MUTATED = 850, 150
PEOPLE = 8
"""So many that no private chat has to be paced: one of two thousand answers would take minutes."""
AT_ONCE = 200
ENDED = 120.0

Planned = tuple[str, dict[str, Any]]


def _generated(
    number: int, count: int, chats: dict[int, Chat], others: list[Chat], bot: dict[str, Any]
) -> list[Planned]:
    """Updates of people, by number with their private chat: there more often than elsewhere. Nothing is checked here."""
    found: list[Planned] = []

    @seed(number)
    @given(data=st.data())
    @settings(
        max_examples=count, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def collect(data: st.DataObject) -> None:
        user, private = list(chats.items())[len(found) % len(chats)]
        who = {"id": user, "is_bot": False, "first_name": "A", "language_code": "en"}
        where = {"id": private.id, "type": "private", "first_name": "A"}
        if not data.draw(st.integers(0, 2)):
            where = data.draw(st.sampled_from(others)).to_json()
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
                    open_ones = select(schema.inbox.c.update_id).where(schema.inbox.c.done_at.is_(None))
                    left = set((await connection.execute(open_ones)).scalars()) & numbers
                if not left and not on.api.bot.updates.pending:
                    return
                await asyncio.sleep(0.1)
    finally:
        await database.dispose()


async def _said(on: Stage) -> list[str]:
    """Keys of everything that the bot has said: they hold the number of the update that they answer."""
    database = on.database()
    async with database.connect() as connection:
        keys = list((await connection.execute(select(schema.delivery.c.key))).scalars())
    await database.dispose()
    return keys


def _unanswered(pushed: dict[int, Planned], keys: list[str]) -> list[Planned]:
    """Private messages without an answer, but for pieces of a paste and those that ``/cancel`` stopped."""
    answered = {int(number) for key in keys for number in re.findall(r"^u(\d+)|^d:\w+:\w+:(\d+):", key)[0] if number}
    waiting: dict[int, list[int]] = {}
    for number, (kind, value) in pushed.items():
        if kind != "message" or value["chat"]["type"] != "private":
            continue
        message = Message.de_json(value, None)
        open_ones = waiting.setdefault(message.chat.id, [])
        if number not in answered:
            open_ones.append(number)
        elif (message.text or "").startswith("/cancel"):
            open_ones.clear()
        else:
            while open_ones and intent(Message.de_json(pushed[open_ones[-1]][1], None)).continues:
                open_ones.pop()  # the beginnings of what this one ended
    return [pushed[number] for numbers in waiting.values() for number in numbers]


@pytest.mark.parametrize("number", SEEDS)
async def test_random_updates_crash_no_handler(number: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with stage(tmp_path, started=False, BOT_QUOTA_PERSON="0", BOT_QUOTA_CHAT="0") as on:
        api = on.api
        users = [api.user(f"A{number}", language="en") for number in range(PEOPLE)]
        chats = {user.id: api.private(user) for user in users}
        others = [api.supergroup("G", *users), api.channel("C", bot_inside=True)]
        # before the bot runs: hypothesis watches the random numbers of the whole process
        plan = _generated(number, COUNT, chats, others, api.bot.user.to_json())
        await on.start()
        for user in users:
            api.say(user, chats[user.id], "/start")
            await api.expect(chats[user.id])
        chance = random.Random(number)  # noqa: S311 - which text is changed is no secret
        real = [value for kind, value in plan if kind == "message"]
        plan += [("message", _mutated(value, chance)) for value in chance.sample(real, MUTATED)]
        assert len(plan) >= COUNT + MUTATED
        before = len(api.requests)
        pushed: dict[int, Planned] = {}
        for start in range(0, len(plan), AT_ONCE):
            some = plan[start : start + AT_ONCE]
            numbers = [api.bot.updates.push(kind, value) for kind, value in some]
            pushed |= {number: one for number, one in zip(numbers, some, strict=True) if number is not None}
            await _quiet(on, set(pushed))
        keys, calls = await _said(on), api.requests[before:]
        database = on.database()
        async with database.connect() as connection:
            noted = [one for one in await incidents.recent(connection, limit=50) if one.code == "handler"]
        await database.dispose()
    failed = [record.getMessage() for record in caplog.records if "a handler failed" in record.getMessage()]
    assert not noted, (noted, failed)
    assert not failed, failed[0]
    answered = {
        str(call.params.get("callback_query_id") or call.params.get("inline_query_id"))
        for call in calls
        if call.method in ("answerCallbackQuery", "answerInlineQuery")
    }
    assert {value["id"] for kind, value in plan if kind in ("callback_query", "inline_query")} <= answered
    assert _unanswered(pushed, keys) == []


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
