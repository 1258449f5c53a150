"""Handlers that meet a database that cannot be used: nothing is lost, nobody is told of it, nothing is said twice."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.later import Later
from bot.storage import inbox, usage
from bot.storage.database import Database
from bot.storage.errors import BusyError
from bot.storage.inbox import StoredUpdate
from pipelines.languages import Language
from tests.telegram.delivery_stage import PTB_SAYS
from tests.telegram.stage import SLOW, Stage, Talk, article, stage
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

pytestmark = pytest.mark.filterwarnings(PTB_SAYS)

BUSY = BusyError("the database is held by others")


def fails(monkeypatch: pytest.MonkeyPatch, module: object, name: str, *, times: int) -> list[int]:
    """Let a function of the storage fail ``times`` times; the list is empty once it has."""
    works, left = getattr(module, name), list(range(times))

    async def called(*args: Any, **kwargs: Any) -> Any:
        if left:
            left.pop()
            raise BUSY
        return await works(*args, **kwargs)

    monkeypatch.setattr(module, name, called)
    return left


async def reader(on: Stage) -> Talk:
    user = on.api.user(language="en")
    talk = Talk(stage=on, user=user, chat=on.api.private(user), speech=Language.ENGLISH)
    await talk.says("/start", "welcome")
    return talk


async def ends(on: Stage, talk: Talk, *, said: int) -> None:
    """Everything is done, ``said`` messages were said and none of them is an apology."""
    async with on.database() as database, asyncio.timeout(SLOW):
        while True:
            async with database.connect() as connection:
                if not await inbox.unfinished(connection, limit=9):
                    break
            await asyncio.sleep(0.05)
    texts = [message.text for message in on.api.messages(talk.chat) if message.sender != talk.user]
    assert talk.words("error-internal") not in texts
    assert len(texts) == said


async def test_a_link_comes_again_until_its_job_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as on:
        talk = await reader(on)
        left = fails(monkeypatch, usage, "take", times=2)
        name = min(on.site.pages).removeprefix("/")
        on.api.say(talk.user, talk.chat, on.site.url(f"/{name}"))
        await talk.digest(name)
        assert not left
        await ends(on, talk, said=2)


async def test_an_update_that_cannot_be_ended_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as on:
        talk = await reader(on)
        left = fails(monkeypatch, inbox, "finish", times=2)
        await talk.says("/cancel", "nothing-to-cancel")
        await on.api.world.until(lambda: not left, SLOW, lambda: "it is not tried again")
        await ends(on, talk, said=2)


async def test_a_paste_comes_again_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as on:
        talk = await reader(on)
        left = fails(monkeypatch, usage, "take", times=1)
        name = min(on.site.pages).removeprefix("/")
        text = article(name)
        first = (text + "\n" + text)[:4096].rpartition("\n")[0].ljust(4096, ".")
        for piece in (first, text[:600]):
            on.api.say(talk.user, talk.chat, piece)
        await talk.digest(name)
        assert not left
        await ends(on, talk, said=2)


async def test_a_database_that_is_away_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as on:
        talk = await reader(on)
        away, begun = asyncio.Event(), asyncio.Event()
        whole = Database.transaction

        @asynccontextmanager
        async def transaction(self: Database) -> AsyncGenerator[Any]:
            if away.is_set():
                begun.set()
                raise BUSY
            async with whole(self) as tx:
                yield tx

        monkeypatch.setattr(Database, "transaction", transaction)
        accept = inbox.accept

        async def then_away(*args: Any, **kwargs: Any) -> list[int]:
            stored = await accept(*args, **kwargs)
            away.set()
            return stored

        monkeypatch.setattr(inbox, "accept", then_away)
        name = min(on.site.pages).removeprefix("/")
        on.api.say(talk.user, talk.chat, on.site.url(f"/{name}"))
        await asyncio.wait_for(begun.wait(), SLOW)
        await asyncio.sleep(0.5)
        monkeypatch.setattr(inbox, "accept", accept)
        away.clear()
        await talk.digest(name)
        await ends(on, talk, said=2)


async def test_waits_double_and_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    brought: asyncio.Queue[StoredUpdate] = asyncio.Queue()
    sleep = asyncio.sleep

    async def waited(seconds: float) -> None:
        waits.append(seconds)
        await sleep(0)

    monkeypatch.setattr("bot.later.asyncio.sleep", waited)
    async with database.transaction() as tx:
        await inbox.accept(tx, [StoredUpdate(update_id=n, payload={"n": n}) for n in (1, 2)], now=datetime.now(UTC))
    left = fails(monkeypatch, inbox, "get", times=8)
    off = Later(database)
    off.bring = brought.put_nowait
    off.put_off([1, 2, 3])
    assert off.held == {1, 2, 3}
    # 3 was forgotten meanwhile
    assert [(await asyncio.wait_for(brought.get(), SLOW)).payload for _ in (1, 2)] == [{"n": 1}, {"n": 2}]
    assert (off.held, left) == (set(), [])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    # an update that goes on to fail waits longer, one that was ended begins anew
    off.ended(1)
    off.put_off([1])
    await brought.get()
    off.put_off([2])
    await brought.get()
    assert waits[-2:] == [1, 60]


async def test_nothing_comes_after_the_end(database: Database) -> None:
    off = Later(database, first_seconds=0.01)
    off.bring = _never
    off.put_off([1])
    off.close()
    await asyncio.sleep(0.1)
    assert off.held == {1}


def _never(_: StoredUpdate) -> None:
    raise AssertionError("brought after the end")
