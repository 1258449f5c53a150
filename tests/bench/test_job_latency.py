"""What the job engine adds to an answer on SQLite: from the request to the first line of the work, made durable in between."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.intents import Source
from bot.jobs.engine import Jobs, system_database
from bot.jobs.values import Made, Request
from bot.storage.engines import normalised
from pipelines.languages import Language

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench

REQUESTS = 300
ADDED_P95 = 0.05


class Stopwatch:
    """Answers at once, and knows when it was called."""

    def __init__(self) -> None:
        self.called: dict[str, float] = {}
        self.done: dict[str, asyncio.Event] = {}

    async def make(self, request: Request) -> Made:
        self.called[request.key] = time.perf_counter()
        return Made(told="x")

    async def deliver(self, request: Request, made: Made) -> None:
        assert made.told
        self.done[request.key].set()

    async def give_up(self, request: Request, error: BaseException) -> None:
        raise AssertionError(request.key) from error


async def test_the_engine_adds_little(tmp_path: Path) -> None:
    watch = Stopwatch()
    place = system_database(normalised(f"sqlite:///{tmp_path}/bot.sqlite"), folder=tmp_path)
    jobs = Jobs(place, watch, cast("Any", watch))
    await jobs.start()
    added = []
    for number in range(REQUESTS):
        request = Request(
            key=f"k{number}", source=Source(kind="text", value="x"), chat_id=1, topic_id=None, message_id=1, person_id=1,
            private=True, speech=Language.ENGLISH, length="short", languages=(Language.ENGLISH,),
        )  # fmt: skip
        watch.done[request.key] = asyncio.Event()
        begun = time.perf_counter()
        await jobs.enqueue(request)
        await watch.done[request.key].wait()
        added.append(watch.called[request.key] - begun)
    await jobs.stop(seconds=5)
    p95 = statistics.quantiles(added, n=20)[-1]
    print(f"\n{REQUESTS} requests: added p50 {statistics.median(added) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms")
    assert p95 <= ADDED_P95
