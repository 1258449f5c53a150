"""How ``khabar feeds`` and ``khabar channels`` look: rows with stable keys for JSON, tables for the eye.

Text of feeds comes from outside: it goes to a terminal without control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.render.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.digests.checking import Checked
    from bot.digests.explaining import Reason
    from bot.digests.schedule import Schedule
    from bot.storage.feeds import FeedRow
    from bot.storage.subscriptions import Subscription

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LEAST_WIDTH: Final = 100
"""Columns of a table that goes to a file or a pipe."""


def checked_row(address: str, found: Checked, warnings: Sequence[str]) -> dict[str, Any]:
    """A feed that was just fetched."""
    dates = [item.published_at for item in found.feed.items if item.published_at is not None]
    return {
        "address": address,
        "ok": True,
        "url": found.url,
        "kind": found.kind,
        "title": found.title,
        "language": found.language,
        "items": len(found.feed.items),
        "newest": _time(max(dates, default=None)),
        "oldest": _time(min(dates, default=None)),
        "warnings": list(warnings),
    }


def failed_row(address: str, error: Exception) -> dict[str, Any]:
    """An address that is no feed."""
    return {"address": address, "ok": False, "error": " ".join(str(error).split())}


def feed_row(feed: FeedRow) -> dict[str, Any]:
    """A feed as it is stored."""
    return {
        "id": feed.id,
        "url": feed.url,
        "kind": feed.kind,
        "title": feed.title,
        "language": feed.language,
        "state": feed_state(feed),
        "failures": feed.failures,
        "disabled": feed.disabled or None,
        "polled_at": _time(feed.polled_at),
        "changed_at": _time(feed.changed_at),
        "due_at": _time(feed.due_at),
    }


def reason_row(one: Reason) -> dict[str, Any]:
    """A report of a story and why it is one."""
    return {
        "story": one.story_id,
        "item": one.item.id,
        "feed": one.item.feed_id,
        "language": one.item.language,
        "title": one.item.title,
        "url": one.item.url,
        "published_at": _time(one.item.published_at),
        "why": list(one.why),
    }


def feed_state(feed: FeedRow) -> str:
    """One word: new, ok, failing or disabled."""
    if feed.disabled:
        return "disabled"
    if feed.failures:
        return "failing"
    return "ok" if feed.polled_at is not None else "new"


def channel_row(one: Subscription, title: str) -> dict[str, Any]:
    """A subscription in the words of its options."""
    return {
        "id": one.id,
        "chat": one.chat_id,
        "topic": one.topic_id,
        "title": title,
        "enabled": one.enabled,
        "reason": one.reason or None,
        "feeds": len(one.feeds),
        "languages": [language.value for language in one.languages],
        "schedule": schedule_line(one.schedule),
        "length": one.length,
        "most_items": one.most_items,
        "include": list(one.include),
        "exclude": list(one.exclude),
        "least_sources": one.least_sources,
        "heading": one.heading,
        "say_when_empty": one.say_when_empty,
        "due_at": _time(one.due_at),
        "last_slot": _time(one.last_slot),
    }


def schedule_line(schedule: Schedule) -> str:
    """``08:00 18:00 daily Asia/Kabul``, ``live, quiet 23:00-07:00 Sat Sun Asia/Kabul``."""
    parts = [f"{at:%H:%M}" for at in schedule.times] if schedule.kind == "times" else ["live"]
    if schedule.quiet is not None:
        parts.append("quiet {:%H:%M}-{:%H:%M}".format(*schedule.quiet))
    parts += [DAYS[day] for day in schedule.weekdays] or ["daily"]
    return " ".join([*parts, schedule.timezone])


def show(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table."""
    import sys  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, LEAST_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(printable(str(cell)) for cell in row))
    console.print(table)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
