"""What somebody writes while a question of ``/channels`` is open: an answer, a forwarded post, a file.

A message → a screen in reply, and the question closed where it was one. A message that is no answer is left to others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from telegram import MessageOriginChannel
from telegram.error import BadRequest, Forbidden

from bot.digests.settings_text import SettingTextError, parse_addresses, parse_chat
from bot.handlers import channels_access as access, channels_feeds, channels_files, questions
from bot.handlers.channels_edit import typed
from bot.handlers.channels_press import VIEW, change, feeds_screen, opened, screen
from bot.handlers.channels_view import Screen, button, home
from bot.handlers.desk import caller, desk_of, reply
from bot.handlers.questions import Question
from bot.i18n import say
from bot.storage import chats, subscriptions

if TYPE_CHECKING:
    from telegram import Message, Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Caller, Desk
    from bot.storage.chats import ChatKind

TYPED: Final = frozenset({"add", "times", "quiet", "zone", "inc", "exc", "head", "find"})
"""Questions that a text answers."""


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """True where a message of a private chat was the answer to an open question of ``/channels``, or a file for it."""
    desk, message, sender = desk_of(context), update.effective_message, update.effective_user
    if message is None or sender is None:
        return False
    question = await questions.current(desk, sender.id)
    if question is None:
        return False
    file = channels_files.is_ours(message.document, question)
    if not file and not (question.what in TYPED and (message.text or message.forward_origin)):
        return False
    who = await caller(desk, update)
    if who is None or who.person is None or not await access.may_use(desk, update, who):
        return False
    if question.subscription_id:
        refusal = await _refused_answer(desk, sender.id, question)
        if refusal:
            await reply(desk, update, who, say(who.speech, refusal))
            await questions.close(desk, sender.id)
            return True
    if file and message.document is not None:
        shown: Screen = await channels_files.received(desk, who, sender.id, message.document, question)
        ends = False
    else:
        shown, ends = await _typed(desk, who, message, question)
    await reply(desk, update, who, shown.text, keyboard=shown.keyboard)
    if ends:
        await questions.ask(desk, sender.id, Question(what=VIEW, subscription_id=question.subscription_id))
    return True


async def _refused_answer(desk: Desk, person_id: int, question: Question) -> str:
    async with desk.database.connect() as connection:
        one = await subscriptions.get(connection, question.subscription_id)
    if one is None:
        return "channels-gone"
    return "" if await access.is_chat_admin(desk, one.chat_id, person_id) else "channels-not-admin"


async def _typed(desk: Desk, who: Caller, message: Message, question: Question) -> tuple[Screen, bool]:
    """What to show of an answer, and whether it was one. An answer that was none leaves the question open."""
    speech, text = who.speech, message.text or ""
    try:
        if question.what == "find":
            return await _found(desk, who, message)
        if question.what == "add":
            return await _added(desk, who, message, question)
        now = await change(desk, question.subscription_id, lambda one: typed(one, question.what, text, speech))
    except SettingTextError as error:
        hint = say(speech, "channels-again-or-cancel")
        return Screen(text=f"{say(speech, error.key, **error.arguments)}\n\n{hint}"), False
    if now is None:
        return Screen(text=say(speech, "channels-gone")), True
    async with desk.database.connect() as connection:
        chat = await chats.get(connection, now.chat_id)
    return screen(question.what, now, chat, speech), True


async def _added(desk: Desk, who: Caller, message: Message, question: Question) -> tuple[Screen, bool]:
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        addresses: tuple[str, ...] = (f"@{origin.chat.username}",)
    else:
        addresses = parse_addresses(message.text or "")
    outcome = await channels_feeds.add(desk, question.subscription_id, addresses)
    told = channels_feeds.told(outcome, who.speech)
    if outcome.new or outcome.known:
        return await feeds_screen(desk, who, question.subscription_id, 10**6, told), True
    back = ((button(who.speech, "button-to-settings", "feeds", question.subscription_id, 0),),)
    return Screen(text=f"{told}\n\n{say(who.speech, 'channels-again-or-cancel')}", keyboard=back), False


async def _found(desk: Desk, who: Caller, message: Message) -> tuple[Screen, bool]:
    """A chat that somebody names, or forwards a post of."""
    speech, person_id, topic_id = who.speech, message.chat_id, None
    origin = message.forward_origin
    wanted: int | str
    if isinstance(origin, MessageOriginChannel):
        wanted = origin.chat.id
    else:
        named = parse_chat(message.text or "")
        wanted, topic_id = named.number if named.number is not None else f"@{named.name}", named.topic_id
    again = ((button(speech, "button-back-to-list", "list"),),)
    try:
        there = await desk.bot.get_chat(wanted)
    except (BadRequest, Forbidden):
        return Screen(text=say(speech, "channels-unknown-chat"), keyboard=again), False
    if there.type == "private" or not await access.is_chat_admin(desk, there.id, person_id):
        return Screen(text=say(speech, "channels-unknown-chat"), keyboard=again), False
    async with desk.database.transaction() as tx:
        chat = await chats.chat(
            tx, there.id, kind=cast("ChatKind", there.type), title=there.title or "", now=desk.now()
        )
        if chat.gone:
            await chats.back(tx, chat.id)
    await access.remember(desk, person_id, there.id)
    one = await opened(desk, who, person_id, there.id, topic_id if there.is_forum else None)
    return home(one, chat, speech), False  # `opened` has opened it to files already
