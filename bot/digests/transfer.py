"""Subscriptions as a file, for back-up and for another server: JSON of version 1, documented in ``docs/subscriptions-file.md``.

Subscriptions with their feeds → bytes → the same subscriptions, wherever they are read. A file is somebody's input: it is read
whole or refused with a sentence that says which entry is wrong. Nothing in it is secret, nothing in it is a person's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from bot.digests import schedule as schedules
from bot.storage import chats, feeds, subscriptions
from bot.storage.feeds import FeedKind
from bot.storage.subscriptions import NewSubscription
from bot.storage.values import Length, clean, is_id
from pipelines.feeds.identity import canonical_url
from pipelines.languages import READER, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.subscriptions import Subscription

MARK: Final = "khabar-subscriptions"
VERSION: Final = 1
MOST_BYTES: Final = 2_000_000
MOST_ENTRIES: Final = 10_000
MOST_CHATS: Final = 100
"""Chats of a file that somebody sends to the bot: Telegram is asked about each."""
_KEYS: Final = frozenset(
    {
        "chat", "topic", "title", "enabled", "feeds", "languages", "schedule", "length", "most_items", "include", "exclude",
        "least_sources", "heading", "say_when_empty",
    }
)  # fmt: skip


class TransferError(ValueError):
    """A file that cannot be read. ``entry`` is the one that is wrong, from 1; 0 where the file as a whole is."""

    def __init__(self, sentence: str, *, entry: int = 0) -> None:
        super().__init__(sentence)
        self.entry = entry


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A feed as a file names it; ``url`` is canonical."""

    url: str
    kind: FeedKind = "feed"
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A subscription as a file has it: ``settings`` without numbers of feeds, ``title`` for people's eyes."""

    settings: NewSubscription
    feeds: tuple[FeedEntry, ...]
    title: str = ""


