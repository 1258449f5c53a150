"""Whether an address is a feed, by fetching it now: what an admin typed → the feed that will be polled, or an error to tell.

A feed's own address is read as it is; a site is searched for the feed that it names; a public channel of Telegram is read from
its web preview. The address that is kept is the one that answered, canonical, so that a feed is added once however it was typed.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.traces import report
from pipelines.errors import InternalError, KhabarError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.storage.feeds import FeedKind
    from pipelines.feeds.models import Feed
    from pipelines.fetch.http import Fetcher
    from pipelines.models import Page

log = logging.getLogger(__name__)

AT_ONCE: Final = 5
"""Addresses that are fetched at a time: no more connections, should all be of one host, than a poll makes."""
TRIED: Final = 8
"""Feeds that a site names and that are tried, in its order."""
SLEEPS_AFTER: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A feed that was read. ``url`` is the address to poll, canonical."""

    url: str
    kind: FeedKind
    feed: Feed

    @property
    def title(self) -> str:
        """What the feed calls itself."""
        return self.feed.title.strip()

    @property
    def home_url(self) -> str | None:
        """The site that it belongs to."""
        return self.feed.home_url

    @property
    def language(self) -> str | None:
        """The language that it declares."""
        return self.feed.language


async def check(fetcher: Fetcher, address: str, *, now: datetime) -> Checked:
    """The feed behind ``address``. Raises ``KhabarError``: it cannot be had, or it is none and names none."""
    from pipelines.feeds.discover import feed_links, telegram_preview  # noqa: PLC0415
    from pipelines.feeds.read import NotAFeedError  # noqa: PLC0415

    preview = telegram_preview(address)
    if preview is not None:
        return await _read(fetcher, preview, "telegram", now)
    url = address if "://" in address else f"https://{address}"
    page = await fetcher.fetch(url)
    try:
        return _checked(page, url, "feed", now)
    except NotAFeedError as error:
        none = error
    for candidate in feed_links(page.body, page.final_url or url)[:TRIED]:
        try:
            return await _read(fetcher, candidate, "feed", now)
        except KhabarError:
            continue
    raise none


async def _read(fetcher: Fetcher, url: str, kind: FeedKind, now: datetime) -> Checked:
    return _checked(await fetcher.fetch(url), url, kind, now)


def _checked(page: Page, url: str, kind: FeedKind, now: datetime) -> Checked:
    from pipelines.feeds.identity import canonical_url  # noqa: PLC0415
    from pipelines.feeds.read import read_feed  # noqa: PLC0415

    final = page.final_url or url
    feed = read_feed(page.body, url=final, content_type=page.content_type, now=now)
    return Checked(url=canonical_url(final), kind=kind, feed=feed)


async def check_all(fetcher: Fetcher, addresses: Sequence[str], *, now: datetime) -> list[Checked | KhabarError]:
    """Answers in the order of ``addresses``; one that fails does not stop the others."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(address: str) -> Checked | KhabarError:
        async with places:
            try:
                return await check(fetcher, address, now=now)
            except KhabarError as error:
                return error
            except Exception as error:  # noqa: BLE001 - a feed that no parser foresaw must not cost the others
                report(log, "a feed could not be checked", error)
                return InternalError.of(error)

    return list(await asyncio.gather(*map(one, addresses)))


def warnings(checked: Checked, *, now: datetime) -> tuple[str, ...]:
    """What an operator should know of a feed that works, in English."""
    items = checked.feed.items
    if not items:
        return ("it has no items now.",)
    said = []
    dates = [item.published_at for item in items if item.published_at is not None]
    undated = len(items) - len(dates)
    if undated:
        said.append(f"{undated} of {len(items)} items have no date; the time when they are first seen counts.")
    if dates and now - max(dates) > SLEEPS_AFTER:
        said.append(f"its newest item is of {max(dates):%Y-%m-%d}.")
    if any(date > now + timedelta(days=1) for date in dates):
        said.append("it has items of the future; their dates are not believed.")
    if not any(item.url for item in items):
        said.append("its items have no links.")
    return tuple(said)
