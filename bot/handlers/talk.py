"""Messages that are no command: a note on a digest, or something to digest; and the apology when a handler failed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.delivery import DeliveryError
from bot.handlers import articles, presses
from bot.handlers.desk import caller, desk_of, reply
from bot.i18n import say
from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Desk

log = logging.getLogger(__name__)


async def private_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message in a private chat."""
    if not await _noted(update, context):
        await articles.private_message(update, context)


async def group_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message in a group."""
    if not await _noted(update, context):
        await articles.group_message(update, context)


async def _noted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    message = update.effective_message
    if message is None or message.reply_to_message is None:
        return False
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None or not await presses.noted(desk, update, who):
        return False
    await reply(desk, update, who, say(who.speech, "feedback-noted"))
    return True


async def apologise(desk: Desk, update: Update) -> None:
    """Say that something went wrong, where that is possible."""
    try:
        if update.callback_query is not None:
            await desk.delivery.answer(update.callback_query.id)
        who = await caller(desk, update)
        if who is not None and (who.private or update.callback_query is not None):
            await reply(desk, update, who, say(who.speech, "error-internal"), suffix="-sorry")
    except (DeliveryError, StorageError):
        log.warning("an apology was not delivered")
