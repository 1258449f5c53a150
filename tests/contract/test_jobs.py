"""What Khabar expects of DBOS and of its own leases, on SQLite and PostgreSQL: a dead process's jobs are done, each step once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.delivery.limits import Limits
from bot.delivery.shared import SharedTurns
from bot.jobs.engine import system_database
from bot.jobs.leases import LeaseLostError, Leases
from bot.jobs.register import CannotError, NoSuchJobError, register
from bot.storage.database import Database
from bot.storage.engines import normalised
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

ROOT = Path(__file__).parents[2]


class Process:
    """``tests.contract.jobs_process`` under a name; what it did is in ``done``."""

    def __init__(self, url: str, done: Path, executor: str, *, slow: str = "") -> None:
        self._done = done
        command = [sys.executable, "-m", "tests.contract.jobs_process", url, str(done), executor, slow]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, key: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(key + "\n")
        self.process.stdin.flush()
        assert self._line() == f"asked {key}"

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> None:
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0


def _done(path: Path) -> list[list[str]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


async def _until(holds: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - other processes have no event to wait for
            await asyncio.sleep(0.02)


async def test_a_killed_process_loses_no_job_and_repeats_no_step_that_was_done(url: str, tmp_path: Path) -> None:
    done = tmp_path / "done"
    first = Process(url, done, "one", slow="deliver")
    for number in range(5):
        first.ask(f"k{number}")
    await _until(lambda: sum(step == "deliver?" for _, step, _ in _done(done)) == 5)
    first.kill()
    second = Process(url, done, "one")  # the same executor: what it left is its own
    await _until(lambda: sum(step == "deliver" for _, step, _ in _done(done)) == 5)
    second.stop()
    steps = [(step, key) for _, step, key in _done(done)]
    assert sorted(key for step, key in steps if step == "make") == [f"k{number}" for number in range(5)]
    assert sorted(key for step, key in steps if step == "deliver") == [f"k{number}" for number in range(5)]


async def test_the_jobs_of_a_dead_worker_are_taken_over_with_their_steps(migrated_server: str, tmp_path: Path) -> None:
    from tests.unit.storage.fixtures import create_database  # noqa: PLC0415

    address, done = create_database(migrated_server, "takeover", "migrated"), tmp_path / "done"
    dead = Process(address, done, "dead", slow="deliver")
    dead.ask("k")
    await _until(lambda: any(step == "deliver?" for _, step, _ in _done(done)))
    dead.kill()
    alive = Process(address, done, "alive")  # it sweeps: see jobs_process
    await _until(lambda: any(step == "deliver" for _, step, _ in _done(done)))
    alive.stop()
    assert [(who, step) for who, step, _ in _done(done)] == [
        ("dead", "make?"), ("dead", "make"), ("dead", "deliver?"), ("alive", "deliver?"), ("alive", "deliver"),
    ]  # fmt: skip


async def test_an_operator_sees_jobs_and_does_them_again(url: str, tmp_path: Path) -> None:
    done = tmp_path / "done"
    running = Process(url, done, "one")
    running.ask("good")
    running.ask("bad")
    await _until(lambda: {key for _, step, key in _done(done) if step in ("deliver", "give_up")} == {"good", "bad"})
    with register(system_database(normalised(url), folder=tmp_path)) as book:
        await _until(lambda: {job.state for job in book.jobs()} == {"done", "failed"})
        assert {job.key: job.state for job in book.jobs()} == {"good": "done", "bad": "failed"}
        assert [job.key for job in book.jobs(state="failed")] == ["bad"]
        job, steps = book.show("good")
        assert (job.kind, [step.name for step in steps]) == ("answer", ["make", "deliver"])
        with pytest.raises(CannotError, match="done"):
            book.retry("good")
        with pytest.raises(CannotError, match="nothing left"):
            book.cancel("good")
        with pytest.raises(NoSuchJobError, match="jobs list"):
            book.show("unknown")
        again = book.retry("bad")
        await _until(lambda: [key for _, step, key in _done(done) if step == "give_up"] == ["bad", again])
    running.stop()


class _Taken:
    def __init__(self) -> None:
        self.executors: list[str] = []

    def __call__(self, executors: Sequence[str]) -> int:
        self.executors += executors
        return len(executors)


@pytest.fixture
def shared(migrated_server: str) -> Database:
    from tests.unit.storage.fixtures import _numbers, create_database  # noqa: PLC0415

    return Database(create_database(migrated_server, f"shared_{next(_numbers)}", "migrated"))


async def test_only_workers_whose_lease_ran_out_are_taken_over_and_once(shared: Database) -> None:
    async with shared:
        taken = _Taken()
        alive, other = Leases(shared, "alive", taken), Leases(shared, "other", taken)
        await alive.begin()
        await other.begin()
        assert await alive.sweep() == 0
        await other.end()
        assert sorted(await asyncio.gather(*(alive.sweep() for _ in range(5)))) == [0, 0, 0, 0, 1]
        assert taken.executors == ["other"]
        with pytest.raises(LeaseLostError):
            await other.renew()
        await alive.renew()


async def test_jobs_that_cannot_be_taken_over_now_are_later(shared: Database) -> None:
    async with shared:
        failing = True

        def take_over(executors: Sequence[str]) -> int:
            if failing:
                raise RuntimeError
            return len(executors)

        alive, dead = Leases(shared, "alive", take_over), Leases(shared, "dead", take_over)
        await alive.begin()
        await dead.begin()
        await dead.end()
        with pytest.raises(RuntimeError):
            await alive.sweep()
        failing = False
        assert await alive.sweep() == 1


async def test_processes_share_the_turns_of_a_chat_and_of_the_bot(shared: Database) -> None:
    async with shared:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        limits = Limits(chat_per_second=1, chat_burst=2, group_per_minute=18, per_second=1000, burst=1000)
        mine, theirs = (SharedTurns(shared, limits, sleep=sleep) for _ in range(2))
        for turns in (mine, theirs, mine, theirs):
            await turns.turn(7)
        # two go at once, the third after a second, the fourth after two
        assert [round(one) for one in slept] == [1, 2]
        slept.clear()
        for turns in (mine, theirs) * 4:
            await turns.turn(-7)
        assert len(slept) == 4
        assert slept[-1] == pytest.approx(4 * 60 / 14, abs=1)


async def test_a_wait_that_another_process_was_told_holds_for_all(shared: Database) -> None:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    from bot.storage import floods  # noqa: PLC0415

    async with shared:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        async with shared.transaction() as tx:
            await floods.set_until(tx, "chat:7", datetime.now(UTC) + timedelta(seconds=60))
        turns = SharedTurns(shared, Limits(), sleep=sleep)
        await turns.turn(8)
        assert slept == []
        await turns.turn(7)
        assert slept == [pytest.approx(60, abs=5)]
