"""Where the bot is let in and thrown out, and groups that become supergroups: chats are known by it, a group is greeted once.

A channel cannot be greeted without a post that its readers would see: who let the bot in is told in private what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.handlers import channels
from bot.handlers.desk import caller, desk_of
from bot.i18n import say
from bot.messages import words
from bot.storage import chats

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.storage.chats import ChatKind

_IN = ("member", "administrator", "creator", "restricted")


async def membership(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``my_chat_member``: the bot's own standing in a chat changed."""
    desk, change = desk_of(context), update.my_chat_member
    if change is None:
        return
    before, after = change.old_chat_member.status in _IN, change.new_chat_member.status in _IN
    where = change.chat
    if not after:
        async with desk.database.transaction() as tx:
            await chats.chat(tx, where.id, kind=cast("ChatKind", where.type), title=where.title or "", now=desk.now())
            await chats.gone(tx, where.id, "blocked" if where.type == "private" else "kicked", now=desk.now())
        return
    who = await caller(desk, update)  # known from now on, and back if it was gone
    admin = change.new_chat_member.status == "administrator" != change.old_chat_member.status
    if who is not None and who.person is not None and where.type != "private" and (admin or not before):
        await channels.greet(desk, update, who.person.id, who)
    if who is not None and not before and where.type in ("group", "supergroup"):
        await desk.delivery.send(f"u{update.update_id}", where.id, words(say(who.speech, "welcome-group"), who.speech))


async def migrated(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A group became a supergroup: settings, digests and what is still to be said follow. Telegram says it in both chats."""
    desk, message = desk_of(context), update.effective_message
    if message is None:
        return
    old, new = message.migrate_from_chat_id or message.chat_id, message.migrate_to_chat_id or message.chat_id
    if old != new:
        async with desk.database.transaction() as tx:
            await chats.move(tx, old, new, now=desk.now())
