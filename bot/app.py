"""The bot put together: the only place where settings, storage, delivery, jobs, handlers and Telegram meet.

``BotSettings`` → a running bot, until it is told to stop. Start: migrate the database, meet Telegram, complete what an earlier
process left unfinished (deliveries, jobs, updates), then take new updates. Stop: take no more, let running work end or leave it
to the next start.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from telegram.error import Conflict, TelegramError

from bot.crew import Crew, StartError, insist, now
from bot.delivery.transport import Transport
from bot.greetings import Greetings
from bot.handlers.desk import Desk
from bot.handlers.pastes import Pastes
from bot.i18n import preload
from bot.introduction import introduce
from bot.later import Later
from bot.routes import application
from bot.settings import PREFIX
from bot.storage import inbox
from bot.storage.database import Database
from bot.turns import PerCaller
from bot.updates import UPDATES, Store, StoringBot, parsed
from bot.webhook import WebhookServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bot_settings import BotSettings
    from bot.delivery import Limits
    from bot.workshop import Workshop
    from pipelines.fetch.http import Fetcher

__all__ = ["Khabar", "StartError", "quiet", "run"]

log = logging.getLogger(__name__)

STOP_SECONDS: Final = 20.0
"""What running jobs get to end in; supervisors kill after 30."""
CONNECTIONS: Final = 64
READ_SECONDS, POLL_SECONDS = 30.0, 40.0
"""What an answer of Telegram may take; a long poll takes ten by itself."""


class Serving(Protocol):
    """A bot or a worker."""

    async def run(self, stopped: asyncio.Event, *, ready: Callable[[], None] = ...) -> None:
        """Run until ``stopped`` is set; ``ready`` is called once it runs."""
        ...


class Khabar:
    """One running bot. ``fetcher``, ``limits`` and ``workshop`` as for ``Crew``; the seconds are for tests and benches."""

    def __init__(
        self,
        settings: BotSettings,
        *,
        fetcher: Fetcher | None = None,
        limits: Limits | None = None,
        paste_seconds: float | None = None,
        stop_seconds: float = STOP_SECONDS,
        workshop: Workshop | None = None,
    ) -> None:
        self._settings, self._stop_seconds = settings, stop_seconds
        self._database = Database(settings.database)
        self._store = Store(self._database, now)
        self._transports = (
            Transport(connections=CONNECTIONS, read_seconds=READ_SECONDS),
            Transport(connections=2, read_seconds=POLL_SECONDS),
        )
        self._bot = StoringBot(
            settings.token,
            store=self._store,
            rejected=lambda: self._crew.reject(),  # noqa: PLW0108 - the crew needs the bot and comes after it
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=self._transports[0],
            get_updates_request=self._transports[1],
        )
        self._crew = Crew(settings, self._bot, self._database, fetcher=fetcher, limits=limits, workshop=workshop)
        self._desk = Desk(
            settings=settings,
            bot=self._bot,
            database=self._database,
            delivery=self._crew.delivery,
            jobs=self._crew.jobs,
            answers=self._crew.answers,
            editor=self._crew.editor,
            fetcher=self._crew.fetcher,
            workshop=self._crew.workshop,
            later=Later(self._database),
            pastes=Pastes() if paste_seconds is None else Pastes(seconds=paste_seconds),
            now=now,
            rejected=self._crew.reject,
        )
        self._greetings = Greetings(self._crew.delivery.typing, self._crew.watch)
        self._store.greet = self._greetings.greet
        self._turns = PerCaller(self._greetings)
        self._application = application(self._bot, self._store, self._desk, self._turns)
        self._webhook: WebhookServer | None = None
        if settings.webhook is not None:
            queue = self._application.update_queue
            self._webhook = WebhookServer(settings.webhook, bot=self._bot, store=self._store, queue=queue)

    async def run(self, stopped: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Run until ``stopped`` is set. Raises ``StartError``, or ``StorageError`` where the database cannot be used.

        Raises ``TokenRejected`` where Telegram stops to know the token meanwhile.
        """
        await self._crew.serve(stopped, begin=self._begin, stop=self._stop, ready=ready)

    async def _begin(self) -> None:
        await insist(self._application.initialize)
        preload()
        await self._crew.begin()
        self._crew.background(introduce(self._bot, self._database, now))
        await self._application.start()
        await self._unfinished()
        await insist(self._listen)

    async def _listen(self) -> None:
        """Take new updates."""
        updater = self._application.updater
        if updater is None:
            raise RuntimeError("the application has no updater")
        if self._webhook is None:
            await updater.start_polling(allowed_updates=UPDATES, drop_pending_updates=False, error_callback=_not_polled)
            return
        try:
            await self._webhook.start()
        except OSError as error:
            place = self._webhook.place
            raise StartError(f"{PREFIX}WEBHOOK_LISTEN: {place} cannot be listened on: {error.strerror}.") from error

    async def _unfinished(self) -> None:
        """Updates that were acknowledged but not ended: the process died in between."""
        async with self._database.connect() as connection:
            open_updates = await inbox.unfinished(connection, limit=10_000)
        for stored in open_updates:
            self._store.again(stored.update_id)
            await self._application.update_queue.put(parsed(stored.payload, self._bot))
        if open_updates:
            log.info("%d updates are taken up again", len(open_updates))

    async def _stop(self) -> None:
        """End what is under way, or hand it back to the next start, within ``stop_seconds``."""
        deadline = time.monotonic() + self._stop_seconds
        updater = self._application.updater
        if updater is not None and updater.running:
            await updater.stop()
        if self._webhook is not None:
            await self._webhook.stop()
        if self._application.running:
            stopping = asyncio.ensure_future(self._application.stop())
            await asyncio.wait({stopping}, timeout=self._stop_seconds)
            self._turns.hand_back()
            await stopping
        self._desk.later.close()
        await self._desk.pastes.settle()
        await self._crew.stop(seconds=max(0.0, deadline - time.monotonic()))
        await self._greetings.close()
        with suppress(TelegramError, RuntimeError):
            await self._application.shutdown()
        # what was never initialized whole, PTB does not shut down
        for transport in self._transports:
            await transport.shutdown()
        await self._database.dispose()


def _not_polled(error: TelegramError) -> None:
    """A poll failed; the next one follows by itself."""
    if isinstance(error, Conflict):
        log.error(
            "another process takes the updates of this bot: stop it, one poller a token is all that Telegram serves"
        )
    else:
        log.warning("updates could not be fetched: %s", type(error).__name__)


def run(settings: BotSettings) -> None:
    """``khabar bot``: run until SIGTERM or SIGINT. Raises ``StartError`` or ``StorageError``."""
    until_told(lambda: Khabar(settings), "the bot is running")


def until_told(make: Callable[[], Serving], running: str) -> None:
    """Run what ``make`` makes, on a loop of its own, until SIGTERM or SIGINT; ``running`` is logged once it runs."""
    quiet()

    async def main() -> None:
        stopped = asyncio.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(one, stopped.set)
        await make().run(stopped, ready=lambda: log.info(running))

    asyncio.run(main())


def quiet() -> None:
    """Loggers that print addresses with the bot's token, or texts: warnings only."""
    for name in (
        "httpx",
        "httpcore",
        "aiohttp",
        "telegram",
        "telegram.ext",
        "apscheduler",
        "dbos",
        "sqlalchemy",
        "aiosqlite",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    # they print what they cannot parse, which may hold what somebody wrote
    for name in ("telegram.request.BaseRequest", "telegram.ext.ExtBot", "telegram.ext.Updater"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
