"""The server that Telegram brings updates to: yes to what is stored, a reason for everything else, nothing printed."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Update
from telegram.error import BadRequest, NetworkError

from bot.bot_settings import Webhook
from bot.storage import inbox
from bot.storage.errors import StorageError
from bot.updates import Store
from bot.webhook import LARGEST, SECRET as HEADER, WebhookServer
from tests.telegram.fake import BadGateway, FakeTelegram
from tests.telegram.fake.ptb import ptb_bot
from tests.telegram.stage import unused_port
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.storage.database import Database

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]

SECRET = "Khabar_secret-1"  # noqa: S105 - a test's own
HEADERS = {HEADER: SECRET}
UNREADABLE = {"update_id": 5, "message": {"message_id": 1, "text": "written by somebody"}}
"""A message without date and chat, which python-telegram-bot raises for."""


@dataclass
class Listening:
    api: FakeTelegram
    at: Webhook
    server: WebhookServer
    queue: asyncio.Queue[object]
    client: httpx.AsyncClient

    async def bring(self, update: Any, **headers: str) -> int:
        content = update if isinstance(update, bytes) else json.dumps(update).encode()
        return (await self.client.post(self.at.url, content=content, headers=headers or HEADERS)).status_code


@asynccontextmanager
async def listening(database: Database) -> AsyncGenerator[Listening]:
    port = unused_port()
    at = Webhook(url=f"http://127.0.0.1:{port}/a/{{b}}", secret=SECRET, host="127.0.0.1", port=port)
    async with FakeTelegram() as api, ptb_bot(api) as bot, httpx.AsyncClient() as client:
        queue: asyncio.Queue[object] = asyncio.Queue()
        store = Store(database, lambda: datetime.now(UTC))
        receiver = WebhookServer(at, bot=bot, store=store, queue=queue)
        try:
            yield Listening(api, at, receiver, queue, client)
        finally:
            await receiver.stop()


async def stored(database: Database) -> list[int]:
    async with database.connect() as connection:
        return [one.update_id for one in await inbox.unfinished(connection, limit=10)]


async def test_telegram_s_updates_are_stored_and_queued(database: Database) -> None:
    async with listening(database) as on:
        await on.server.start()
        ali = on.api.user("Ali")
        on.api.say(ali, on.api.private(ali), "hi")
        update = await asyncio.wait_for(on.queue.get(), 10)
        assert isinstance(update, Update)
        assert update.message is not None
        assert update.message.text == "hi"
        await on.api.acknowledged()
        assert await stored(database) == [update.update_id]
        assert not on.api.violations


async def test_what_cannot_be_read_is_taken_and_not_printed(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with listening(database) as on:
        await on.server.start()
        assert await on.bring(UNREADABLE) == 200
        update = on.queue.get_nowait()
        assert isinstance(update, Update)
        assert (update.update_id, update.message) == (5, None)
        assert await stored(database) == [5]
    assert "an update of a kind that cannot be read is ignored" in caplog.text
    said = [one.getMessage() for one in caplog.records if one.name.startswith(("bot.", "telegram.ext", "aiohttp"))]
    assert "written by somebody" not in " ".join(said)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"text"', b"{}", b'{"update_id": "1"}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "broken", "list", "text", "no number", "number as text", "no text", "deep"],
)
async def test_what_is_no_update_is_refused(database: Database, body: bytes) -> None:
    async with listening(database) as on:
        await on.server.start()
        assert await on.bring(body) == 400
        assert on.queue.empty()
        assert await stored(database) == []


async def test_strangers_are_refused(database: Database) -> None:
    async with listening(database) as on:
        await on.server.start()
        for secret in (b"", b"another", "кот".encode(), b"\xff\xfe", SECRET[:-1].encode()):
            brought = {HEADER.encode(): secret}
            assert (await on.client.post(on.at.url, json={"update_id": 1}, headers=brought)).status_code == 403
        for path, status in (("/", 404), ("/a", 404), ("/a/b/c", 404)):
            url = httpx.URL(on.at.url).copy_with(path=path)
            assert (await on.client.post(url, json={"update_id": 1}, headers=HEADERS)).status_code == status
        assert (await on.client.get(on.at.url, headers=HEADERS)).status_code == 405
        assert await on.bring(b" " * (LARGEST + 1)) == 413
        assert await stored(database) == []


async def test_what_cannot_be_stored_is_brought_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening(database) as on:
        await on.server.start()
        accept, failing = inbox.accept, [True, True]

        async def full(*args: Any, **kwargs: Any) -> Any:
            if failing:
                failing.pop()
                raise StorageError("the disk is full")
            return await accept(*args, **kwargs)

        monkeypatch.setattr(inbox, "accept", full)
        ali = on.api.user("Ali")
        on.api.say(ali, on.api.private(ali), "hi")
        await asyncio.wait_for(on.queue.get(), 10)
        await on.api.acknowledged()
        assert not failing
        assert on.api.bot.updates.last_error == "Wrong response from the webhook: 503 Service Unavailable"
        assert len(await stored(database)) == 1


async def test_a_repetition_is_taken_once(database: Database) -> None:
    async with listening(database) as on:
        await on.server.start()
        update = {"update_id": 7}
        assert [await on.bring(update), await on.bring(update)] == [200, 200]
        on.queue.get_nowait()
        on.queue.put_nowait("end")
        assert await stored(database) == [7]


async def test_a_start_that_telegram_did_not_hear_of_is_repeated(database: Database) -> None:
    async with listening(database) as on:
        on.api.fault(BadGateway(), method="setWebhook")
        with pytest.raises(NetworkError):
            await on.server.start()
        await on.server.start()
        assert on.api.bot.updates.webhook is not None
        assert on.api.bot.updates.webhook.url == on.at.url


async def test_an_address_that_is_taken_is_no_start(database: Database) -> None:
    async with listening(database) as on:
        other = await asyncio.start_server(lambda *_: None, on.at.host, on.at.port)
        async with other:
            with pytest.raises(OSError, match="address already in use"):
                await on.server.start()
        await on.server.start()
        assert on.api.bot.updates.webhook is not None


async def test_an_address_that_telegram_refuses_says_so(database: Database) -> None:
    async with listening(database) as on:
        bad = Webhook(url="http://example.org/hook", secret=SECRET, host=on.at.host, port=on.at.port)
        receiver = WebhookServer(bad, bot=on.server._bot, store=on.server._store, queue=on.queue)
        try:
            with pytest.raises(BadRequest, match="https url must be provided"):
                await receiver.start()
        finally:
            await receiver.stop()
