"""``/channels``: which channels and groups get digests by themselves, and all that can be set for them.

A command, a press or an answer → a screen. That its sender is an admin of the chat is asked of Telegram every time: rights may
have been taken since the buttons were shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery import DeliveryFailed
from bot.handlers import channels_access as access, channels_files, questions
from bot.handlers.channels_press import OVERALL, VIEW, Press, act, listed, opened, overall, put, read
from bot.handlers.channels_view import PREFIX, home
from bot.handlers.desk import caller, desk_of, is_admin, reply
from bot.handlers.questions import Question
from bot.i18n import say
from bot.messages import words
from bot.render.keyboards import Button, keyboard_payload
from bot.storage import chats, subscriptions

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Caller, Desk
    from bot.storage.subscriptions import Subscription

__all__ = ["PREFIX", "channels_command", "forget", "greet", "leave", "pressed"]


async def channels_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/channels``: in private the list; in a group or topic its settings, sent to the admin in private."""
    desk = desk_of(context)
    who = await caller(desk, update)
    if who is None or not await access.may_use(desk, update, who):
        return
    if not who.private:
        await _from_group(desk, update, who)
    elif who.person is not None:
        shown = await listed(desk, who, who.person.id)
        await reply(desk, update, who, shown.text, keyboard=shown.keyboard)


async def _from_group(desk: Desk, update: Update, who: Caller) -> None:
    speech = who.speech
    if not await is_admin(desk, update):
        await reply(desk, update, who, say(speech, "channels-not-admin"))
        return
    open_bot = ((Button(text=say(speech, "inline-open-bot"), url=f"https://t.me/{desk.bot.username}"),),)
    if who.person is None:  # an admin who speaks as the group: nobody knows whom to write to
        await reply(desk, update, who, say(speech, "channels-open-private"), keyboard=open_bot)
        return
    person = who.person
    await access.remember(desk, person.id, who.chat.id)
    one = await opened(desk, who, person.id, who.chat.id, who.topic_id)
    shown = home(one, who.chat, person.ui_language)
    try:
        await desk.delivery.send(
            f"u{update.update_id}-private",
            person.id,
            words(shown.text, person.ui_language),
            keyboard=keyboard_payload(shown.keyboard),
        )
    except DeliveryFailed:  # who never wrote to the bot cannot be written to
        await reply(desk, update, who, say(speech, "channels-open-private"), keyboard=open_bot)
        return
    await reply(desk, update, who, say(speech, "channels-sent-private"))


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A press of a button of ``/channels``."""
    desk, query = desk_of(context), update.callback_query
    who = await caller(desk, update)
    if query is None:
        return
    found = read(query.data or "")
    if found is None or who is None or who.person is None or not who.private or query.message is None:
        await desk.delivery.answer(query.id)
        return
    what, number, argument = found
    person_id = who.person.id
    press = Press(
        what=what, number=number, argument=argument, key=f"u{update.update_id}", message_id=query.message.message_id
    )
    async with desk.database.connect() as connection:
        one = None if what in OVERALL else await subscriptions.get(connection, number)
    refusal = await _refusal(desk, person_id, press, one)
    if refusal:
        await desk.delivery.answer(query.id, say(who.speech, refusal), alert=True)
        return
    await desk.delivery.answer(query.id)
    if not await access.may_use(desk, update, who):
        return
    shown = await overall(desk, who, person_id, press) if one is None else await act(desk, who, person_id, one, press)
    await put(desk, who, press, shown)
    if what in ("yes", "inyes"):
        await questions.ask(desk, person_id, Question(what=VIEW, subscription_id=one.id if one else 0))


async def _refusal(desk: Desk, person_id: int, press: Press, one: Subscription | None) -> str:
    """Why a press does nothing, as a key; empty where it may."""
    if press.what in ("yes", "inyes"):
        waits = await questions.current(desk, person_id)
        wanted = channels_files.OPML_WAITS if press.what == "yes" else channels_files.JSON_WAITS
        if waits is None or waits.what != wanted or waits.subscription_id != press.number:
            return "channels-expired"
    if press.what in OVERALL and press.what not in ("chat", "whole"):
        return ""
    if one is None and press.what not in OVERALL:
        return "channels-gone"
    chat_id = one.chat_id if one is not None else press.number
    if not await access.is_chat_admin(desk, chat_id, person_id):
        return "channels-not-admin"
    async with desk.database.connect() as connection:
        chat = await chats.get(connection, chat_id)
    if one is None:  # a number that somebody made up may be that of a chat which the bot was never in
        return "" if chat is not None and chat.reachable else "channels-unknown-chat"
    if press.what in ("ready", "on", "see") and not one.feeds:
        return "channels-needs-feeds"
    if press.what in ("ready", "on") and not (chat is not None and await access.can_post(desk, chat)):
        return "channels-cannot-post"
    return ""


async def greet(desk: Desk, update: Update, person_id: int, who: Caller) -> None:
    """An admin has let the bot into a channel: say in private what to do next, where they can be written to."""
    await access.remember(desk, person_id, who.chat.id)
    if who.chat.kind != "channel":
        return
    try:
        told = say(who.speech, "channels-greeting", name=who.chat.title)
        await desk.delivery.send(f"u{update.update_id}-hello", person_id, words(told, who.speech))
    except DeliveryFailed:
        return


async def leave(desk: Desk, who: Caller) -> bool:
    """``/cancel``: end the open question. False where nothing was asked."""
    if not who.private or who.person is None:
        return False
    question = await questions.current(desk, who.person.id)
    return await questions.close(desk, who.person.id) and question is not None and question.what != VIEW


async def forget(desk: Desk, person_id: int) -> None:
    """Whatever is known of the person's channels beside the subscriptions themselves."""
    await questions.close(desk, person_id)
    await access.forget(desk, person_id)
