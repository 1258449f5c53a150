"""What else may die than the bot: a worker for good, the database's server, the disk's last free byte."""

from __future__ import annotations

import asyncio
import resource
import time
from typing import TYPE_CHECKING

import pytest

from bot.storage import migrations
from bot.storage.database import Database
from tests.faults.stage import MARK, stage
from tests.unit.storage import cluster
from tests.unit.storage.fixtures import create_database

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.faults.stage import Stage
    from tests.unit.storage.cluster import Server

pytestmark = pytest.mark.faults

TAKEOVER = 30.0
"""Seconds in which a dead worker's jobs are done by another one."""
DOWN = 4.0
"""Seconds for which the database's server is away."""


@pytest.fixture
def own_server() -> Generator[Server]:
    try:
        with cluster.started() as server:
            yield server
    except cluster.NoServerError as error:
        pytest.skip(str(error))


async def _empty(server: Server) -> str:
    url = create_database(server.address, "bot")
    async with Database(url) as database:
        await migrations.upgrade(database)
    return url


async def _once(on: Stage, asked: list[tuple[int, int]]) -> None:
    """Each of the links was answered, and none twice."""
    for reader, link in asked:
        await on.api.do("expect", chat=reader, part=f"{MARK} {link}.", timeout=120)
    for reader, link in asked:
        shown = [one for one in await on.api.do("messages", chat=reader) if f"{MARK} {link}." in one["text"]]
        assert len(shown) == 1, f"{link}: {len(shown)} times"


async def test_a_dead_worker_s_jobs_are_done_by_another(own_server: Server, tmp_path: Path) -> None:
    async with stage(await _empty(own_server), tmp_path) as on:
        readers = await on.api.do("users", count=8, language="en")
        bot, worker = await on.start("bot"), await on.start("worker")
        await on.start("worker")
        # long enough that the worker has some of them
        await on.api.do("fault", kind="Slow", arguments=[1.5], method="sendRichMessage", times=24)
        asked = [(reader, number) for number, reader in enumerate(readers * 3)]
        await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for reader, link in asked])
        await on.api.do("acknowledged", timeout=30)
        await asyncio.sleep(2)
        await on.kill(worker)
        begun = time.monotonic()
        await _once(on, asked)
        took = time.monotonic() - begun
        print(f"\nall done {took:.1f} s after the death of a worker")
        assert took <= TAKEOVER
        await on.stop(bot)
        state = await on.api.do("state")
    assert (state["violations"], state["breaches"]) == ([], [])


async def test_a_database_server_that_restarts_loses_nothing(own_server: Server, tmp_path: Path) -> None:
    async with stage(await _empty(own_server), tmp_path) as on:
        readers = await on.api.do("users", count=8, language="en")
        await on.start("bot")
        asked: list[tuple[int, int]] = []
        for round_ in range(3):
            links = [(reader, 100 * round_ + number) for number, reader in enumerate(readers)]
            await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for reader, link in links])
            asked += links
            await asyncio.sleep(0.5)
            await asyncio.to_thread(own_server.stop)
            late = [(readers[0], 100 * round_ + 99)]
            await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for reader, link in late])
            asked += late
            await asyncio.sleep(DOWN)
            await asyncio.to_thread(own_server.start)
        await _once(on, asked)
        assert all(process.returncode is None for process in on.running), on.log()
        state = await on.api.do("state")
    assert (state["violations"], state["breaches"]) == ([], [])


async def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """No file of the bot may grow: what cannot be stored is not acknowledged, so Telegram keeps it until there is room."""
    async with stage(f"sqlite:///{tmp_path}/khabar.sqlite", tmp_path) as on:
        readers = await on.api.do("users", count=8, language="en")
        bot = await on.start("bot")
        before = [(reader, number) for number, reader in enumerate(readers)]
        await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for reader, link in before])
        await asyncio.sleep(0.5)
        limits = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1024, limits[1]))
        during = [(reader, 100 + number) for number, reader in enumerate(readers)]
        await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for reader, link in during])
        await asyncio.sleep(5)
        pending = (await on.api.do("state"))["pending"]
        assert pending >= len(during)
        assert bot.returncode is None, on.log()
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, limits)
        await _once(on, before + during)
        assert bot.returncode is None, on.log()
        state = await on.api.do("state")
    assert (state["violations"], state["breaches"]) == ([], [])
