"""What every handler has at hand, and who is speaking to it.

An update → ``Caller``: person, chat, their choices, the language to answer in. ``reply`` says something once, whatever happens to
the process: its key follows from the update; ``apologise`` does where a handler failed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from telegram.error import BadRequest, Forbidden

from bot.delivery import DeliveryError
from bot.delivery.locks import Locks
from bot.i18n import say
from bot.messages import words
from bot.storage import chats, notes, people
from bot.storage.errors import StorageError
from bot.storage.usage import Quota
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram import Bot, Update
    from telegram.ext import ContextTypes

    from bot.answers import Answers
    from bot.bot_settings import BotSettings
    from bot.delivery import Delivery
    from bot.digests.issues import Editor
    from bot.handlers.pastes import Pastes
    from bot.jobs.engine import Jobs
    from bot.later import Later
    from bot.render.keyboards import Keyboard
    from bot.storage.chats import Chat, ChatKind
    from bot.storage.database import Database
    from bot.storage.people import Person
    from bot.storage.values import Length
    from bot.workshop import Workshop
    from pipelines.fetch.http import Fetcher

log = logging.getLogger(__name__)

DESK: Final = "desk"
ALLOWED: Final = "allowed"
"""Note: Telegram numbers of people and chats that an owner let in."""
QUOTA: Final = "quota"
"""Note: digests a day as an owner set them, ``{"person": n, "chat": n}``; 0: no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The bot's parts. ``later`` holds updates that are not ended when their handlers are."""

    settings: BotSettings
    bot: Bot
    database: Database
    delivery: Delivery
    jobs: Jobs
    answers: Answers
    editor: Editor
    fetcher: Fetcher
    workshop: Workshop
    pastes: Pastes
    later: Later
    now: Callable[[], datetime]
    rejected: Callable[[], None]
    """Called when Telegram does not know the token any more: the process ends."""
    turns: Locks = field(default_factory=Locks)
    """Presses of one digest, by whomever, one after the other."""

    def is_owner(self, person_id: int | None) -> bool:
        """True for an owner of the bot."""
        return person_id in self.settings.owners

    async def quota(self) -> Quota:
        """Digests a day: the owner's word, else the settings'."""
        async with self.database.connect() as connection:
            said = await notes.get(connection, QUOTA)
        said = said if isinstance(said, dict) else {}
        person = said.get("person", self.settings.quota_person)
        chat = said.get("chat", self.settings.quota_chat)
        return Quota(
            person=person if isinstance(person, int) and person else None,
            chat=chat if isinstance(chat, int) and chat else None,
        )

    async def allowed(self) -> frozenset[int]:
        """Numbers on the allow-list."""
        async with self.database.connect() as connection:
            said = await notes.get(connection, ALLOWED)
        return frozenset(one for one in said if isinstance(one, int)) if isinstance(said, list) else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who speaks, where, and how to answer. ``person`` is None for a channel's or an anonymous admin's post."""

    person: Person | None
    chat: Chat
    topic_id: int | None
    private: bool
    speech: Language
    length: Length
    languages: tuple[Language, ...]


def desk_of(context: ContextTypes.DEFAULT_TYPE) -> Desk:
    """The desk of this bot."""
    return cast("Desk", context.bot_data[DESK])


async def caller(desk: Desk, update: Update) -> Caller | None:
    """The caller of an update that has a chat; None for one that has none."""
    where, who = update.effective_chat, update.effective_user
    if where is None:
        return None
    message = update.effective_message
    now = desk.now()
    async with desk.database.transaction() as tx:
        chat = await chats.chat(tx, where.id, kind=cast("ChatKind", where.type), title=where.title or "", now=now)
        if chat.gone:
            await chats.back(tx, where.id)  # who writes can be written to
        person = None
        if who is not None and not who.is_bot:
            person = await people.person(tx, who.id, language_code=who.language_code, now=now)
    private = where.type == "private"
    settings = chat.settings
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    speech = (None if private else settings.ui_language) or (person.ui_language if person else Language.ENGLISH)
    length = (None if private else settings.length) or (person.length if person else "medium")
    languages = (None if private else settings.languages) or (person.languages if person else ())
    return Caller(
        person=person,
        chat=chat,
        topic_id=topic,
        private=private,
        speech=speech,
        length=length,
        languages=tuple(languages) or (speech,),
    )


async def reply(
    desk: Desk, update: Update, who: Caller, text: str, *, keyboard: Keyboard | None = None, suffix: str = ""
) -> None:
    """Answer ``text`` in the chat and topic of the update; in a group as a reply to it."""
    from bot.render.keyboards import keyboard_payload  # noqa: PLC0415

    message = update.effective_message
    await desk.delivery.send(
        f"u{update.update_id}{suffix}",
        who.chat.id,
        words(text, who.speech),
        topic_id=who.topic_id,
        reply_to=message.message_id if message is not None and not who.private else None,
        keyboard=keyboard_payload(keyboard) if keyboard else None,
    )


async def is_admin(desk: Desk, update: Update) -> bool:
    """True where the update's sender may change the chat's settings, asked of Telegram each time."""
    where, who, message = update.effective_chat, update.effective_user, update.effective_message
    if where is None:
        return False
    if where.type == "private":
        return True
    # an admin who speaks as the group; under a press stands the bot's own message, and the bot may speak so, too
    spoken = message if update.callback_query is None else None
    if spoken is not None and spoken.sender_chat is not None and spoken.sender_chat.id == where.id:
        return True
    if who is None:
        return False
    try:
        member = await desk.bot.get_chat_member(where.id, who.id)
    except (BadRequest, Forbidden):  # Telegram does not say: the bot was thrown out, or the person is gone
        return False
    return member.status in ("creator", "administrator")


async def apologise(desk: Desk, update: Update) -> None:
    """Say that something went wrong to whoever asked for something, where that is possible."""
    try:
        if update.callback_query is not None:
            await desk.delivery.answer(update.callback_query.id)
        who = await caller(desk, update)
        message = update.effective_message
        asked = update.callback_query is not None or (message is not None and (message.text or "").startswith("/"))
        if who is not None and (who.private or asked):
            await reply(desk, update, who, say(who.speech, "error-internal"), suffix="-sorry")
    except (DeliveryError, StorageError):
        log.warning("an apology was not delivered")
