"""The bot put together: the only place where settings, storage, delivery, jobs, handlers and Telegram meet.

``BotSettings`` → a running bot, until it is told to stop. Start: migrate the database, meet Telegram, complete what an earlier
process left unfinished (deliveries, jobs, updates), then take new updates. Stop: take no more, let running work end or leave it
to the next start.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import signal
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import make_url
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    Updater,
    filters,
)

from bot.answers import Answers
from bot.delivery import Delivery, DeliveryFailed, Limits, TokenRejected
from bot.delivery.locks import Locks
from bot.delivery.transport import Transport
from bot.greetings import Greetings
from bot.handlers import articles, basics, inline, membership, owner, preferences, presses, talk
from bot.handlers.desk import DESK, Desk, apologise
from bot.handlers.pastes import Pastes
from bot.i18n import SPOKEN, preload, say
from bot.jobs import Jobs
from bot.pages import Pages
from bot.settings import PREFIX
from bot.storage import inbox, incidents, migrations, notes
from bot.storage.database import Database
from bot.storage.retention import Retention, purge
from bot.traces import report
from bot.updates import Store, StoringBot, StoringQueue
from bot.workshop import Workshop
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from telegram.ext import ContextTypes

    from bot.bot_settings import BotSettings

log = logging.getLogger(__name__)

LIGHT_PER_SECOND: Final = 400.0
"""Chat actions and answers to presses, which Telegram does not count as messages: somebody who waits must see a sign at once."""
STOP_SECONDS: Final = 20.0
"""What running jobs get to end in; supervisors kill after 30."""
LEAST_WAIT, MOST_WAIT = 1.0, 60.0
"""Seconds between two tries to meet Telegram at the start."""
PURGE_EVERY: Final = timedelta(hours=24)
UPDATES: Final = ["message", "callback_query", "inline_query", "my_chat_member"]
CODES: Final = {Language.ENGLISH: "", Language.RUSSIAN: "ru", Language.DARI: "fa", Language.PASHTO: "ps"}
"""Telegram's two letters for the interface's languages; English is for all others."""
PRIVATE_COMMANDS: Final = ("start", "help", "languages", "length", "language", "stats", "cancel", "privacy")
GROUP_COMMANDS: Final = ("digest", "help", "languages", "length", "language", "settings", "stats")


class StartError(RuntimeError):
    """The bot cannot start; ``str()`` is a sentence for the operator that names the variable."""


class PerCaller(BaseUpdateProcessor):
    """Updates of one person in one chat one after the other, all others at once: pieces of a paste keep their order."""

    def __init__(self, greetings: Greetings, most: int = 256) -> None:
        super().__init__(most)
        self._greetings = greetings
        self._turns = Locks()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run ``coroutine`` in its turn."""
        task = asyncio.current_task()
        if not isinstance(update, Update) or task is None:
            await coroutine
            return
        where, who = update.effective_chat, update.effective_user
        self._tasks.add(task)
        begun = False
        try:
            with self._turns.queued((where.id if where else 0, who.id if who else 0)) as turn:
                await turn.wait()
                await self._greetings.shown()
                begun = True
                await coroutine
        finally:
            self._tasks.discard(task)
            if not begun and isinstance(coroutine, CoroutineType):
                coroutine.close()  # handed back before its turn

    def hand_back(self) -> None:
        """Break off what is under way; its updates are not ended, so the next start takes them up."""
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""


class Talking(Application):  # type: ignore[type-arg]
    """PTB's application; an update that its handlers have ended is finished in the inbox."""

    desk: Desk

    async def process_update(self, update: object) -> None:
        """As PTB does, then finish."""
        await super().process_update(update)
        if isinstance(update, Update) and update.update_id not in self.desk.held:
            async with self.desk.database.transaction() as tx:
                await inbox.finish(tx, update.update_id, now=self.desk.now())