def dump(entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The file, UTF-8, indented: people look into it and edit it."""
    said = {
        "format": MARK,
        "version": VERSION,
        "made_at": now.isoformat(timespec="seconds"),
        "subscriptions": [_said(entry) for entry in entries],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def load(data: bytes) -> tuple[Entry, ...]:
    """The subscriptions of a file. Raises ``TransferError``."""
    if len(data) > MOST_BYTES:
        raise TransferError(f"The file has more than {MOST_BYTES // 1_000_000} MB.")
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise TransferError("This is no JSON file.") from None
    if not isinstance(said, dict) or said.get("format") != MARK:
        raise TransferError(f"This is no file of Khabar's subscriptions: its “format” is not “{MARK}”.")
    if said.get("version") != VERSION:
        raise TransferError(f"The file is of version {said.get('version')!r}; this Khabar reads version {VERSION}.")
    listed = said.get("subscriptions")
    if not isinstance(listed, list) or len(listed) > MOST_ENTRIES:
        raise TransferError(f"“subscriptions” must be a list of up to {MOST_ENTRIES} entries.")
    found: dict[tuple[int, int | None], Entry] = {}
    for number, one in enumerate(listed, start=1):
        try:
            entry = _entry(one)
        except (ValueError, TypeError) as error:
            raise TransferError(f"Subscription {number} of the file: {error}", entry=number) from error
        place = (entry.settings.chat_id, entry.settings.topic_id)
        if place in found:
            raise TransferError(f"Subscription {number} of the file: its chat and topic came before.", entry=number)
        found[place] = entry
    return tuple(found.values())


async def collect(connection: AsyncConnection, chosen: Sequence[Subscription]) -> list[Entry]:
    """Entries of subscriptions that are stored, in their order."""
    entries = []
    for one in chosen:
        chat = await chats.get(connection, one.chat_id)
        read = await feeds.of_subscription(connection, one.id)
        settings = NewSubscription(
            chat_id=one.chat_id,
            topic_id=one.topic_id,
            enabled=one.enabled,
            languages=one.languages,
            schedule=one.schedule,
            length=one.length,
            most_items=one.most_items,
            include=one.include,
            exclude=one.exclude,
            least_sources=one.least_sources,
            heading=one.heading,
            say_when_empty=one.say_when_empty,
        )
        named = tuple(FeedEntry(url=feed.url, kind=feed.kind, title=feed.title) for feed in read)
        entries.append(Entry(settings=settings, feeds=named, title=chat.title if chat else ""))
    return entries


async def store(
    tx: AsyncConnection, entry: Entry, *, enabled: bool, created_by: int | None = None, now: datetime
) -> Subscription:
    """Make or replace the subscription of the entry's chat and topic. Its feeds are not fetched: the poller will say."""
    rows = [await feeds.add(tx, url=feed.url, kind=feed.kind, title=feed.title, now=now) for feed in entry.feeds]
    numbers = tuple(row.id for row in rows)
    settings = replace(entry.settings, feeds=numbers, enabled=enabled, created_by=created_by)
    return await subscriptions.save(tx, settings, now=now)


def _said(entry: Entry) -> dict[str, Any]:
    one = entry.settings
    return {
        "chat": one.chat_id,
        "topic": one.topic_id,
        "title": entry.title,
        "enabled": one.enabled,
        "feeds": [{"url": feed.url, "kind": feed.kind, "title": feed.title} for feed in entry.feeds],
        "languages": [language.value for language in one.languages],
        "schedule": schedules.encode(one.schedule),
        "length": one.length,
        "most_items": one.most_items,
        "include": list(one.include),
        "exclude": list(one.exclude),
        "least_sources": one.least_sources,
        "heading": one.heading,
        "say_when_empty": one.say_when_empty,
    }


def _entry(said: object) -> Entry:
    if not isinstance(said, dict):
        raise TypeError("it is no object.")
    if unknown := said.keys() - _KEYS:
        raise ValueError(f"there is no setting {', '.join(sorted(unknown))}.")
    topic = said.get("topic")
    if topic is not None and (type(topic) is not int or not 0 < topic < 2**31):
        raise ValueError("“topic” must be the number of a topic, or null.")
    languages = _texts(said, "languages")
    if any(code not in READER for code in languages):
        raise ValueError(f"“languages” must be among {', '.join(READER)}.")
    length = said.get("length", "short")
    if length not in get_args(Length):
        raise ValueError(f"“length” must be among {', '.join(get_args(Length))}.")
    settings = NewSubscription(
        chat_id=_whole(said, "chat", None),
        topic_id=topic,
        enabled=_truth(said, "enabled"),
        languages=tuple(Language(code) for code in languages),
        schedule=schedules.decode(said.get("schedule")),
        length=cast("Length", length),
        most_items=_whole(said, "most_items", 7),
        include=_texts(said, "include"),
        exclude=_texts(said, "exclude"),
        least_sources=_whole(said, "least_sources", 1),
        heading=_text(said, "heading"),
        say_when_empty=_truth(said, "say_when_empty"),
    )
    listed = said.get("feeds", [])
    if not isinstance(listed, list) or len(listed) > subscriptions.MOST_FEEDS:
        raise ValueError(f"“feeds” must be a list of up to {subscriptions.MOST_FEEDS}.")
    return Entry(settings=settings, feeds=tuple(map(_feed, listed)), title=_text(said, "title")[:255])


def _feed(said: object) -> FeedEntry:
    if isinstance(said, str):
        said = {"url": said}
    if not isinstance(said, dict) or said.keys() - {"url", "kind", "title"}:
        raise ValueError("a feed is an address, or an object of url, kind and title.")
    url, kind = said.get("url"), said.get("kind", "feed")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")) or len(url) > 2_000:
        raise ValueError(f"“{str(url)[:60]}” is no address of a feed.")
    if kind not in get_args(FeedKind):
        raise ValueError(f"“kind” of a feed must be among {', '.join(get_args(FeedKind))}.")
    return FeedEntry(url=canonical_url(url), kind=cast("FeedKind", kind), title=_text(said, "title")[:255])


def _whole(said: dict[str, Any], name: str, default: int | None) -> int:
    value = said.get(name, default)
    if type(value) is not int or not is_id(value):
        raise ValueError(f"“{name}” must be a whole number.")
    return value


def _truth(said: dict[str, Any], name: str) -> bool:
    value = said.get(name, False)
    if not isinstance(value, bool):
        raise TypeError(f"“{name}” must be true or false.")
    return value


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"“{name}” must be a text.")
    return clean(value)


def _texts(said: dict[str, Any], name: str) -> tuple[str, ...]:
    value = said.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"“{name}” must be a list of texts.")
    return tuple(map(clean, value))
