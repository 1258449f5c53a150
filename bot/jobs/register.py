"""The operator's view of the jobs, from outside of the processes that run them: list, show, retry, cancel.

Blocks; meant for the command line. Works beside a running bot on SQLite and PostgreSQL.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.jobs import workflows
from bot.jobs.engine import ANSWERS, ISSUES, VERSION

if TYPE_CHECKING:
    from collections.abc import Generator

    from dbos import DBOSClient
    from sqlalchemy.engine import URL

State = Literal["waiting", "running", "done", "failed", "cancelled"]
STATES: Final[tuple[State, ...]] = ("waiting", "running", "done", "failed", "cancelled")
_STATES: Final[dict[str, State]] = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}
_QUEUES: Final = {workflows.ANSWER: ANSWERS, workflows.ISSUE: ISSUES}


class NoSuchJobError(Exception):
    """No job has this key. ``str()`` is a sentence for the operator."""


class CannotError(Exception):
    """The job's state does not allow it. ``str()`` is a sentence for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a job that was ended; ``failed`` is the class of its error, empty where there was none."""

    name: str
    started_at: datetime | None
    done_at: datetime | None
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as it stands. ``worker`` is the executor that has it, empty while it waits; ``taken_up`` counts its starts."""

    key: str
    kind: str
    state: State
    why: str
    worker: str
    created_at: datetime | None
    changed_at: datetime | None
    taken_up: int


class Register:
    """Jobs in a system database."""

    def __init__(self, client: DBOSClient) -> None:
        self._client = client

    def jobs(self, *, state: State | None = None, kind: str | None = None, limit: int = 50) -> list[Job]:
        """Newest first."""
        wanted = [name for name, meant in _STATES.items() if meant == state] if state else None
        # a job that failed and was apologised for is done to DBOS: its output says so
        if state == "failed":
            wanted = None
        found: list[Job] = []
        offset, page = 0, 200
        while len(found) < limit:
            rows = self._client.list_workflows(
                status=wanted, name=kind, sort_desc=True, limit=page, offset=offset, load_input=False
            )
            found += [job for job in map(_job, rows) if state is None or job.state == state]
            offset += page
            if len(rows) < page:
                break
        return found[:limit]

    def show(self, key: str) -> tuple[Job, list[Step]]:
        """A job and its ended steps. Raises ``NoSuchJobError``."""
        job = self._one(key)
        steps = self._client.list_workflow_steps(key)
        return job, [
            Step(
                name=step["function_name"],
                started_at=_time(step.get("started_at_epoch_ms")),
                done_at=_time(step.get("completed_at_epoch_ms")),
                failed=type(step["error"]).__name__ if step.get("error") else "",
            )
            for step in steps
        ]

    def retry(self, key: str) -> str:
        """Do a job that failed or was cancelled once more, under a new key, which is returned.

        Raises ``NoSuchJobError`` or ``CannotError``. The old key was answered: what is sent under it is never sent again.
        """
        job = self._one(key)
        if job.state not in ("failed", "cancelled"):
            raise CannotError(f"{key} is {job.state}; only a job that failed or was cancelled can be tried again.")
        (status,) = self._client.list_workflows(workflow_ids=[key])
        if status.input is None:
            raise CannotError(f"What {key} was about is no longer kept.")
        plain: dict[str, Any] = status.input["args"][0]
        number = 1
        while self._client.list_workflows(workflow_ids=[f"{key}:r{number}"], load_input=False):
            number += 1
        again = f"{key}:r{number}"
        self._client.enqueue(
            {"queue_name": _QUEUES[job.kind], "workflow_name": job.kind, "workflow_id": again, "app_version": VERSION},
            {**plain, "key": again},
        )
        return again

    def cancel(self, key: str) -> None:
        """Cancel a job that is not ended. Raises ``NoSuchJobError`` or ``CannotError``."""
        job = self._one(key)
        if job.state not in ("waiting", "running"):
            raise CannotError(f"{key} is {job.state}; there is nothing left to cancel.")
        self._client.cancel_workflow(key)

    def _one(self, key: str) -> Job:
        rows = self._client.list_workflows(workflow_ids=[key], load_input=False)
        if not rows:
            raise NoSuchJobError(f"There is no job “{key}”; `khabar jobs list` shows those there are.")
        return _job(rows[0])


@contextmanager
def register(database: URL) -> Generator[Register]:
    """The register of ``database`` (``engine.system_database``), which must be there."""
    from dbos import DBOSClient  # noqa: PLC0415

    client = DBOSClient(system_database_url=database.render_as_string(hide_password=False))
    try:
        yield Register(client)
    finally:
        client.destroy()


def _job(status: Any) -> Job:
    state = _STATES.get(status.status, "failed")
    why = "" if state != "failed" else status.status.lower().replace("_", " ")
    if isinstance(status.output, str) and status.output.startswith(workflows.FAILED):
        state, why = "failed", status.output.removeprefix(workflows.FAILED)
    return Job(
        key=status.workflow_id,
        kind=status.name,
        state=state,
        why=why,
        worker=status.executor_id or "",
        created_at=_time(status.created_at),
        changed_at=_time(status.updated_at),
        taken_up=status.recovery_attempts or 0,
    )


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
