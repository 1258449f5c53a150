"""One question to one feed: what was known of it → what it says now, that nothing changed, or why it did not answer.

The request is conditional (RFC 9110, section 13). Nothing is raised: a feed that fails is a fact about that feed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from pipelines.errors import HttpStatusError, KhabarError
from pipelines.feeds import backoff
from pipelines.feeds.read import read_feed

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.feeds.models import Feed
    from pipelines.models import Page

GONE: Final = 410


class Fetches(Protocol):
    """``pipelines.fetch.http.Fetcher``, as far as it is needed."""

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """Download one address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is known of a feed: its address, the validators of its last answer, failures in a row until now."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    ttl: timedelta | None = None
    """What it wished when it last said something: a 304 says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """It answered. ``feed`` is None where nothing changed; ``moved_to`` is its address from now on, where it says so for good."""

    feed: Feed | None
    etag: str | None
    last_modified: str | None
    moved_to: str | None
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It did not. ``gone``: the server says that it never will again (410)."""

    error: KhabarError
    gone: bool
    next_at: datetime


Polled = Answered | Failed


async def poll(fetcher: Fetches, state: PollState, *, now: datetime) -> Polled:
    """Ask the feed. What it says is read in a thread, for up to half a second."""
    place = backoff.place_of(state.url)
    try:
        page = await fetcher.fetch(state.url, etag=state.etag, last_modified=state.last_modified)
        feed = None
        if not page.not_modified:
            address = page.final_url or state.url
            feed = await asyncio.to_thread(read_feed, page.body, url=address, content_type=page.content_type, now=now)
    except KhabarError as error:
        status = error if isinstance(error, HttpStatusError) else None
        wait = timedelta(seconds=status.retry_after) if status and status.retry_after else None
        return Failed(
            error=error,
            gone=status is not None and status.status == GONE,
            next_at=backoff.after_failure(now, place, failures=state.failures + 1, retry_after=wait),
        )
    return Answered(
        feed=feed,
        # a server that answers 304 need not repeat its validators
        etag=page.etag or (state.etag if feed is None else None),
        last_modified=page.last_modified or (state.last_modified if feed is None else None),
        moved_to=page.final_url if page.moved and not _less_safe(state.url, page.final_url or "") else None,
        next_at=backoff.after_success(
            now,
            place,
            ttl=feed.ttl if feed is not None else state.ttl,
            fresh_for=timedelta(seconds=page.fresh_for) if page.fresh_for else None,
        ),
    )


def _less_safe(old: str, new: str) -> bool:
    """True for a move away from https: whoever sits between could have said so."""
    return old.lower().startswith("https:") and not new.lower().startswith("https:")
