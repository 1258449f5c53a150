"""``khabar bot`` as an operator meets it: a process that refuses, waits, stops, goes on, and listens.

The fake Bot API and the site are in the test's process; the bot is one of its own (``tests.faults.process`` is the command with a
fetcher that may reach loopback).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.fake import BadGateway, FakeTelegram
from tests.telegram.stage import SLOW, Site, unused_port, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.telegram.fake import Chat, User

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-this-test"  # noqa: S105 - nobody's
LIMIT = 60.0
KHABAR = ("-c", "from bot.cli import main; main()")


class Process:
    """One process; what it says on standard error is kept line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            async with self._news:
                self.said.append(line.decode())
                self._news.notify_all()

    async def says(self, part: str) -> None:
        async with self._news, asyncio.timeout(LIMIT):
            await self._news.wait_for(lambda: any(part in line for line in self.said))

    async def ready(self) -> None:
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), LIMIT)
        assert line.strip() == b"ready", "".join(self.said)

    async def ended(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), LIMIT)
        await self._reading
        return code

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()


@asynccontextmanager
async def running(home: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    environment = {**os.environ, "HOME": str(home), "KHABAR_OFFLINE": "1", "KHABAR_BOT_READERS": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *(arguments or ("-m", "tests.faults.process", "bot")), cwd=ROOT,
        env=environment | {f"KHABAR_{name}": value for name, value in settings.items()},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    made = Process(process)
    try:
        yield made
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await made._reading


@asynccontextmanager
async def around() -> AsyncIterator[tuple[FakeTelegram, Site, User, Chat]]:
    """The fake with somebody who has spoken to nobody yet, and the site."""
    async with web() as site, FakeTelegram() as api:
        user = api.user()
        yield api, site, user, api.private(user)
        for gate in site.gates.values():
            gate.set()
        assert api.violations == []
        assert api.breaches == []


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
                for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "another"}):
                    answer = await client.post(settings["WEBHOOK_URL"], json=update, headers=headers)
                    assert answer.status_code == 403
            api.say(user, chat, site.url(sorted(site.pages)[1]))
            await api.expect(chat, lambda one: bool(one.buttons) and len(api.messages(chat)) > before, timeout=SLOW)
            assert await bot.stop() == 0
        assert await _digests(api, chat) == 2


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