class Khabar:
    """One running bot. ``fetcher`` replaces the guarded fetcher; ``limits`` and the seconds are for tests and benches.

    ``workshop`` serves several bots one after the other, and is left open.
    """

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
        common = settings.common
        policy = FetchPolicy(deadline=common.fetch_seconds, max_bytes=int(common.fetch_megabytes * 1_000_000))
        self._fetcher = fetcher or Fetcher(policy)
        self._database = Database(settings.database)
        self._store = Store(self._database, _now)
        self._rejected = asyncio.Event()
        self._bot = _bot(settings, self._store, self._rejected.set)
        self._delivery = Delivery(
            self._bot,
            self._database,
            clock=time.monotonic,
            wall=_now,
            sleep=asyncio.sleep,
            limits=limits or Limits(light_per_second=LIGHT_PER_SECOND),
        )
        self._own_workshop = workshop is None
        self._workshop = workshop or Workshop(common, readers=settings.readers)
        self._answers = Answers(
            database=self._database,
            delivery=self._delivery,
            workshop=self._workshop,
            pages=Pages(self._bot, self._fetcher, _now),
            summariser=common.summariser,
            now=_now,
        )
        self._jobs = Jobs(_jobs_file(settings), self._answers)
        self._desk = Desk(
            settings=settings,
            bot=self._bot,
            database=self._database,
            delivery=self._delivery,
            jobs=self._jobs,
            answers=self._answers,
            workshop=self._workshop,
            pastes=Pastes() if paste_seconds is None else Pastes(seconds=paste_seconds),
            now=_now,
            rejected=self._rejected.set,
        )
        self._greetings = Greetings(self._delivery.typing, self._ended)
        self._store.greet = self._greetings.greet
        self._turns = PerCaller(self._greetings)
        self._application = _application(self._bot, self._store, self._desk, self._turns)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self, stopped: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Run until ``stopped`` is set. Raises ``StartError``, or ``StorageError`` where the database cannot be used.

        Raises ``TokenRejected`` where Telegram stops to know the token meanwhile.
        """
        await migrations.upgrade(self._database)
        async with self._fetcher:
            try:
                await self._until(stopped, self._begin())
                if not self._over(stopped):
                    ready()
                    await self._until(stopped, self._rejected.wait())
            finally:
                await self._stop()
        if self._rejected.is_set():
            raise TokenRejected

    def _over(self, stopped: asyncio.Event) -> bool:
        return stopped.is_set() or self._rejected.is_set()

    async def _until(self, stopped: asyncio.Event, work: Coroutine[Any, Any, Any]) -> None:
        """``work``, broken off when ``stopped`` is set."""
        doing, waiting = asyncio.ensure_future(work), asyncio.ensure_future(stopped.wait())
        try:
            await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                doing.result()
        finally:
            for task in (doing, waiting):
                task.cancel()
            await asyncio.gather(doing, waiting, return_exceptions=True)

    async def _begin(self) -> None:
        await self._insist(self._application.initialize)
        preload()
        await self._jobs.start()
        self._background(self._resume())
        self._background(self._introduce())
        self._background(self._purge())
        await self._application.start()
        await self._unfinished()
        await self._insist(self._listen)

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> None:
        """A first call to Telegram, for as long as it takes: a machine may start before its network."""
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

    async def _listen(self) -> None:
        """Take new updates."""
        updater = self._application.updater
        if updater is None:
            raise RuntimeError("the application has no updater")
        webhook = self._settings.webhook
        if webhook is None:
            await updater.start_polling(allowed_updates=UPDATES, drop_pending_updates=False)
            return
        try:
            await updater.start_webhook(
                listen=webhook.host,
                port=webhook.port,
                url_path=webhook.path,
                webhook_url=webhook.url,
                secret_token=webhook.secret,
                allowed_updates=UPDATES,
                drop_pending_updates=False,
            )
        except OSError as error:
            place = f"{webhook.host}:{webhook.port}"
            raise StartError(f"{PREFIX}WEBHOOK_LISTEN: {place} cannot be listened on: {error.strerror}.") from error

    async def _unfinished(self) -> None:
        """Updates that were acknowledged but not ended: the process died in between."""
        async with self._database.connect() as connection:
            open_updates = await inbox.unfinished(connection, limit=10_000)
        for stored in open_updates:
            self._store.again(stored.update_id)
            update = Update.de_json(dict(stored.payload), self._bot)
            await self._application.update_queue.put(update)
        if open_updates:
            log.info("%d updates are taken up again", len(open_updates))

    async def _stop(self) -> None:
        """End what is under way, or hand it back to the next start, within ``stop_seconds``."""
        deadline = time.monotonic() + self._stop_seconds
        updater = self._application.updater
        if updater is not None and updater.running:
            await updater.stop()
        if self._application.running:
            stopping = asyncio.ensure_future(self._application.stop())
            await asyncio.wait({stopping}, timeout=self._stop_seconds)
            self._turns.hand_back()
            await stopping
        await self._desk.pastes.settle()
        await self._jobs.stop(seconds=max(0.0, deadline - time.monotonic()))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, self._greetings.close(), return_exceptions=True)
        await self._answers.close()
        if self._own_workshop:
            self._workshop.close()
        with suppress(TelegramError, RuntimeError):
            await self._application.shutdown()
        await self._database.dispose()

    def _background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(task.exception(), TokenRejected):
            self._rejected.set()
        elif not task.cancelled() and task.exception() is not None:
            report(log, "a background task ended", task.exception())

    async def _resume(self) -> None:
        done = await self._delivery.resume()
        if done.sent or done.failed or done.too_old:
            log.info("deliveries completed: %d, failed: %d, too old: %d", done.sent, done.failed, done.too_old)

    async def _purge(self) -> None:
        while True:
            gone = await purge(self._database, Retention(), now=_now())
            jobs = await self._jobs.purge(before=_now() - Retention().deliveries)
            async with self._database.transaction() as tx:
                for prefix in (inline.LINK, presses.NOTE_ASKED):
                    await notes.purge(tx, prefix, before=_now() - Retention().deliveries)
            log.info(
                "purged %d digests, %d deliveries, %d updates, %d jobs",
                gone.digests,
                gone.deliveries,
                gone.updates,
                jobs,
            )
            await asyncio.sleep(PURGE_EVERY.total_seconds())

    async def _introduce(self) -> None:
        """Commands and descriptions in every language, sent again only when they have changed."""
        wanted = _introduction()
        mark = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
        async with self._database.connect() as connection:
            if await notes.get(connection, "introduced") == mark:
                return
        try:
            for code, said in wanted.items():
                for names, scope in (
                    (PRIVATE_COMMANDS, BotCommandScopeAllPrivateChats()),
                    (GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
                ):
                    commands = [BotCommand(name, said[f"cmd-{name}"]) for name in names]
                    await self._bot.set_my_commands(commands, scope=scope, language_code=code)
                await self._bot.set_my_description(said["bot-description"], language_code=code)
                await self._bot.set_my_short_description(said["bot-short-description"], language_code=code)
        except TelegramError as error:
            log.warning("commands were not registered (%s); the next start tries again", type(error).__name__)
            return
        async with self._database.transaction() as tx:
            await notes.put(tx, "introduced", mark, now=_now())


def run(settings: BotSettings) -> None:
    """``khabar bot``: run until SIGTERM or SIGINT. Raises ``StartError`` or ``StorageError``."""
    quiet()

    async def main() -> None:
        stopped = asyncio.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(one, stopped.set)
        await Khabar(settings).run(stopped, ready=lambda: log.info("the bot is running"))

    asyncio.run(main())


def quiet() -> None:
    """Loggers that print addresses with the bot's token, or texts: warnings only."""
    for name in (
        "httpx",
        "httpcore",
        "telegram",
        "telegram.ext",
        "apscheduler",
        "dbos",
        "sqlalchemy",
        "aiosqlite",
        "tornado",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    # it prints answers that it cannot parse, which may hold what somebody wrote
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)


