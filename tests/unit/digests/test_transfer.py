"""The file of subscriptions: what goes out comes in again, and what is wrong in a file is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.digests.schedule import Schedule
from bot.digests.transfer import MOST_BYTES, Entry, FeedEntry, TransferError, collect, dump, load, store
from bot.storage import chats, migrations, subscriptions
from bot.storage.database import Database
from bot.storage.subscriptions import NewSubscription
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW: Final = datetime(2026, 11, 25, 7, tzinfo=UTC)
ROOT: Final = Path(__file__).parents[3]
DAILY: Final = Entry(
    settings=NewSubscription(
        chat_id=-1001234567890,
        enabled=True,
        languages=(Language.DARI, Language.PASHTO),
        schedule=Schedule(times=(time(8), time(18, 30)), weekdays=(5, 6), timezone="Europe/Moscow"),
        length="long",
        most_items=20,
        include=("زلزله", "наводнение"),
        exclude=("sport",),
        least_sources=2,
        heading="خبر ۲۴",
        say_when_empty=True,
    ),
    feeds=(
        FeedEntry(url="https://example.org/feed.xml", title="Example"),
        FeedEntry(url="https://t.me/s/example", kind="telegram"),
    ),
    title="Khabar",
)
LIVE: Final = Entry(
    settings=NewSubscription(
        chat_id=-42,
        topic_id=7,
        languages=(Language.ENGLISH,),
        schedule=Schedule(kind="live", quiet=(time(23), time(7))),
    ),
    feeds=(),
)


def said(**changes: Any) -> dict[str, Any]:
    """The file of ``DAILY`` with other values in its subscription."""
    file: dict[str, Any] = json.loads(dump([DAILY], now=NOW))
    file["subscriptions"][0] |= changes
    return file


def read(file: object) -> tuple[Entry, ...]:
    return load(json.dumps(file).encode())


def test_what_goes_out_comes_in_again() -> None:
    assert load(dump([DAILY, LIVE], now=NOW)) == (DAILY, LIVE)
    assert load(b"\xef\xbb\xbf" + dump([LIVE], now=NOW)) == (LIVE,), "an editor of Windows writes a byte order mark"


def test_the_file_is_for_people_too() -> None:
    text = dump([DAILY], now=NOW).decode()
    assert "زلزله" in text
    assert '"08:00"' in text


def test_the_documented_file_is_read_and_every_key_is_documented() -> None:
    document = (ROOT / "docs" / "subscriptions-file.md").read_text(encoding="utf-8")
    (entry,) = load(document.partition("```json")[2].partition("```")[0].encode())
    assert entry.feeds[0].title == "Example"
    assert entry.settings.exclude == ("sport",)
    for key in said()["subscriptions"][0]:
        assert f"`{key}" in document, key


def test_what_a_file_leaves_out_has_the_usual_value() -> None:
    file = said()
    file["subscriptions"] = [
        {"chat": -5, "languages": ["ru"], "schedule": {"times": ["7:05"]}, "feeds": ["https://a.example/f"]}
    ]
    (entry,) = read(file)
    one = entry.settings
    assert (one.enabled, one.length, one.most_items, one.least_sources, one.heading) == (False, "short", 7, 1, "")
    assert one.schedule == Schedule(times=(time(7, 5),))
    assert entry.feeds == (FeedEntry(url="https://a.example/f"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"format": "other", "version": 1, "subscriptions": []}',
        b'{"format": "khabar-subscriptions", "version": 2, "subscriptions": []}',
        b'{"format": "khabar-subscriptions", "version": 1, "subscriptions": {}}',
        b" " * (MOST_BYTES + 1),
    ],
)
def test_a_file_that_is_none_is_refused_whole(content: bytes) -> None:
    with pytest.raises(TransferError) as raised:
        load(content)
    assert raised.value.entry == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"chat": "-5"},
        {"chat": 2**63},
        {"chat": True},
        {"topic": 0},
        {"topic": "12"},
        {"enabled": 1},
        {"languages": []},
        {"languages": ["de"]},
        {"languages": "prs"},
        {"schedule": None},
        {"schedule": {"times": ["25:00"]}},
        {"schedule": {"times": ["08:00"], "timezone": "Mars/Phobos"}},
        {"schedule": {"kind": "often", "times": ["08:00"]}},
        {"length": "epic"},
        {"most_items": 21},
        {"most_items": 1.5},
        {"least_sources": 0},
        {"include": ["x" * 101]},
        {"include": [""]},
        {"include": "word"},
        {"exclude": [1]},
        {"heading": "x" * 201},
        {"heading": None},
        {"say_when_empty": "no"},
        {"feeds": [{"url": "ftp://a.example/"}]},
        {"feeds": [{"url": "https://a.example/", "kind": "radio"}]},
        {"feeds": [{"url": "https://a.example/", "etag": "x"}]},
        {"feeds": [12]},
        {"feeds": {"url": "https://a.example/"}},
        {"feeds": [f"https://a.example/{number}" for number in range(501)]},
        {"colour": "blue"},
    ],
    ids=str,
)
def test_a_wrong_entry_is_named(changes: dict[str, Any]) -> None:
    file = said(**changes)
    file["subscriptions"].insert(0, said(chat=-1)["subscriptions"][0])
    with pytest.raises(TransferError, match="Subscription 2 of the file") as raised:
        read(file)
    assert raised.value.entry == 2


def test_a_chat_and_topic_that_come_twice_are_named() -> None:
    file = said()
    file["subscriptions"] *= 2
    with pytest.raises(TransferError, match="Subscription 2"):
        read(file)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path / 'bot.sqlite'}") as opened:
        await migrations.upgrade(opened)
        yield opened


async def test_stored_subscriptions_go_out_with_their_chats_titles_and_replace_what_was_there(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        await chats.chat(tx, DAILY.settings.chat_id, kind="channel", title="Khabar", now=NOW)
        for entry in (DAILY, LIVE):
            await store(tx, entry, enabled=entry.settings.enabled, created_by=9, now=NOW)
    async with database.connect() as connection:
        kept = await subscriptions.all_subscriptions(connection)
        assert await collect(connection, kept) == [DAILY, LIVE]
    assert [one.created_by for one in kept] == [9, 9]
    assert kept[0].due_at is not None
    async with database.transaction() as tx:
        again = await store(tx, DAILY, enabled=False, now=NOW)
        assert len(await subscriptions.all_subscriptions(tx)) == 2
    assert again.id == kept[0].id
    assert again.feeds == kept[0].feeds, "the same addresses are the same feeds"
    assert not again.enabled
