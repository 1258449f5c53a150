"""``khabar bot`` as an operator meets it: a process that refuses, waits, stops, goes on, and listens."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway
from tests.telegram.fake.updates import SECRET_HEADER
from tests.telegram.process_stage import KHABAR, LIMIT, around, running
from tests.telegram.stage import SLOW, stage, unused_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.telegram.fake import Chat, FakeTelegram
    from tests.telegram.stage import Site

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

SECRET = "a-secret-of-this-test"  # noqa: S105 - nobody's
READERS = 6


def _name(site: Site) -> str:
    return min(site.pages)


async def _digests(api: FakeTelegram, chat: Chat) -> int:
    return sum(bool(message.buttons) for message in api.messages(chat))


async def test_a_token_that_telegram_does_not_know_is_named(tmp_path: Path) -> None:
    async with around() as (api, *_):
        other = f"8000000009:{'x' * 35}"
        async with running(tmp_path, *KHABAR, "bot", BOT_TOKEN=other, BOT_API=api.address) as bot:
            assert await bot.ended() == 1
        assert "KHABAR_BOT_TOKEN" in bot.said[-1]
        assert other not in "".join(bot.said)


async def test_half_a_webhook_is_named(tmp_path: Path) -> None:
    token = f"8000000009:{'x' * 35}"
    async with running(tmp_path, *KHABAR, "bot", BOT_TOKEN=token, WEBHOOK_URL="https://bot.example/hook") as bot:
        assert await bot.ended() == 2
    assert "KHABAR_WEBHOOK_SECRET" in bot.said[-1]


async def test_a_worker_on_a_file_says_what_it_needs(tmp_path: Path) -> None:
    token = f"8000000009:{'x' * 35}"
    async with running(tmp_path, *KHABAR, "worker", BOT_TOKEN=token) as worker:
        assert await worker.ended() == 1
    assert "KHABAR_DATABASE" in "".join(worker.said)


async def test_a_telegram_that_cannot_be_reached_is_waited_for(tmp_path: Path) -> None:
    async with around() as (api, site, user, chat):
        nowhere = f"http://127.0.0.1:{unused_port()}"
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=nowhere) as bot:
            await bot.says("cannot be reached")
            assert await bot.stop() == 0
        api.fault(BadGateway(), method="getMe", times=2)
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=api.address) as bot:
            await bot.says("cannot be reached")
            await bot.ready()
            api.say(user, chat, site.url(_name(site)))
            await api.expect(chat, lambda one: bool(one.buttons), timeout=SLOW)
            assert await bot.stop() == 0


async def test_a_process_that_is_told_to_stop_ends_what_it_began_and_takes_no_more(tmp_path: Path) -> None:
    async with around() as (api, site, user, chat):
        name = _name(site)
        gate = site.gate(name)
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=api.address) as bot:
            await bot.ready()
            api.say(user, chat, site.url(name))
            await site.visited(name)
            bot.process.send_signal(signal.SIGTERM)
            late = sorted(site.pages)[1]
            gate.set()
            assert await bot.ended() == 0
            assert await _digests(api, chat) == 1
            api.say(user, chat, site.url(late))
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=api.address) as bot:
            await bot.ready()
            await api.expect(chat, lambda _: sum(bool(one.buttons) for one in api.messages(chat)) == 2, timeout=SLOW)
            assert await bot.stop() == 0
        assert await _digests(api, chat) == 2


async def test_what_does_not_end_in_time_is_handed_to_the_next_start(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.stop_seconds = 0.2
        user = on.api.user()
        chat = on.api.private(user)
        name = _name(on.site)
        gate = on.site.gate(name)
        await on.restart()
        on.api.say(user, chat, on.site.url(name))
        await on.site.visited(name)
        await on.stop()
        gate.set()
        assert await _digests(on.api, chat) == 0
        await on.start()
        await on.api.expect(chat, lambda one: bool(one.buttons), timeout=SLOW)
        await on.stop()
        assert await on.parts_sent(chat) == on.messages_made(chat)
        assert await _digests(on.api, chat) == 1


async def test_a_killed_process_loses_nothing_and_repeats_only_what_was_on_its_way(tmp_path: Path) -> None:
    async with around() as (api, site, *_):
        chats = {}
        for number in range(READERS):
            user = api.user(f"A{number}")
            chats[number] = (user, api.private(user), site.put(f"/story-{number}", site.pages[_name(site)][1]))
            site.gate(f"/story-{number}")

        def asks(number: int) -> None:
            user, chat, address = chats[number]
            api.say(user, chat, address)

        settings = {"BOT_TOKEN": api.token, "BOT_API": api.address}
        async with running(tmp_path, **settings) as bot:  # killed while pages are read
            await bot.ready()
            for number in range(READERS // 2):
                asks(number)
            await site.visited("/story-0")
            bot.process.kill()
            await bot.ended()
        async with running(tmp_path, **settings) as bot:  # killed as soon as Telegram knows the updates to be here
            await bot.ready()
            for number in range(READERS // 2, READERS):
                asks(number)
            await api.acknowledged()
            bot.process.kill()
            await bot.ended()
        for number in range(READERS // 2):
            site.gates[f"/story-{number}"].set()
        async with running(tmp_path, **settings) as bot:  # killed while digests are sent
            await bot.ready()
            await api.expect(chats[0][1], lambda one: bool(one.buttons), timeout=SLOW)
            bot.process.kill()
            await bot.ended()
        on_their_way = {number for number, (_, chat, _) in chats.items() if await _digests(api, chat)}
        assert 0 in on_their_way
        for gate in site.gates.values():
            gate.set()
        async with running(tmp_path, **settings) as bot:
            await bot.ready()
            for _, chat, _ in chats.values():
                await api.expect(chat, lambda one: bool(one.buttons), timeout=LIMIT)
            assert await bot.stop() == 0
        for number, (_, chat, _) in chats.items():
            assert await _digests(api, chat) in ({1, 2} if number in on_their_way else {1}), number


async def test_a_webhook_takes_what_brings_the_secret_and_what_waited(tmp_path: Path) -> None:
    async with around() as (api, site, user, chat):
        port = unused_port()
        api.say(user, chat, site.url(_name(site)))  # before anybody listens
        settings = {
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        }
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=api.address, **settings) as bot:
            await bot.ready()
            await api.expect(chat, lambda one: bool(one.buttons), timeout=SLOW)
            before = len(api.messages(chat))
            update = {
                "update_id": 1,
                "message": {"message_id": 9, "date": 1, "chat": {"id": chat.id, "type": "private"}},
            }
            async with httpx.AsyncClient() as client:
                for headers in ({}, {SECRET_HEADER: "another"}):
                    answer = await client.post(settings["WEBHOOK_URL"], json=update, headers=headers)
                    assert answer.status_code == 403
            api.say(user, chat, site.url(sorted(site.pages)[1]))
            await api.expect(chat, lambda one: bool(one.buttons) and len(api.messages(chat)) > before, timeout=SLOW)
            assert await bot.stop() == 0
        assert await _digests(api, chat) == 2


async def test_a_webhook_says_yes_only_to_what_is_stored(tmp_path: Path) -> None:
    async with around() as (api, _, user, chat):
        port = unused_port()
        url, file = f"http://127.0.0.1:{port}/hook", tmp_path / "bot.sqlite"
        settings = {
            "WEBHOOK_URL": url,
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "DATABASE": f"sqlite:///{file}",
        }
        api.say(user, chat, "hello")
        number, update = api.bot.updates.pending.popitem()  # this test brings it itself
        async with running(tmp_path, BOT_TOKEN=api.token, BOT_API=api.address, **settings) as bot:
            await bot.ready()
            async with httpx.AsyncClient(timeout=LIMIT) as client:
                with closing(sqlite3.connect(file, isolation_level=None, timeout=LIMIT)) as other:
                    other.execute("BEGIN IMMEDIATE")  # nobody else can write now
                    headers = {SECRET_HEADER: SECRET}
                    brought = asyncio.create_task(client.post(url, json=update, headers=headers))
                    await api.expect_request("sendChatAction", timeout=SLOW)  # it was seen
                    assert (await client.post(url, json=update)).status_code == 403
                    assert not brought.done()
                    other.execute("COMMIT")
                    assert (await brought).status_code == 200
                    stored = other.execute("SELECT update_id FROM inbox").fetchall()
                    assert stored == [(number,)]
                await api.expect(chat, timeout=SLOW)
                # and the same once more, as Telegram does where an answer was lost
                assert (await client.post(url, json=update, headers=headers)).status_code == 200
            assert await bot.stop() == 0
        assert len(api.messages(chat)) == 1


async def test_two_processes_of_one_token_are_told(tmp_path: Path) -> None:
    async with around() as (api, *_):
        for home in ("one", "two"):
            (tmp_path / home).mkdir()
        async with running(tmp_path / "one", BOT_TOKEN=api.token, BOT_API=api.address) as one:
            await one.ready()
            async with running(tmp_path / "two", BOT_TOKEN=api.token, BOT_API=api.address) as two:
                await two.ready()
                waiting = [asyncio.ensure_future(bot.says("another process takes the updates")) for bot in (one, two)]
                done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                assert done
                for task in left:
                    task.cancel()
                await asyncio.gather(*left, return_exceptions=True)
                assert await two.stop() == 0
            assert await one.stop() == 0
