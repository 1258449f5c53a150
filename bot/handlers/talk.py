"""Messages that are no command: a note on a digest, an answer for ``/channels``, something to digest; and what means nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.handlers import articles, channels_answers, presses
from bot.handlers.desk import caller, desk_of, reply
from bot.i18n import say

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

log = logging.getLogger(__name__)


async def private_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message in a private chat. A digest that somebody sent here by an inline query is the bot's own word, not a wish."""
    message = update.effective_message
    if message is not None and message.via_bot is not None and message.via_bot.id == context.bot.id:
        log.debug("an update was ignored: a digest that was sent inline")
        return
    if not await _noted(update, context) and not await channels_answers.answered(update, context):
        await articles.private_message(update, context)


async def group_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message in a group."""
    if not await _noted(update, context):
        await articles.group_message(update, context)


async def _noted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    message = update.effective_message
    asked = message.reply_to_message if message is not None else None
    if asked is None or asked.from_user is None or asked.from_user.id != context.bot.id:
        return False
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None or not await presses.noted(desk, update, who):
        return False
    await reply(desk, update, who, say(who.speech, "feedback-noted"))
    return True


async def ignored(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """An update that no handler is for: a service message, or a kind that Telegram has invented since."""
    del context
    kinds = [kind for kind, value in update.to_dict().items() if kind != "update_id" and value]
    log.debug("an update was ignored: %s", ", ".join(kinds) or "of an unknown kind")
