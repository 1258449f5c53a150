"""Misbehaviour on order, as python-telegram-bot sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from tests.telegram.fake import BadGateway, DropAfter, DropBefore, FakeTelegram, Fault, Garbled, Hold, Slow, Status
from tests.telegram.fake.calls import HANDLERS
from tests.telegram.fake.ptb import ask, ptb_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.mark.parametrize(
    ("fault", "error", "said", "carried_out"),
    [
        (Status(400, "Bad Request: can't parse entities: x"), BadRequest, "Can't parse entities", 0),
        (Status(500, "Internal Server Error"), NetworkError, "Internal Server Error", 0),
        (BadGateway(), NetworkError, "Bad Gateway", 0),
        (DropBefore(), NetworkError, "connection lost", 0),
        (DropAfter(), NetworkError, "connection lost", 1),
        (Garbled(), TelegramError, "Invalid server response", 1),
    ],
)
async def test_each_fault_reaches_the_bot(
    fault: Fault, error: type[TelegramError], said: str, carried_out: int
) -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        user = api.user()
        chat = api.private(user)
        api.say(user, chat, "hi")
        api.fault(fault, method="sendMessage")
        with pytest.raises(error, match=said):
            await bot.send_message(user.id, "x")
        assert len(api.messages(chat)) == carried_out
        await bot.send_message(user.id, "y")
        assert len(api.messages(chat)) == carried_out + 1
        assert api.faults_left == 0
        assert [asked.code for asked in api.asked("sendMessage")][-1] == 200
        assert not api.violations


async def test_a_fault_waits_for_its_method_its_chat_and_its_turn() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        one, two = api.user("One"), api.user("Two")
        for user in (one, two):
            api.say(user, api.private(user), "hi")
        api.fault(Status(500, "x"), method="sendMessage", chat=api.private(one), skip=1, times=2)
        await bot.send_chat_action(one.id, "typing")
        await bot.send_message(two.id, "x")
        await bot.send_message(one.id, "x")
        for _ in range(2):
            with pytest.raises(NetworkError):
                await bot.send_message(one.id, "x")
        await bot.send_message(one.id, "x")


async def test_a_call_that_is_held_goes_on_when_released() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        user = api.user()
        chat = api.private(user)
        api.say(user, chat, "hi")
        hold = Hold()
        api.fault(hold, method="sendMessage")
        sending = asyncio.create_task(bot.send_message(user.id, "x"))
        await hold.begun.wait()
        assert not api.messages(chat)
        hold.release()
        await sending
        assert api.messages(chat)[0].text == "x"


async def test_a_slow_answer_runs_into_the_client_s_deadline() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        api.fault(Slow(30), method="getChat")
        user = api.user()
        api.say(user, api.private(user), "hi")
        with pytest.raises(NetworkError):
            await bot.get_chat(user.id, read_timeout=0.05)


async def test_tokens_and_methods_are_looked_at_first() -> None:
    async with FakeTelegram() as api:
        with pytest.raises(InvalidToken):
            async with ptb_bot(api, "8000000009:" + "x" * 35):
                pass
        async with ptb_bot(api) as bot, httpx.AsyncClient() as client:
            stranger = await client.get(f"{api.base_url}8000000009:{'x' * 35}/getMe")
            assert stranger.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
            assert (await client.get(f"{api.base_url}nonsense/getMe")).status_code == 404
            assert (await client.get(f"{api.base_url}{api.token}/getNothing")).status_code == 404
            assert (await client.get(f"{api.base_url}{api.token}/GETME")).json()["result"]["id"] == bot.id
            assert (await client.get(f"{api.address}/")).status_code == 404


async def test_a_server_of_old_does_not_know_rich_messages() -> None:
    async with FakeTelegram(rich=False) as api, ptb_bot(api) as bot:
        user = api.user()
        api.say(user, api.private(user), "hi")
        with pytest.raises(TelegramError, match="not found"):
            await bot.do_api_request(
                "sendRichMessage", api_kwargs={"chat_id": user.id, "rich_message": {"html": "<p>x</p>"}}
            )
        assert [(asked.method, asked.code) for asked in api.requests][-1] == ("sendRichMessage", 404)


async def test_bodies_of_every_kind_are_read() -> None:
    async with FakeTelegram() as api, httpx.AsyncClient() as client:
        user = api.user()
        api.say(user, api.private(user), "hi")
        url = f"{api.base_url}{api.token}/sendMessage"
        said = {"chat_id": str(user.id), "text": "سلام & <x>"}
        await client.get(url, params=said)
        await client.post(url, data=said)
        await client.post(url, json=said | {"chat_id": user.id})
        assert [message.text for message in api.messages(api.private(user))] == [said["text"]] * 3
        broken = await client.post(url, content=b"{", headers={"Content-Type": "application/json"})
        assert broken.json()["description"] == "Bad Request: can't parse JSON object"

        async def pieces() -> AsyncIterator[bytes]:
            yield b"a=1&"  # without a length the client sends chunks
            yield b"text=x"

        chunked = await client.post(
            url, content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert chunked.json()["description"] == "Bad Request: sendMessage: parameter 'chat_id' is required"


async def test_a_flaw_of_the_server_itself_is_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> object:
        raise KeyError("flaw")

    monkeypatch.setitem(HANDLERS, "getMe", broken)
    async with FakeTelegram() as api:
        assert (await ask(api, "getMe"))["error_code"] == 500
        assert api.violations == ["getMe: the fake server failed: KeyError('flaw')"]
