"""What jobs are about, and who does them: values that DBOS keeps as JSON, and the two kinds of workers.

Keys name a job, what it delivers and its card, and are the same when the same cause comes again. DBOS writes them into its log,
so they name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.intents import Source
from bot.storage.values import Length
from pipelines.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A digest that somebody asked for."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """An issue of a subscription that is due: ``slot`` is the moment it stands for, in UTC."""

    key: str
    subscription_id: int
    slot: datetime
    issue_id: int | None = None
    """A posted issue some of whose items were changed at their sources; None where one is to be made."""


class Answering(Protocol):
    """Who answers requests, on the bot's event loop."""

    async def make(self, request: Request) -> Made:
        """Fetch, digest, translate, store. An error of the source is a ``Made``; anything raised is tried again."""
        ...

    async def deliver(self, request: Request, made: Made) -> None:
        """Say it. Raises what may pass on a later attempt."""
        ...

    async def give_up(self, request: Request, error: BaseException) -> None:
        """The job failed for good: say so and note it."""
        ...


class Editing(Protocol):
    """Who makes issues, on the bot's event loop. A step that is run again does only what is left of it."""

    async def collect(self, request: IssueRequest) -> int | None:
        """Choose the stories and keep the choice: the issue's number, None where there is nothing to post."""
        ...

    async def read(self, request: IssueRequest, issue_id: int) -> None:
        """A digest of each story, in the subscription's languages as far as back-ends are there."""
        ...

    async def post(self, request: IssueRequest, issue_id: int) -> None:
        """Say it, or put it in the place of what was said."""
        ...

    async def abandon(self, request: IssueRequest, error: BaseException) -> None:
        """The job failed for good: note it, so that its stories come into the next issue."""
        ...
