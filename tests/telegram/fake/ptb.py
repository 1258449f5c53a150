"""python-telegram-bot on the fake server, with the addresses changed and the bot's own transport."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
from telegram import Bot

from bot.delivery.transport import Transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.telegram.fake.errors import Json
    from tests.telegram.fake.process import FakeProcess
    from tests.telegram.fake.server import FakeTelegram


@asynccontextmanager
async def ptb_bot(api: FakeTelegram | FakeProcess, token: str | None = None) -> AsyncIterator[Bot]:
    """An initialised ``telegram.Bot``."""
    bot = Bot(
        token or api.token,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=Transport(connections=64, read_seconds=30),
        get_updates_request=Transport(connections=2, read_seconds=40),
    )
    async with bot:
        yield bot


async def ask(api: FakeTelegram, method: str, **params: object) -> Json:
    """One call without python-telegram-bot, which would not send what is wrong: the whole answer."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api.base_url}{api.token}/{method}", json=params)
    said: Json = answer.json()
    return said
