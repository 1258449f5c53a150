"""A poll of 1,000 feeds on 100 hosts over real HTTP: unchanged, changed, connections a host, and memory over many polls.

A fifth of the feeds are of one host. They are a process of their own on loopback; the fetcher is the bot's, told that loopback
may be reached and that all names lead there. Nothing but the clock is not as in ``khabar bot``.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from bot.digests.poller import PollSummary, poll_due
from bot.digests.schedule import Schedule
from bot.storage import feeds, migrations, subscriptions
from bot.storage.database import Database
from bot.storage.subscriptions import MOST_FEEDS, NewSubscription
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy
from pipelines.languages import Language
from tests.bench.feed_server import KEPT

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
FEEDS, HOSTS = 1_000, 100
OF_ONE_HOST = 200
"""Feeds that the first host has: more than may be asked at once."""
UNCHANGED_SECONDS = 30.0
PER_HOST = 5
ROUNDS = 6
GROWTH_MEGABYTES = 10.0
"""Between the first poll that found nothing new and the last of ``ROUNDS`` more."""


@dataclass(slots=True)
class Clock:
    now: datetime = datetime(2026, 11, 25, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def outlets() -> Generator[int]:
    """The server's port."""
    command = [sys.executable, "-m", "tests.bench.feed_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def control(port: int, what: str) -> Any:
    with urlopen(f"http://127.0.0.1:{port}/control/{what}") as answer:
        return json.load(answer)


async def leads_here(host: str, port: int) -> Sequence[str]:
    del host, port
    return ["127.0.0.1"]


async def subscribe(database: Database, port: int, now: datetime) -> None:
    async with database.transaction() as tx:
        numbers = []
        for number in range(FEEDS):
            host = 0 if number < OF_ONE_HOST else number % HOSTS
            url = f"http://outlet{host}.example:{port}/feed/{number}"
            numbers.append((await feeds.add(tx, url=url, title="", now=now)).id)
        for at in range(0, FEEDS, MOST_FEEDS):
            new = NewSubscription(
                chat_id=-100 - at,
                enabled=True,
                feeds=tuple(numbers[at : at + MOST_FEEDS]),
                languages=(Language.DARI,),
                schedule=Schedule(kind="live"),
            )
            await subscriptions.save(tx, new, now=now)


def megabytes() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def test_a_thousand_feeds(tmp_path: Path) -> None:
    clock = Clock()
    database = Database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    await migrations.upgrade(database)
    policy = FetchPolicy(allow_addresses=frozenset({ip_network("127.0.0.0/8")}))
    with outlets() as port:
        async with database, Fetcher(policy, resolver=leads_here, clock=clock) as fetcher:
            await subscribe(database, port, clock.now)

            async def poll(name: str) -> tuple[PollSummary, float, dict[str, Any]]:
                clock.now += timedelta(hours=1)
                start = time.perf_counter()
                summary = await poll_due(database, fetcher, now=clock)
                seconds = time.perf_counter() - start
                told = await asyncio.to_thread(control, port, "told")
                print(f"\n{name}: {seconds:.1f} s, {summary}, {told}, {megabytes():.0f} MB", end="")
                assert (summary.feeds, summary.failed, summary.disabled) == (FEEDS, 0, ())
                assert told["hosts"] == HOSTS
                assert 1 < told["most"] <= PER_HOST
                return summary, seconds, told["answers"]

            first, _, _ = await poll("first")
            assert first.new_items == FEEDS * KEPT

            unchanged, seconds, answers = await poll("unchanged")
            assert (unchanged.changed, unchanged.new_items, answers) == (0, 0, {"304": FEEDS})
            assert seconds <= UNCHANGED_SECONDS

            await asyncio.to_thread(control, port, "edition/2")
            changed, _, answers = await poll("changed")
            assert (changed.changed, changed.new_items, answers) == (FEEDS, FEEDS, {"200": FEEDS})

            before = megabytes()
            for number in range(ROUNDS):
                await poll(f"unchanged {number + 2}")
            assert megabytes() - before <= GROWTH_MEGABYTES
