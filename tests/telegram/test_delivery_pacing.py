"""Telegram's limits are kept, its waits honoured and remembered, and nobody starves."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Limits, Priority
from bot.delivery.pacing import Pacer
from bot.storage import floods
from bot.storage.values import EVERYBODY, chat_scope
from tests.telegram.delivery_stage import PTB_SAYS, Stage, Time, stage, texts
from tests.telegram.fake import FloodLimits, Status, TooMany

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.fake import Chat

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)


def _times(here: Stage, chat: Chat | None = None) -> list[float]:
    return [
        asked.at
        for asked in here.api.asked("sendMessage")
        if asked.code == 200 and (chat is None or asked.chat_id == chat.id)
    ]


async def test_two_hundred_chats_with_three_parts_break_no_limit_and_lose_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chats = [here.person(f"P{number}") for number in range(150)] + [here.api.group() for _ in range(50)]
        delivery, began = here.delivery(), here.time.now
        here.time.grain = 0.15
        sends = [delivery.send(f"update-{chat.id}", chat.id, texts("1", "2", "3")) for chat in chats]
        await here.time.passing(asyncio.gather(*sends))
        assert all(here.said(chat) == ["1", "2", "3"] for chat in chats)
        assert not here.api.breaches
        assert not here.api.violations
        assert delivery.counts["calls"] == 600
        # the limit is used, not only kept: 600 calls at 25 a second
        assert here.time.now - began == pytest.approx(600 / 25, abs=2)


async def test_a_chat_gets_a_small_burst_and_then_one_a_second(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat = here.person()
        await here.time.passing(here.delivery().send("update-1", chat.id, texts(*"abcdef")))
        times = _times(here, chat)
        assert times[1] == times[0]
        assert [round(late - early, 3) for early, late in pairwise(times[1:])] == [1.0] * 4


async def test_a_group_gets_no_more_than_its_share_of_a_minute(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        group = here.api.group()
        await here.time.passing(here.delivery().send("update-1", group.id, texts(*(str(n) for n in range(45)))))
        times = _times(here, group)
        assert max(sum(at <= other < at + 60 for other in times) for at in times) == 18
        assert times[-1] - times[0] < 140


async def test_edits_count_and_chat_actions_do_not_count_against_the_chat(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        sent = await delivery.send("update-1", chat.id, texts("a", "b"))
        began = here.time.now
        assert await here.time.passing(delivery.typing(chat.id))
        assert here.time.now - began < 0.5
        await here.time.passing(delivery.edit("update-2", chat.id, sent.message_ids, texts("A", "B")))
        assert here.time.now - began == pytest.approx(2.0, abs=0.01)


async def test_light_calls_have_a_rate_of_their_own_where_one_is_set(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chats = [here.person() for _ in range(60)]
        for apart, least, most in ((None, 2.0, 3.0), (200.0, 0.0, 0.01)):
            delivery, began = here.delivery(Limits(light_per_second=apart)), here.time.now
            await here.time.passing(asyncio.gather(*(delivery.typing(chat.id) for chat in chats)))
            assert least <= here.time.now - began <= most


async def test_a_chat_with_many_parts_does_not_starve_the_others(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        limits = Limits(chat_per_second=100.0, chat_burst=100, per_second=10.0, burst=1)
        here.api.bot.flood.limits = FloodLimits(chat_per_second=100.0, chat_burst=100)
        greedy, others = here.person(), [here.person() for _ in range(9)]
        delivery = here.delivery(limits)
        long = asyncio.create_task(delivery.send("long", greedy.id, texts(*(str(n) for n in range(30)))))
        short = [delivery.send(f"short-{chat.id}", chat.id, texts("x")) for chat in others]
        began = here.time.now
        await here.time.passing(asyncio.gather(*short))
        # ten chats share ten calls a second: each has had its turn after one second, with one round to spare
        assert here.time.now - began < 1.3
        await here.time.passing(long)
        assert here.said(greedy) == [str(n) for n in range(30)]


async def test_a_chat_that_asks_again_and_again_keeps_its_turn() -> None:
    time = Time()
    limits = Limits(chat_per_second=100.0, chat_burst=100, per_second=10.0, burst=1)
    pacer = Pacer(limits, clock=time.clock, sleep=time.sleep)
    order: list[int] = []
    asking: list[asyncio.Task[None]] = []

    async def call(chat_id: int) -> None:
        await pacer.turn(chat_id, Priority.INTERACTIVE)
        order.append(chat_id)
        if len(order) < 30:
            asking.append(asyncio.create_task(call(1)))

    asking += [asyncio.create_task(call(chat_id)) for chat_id in [1, *([2, 3, 4, 5] * 10)]]
    while len(order) < len(asking):
        await time.passing(asyncio.gather(*asking))
    for start in range(0, 25, 5):
        assert sorted(order[start : start + 5]) == [1, 2, 3, 4, 5]


async def test_who_waits_for_an_answer_goes_before_the_background(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        delivery = here.delivery(Limits(per_second=5.0, burst=1))
        crowd, asker = [here.person() for _ in range(20)], here.person()
        background = asyncio.gather(
            *(delivery.send(f"b{c.id}", c.id, texts("x"), priority=Priority.BACKGROUND) for c in crowd)
        )
        await here.time.pass_until(here.time.now + 0.5)
        began = here.time.now
        await here.time.passing(delivery.send("update-1", asker.id, texts("answer")))
        assert here.time.now - began <= 0.4
        await here.time.passing(background)


async def test_a_cancelled_wait_gives_its_turn_away(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        delivery = here.delivery(Limits(per_second=1.0, burst=1))
        one, two, three = (here.person() for _ in range(3))
        await delivery.send("update-1", one.id, texts("x"))
        began = here.time.now
        waiting = asyncio.create_task(delivery.send("update-2", two.id, texts("x")))

        async def waits() -> bool:
            return delivery._caller.pacer.waiting == 1

        await here.time.comes(waits)
        waiting.cancel()
        await here.time.passing(delivery.send("update-3", three.id, texts("x")))
        assert here.time.now - began == pytest.approx(1.0)
        assert here.said(two) == []
        assert delivery._caller.pacer.waiting == 0


async def test_a_wait_of_one_chat_is_kept_to_the_second_and_stops_no_other(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        one, two, delivery = here.person(), here.person(), here.delivery()
        here.api.fault(TooMany(37), method="sendMessage", chat=one)
        began = here.time.now
        waiting = asyncio.create_task(delivery.send("update-1", one.id, texts("a", "b")))
        await here.time.pass_until(began + 1)
        await here.time.passing(delivery.send("update-2", two.id, texts("x")))
        assert here.time.now - began < 2
        assert not await delivery.draft(one.id, 1, *texts("reading"))
        assert not await delivery.typing(one.id)
        await here.time.passing(waiting)
        assert _times(here, one)[0] - began == pytest.approx(37, abs=0.01)
        assert here.said(one) == ["a", "b"]
        # one refusal and two messages: nobody asked in between
        assert [asked.code for asked in here.api.asked("sendMessage")] == [429, 200, 200, 200]
        assert here.api.asked("sendMessageDraft") == here.api.asked("sendChatAction") == []
        assert delivery.counts["resent"] == 0


async def test_a_wait_is_remembered_by_the_next_process(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        one, two = here.person(), here.person()
        here.api.fault(TooMany(100), method="sendMessage", chat=one)
        began = here.time.now
        dying = asyncio.create_task(here.delivery().send("update-1", one.id, texts("a")))
        await here.time.pass_until(began + 5)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        again = here.delivery()
        await here.time.passing(again.send("update-2", two.id, texts("x")))
        assert here.time.now - began < 6
        await here.time.passing(again.resume())
        assert _times(here, one)[0] - began == pytest.approx(100, abs=0.01)


async def test_waits_of_several_chats_are_the_whole_bots(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        crowd, other, delivery = [here.person() for _ in range(3)], here.person(), here.delivery()
        for chat in crowd:
            here.api.fault(TooMany(30), method="sendMessage", chat=chat)
        began = here.time.now
        waiting = asyncio.gather(*(delivery.send(f"u{chat.id}", chat.id, texts("x")) for chat in crowd))
        await here.time.pass_until(began + 1)
        async with here.database.connect() as connection:
            scopes = {wait.scope for wait in await floods.active(connection, now=here.time.wall())}
        assert scopes == {EVERYBODY, *(chat_scope(chat.id) for chat in crowd)}
        await here.time.passing(delivery.send("update-9", other.id, texts("x")))
        assert here.time.now - began >= 30
        await here.time.passing(waiting)


async def test_a_wait_without_seconds_or_chat_is_kept_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        chat, delivery = here.person(), here.delivery()
        here.api.fault(Status(429, "Too Many Requests: retry after 9"), method="sendMessage")
        here.api.fault(Status(429, "Too Many Requests"), method="sendMessage")
        began = here.time.now
        await here.time.passing(delivery.send("update-1", chat.id, texts("x")))
        assert here.time.now - began == pytest.approx(14)
        here.api.fault(Status(429, "Too Many Requests: retry after 7"), method="answerCallbackQuery")
        query = here.api.inline(here.api.user(), "x")
        began = here.time.now
        await here.time.passing(delivery.answer(query.id))
        assert here.time.now - began == pytest.approx(7)
