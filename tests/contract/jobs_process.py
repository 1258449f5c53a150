"""Jobs in a process of their own, to be killed: ``python -m tests.contract.jobs_process URL DONE EXECUTOR [SLOW]``.

Each line on standard input is the key of a request. What is done goes to the file DONE, a JSON line each: executor, step (with a
question mark where it begins), key. The step SLOW begins and never ends; a request called ``bad…`` fails. On PostgreSQL the
process keeps a short lease and sweeps. It stops when its input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dbos import DBOS

from bot.intents import Source
from bot.jobs.leases import Leases
from bot.jobs.recovery import take_over
from bot.jobs.values import IssueRequest, Made, Request
from bot.storage.database import Database
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable


class Work:
    """Answers requests by writing down that it did."""

    def __init__(self, note: Callable[[str, str], None], slow: str) -> None:
        self._note, self._slow = note, slow

    async def _step(self, step: str, key: str) -> None:
        self._note(f"{step}?", key)
        if step == self._slow:
            await asyncio.Event().wait()
        if key.startswith("bad"):
            raise ValueError
        self._note(step, key)

    async def make(self, request: Request) -> Made:
        await self._step("make", request.key)
        return Made(told="made")

    async def deliver(self, request: Request, made: Made) -> None:
        assert made.told == "made"
        await self._step("deliver", request.key)

    async def give_up(self, request: Request, error: BaseException) -> None:
        assert isinstance(error, Exception)
        self._note("give_up", request.key)

    async def collect(self, request: IssueRequest) -> int | None:
        raise NotImplementedError

    async def read(self, request: IssueRequest, issue_id: int) -> None:
        raise NotImplementedError

    async def post(self, request: IssueRequest, issue_id: int) -> None:
        raise NotImplementedError

    async def abandon(self, request: IssueRequest, error: BaseException) -> None:
        raise NotImplementedError


def _impatient() -> None:
    """What fails here fails at once, in place of after a quarter of a minute. Before the workflows are read."""
    step = DBOS.step
    DBOS.step = lambda **options: step(**options | {"interval_seconds": 0.01, "backoff_rate": 1.0})  # type: ignore[method-assign]


async def main(url: str, done: Path, executor: str, slow: str) -> None:
    _impatient()
    from bot.jobs.engine import Jobs, system_database  # noqa: PLC0415

    def note(step: str, key: str) -> None:
        with done.open("a") as file:
            file.write(json.dumps([executor, step, key]) + "\n")

    database = Database(url)
    work = Work(note, slow)
    jobs = Jobs(system_database(database.url, folder=done.parent), work, work, executor=executor, poll_seconds=0.05)
    alone = database.url.get_backend_name() == "sqlite"
    leases = Leases(database, executor, take_over, lease=timedelta(seconds=1), sleep=lambda _: asyncio.sleep(0.2))
    if not alone:
        await leases.begin()
    await jobs.start()
    keeping = asyncio.create_task(leases.keep()) if not alone else None
    print("ready", flush=True)
    while key := (await asyncio.to_thread(sys.stdin.readline)).strip():
        await jobs.enqueue(
            Request(
                key=key,
                source=Source(kind="text", value="x"),
                chat_id=1,
                topic_id=None,
                message_id=1,
                person_id=1,
                private=True,
                speech=Language.ENGLISH,
                length="short",
                languages=(Language.ENGLISH,),
            )
        )
        print(f"asked {key}", flush=True)
    if keeping is not None:
        keeping.cancel()
    await jobs.stop(seconds=1)
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]))
