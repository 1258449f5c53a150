"""Webhooks: updates are pushed with the secret, again and again until they are taken."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.error import BadRequest, Conflict

from tests.telegram.fake import FakeTelegram
from tests.telegram.fake.ptb import ask, ptb_bot
from tests.telegram.fake.wire import HttpServer, Request, Response

if TYPE_CHECKING:
    from tests.telegram.fake.errors import Json

SECRET = "Khabar_secret-1"  # noqa: S105 - a test's own


class Receiver:
    """A bot's side of a webhook: answers with ``statuses``, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.secrets: list[str | None] = []
        self.updates: asyncio.Queue[Json] = asyncio.Queue()
        self.server = HttpServer(self.take)

    async def take(self, request: Request) -> Response:
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            await self.updates.put(json.loads(request.body))
        return Response(status=status)


async def test_updates_are_pushed_until_they_are_taken() -> None:
    receiver = Receiver(500, 403)
    await receiver.server.start()
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        api.say(ali, api.private(ali), "before")
        await bot.set_webhook(f"http://127.0.0.1:{receiver.server.port}/hook", secret_token=SECRET, max_connections=1)
        update = Update.de_json(await receiver.updates.get(), bot)
        assert update.message is not None
        assert update.message.text == "before"
        api.say(ali, api.private(ali), "after")
        assert (await receiver.updates.get())["message"]["text"] == "after"
        assert receiver.secrets == [SECRET] * 4
        await api.acknowledged()
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
        assert info.pending_update_count == 0
    await receiver.server.stop()


async def test_what_waits_is_kept_while_the_webhook_is_away() -> None:
    receiver = Receiver()
    await receiver.server.start()
    port = receiver.server.port
    await receiver.server.stop()
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        ali = api.user("Ali")
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook")
        api.say(ali, api.private(ali), "hi")
        await api.world.until(lambda: api.bot.updates.last_error, 10, lambda: "no attempt")
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await receiver.server.start(port)
        assert (await receiver.updates.get())["message"]["text"] == "hi"
        await api.acknowledged()
        await bot.delete_webhook()
        api.say(ali, api.private(ali), "polled")
        assert len(await bot.get_updates()) == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()
    await receiver.server.stop()


async def test_a_bad_webhook_is_refused() -> None:
    async with FakeTelegram() as api, ptb_bot(api) as bot:
        with pytest.raises(BadRequest, match="Bad webhook: https url must be provided for webhook"):
            await bot.set_webhook("http://example.org/hook")
        for wrong in ({"secret_token": "with blanks"}, {"max_connections": 101}):
            assert (await ask(api, "setWebhook", url="https://example.org/hook", **wrong))["error_code"] == 400
        assert len(api.violations) == 2
