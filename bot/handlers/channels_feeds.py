"""Feeds of a channel in the chat: added after they were fetched and read, removed, tried again; and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.digests.adding import Outcome, keep
from bot.digests.checking import check_all
from bot.i18n import say
from bot.storage import feeds, subscriptions
from bot.storage.subscriptions import MOST_FEEDS
from pipelines.errors import HttpStatusError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.handlers.desk import Desk
    from pipelines.errors import KhabarError
    from pipelines.languages import Language

MOST_LINES: Final = 15
"""Feeds that are named in one message; more are counted."""
_REASONS: Final = {
    "bad_url": "channels-feed-bad-address",
    "forbidden_address": "channels-feed-private",
    "unreachable": "channels-feed-silent",
    "too_large": "channels-feed-too-large",
    "too_many_redirects": "channels-feed-silent",
    "internal": "error-internal",
}
"""Why an address is no feed, by the error's code; what is not listed was fetched and is none."""


async def add(desk: Desk, subscription_id: int, addresses: Sequence[str]) -> Outcome:
    """Fetch all of ``addresses`` and add those that are feeds."""
    found = await check_all(desk.fetcher, addresses, now=desk.now())
    return await keep(desk.database, subscription_id, addresses, found, now=desk.now())


async def drop(desk: Desk, subscription_id: int, feed_id: int) -> None:
    """Take a feed out of a channel; other channels keep it."""
    async with desk.database.transaction() as tx:
        one = await subscriptions.get(tx, subscription_id)
        if one is not None and feed_id in one.feeds:
            kept = tuple(number for number in one.feeds if number != feed_id)
            await subscriptions.save(tx, replace(one, feeds=kept), now=desk.now())


async def again(desk: Desk, subscription_id: int, feed_id: int) -> bool:
    """Poll a feed again that was given up. False where the channel does not have it."""
    async with desk.database.transaction() as tx:
        one = await subscriptions.get(tx, subscription_id)
        if one is None or feed_id not in one.feeds:
            return False
        return await feeds.revive(tx, feed_id, now=desk.now()) is not None


def told(outcome: Outcome, speech: Language) -> str:
    """What became of the addresses, in words."""
    lines = []
    if outcome.new:
        lines.append(say(speech, "channels-feeds-added", count=len(outcome.new)))
        lines += [f"• {feed.title or feed.url}"[:100] for feed in outcome.new[:MOST_LINES]]
    if outcome.known:
        lines.append(say(speech, "channels-feeds-known", count=len(outcome.known)))
    if outcome.left_out:
        lines.append(say(speech, "channels-feeds-too-many", most=MOST_FEEDS))
    if outcome.failed:
        lines.append(say(speech, "channels-feeds-failed", count=len(outcome.failed)))
        lines += [f"• {address[:80]} – {why(error, address, speech)}" for address, error in outcome.failed[:MOST_LINES]]
    if len(outcome.new) > MOST_LINES or len(outcome.failed) > MOST_LINES:
        lines.append("…")
    return "\n".join(lines)


def why(error: KhabarError, address: str, speech: Language) -> str:
    """Why an address is no feed."""
    host = _host(address) or address[:60]
    if isinstance(error, HttpStatusError):
        return say(speech, "channels-feed-refused", host=host, status=error.status)
    return say(speech, _REASONS.get(error.code, "channels-feed-none"), host=host)


def _host(address: str) -> str:
    try:
        return urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:  # "http://[::1" is no address at all
        return ""
