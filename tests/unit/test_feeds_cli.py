"""``khabar feeds`` as an operator meets it, over real HTTP and a real database."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.channel_choice import fail
from bot.digests.schedule import Schedule
from bot.feeds_view import show
from bot.storage import feeds as stored, items, migrations, stories, subscriptions
from bot.storage.database import Database
from bot.storage.items import Incoming
from bot.storage.subscriptions import NewSubscription
from pipelines.languages import Language
from tests.unit.digests.commands import refused, run, site, url, well
from tests.unit.digests.sites import Web, item

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CHANNEL = "-1001234567890"

__all__ = ["site", "url"]


def test_check_needs_no_database_and_prints_what_is_there(site: Web) -> None:
    feed = site.rss("/feed", "Wire", item(1, "One"), item(2, "Two"))
    home = site.site("/", "/feed")
    said = well("nothing://", "feeds", "check", feed, home)
    assert said.count("Wire") == 2
    assert said.count(feed) == 2
    assert "2026-11-24" in said


def test_a_feed_sends_no_commands_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show(("TITLE",), [("Wire\x1b]0;gone\x07",), ("[red]two[/red]",)])
    fail("http://a.example/\x1b[2J", ValueError("no\x9b feed"))
    told = capsys.readouterr()
    assert "Wire]0;gone" in told.out
    assert "[red]two[/red]" in told.out
    assert not set(told.out + told.err) & set("\x1b\x07\x9b")


def test_check_fails_with_a_sentence_and_still_checks_the_others(site: Web) -> None:
    feed = site.rss("/feed", "Wire", item(1, "One", date=""))
    said = refused("", "feeds", "check", site.url("/none"), feed)
    assert "✗" in said
    assert "404" in said
    assert "Wire" in said
    assert "⚠" in said


def test_check_as_json_has_a_row_for_each_address(site: Web) -> None:
    feed = site.rss("/feed", "Wire", item(1, "One"))
    result = run("", "feeds", "check", "--format", "json", feed, site.url("/none"))
    assert result.exit_code == 1
    good, bad = json.loads(result.stdout)
    assert good == {
        "address": feed, "ok": True, "url": feed, "kind": "feed", "title": "Wire", "language": good["language"], "items": 1,
        "newest": "2026-11-24T10:00:00Z", "oldest": "2026-11-24T10:00:00Z", "warnings": good["warnings"],
    }  # fmt: skip
    assert (bad["ok"], bad["address"]) == (False, site.url("/none"))


def test_feeds_are_added_to_a_channel_and_listed(site: Web, url: str) -> None:
    feed = site.rss("/feed", "Wire", item(1, "One"))
    other = site.rss("/other", "Other", item(1, "One"))
    assert "There is no channel" in refused(url, "feeds", "add", feed, "--channel", CHANNEL)
    well(url, "channels", "set", CHANNEL)
    said = refused(url, "feeds", "add", feed, site.url("/none"), "--channel", CHANNEL)
    assert f"✓ Wire: added ({feed})." in said
    assert "✗" in said
    assert "was there already" in well(url, "feeds", "add", feed, other, "--channel", "1")
    rows = json.loads(well(url, "feeds", "list", "--channel", CHANNEL, "--format", "json"))
    assert [(row["title"], row["state"], row["failures"]) for row in rows] == [("Wire", "new", 0), ("Other", "new", 0)]
    assert "Other" in well(url, "feeds", "list")


def test_feeds_go_out_and_come_in_as_opml(site: Web, url: str, tmp_path: Path) -> None:
    feed = site.rss("/feed", "Wire &amp; Co", item(1, "One"))
    well(url, "channels", "set", CHANNEL)
    well(url, "channels", "set", f"{CHANNEL}/12")
    well(url, "feeds", "add", feed, "--channel", CHANNEL)
    file = tmp_path / "feeds.opml"
    assert "1 feeds" in well(url, "feeds", "export", "--channel", CHANNEL, "-o", str(file))
    assert well(url, "feeds", "export").encode() == file.read_bytes()
    assert "added" in well(url, "feeds", "import", str(file), "--channel", f"{CHANNEL}/12")
    assert well(url, "feeds", "export", "--channel", f"{CHANNEL}/12").encode() == file.read_bytes()
    file.write_text("no opml at all")
    assert str(file) in refused(url, "feeds", "import", str(file), "--channel", CHANNEL)
    file.write_text('<?xml version="1.0"?><opml version="2.0"><head/><body/></opml>')
    assert "names no feed" in refused(url, "feeds", "import", str(file), "--channel", CHANNEL)


def test_a_feed_that_was_given_up_is_revived(site: Web, url: str) -> None:
    feed = site.rss("/feed", "Wire", item(1, "One"))
    well(url, "channels", "set", CHANNEL)
    well(url, "feeds", "add", feed, "--channel", CHANNEL)

    async def give_up() -> None:
        async with Database(url) as database, database.transaction() as tx:
            await stored.disable(tx, 1, "dead")

    def state() -> Any:
        (row,) = json.loads(well(url, "feeds", "list", "--format", "json"))
        return row["state"]

    asyncio.run(give_up())
    assert state() == "disabled"
    assert "is read again" in well(url, "feeds", "revive", "1")
    assert state() == "new"
    asyncio.run(give_up())
    well(url, "feeds", "add", feed, "--channel", CHANNEL)
    assert state() == "new", "to add it is to want it"
    assert "no feed of this number" in refused(url, "feeds", "revive", "9")


def test_a_database_that_cannot_be_used_is_one_sentence(site: Web, tmp_path: Path) -> None:
    del site
    (tmp_path / "broken.sqlite").write_bytes(b"no database at all" * 100)
    said = refused(f"sqlite:///{tmp_path / 'broken.sqlite'}", "feeds", "list")
    assert said.startswith("Error: ")


def test_stories_says_which_reports_are_one_and_why(url: str) -> None:
    async def fill() -> None:
        now = datetime.now(UTC)
        async with Database(url) as database:
            await migrations.upgrade(database)
            async with database.transaction() as tx:
                made = [await stored.add(tx, url=f"https://{name}.example/feed", now=now) for name in "ab"]
                new = NewSubscription(
                    chat_id=int(CHANNEL),
                    feeds=tuple(one.id for one in made),
                    languages=(Language.ENGLISH,),
                    schedule=Schedule(kind="live"),
                )
                await subscriptions.save(tx, new, now=now)
                for feed, title in zip(
                    made, ("Taliban meet Russia’s envoy Kabulov", "Талибы встретились с Кабуловым"), strict=True
                ):
                    language = "en" if feed is made[0] else "ru"
                    incoming = Incoming(
                        identities=(f"t:{language}",),
                        url=None,
                        title=title,
                        text="",
                        language=language,
                        published_at=now,
                    )
                    stored_items = await items.store(tx, feed.id, [incoming], now=now - timedelta(minutes=1))
                    if language == "en":
                        story = await stories.create(
                            tx, stored_items.new[0], title=title, language="en", features={}, keys=["k"]
                        )
                    else:
                        assert await stories.attach(tx, stored_items.new[0], story.id)

    asyncio.run(fill())
    rows = json.loads(well(url, "feeds", "stories", "--channel", CHANNEL, "--format", "json"))
    assert [(row["language"], row["why"][0] == "first") for row in rows] == [("en", True), ("ru", False)]
    assert {"zamir-kabulov", "taliban"} & set(rows[1]["why"])
    assert "Kabulov" in well(url, "feeds", "stories", "--channel", CHANNEL)
