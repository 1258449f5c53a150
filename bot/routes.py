"""Which handler an update goes to, and what happens where one fails."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    Updater,
    filters,
)

from bot.delivery import DeliveryFailed, TokenRejected
from bot.handlers import articles, basics, channels, inline, membership, owner, preferences, presses, talk
from bot.handlers.desk import DESK, Desk, apologise
from bot.storage import incidents
from bot.storage.errors import StorageError
from bot.traces import report
from bot.turns import Talking
from bot.updates import StoringQueue, parsed

if TYPE_CHECKING:
    import asyncio

    from telegram.ext import ContextTypes

    from bot.turns import PerCaller
    from bot.updates import Store, StoringBot

log = logging.getLogger(__name__)


def application(bot: StoringBot, store: Store, desk: Desk, turns: PerCaller) -> Talking:
    """PTB's application with every handler of the bot."""
    queue: asyncio.Queue[object] = StoringQueue(store)
    built = (
        ApplicationBuilder()
        .application_class(Talking)
        .updater(Updater(bot, queue))
        .concurrent_updates(turns)
        .job_queue(None)
        .build()
    )
    made = cast("Talking", built)
    made.desk = desk
    made.bot_data[DESK] = desk
    desk.later.bring = lambda stored: queue.put_nowait(parsed(stored.payload, bot))
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
        ("channels", channels.channels_command),
    ):
        made.add_handler(CommandHandler(name, handler, filters=fresh))
    made.add_handler(CallbackQueryHandler(preferences.chosen, pattern=f"^{preferences.PREFIX}"))
    made.add_handler(CallbackQueryHandler(basics.forget, pattern=f"^{basics.FORGET}$"))
    made.add_handler(CallbackQueryHandler(channels.pressed, pattern=f"^{channels.PREFIX}"))
    made.add_handler(CallbackQueryHandler(presses.pressed))
    made.add_handler(InlineQueryHandler(inline.inline_query))
    made.add_handler(ChatMemberHandler(membership.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    made.add_handler(MessageHandler(private & fresh & ~filters.StatusUpdate.ALL, talk.private_message))
    made.add_handler(MessageHandler(groups & fresh & ~filters.StatusUpdate.ALL, talk.group_message))
    made.add_handler(MessageHandler(fresh & filters.StatusUpdate.MIGRATE, membership.migrated))
    made.add_handler(TypeHandler(Update, talk.ignored))
    made.add_error_handler(_failed)
    return made


async def _failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A handler raised: note it for the owner, apologise to the caller; where the database failed it, it comes again."""
    error = context.error
    desk: Desk = context.bot_data[DESK]
    if isinstance(error, TokenRejected):
        desk.rejected()
        return
    if isinstance(error, DeliveryFailed):  # the delivery has noted why; whom it could not reach no apology would
        log.info("an answer was not delivered: %s", error.reason)
        return
    if isinstance(error, StorageError) and isinstance(update, Update):
        log.warning("an update has to wait: %s", error)
        desk.later.put_off([update.update_id])
        return
    report(log, "a handler failed", error)
    async with desk.database.transaction() as tx:
        one = incidents.Incident(
            at=datetime.now(UTC), code="handler", place=type(error).__name__, detail=type(error).__name__
        )
        await incidents.record(tx, one)
    if isinstance(update, Update):
        await apologise(desk, update)
