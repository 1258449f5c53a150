"""The server in a process of its own, told what to do over HTTP."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from telegram.error import NetworkError

from tests.telegram.fake.process import FakeProcess
from tests.telegram.fake.ptb import ptb_bot
from tests.telegram.fake.server import TOKEN

CHATS = 200
ROUNDS = 20
WORKERS = 20
BAR = 500
"""Requests a second of one core."""


async def test_a_conversation_over_the_control_endpoints() -> None:
    async with FakeProcess(rich=False) as api, ptb_bot(api) as bot:
        ali = (await api.do("user", name="Ali", language="fa"))["id"]
        group = (await api.do("chat", kind="group", title="Family", members=[ali], admin=True))["id"]
        said = await api.do("say", user=ali, text="https://example.org/a")
        await api.do("say", user=ali, chat=group, text="hi")
        updates = await bot.get_updates()
        assert [update.message.chat_id for update in updates if update.message and update.message.text] == [ali, group]
        waiting = asyncio.create_task(api.do("expect", chat=ali, part="digest", after=said["id"]))
        await api.do("fault", kind="Status", arguments=[500, "Internal Server Error"], method="sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(ali, "digest")
        await bot.send_message(
            ali, "digest", api_kwargs={"reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'}
        )
        shown = await waiting
        assert (shown["text"], shown["buttons"]) == ("digest", [["a", "b"]])
        query = await api.do("press", chat=ali, message=shown["id"], button="a", user=ali)
        await bot.answer_callback_query(query["id"])
        await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
        await api.do("acknowledged")
        state = await api.do("state")
        assert state["requests"] == {"getMe": 1, "sendMessage": 2, "answerCallbackQuery": 1}
        assert (state["violations"], state["breaches"], state["unanswered"]) == ([], [], 0)
        assert (await api.do("transcript", chat=ali)).splitlines()[-2:] == [
            "[2] Ali presses: a",
            "Khabar answers the press",
        ]
        with pytest.raises(AssertionError, match="unexpected keyword"):
            await api.do("say", nonsense=1)
        with pytest.raises(AssertionError, match="no operation"):
            await api.do("nonsense")


@pytest.mark.bench
async def test_two_hundred_chats_at_once() -> None:
    """Raw sockets ask, since httpx takes several times what the server does; processor time counts, as the machine is shared."""
    async with FakeProcess() as api:
        users = await api.do("users", count=CHATS)
        await api.do("say_all", said=[{"user": user, "text": "hi"} for user in users])
        before = await api.do("state")
        began = time.perf_counter()
        statuses = [
            status
            for part in await asyncio.gather(*(_ask(api, users[n::WORKERS]) for n in range(WORKERS)))
            for status in part
        ]
        wall = time.perf_counter() - began
        after = await api.do("state")
        rate = len(statuses) / (after["cpu_seconds"] - before["cpu_seconds"])
        print(f"{rate:.0f} requests a processor second, {len(statuses) / wall:.0f} a second")
        assert set(statuses) == {200}
        assert after["breaches"] == []
        assert rate >= BAR


async def _ask(api: FakeProcess, users: list[int]) -> list[int]:
    """Ask of each user's place in the chat, again and again over one connection; the statuses."""
    host, port = api.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    statuses = []
    for user in users * ROUNDS:
        body = json.dumps({"chat_id": user, "user_id": user}).encode()
        head = f"POST /bot{TOKEN}/getChatMember HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in answer.splitlines() if line.startswith("Content-Length: "))
        await reader.readexactly(int(length.split(": ")[1]))
        statuses.append(int(answer.split(" ", 2)[1]))
    writer.close()
    await writer.wait_closed()
    return statuses
