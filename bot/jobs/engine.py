"""The jobs of one process: ``Request`` or ``IssueRequest`` → a durable workflow, run here or by another worker.

On SQLite the system database is a file of its own and one process does everything: a job is started in the moment it is made
durable (4 ms), and only what is more than ``DIRECT`` at once waits in the queue. On PostgreSQL it is the schema ``dbos`` of the
bot's database, and every job goes through the queue that all workers share.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import math
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL

from bot.jobs import workflows
from bot.storage import frozen_json
from bot.storage.backup import jobs_file

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator, Sequence
    from datetime import datetime

    from sqlalchemy import Engine

    from bot.jobs.values import Answering, Editing, IssueRequest, Made, Request

log = logging.getLogger(__name__)

APPLICATION: Final = "khabar"
VERSION: Final = "2"
"""Version of the workflows' steps. DBOS recovers jobs of its own version only; it rises when steps change their order or kind."""
ANSWERS: Final = "interactive"
ISSUES: Final = "digests"
POLL_SECONDS: Final = 0.1
"""How often the queue of answers is looked at. One look takes 5 ms of a processor, so what can wait is looked at less often."""
POLL_SECONDS_ALONE: Final = 0.25
"""The same on SQLite, where only what is more than ``DIRECT`` waits in it."""
POLL_SECONDS_ISSUES: Final = 1.0
AT_ONCE: Final = 16
"""Answers under way in one process. What takes time is reading and translating, which have their own limits below this one."""
ISSUES_AT_ONCE: Final = 2
DIRECT: Final = 8
UNDONE: Final = ["PENDING", "ENQUEUED"]
DONE: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_GRACE: Final = 5
"""Seconds for jobs that were handed back to leave DBOS's threads."""


class Jobs:
    """The jobs of one process. ``executor`` is unique among processes that share ``database``.

    ``poll_seconds`` is for both queues, in the place of the constants.
    """

    def __init__(
        self,
        database: URL,
        answering: Answering,
        editing: Editing,
        *,
        executor: str = "local",
        poll_seconds: float | None = None,
    ) -> None:
        self._database, self._answering, self._editing = database, answering, editing
        self._executor, self._poll = executor, poll_seconds
        self._alone = database.get_backend_name() == "sqlite"
        self._engine: Engine | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[str] = set()
        self._direct: set[str] = set()
        self._delivering: set[str] = set()
        self._cancelled: set[str] = set()
        self._making: dict[str, asyncio.Task[Any]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def start(self) -> None:
        """Launch DBOS; jobs that a dead process of this executor left are taken up at once."""
        self.loop = asyncio.get_running_loop()
        workflows.open_office(self)
        await asyncio.to_thread(self._launch)

    def _launch(self) -> None:
        self._engine = create_engine(self._database, pool_pre_ping=not self._alone)
        if self._alone:
            event.listen(self._engine, "connect", _tune)
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": self._database.render_as_string(hide_password=False),
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": self._executor,
            "console_log_level": "WARNING",
            "log_level": "WARNING",
            "notification_listener_polling_interval_sec": 0.5,
        }
        DBOS(config=config)
        DBOS.launch()
        often = POLL_SECONDS_ALONE if self._alone else POLL_SECONDS
        for name, most, seconds in ((ANSWERS, AT_ONCE, often), (ISSUES, ISSUES_AT_ONCE, POLL_SECONDS_ISSUES)):
            DBOS.register_queue(
                name, worker_concurrency=most, polling_interval_sec=self._poll or seconds, on_conflict="always_update"
            )

    async def enqueue(self, request: Request) -> None:
        """Make a request durable. The same key a second time changes nothing."""
        direct = self._alone and len(self._direct) < DIRECT
        await asyncio.to_thread(self._put, request.key, frozen_json.encode(request), direct=direct)

    async def enqueue_issue(self, request: IssueRequest) -> None:
        """Make an issue durable. The same key a second time changes nothing."""
        plain = frozen_json.encode(request)

        def put() -> None:
            with SetWorkflowID(request.key):
                DBOS.enqueue_workflow(ISSUES, workflows.issue, plain)

        await asyncio.to_thread(put)

    def _put(self, key: str, plain: dict[str, Any], *, direct: bool) -> None:
        with SetWorkflowID(key):
            if not direct:
                DBOS.enqueue_workflow(ANSWERS, workflows.answer, plain)
            elif DBOS.get_workflow_status(key) is None:
                self._direct.add(key)
                try:
                    DBOS.start_workflow(workflows.answer, plain)
                except BaseException:
                    self._direct.discard(key)
                    raise

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
            DBOS.list_workflows, name=workflows.ANSWER, status=status, load_input=False, load_output=False
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

    async def undone(self) -> frozenset[str]:
        """Keys of all jobs that are not ended, in whichever process."""
        found = await asyncio.to_thread(DBOS.list_workflows, status=UNDONE, load_input=False, load_output=False)
        return frozenset(one.workflow_id for one in found)

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
        """The answerer's *make*, from one of DBOS's threads. It can be cancelled."""
        made: Made = self._run(self._made(request), request.key)
        return made

    def deliver(self, request: Request, made: Made) -> None:
        """The answerer's *deliver*. Half a digest helps nobody: from here on it is too late to cancel."""
        self._delivering.add(request.key)
        self._run(self._followed(self._answering.deliver(request, made)), request.key)

    def give_up(self, request: Request, error: Exception) -> None:
        """The answerer's *give_up*."""
        self._run(self._followed(self._answering.give_up(request, error)), request.key)

    def collect(self, request: IssueRequest) -> int | None:
        """The editor's *collect*."""
        collected: int | None = self._run(self._followed(self._editing.collect(request)), request.key)
        return collected

    def read(self, request: IssueRequest, issue_id: int) -> None:
        """The editor's *read*."""
        self._run(self._followed(self._editing.read(request, issue_id)), request.key)

    def post(self, request: IssueRequest, issue_id: int) -> None:
        """The editor's *post*."""
        self._run(self._followed(self._editing.post(request, issue_id)), request.key)

    def abandon(self, request: IssueRequest, error: Exception) -> None:
        """The editor's *abandon*."""
        self._run(self._followed(self._editing.abandon(request, error)), request.key)

    @contextmanager
    def counted(self, key: str) -> Generator[None]:
        """A job under way, while the block lasts."""
        self._under_way.add(key)
        try:
            yield
        except _Cancelled:
            pass
        finally:
            for keys in (self._under_way, self._direct, self._delivering, self._cancelled):
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
            made: Made = await self._followed(self._answering.make(request))
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


def system_database(database: URL, *, folder: Path) -> URL:
    """Where the jobs of the bot's ``database`` are kept: a file beside its own, or the PostgreSQL database itself.

    ``folder`` takes the file of a bot that keeps its own in memory.
    """
    if database.get_backend_name() != "sqlite":
        return database.set(drivername="postgresql+psycopg")
    own = Path(database.database) if database.database and database.database != ":memory:" else folder / "bot.sqlite"
    return URL.create("sqlite", database=str(jobs_file(own)))


def _tune(connection: Any, _: object) -> None:
    """WAL: a start costs 4 ms in place of 20, and readers do not wait for the writer."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
