"""The durable workflows and their steps, as DBOS knows them by name.

A step that is done is not run again after a crash; the one that was under way is. Workflows run on DBOS's threads and hand the
work to the bot's event loop, where its connections live. DBOS is one per process: ``office`` is whose jobs they are.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from dbos import DBOS

from bot.jobs.values import IssueRequest, Made, Request
from bot.storage import frozen_json

if TYPE_CHECKING:
    from bot.jobs.engine import Jobs

log = logging.getLogger(__name__)

ANSWER: Final = "answer"
ISSUE: Final = "issue"
ATTEMPTS: Final = 4
TAKEN_UP: Final = 100_000
"""Times that a job is taken up again after its process died under it. An article that kills its reader kills a process of its own
(``bot.workshop``) and fails after two; a job that is given up by DBOS would be lost without a word."""
FAILED: Final = "failed: "
"""How the output of a job begins that failed for good; it is told to the asker, so to DBOS it is done."""


class _Desk:
    """Where the process's office is kept."""

    office: Jobs | None = None


def open_office(office: Jobs) -> None:
    """Workflows of this process are ``office``'s from now on."""
    _Desk.office = office


def _office() -> Jobs:
    if _Desk.office is None:
        raise RuntimeError("no jobs are running in this process")
    return _Desk.office


@DBOS.workflow(name=ANSWER, max_recovery_attempts=TAKEN_UP)
def answer(plain: dict[str, Any]) -> str:
    """A digest that was asked for: *make*, *deliver*."""
    office, request = _office(), frozen_json.decode(Request, plain)
    outcome = ""
    with office.counted(request.key):
        try:
            _deliver(plain, _make(plain))
        except Exception as error:  # noqa: BLE001 - every way to fail is told to the asker; DBOS keeps no job that nobody ends
            log.warning("a job failed for good: %s", type(error).__name__)
            outcome = FAILED + type(error).__name__
            office.give_up(request, error)
    return outcome


@DBOS.workflow(name=ISSUE, max_recovery_attempts=TAKEN_UP)
def issue(plain: dict[str, Any]) -> str:
    """An issue that is due, or that is to be mended: *collect*, *read*, *post*."""
    office, request = _office(), frozen_json.decode(IssueRequest, plain)
    outcome = ""
    with office.counted(request.key):
        try:
            issue_id = _collect(plain)
            if issue_id is not None:
                _read(plain, issue_id)
                _post(plain, issue_id)
        except Exception as error:  # noqa: BLE001 - as above, for the owner
            log.warning("an issue failed for good: %s", type(error).__name__)
            outcome = FAILED + type(error).__name__
            office.abandon(request, error)
    return outcome


@DBOS.step(name="make", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _make(plain: dict[str, Any]) -> dict[str, Any]:
    encoded: dict[str, Any] = frozen_json.encode(_office().make(frozen_json.decode(Request, plain)))
    return encoded


@DBOS.step(name="deliver", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0, backoff_rate=3.0)
def _deliver(plain: dict[str, Any], made: dict[str, Any]) -> None:
    _office().deliver(frozen_json.decode(Request, plain), frozen_json.decode(Made, made))


@DBOS.step(name="collect", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=2.0, backoff_rate=4.0)
def _collect(plain: dict[str, Any]) -> int | None:
    return _office().collect(frozen_json.decode(IssueRequest, plain))


@DBOS.step(name="read", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=2.0, backoff_rate=4.0)
def _read(plain: dict[str, Any], issue_id: int) -> None:
    _office().read(frozen_json.decode(IssueRequest, plain), issue_id)


@DBOS.step(name="post", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=2.0, backoff_rate=4.0)
def _post(plain: dict[str, Any], issue_id: int) -> None:
    _office().post(frozen_json.decode(IssueRequest, plain), issue_id)
