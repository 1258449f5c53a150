"""Durable jobs: a digest that was asked for is made and delivered, whatever happens to the process.

``Request`` → a DBOS workflow of two steps, *make* and *deliver*, in an SQLite system database beside the bot's own. A step that
is done is not run again after a crash; the step that was under way is. Workflows run on DBOS's threads and hand the work to the
bot's event loop, where its connections live.

DBOS is one per process, with workflows registered by name when this module is imported: ``_office`` is whose they are.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import math
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import create_engine, event

from bot.intents import Source
from bot.storage import frozen_json
from bot.storage.values import Length
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

log = logging.getLogger(__name__)

APPLICATION: Final = "khabar"
VERSION: Final = "1"
"""Version of the workflows' steps. DBOS recovers jobs of its own version only; it rises when steps change their order or kind."""
QUEUE: Final = "interactive"
WORKFLOW: Final = "answer"
POLL_SECONDS: Final = 0.1
AT_ONCE: Final = 16
"""Jobs under way in one process. What takes time is reading and translating, which have their own limits below this one."""
ATTEMPTS: Final = 4
UNDONE: Final = ["PENDING", "ENQUEUED"]
DONE: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_GRACE: Final = 5
"""Seconds for jobs that were handed back to leave DBOS's threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A digest that somebody asked for. ``key`` names job, delivery and card, and is the same when the update comes again.

    DBOS logs it, so it names nobody.
    """

    key: str
    source: Source
    chat_id: int
    topic_id: int | None
    message_id: int
    person_id: int | None
    private: bool
    speech: Language
    """The language the bot speaks to the asker."""
    length: Length
    languages: tuple[Language, ...]
    usage_day: str = ""
    """The UTC day that a digest was counted on, to be given back if none is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What *make* came to: a stored digest, or what to tell the asker instead."""

    digest_id: int | None = None
    told: str = ""


class Worker(Protocol):
    """Who does the work, on the bot's event loop."""

    async def make(self, request: Request) -> Made:
        """Fetch, digest, translate, store. An error of the source is a ``Made``; anything raised is tried again."""
        ...

    async def deliver(self, request: Request, made: Made) -> None:
        """Say it. Raises what may pass on a later attempt."""
        ...

    async def give_up(self, request: Request, error: BaseException) -> None:
        """The job failed for good: say so and note it."""
        ...