def _now() -> datetime:
    return datetime.now(UTC)


def _bot(settings: BotSettings, store: Store, rejected: Callable[[], None]) -> StoringBot:
    return StoringBot(
        settings.token,
        store=store,
        rejected=rejected,
        base_url=f"{settings.api}/bot",
        base_file_url=f"{settings.api}/file/bot",
        request=Transport(connections=64, read_seconds=30),
        get_updates_request=Transport(connections=2, read_seconds=40),
    )


def _jobs_file(settings: BotSettings) -> Path:
    """The jobs' database: beside the bot's own file, else in the models' neighbourhood of the user's data folder."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_name(f"{Path(url.database).stem}-jobs.sqlite")
    return settings.common.models_dir.parent / "bot-jobs.sqlite"


def _application(bot: StoringBot, store: Store, desk: Desk, turns: PerCaller) -> Talking:
    queue: asyncio.Queue[object] = StoringQueue(store)
    built = (
        ApplicationBuilder()
        .application_class(Talking)
        .updater(Updater(bot, queue))
        .concurrent_updates(turns)
        .job_queue(None)
        .build()
    )
    application = cast("Talking", built)
    application.desk = desk
    application.bot_data[DESK] = desk
    private, groups = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    fresh = filters.UpdateType.MESSAGE  # edited messages were answered already
    for name, handler in (
        ("start", basics.start),
        ("help", basics.help_command),
        ("digest", articles.digest_command),
        ("language", preferences.language_command),
        ("length", preferences.length_command),
        ("languages", preferences.languages_command),
        ("settings", preferences.settings_command),
        ("privacy", basics.privacy_command),
        ("stats", basics.stats_command),
        ("cancel", basics.cancel_command),
        ("admin", owner.admin_command),
    ):
        application.add_handler(CommandHandler(name, handler, filters=fresh))
    application.add_handler(CallbackQueryHandler(preferences.chosen, pattern=f"^{preferences.PREFIX}"))
    application.add_handler(CallbackQueryHandler(basics.forget, pattern=f"^{basics.FORGET}$"))
    application.add_handler(CallbackQueryHandler(presses.pressed))
    application.add_handler(InlineQueryHandler(inline.inline_query))
    application.add_handler(ChatMemberHandler(membership.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(private & fresh & ~filters.StatusUpdate.ALL, talk.private_message))
    application.add_handler(MessageHandler(groups & fresh & ~filters.StatusUpdate.ALL, talk.group_message))
    application.add_handler(MessageHandler(fresh & filters.StatusUpdate.MIGRATE, membership.migrated))
    application.add_handler(TypeHandler(Update, talk.ignored))
    application.add_error_handler(_failed)
    return application


async def _failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A handler raised: note it for the owner, apologise to the caller."""
    error = context.error
    desk: Desk = context.bot_data[DESK]
    if isinstance(error, TokenRejected):
        desk.rejected()
        return
    if isinstance(error, DeliveryFailed):  # the delivery has noted why; whom it could not reach no apology would
        log.info("an answer was not delivered: %s", error.reason)
        return
    report(log, "a handler failed", error)
    async with desk.database.transaction() as tx:
        one = incidents.Incident(at=_now(), code="handler", place=type(error).__name__, detail=type(error).__name__)
        await incidents.record(tx, one)
    if isinstance(update, Update):
        await apologise(desk, update)


def _introduction() -> dict[str, dict[str, str]]:
    keys = {f"cmd-{name}" for name in (*PRIVATE_COMMANDS, *GROUP_COMMANDS)} | {
        "bot-description",
        "bot-short-description",
    }
    return {CODES[language]: {key: say(language, key) for key in sorted(keys)} for language in SPOKEN}
