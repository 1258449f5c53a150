"""Updates that Telegram brings: a small HTTP server that says yes to an update once it is stored.

python-telegram-bot's own server refuses what it cannot read, so that Telegram brings it again for hours, and prints it whole.
"""

from __future__ import annotations

import hmac
import json
import logging
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from aiohttp import web

from bot.storage.errors import StorageError
from bot.updates import UPDATES, parsed

if TYPE_CHECKING:
    import asyncio

    from telegram import Bot

    from bot.bot_settings import Webhook
    from bot.updates import Store

log = logging.getLogger(__name__)

SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of an update; Telegram's stay under a hundredth of it."""
_LAST_ANSWERS: Final = 5.0
"""Seconds that a stop waits for updates that are just coming in."""


class WebhookServer:
    """Listens at ``at`` and puts updates that are new into ``queue`` once they are stored in ``store``."""

    def __init__(self, at: Webhook, *, bot: Bot, store: Store, queue: asyncio.Queue[object]) -> None:
        self._at, self._bot, self._store, self._queue = at, bot, store, queue
        self._runner: web.AppRunner | None = None

    @property
    def place(self) -> str:
        """Host and port that are listened on."""
        return f"{self._at.host}:{self._at.port}"

    async def start(self) -> None:
        """Listen, then tell Telegram. Raises OSError where the address cannot be had, and whatever ``set_webhook`` raises.

        May be called again after the latter.
        """
        if self._runner is None:
            self._runner = await self._listening()
        await self._bot.set_webhook(
            self._at.url, secret_token=self._at.secret, allowed_updates=UPDATES, drop_pending_updates=False
        )

    async def _listening(self) -> web.AppRunner:
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post("/{path:.*}", self._take)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=_LAST_ANSWERS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._at.host, self._at.port).start()
        except OSError:
            await runner.cleanup()
            raise
        return runner

    async def stop(self) -> None:
        """Take nothing new; what is coming in is stored and answered first."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        """403 without the secret, 400 for what is no update, 503 where it cannot be stored: Telegram brings it again."""
        if request.rel_url.path != f"/{unquote(self._at.path)}":
            raise web.HTTPNotFound
        brought = request.headers.get(SECRET, "").encode(
            errors="surrogateescape"
        )  # aiohttp's way with what is no UTF-8
        if not hmac.compare_digest(brought, self._at.secret.encode()):
            raise web.HTTPForbidden(text="the secret is missing or another")
        payload = _update(await request.read())
        if payload is None:
            raise web.HTTPBadRequest(text="no update")
        update = parsed(payload, self._bot)
        try:
            await self._store.new([update], [payload])
            await self._queue.put(update)
        except StorageError as error:
            log.warning("an update cannot be stored: %s", error)
            raise web.HTTPServiceUnavailable(text="cannot be stored now") from error
        return web.Response()


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(payload, dict) or not isinstance(payload.get("update_id"), int):
        return None
    return payload