class Jobs:
    """The jobs of one process. ``executor`` is unique among processes that share the database."""

    def __init__(
        self, database: Path, worker: Worker, *, executor: str = "local", poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._database, self.worker, self._executor, self._poll = database, worker, executor, poll_seconds
        self._engine: Engine | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[str] = set()
        self._delivering: set[str] = set()
        self._cancelled: set[str] = set()
        self._making: dict[str, asyncio.Task[Any]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def start(self) -> None:
        """Launch DBOS; jobs that a dead process of this executor left are taken up at once."""
        global _office  # noqa: PLW0603 - DBOS itself is one per process
        self.loop = asyncio.get_running_loop()
        _office = self
        await asyncio.to_thread(self._launch)

    def _launch(self) -> None:
        self._database.parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{self._database}")
        event.listen(self._engine, "connect", _tune)
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": f"sqlite:///{self._database}",
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": self._executor,
            "console_log_level": "WARNING",
            "log_level": "WARNING",
            "notification_listener_polling_interval_sec": 0.5,
        }
        DBOS(config=config)
        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=self._poll, on_conflict="always_update"
        )

    async def enqueue(self, request: Request) -> None:
        """Make the request durable. The same key a second time changes nothing."""
        plain = frozen_json.encode(request)

        def put() -> None:
            with SetWorkflowID(request.key):
                DBOS.enqueue_workflow(QUEUE, _answer, plain)

        await asyncio.to_thread(put)

    async def known(self, key: str) -> bool:
        """True where a job of this key was made before, whatever became of it."""
        return await asyncio.to_thread(DBOS.get_workflow_status, key) is not None

    async def cancel(self, prefix: str) -> int:
        """Cancel the jobs whose key begins with ``prefix`` and that say nothing yet; how many there were."""
        return len(await self._cancel(await self._listed(lambda key: key.startswith(prefix), UNDONE)))

    async def forget(self, mark: str) -> None:
        """Cancel the jobs whose key holds ``mark``, and delete all of them with the texts that were to be read."""
        found = await self._listed(lambda key: mark in key)
        await self._cancel(found)
        running = [key for key in found if key in self._under_way]
        done = [key for key in found if key not in self._under_way]
        if done:
            await asyncio.to_thread(DBOS.delete_workflows, done)
        for key in running:
            task = asyncio.create_task(self._forget_later(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _listed(self, fits: Callable[[str], bool], status: list[str] | None = None) -> list[str]:
        found = await asyncio.to_thread(
            DBOS.list_workflows, name=WORKFLOW, status=status, load_input=False, load_output=False
        )
        return [one.workflow_id for one in found if fits(one.workflow_id)]

    async def _cancel(self, keys: Sequence[str]) -> list[str]:
        """Those that will not be answered. One that runs here is broken off: DBOS would let it run on and log an error."""
        cancelled = []
        for key in keys:
            if key not in self._under_way:
                await asyncio.to_thread(DBOS.cancel_workflow, key)
                cancelled.append(key)
            elif key not in self._delivering:
                self._cancelled.add(key)
                cancelled.append(key)
                if (task := self._making.get(key)) is not None:
                    task.cancel()
        return cancelled

    async def _forget_later(self, key: str) -> None:
        def delete() -> None:
            with suppress(Exception):  # how it ended is nothing to us
                DBOS.retrieve_workflow(key).get_result()
            DBOS.delete_workflow(key)

        await asyncio.to_thread(delete)

    async def purge(self, *, before: datetime) -> int:
        """Delete what is left of jobs that were done before ``before``; how many."""

        def delete() -> int:
            done = DBOS.list_workflows(
                status=DONE, completed_before=before.isoformat(), load_input=False, load_output=False
            )
            if done:
                DBOS.delete_workflows([one.workflow_id for one in done])
            return len(done)

        return await asyncio.to_thread(delete)

    async def stop(self, *, seconds: float) -> None:
        """Let running jobs end for up to ``seconds``; what is left is taken up at the next start."""
        self._closed = not self._under_way
        # with nothing under way DBOS would still wait a second
        wait = math.ceil(seconds) + _GRACE if self._under_way else 0
        closing = asyncio.ensure_future(asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=wait))
        await asyncio.wait({closing}, timeout=seconds)
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await closing
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._engine is not None:
            self._engine.dispose()

    def make(self, request: Request) -> Made:
        """The worker's *make*, from one of DBOS's threads. It can be cancelled."""
        made: Made = self._run(self._made(request), request.key)
        return made

    def deliver(self, request: Request, made: Made) -> None:
        """The worker's *deliver*. Half a digest helps nobody: from here on it is too late to cancel."""
        self._delivering.add(request.key)
        self._run(self._followed(self.worker.deliver(request, made)), request.key)

    def give_up(self, request: Request, error: Exception) -> None:
        """The worker's *give_up*."""
        self._run(self._followed(self.worker.give_up(request, error)), request.key)

    @contextmanager
    def counted(self, key: str) -> Generator[None]:
        """A job under way, while the block lasts."""
        self._under_way.add(key)
        try:
            yield
        except _Cancelled:
            pass
        finally:
            for keys in (self._under_way, self._delivering, self._cancelled):
                keys.discard(key)

    def _run(self, work: Coroutine[Any, Any, Any], key: str) -> Any:
        """Run ``work`` on the bot's event loop."""
        if self.loop is None:
            raise RuntimeError("the jobs were not started")
        if self._closed or key in self._cancelled:
            work.close()
            raise _HandedBack if self._closed else _Cancelled
        try:
            return asyncio.run_coroutine_threadsafe(work, self.loop).result()
        except concurrent.futures.CancelledError:
            raise (_Cancelled if key in self._cancelled else _HandedBack) from None

    async def _made(self, request: Request) -> Made:
        task = asyncio.current_task()
        if task is not None:
            self._making[request.key] = task
        try:
            made: Made = await self._followed(self.worker.make(request))
            return made
        finally:
            self._making.pop(request.key, None)

    async def _followed(self, work: Coroutine[Any, Any, Any]) -> Any:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a job runs outside of a task")
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)


class _Cancelled(BaseException):
    """The asker wants it no more: the job ends as if it were done. No ``Exception``: DBOS would try the step again."""


class _HandedBack(BaseException):
    """The process ends, the job goes on in the next one. No ``Exception``: DBOS would keep that as the job's outcome."""


_office: Jobs | None = None


def _the_office() -> Jobs:
    if _office is None:
        raise RuntimeError("no jobs are running in this process")
    return _office


@DBOS.workflow(name=WORKFLOW)
def _answer(plain: dict[str, Any]) -> None:
    office = _the_office()
    request = frozen_json.decode(Request, plain)
    with office.counted(request.key):
        try:
            made = _make(plain)
            _deliver(plain, made)
        except Exception as error:  # noqa: BLE001 - every way to fail is told to the asker; DBOS keeps no job that nobody ends
            log.warning("a job failed for good: %s", type(error).__name__)
            office.give_up(request, error)


@DBOS.step(name="make", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _make(plain: dict[str, Any]) -> dict[str, Any]:
    office = _the_office()
    encoded: dict[str, Any] = frozen_json.encode(office.make(frozen_json.decode(Request, plain)))
    return encoded


@DBOS.step(name="deliver", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _deliver(plain: dict[str, Any], made: dict[str, Any]) -> None:
    office = _the_office()
    office.deliver(frozen_json.decode(Request, plain), frozen_json.decode(Made, made))


def _tune(connection: Any, _: object) -> None:
    """WAL: a start costs 4 ms in place of 20, and readers do not wait for the writer."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
