"""``kill -9`` at random moments, under load: nothing is lost, nothing is said twice, no finished step is done again.

Doubled may only be what was on its way when its process died: Telegram had it and the bot did not know yet (``WINDOW``). Readers'
links and the issues of channels go on all the time. The seed is printed, so that a failure can be played again.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from bot.digests.schedule import Schedule
from bot.jobs.engine import system_database
from bot.storage import chats, feeds, issues, items, stories, subscriptions
from bot.storage.items import Incoming
from bot.storage.subscriptions import NewSubscription
from pipelines.languages import Language
from tests.faults.stage import MARK, stage
from tests.unit.storage.fixtures import migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.stage import Stage

__all__ = ["migrated_file", "migrated_server", "server", "url"]

pytestmark = pytest.mark.faults

KILLS = int(__import__("os").environ.get("KILLS", "100"))
WINDOW = 1.0
"""Seconds between Telegram's having a message and the bot's knowing of it; the machine may be busy."""
LONGEST_LIFE = 4.0
"""Seconds: long enough that some work is ended, short enough that most is not."""
READERS = 12
CHANNELS = 4
MANY = 1_000
"""Numbers of stories of the feed begin here."""


async def test_a_hundred_kills_under_load(url: str, tmp_path: Path) -> None:
    seed = secrets.randbelow(10**6)
    print(f"\nseed {seed}")
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    async with stage(url, tmp_path) as on:
        readers = await on.api.do("users", count=READERS, language="en")
        feed_id, channels = await _channels(on)
        asked: list[tuple[int, int]] = []
        for number in range(KILLS):
            process = await on.start(ready=chance.random() < 0.9)
            reader = chance.choice(readers)
            links = [len(asked) + place for place in range(chance.randint(1, 3))]
            await on.api.do("say_all", said=[{"user": reader, "text": on.site.url(link)} for link in links])
            asked += [(reader, link) for link in links]
            await _tell(on, feed_id, MANY + number)
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE))
            await on.kill(process)
        await on.start()
        for reader, link in asked:
            await on.api.do("expect", chat=reader, part=f"{MARK} {link}.", timeout=300)
        await _past_the_next_slot(on)
        await _all_posted(on, channels, KILLS)
        await _nothing_doubled(on, readers, channels, asked)
        await _no_step_twice(on)
        state = await on.api.do("state")
    assert state["violations"] == []
    assert state["breaches"] == []


async def _channels(on: Stage) -> tuple[int, list[int]]:
    """Channels that get an issue every other minute, for longer than the test takes."""
    now = datetime.now(UTC)
    times = tuple(
        (now + timedelta(minutes=2 * after)).time().replace(second=0, microsecond=0) for after in range(1, 25)
    )
    made = [(await on.api.do("chat", kind="channel", title=f"C{n}", admin=True))["id"] for n in range(CHANNELS)]
    async with on.database.transaction() as tx:
        feed = await feeds.add(tx, url=f"{on.site.address}/feed", title="Site", now=now)
        # it is not polled here: what it tells comes from the test
        await feeds.disable(tx, feed.id, "test")
        for chat_id in made:
            await chats.chat(tx, chat_id, kind="channel", title="C", now=now)
            new = NewSubscription(
                chat_id=chat_id,
                enabled=True,
                feeds=(feed.id,),
                languages=(Language.ENGLISH,),
                schedule=Schedule(times=times, timezone="UTC"),
                most_items=20,
            )
            await subscriptions.save(tx, new, now=now)
    return feed.id, made


async def _tell(on: Stage, feed_id: int, number: int) -> None:
    now = datetime.now(UTC)
    async with on.database.transaction() as tx:
        new = Incoming(
            identities=(f"t:{number}",), url=on.site.url(number), title=on.site.title(number), text="", language="en",
            published_at=now,
        )  # fmt: skip
        stored = await items.store(tx, feed_id, [new], now=now)
        await stories.create(tx, stored.new[0], title=new.title, language="en", features={}, keys=[f"n{number}"])


async def _past_the_next_slot(on: Stage) -> None:
    """Wait until an issue was due after everything was told, and is ended."""
    begun = datetime.now(UTC)
    async with asyncio.timeout(240):
        while True:
            async with on.database.connect() as connection:
                channels = await subscriptions.all_subscriptions(connection)
                made = [
                    issue for one in channels for issue in await issues.of_subscription(connection, one.id, limit=100)
                ]
            late = [issue for issue in made if issue.slot >= begun]
            making = [issue for issue in made if issue.state == "making"]
            waiting = [one for one in channels if one.due_at is not None and one.due_at <= datetime.now(UTC)]
            if len(late) >= CHANNELS and not making and not waiting:
                return
            await asyncio.sleep(0.5)


async def _all_posted(on: Stage, channels: list[int], count: int) -> None:
    for chat in channels:
        said = " ".join(one["text"] for one in await on.api.do("messages", chat=chat))
        missing = [number for number in range(MANY, MANY + count) if f"{MARK} {number}." not in said]
        assert not missing, f"channel {chat} never got {missing}\n{on.log()}"


async def _nothing_doubled(on: Stage, readers: list[int], channels: list[int], asked: list[tuple[int, int]]) -> None:
    doubled = unexplained = 0
    said: list[tuple[str, list[dict[str, Any]]]] = []
    for reader in readers:
        shown = await on.api.do("messages", chat=reader)
        said += [
            (f"{MARK} {link}.", [one for one in shown if f"{MARK} {link}." in one["text"]])
            for who, link in asked
            if who == reader
        ]
    for chat in channels:
        shown = await on.api.do("messages", chat=chat)
        numbers = range(MANY, MANY + KILLS)
        said += [(f"{n}", [one for one in shown if f"{MARK} {n}." in one["text"]]) for n in numbers]
    for what, messages in said:
        for first, second in pairwise(messages):
            doubled += 1
            if not any(first["at"] <= death <= first["at"] + WINDOW for death in on.deaths):
                unexplained += 1
                print(f"{what}: twice, at {first['at']:.2f} and {second['at']:.2f}")
    print(
        f"{len(on.deaths)} kills, {len(said)} things said, {doubled} twice in the window, {unexplained} outside of it"
    )
    assert unexplained == 0


async def _no_step_twice(on: Stage) -> None:
    """No page was fetched for a request after its step *make* was done."""
    from dbos import DBOSClient  # noqa: PLC0415

    place = system_database(on.database.url, folder=on.home)

    def read() -> list[tuple[int, float]]:
        client = DBOSClient(system_database_url=place.render_as_string(hide_password=False))
        try:
            done = []
            for one in client.list_workflows(name="answer"):
                assert one.input is not None
                number = int(one.input["args"][0]["source"]["value"].rsplit("/", 1)[-1])
                done += [
                    (number, step["completed_at_epoch_ms"] / 1000)
                    for step in client.list_workflow_steps(one.workflow_id)
                    if step["function_name"] == "make" and step["completed_at_epoch_ms"]
                ]
            return done
        finally:
            client.destroy()

    done = await asyncio.to_thread(read)
    assert done
    again = [number for number, at in done if any(visit > at + 0.05 for visit in on.site.visits[number])]
    assert not again, f"fetched again though made: {again}"
