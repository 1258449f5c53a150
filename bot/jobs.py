"""Durable jobs: a digest that was asked for is made and delivered, whatever happens to the process.

``Request`` → a DBOS workflow of two steps, *make* and *deliver*, in an SQLite system database beside the bot's own. A step that
is done is not run again after a crash; the step that was under way is. Workflows run on DBOS's threads and hand the work to the
bot's event loop, where its connections live.

DBOS is one per process, with workflows registered by name when this module is imported: ``_office`` is whose they are.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import create_engine, event

from bot.intents import Source
from bot.storage import frozen_json
from bot.storage.values import Length
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from sqlalchemy import Engine

log = logging.getLogger(__name__)

APPLICATION: Final = "khabar"
VERSION: Final = "1"
"""Version of the workflows' steps. DBOS recovers jobs of its own version only; it rises when steps change their order or kind."""
QUEUE: Final = "interactive"
POLL_SECONDS: Final = 0.1
AT_ONCE: Final = 16
"""Jobs under way in one process. What takes time is reading and translating, which have their own limits below this one."""
ATTEMPTS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A digest that somebody asked for. ``key`` names job, delivery and card, and is the same when the update comes again."""

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

    async def cancel(self, prefix: str) -> int:
        """Cancel the jobs whose key begins with ``prefix`` and that are not done; how many there were."""

        def stop() -> int:
            waiting = DBOS.list_workflows(workflow_id_prefix=prefix, status=["PENDING", "ENQUEUED"], load_input=False)
            for one in waiting:
                DBOS.cancel_workflow(one.workflow_id)
            return len(waiting)

        return await asyncio.to_thread(stop)

    async def stop(self, *, seconds: int) -> None:
        """Let running jobs end for up to ``seconds``; what is left is taken up at the next start."""
        await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=seconds)
        if self._engine is not None:
            self._engine.dispose()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run ``work`` on the bot's event loop from one of DBOS's threads."""
        if self.loop is None:
            raise RuntimeError("the jobs were not started")
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


_office: Jobs | None = None


def _the_office() -> Jobs:
    if _office is None:
        raise RuntimeError("no jobs are running in this process")
    return _office


@DBOS.workflow(name="answer")
def _answer(plain: dict[str, Any]) -> None:
    office = _the_office()
    request = frozen_json.decode(Request, plain)
    try:
        made = _make(plain)
        _deliver(plain, made)
    except Exception as error:  # noqa: BLE001 - every way to fail is told to the asker; DBOS keeps no job that nobody ends
        log.warning("a job failed for good: %s", type(error).__name__)
        office.run(office.worker.give_up(request, error))


@DBOS.step(name="make", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _make(plain: dict[str, Any]) -> dict[str, Any]:
    office = _the_office()
    made: Made = office.run(office.worker.make(frozen_json.decode(Request, plain)))
    encoded: dict[str, Any] = frozen_json.encode(made)
    return encoded


@DBOS.step(name="deliver", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _deliver(plain: dict[str, Any], made: dict[str, Any]) -> None:
    office = _the_office()
    office.run(office.worker.deliver(frozen_json.decode(Request, plain), frozen_json.decode(Made, made)))


def _tune(connection: Any, _: object) -> None:
    """WAL: a start costs 4 ms in place of 20, and readers do not wait for the writer."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
