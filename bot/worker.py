"""``khabar worker``: more hands for the jobs of a bot, on any machine that reaches its PostgreSQL database.

It takes no updates: digests, feeds and issues are made here, and what they come to is said here, under the same limits. Killed,
its jobs go to the others within seconds; told to stop, it hands back what it cannot end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import ExtBot

from bot.app import CONNECTIONS, READ_SECONDS, STOP_SECONDS, until_told
from bot.crew import Crew, StartError, insist, shut
from bot.delivery.transport import Transport
from bot.i18n import preload
from bot.settings import PREFIX
from bot.storage.database import Database

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from bot.bot_settings import BotSettings
    from bot.delivery import Limits
    from pipelines.fetch.http import Fetcher


class Worker:
    """One worker. Raises ``StartError`` for a database that only one process can use."""

    def __init__(
        self,
        settings: BotSettings,
        *,
        fetcher: Fetcher | None = None,
        limits: Limits | None = None,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._database, self._stop_seconds = Database(settings.database), stop_seconds
        if self._database.url.get_backend_name() == "sqlite":
            raise StartError(
                f"{PREFIX}DATABASE is an SQLite file, where `khabar bot` does everything by itself. "
                "Workers share a PostgreSQL database: postgresql://user:password@host/name."
            )
        self._transports = (
            Transport(connections=CONNECTIONS, read_seconds=READ_SECONDS),
            Transport(connections=1, read_seconds=READ_SECONDS),
        )
        self._bot: ExtBot[None] = ExtBot(
            settings.token,
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=self._transports[0],
            get_updates_request=self._transports[1],
        )
        self._crew = Crew(settings, self._bot, self._database, fetcher=fetcher, limits=limits)

    async def run(self, stopped: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Work until ``stopped`` is set. Raises as ``bot.app.Khabar.run``."""
        await self._crew.serve(stopped, begin=self._begin, stop=self._stop, ready=ready)

    async def _begin(self) -> None:
        await insist(self._bot.initialize)
        preload()
        await self._crew.begin()

    async def _stop(self) -> None:
        await self._crew.stop(seconds=self._stop_seconds)
        await shut(self._bot)
        for transport in self._transports:
            await transport.shutdown()
        await self._database.dispose()


def run(settings: BotSettings) -> None:
    """``khabar worker``: work until SIGTERM or SIGINT. Raises ``StartError`` or ``StorageError``."""
    until_told(lambda: Worker(settings), "the worker is running")
