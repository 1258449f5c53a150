"""Articles: a link, a paste, a forwarded post, a document; in groups when the bot is asked.

Message → intent → one durable job a source. Whoever may not ask, or has asked too much, is told so; nothing is dropped unsaid.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from bot.handlers.desk import apologise, caller, desk_of, reply
from bot.i18n import say
from bot.intents import MAX_LINKS, Intent, Source, intent, marked
from bot.jobs.values import Request
from bot.pages import MAX_FILE_BYTES
from bot.storage import chats, inbox, usage
from bot.storage.errors import StorageError
from bot.traces import report
from pipelines.fetch.policy import utc_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message, Update
    from telegram.ext import ContextTypes

    from bot.handlers.desk import Caller, Desk

log = logging.getLogger(__name__)

CHAT_WORDS = 5
"""Fewer words than this are talk, not an article."""


async def private_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Anything that is no command, in a private chat."""
    desk = desk_of(context)
    message = update.effective_message
    if message is None:
        return
    who = await caller(desk, update)
    if who is None or not await admitted(desk, update, who):
        return
    found = intent(message)
    sender = who.person.id if who.person else who.chat.id
    (first,) = found.sources[:1] or (None,)
    if first is not None and first.kind == "text" and (found.continues or desk.pastes.takes(who.chat.id, sender)):
        await _piece(desk, update, who, first.value, more=found.continues)
    else:
        await take(desk, update, who, found, message)


async def group_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message in a group: answered where it mentions the bot, or holds a link and the admins want links answered."""
    desk = desk_of(context)
    message = update.effective_message
    if message is None or message.via_bot is not None:
        return
    mentioned = _mentions(message, context.bot.username)
    found = intent(message)
    if not mentioned:
        links_only = tuple(source for source in found.sources if source.kind == "link")
        found = Intent(sources=links_only, too_many=found.too_many)
        # nobody is written down who only talks
        if not links_only or not await _answers_links(desk, message.chat_id):
            return
    elif not any(source.kind != "text" for source in found.sources) and message.reply_to_message:
        found = intent(message.reply_to_message)
    who = await caller(desk, update)
    if who is not None and await admitted(desk, update, who, asked=mentioned):
        await take(desk, update, who, found, message)


async def _answers_links(desk: Desk, chat_id: int) -> bool:
    async with desk.database.connect() as connection:
        chat = await chats.get(connection, chat_id)
    return chat is not None and chat.settings.auto_links


async def digest_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """``/digest`` with a link, or as a reply to an article."""
    desk = desk_of(context)
    message, who = update.effective_message, await caller(desk, update)
    if message is None or who is None or not await admitted(desk, update, who):
        return
    found = intent(message)
    if not any(source.kind == "link" for source in found.sources):
        if message.reply_to_message is None:
            await reply(desk, update, who, say(who.speech, "digest-usage"))
            return
        found = intent(message.reply_to_message)
    await take(desk, update, who, found, message)


async def take(desk: Desk, update: Update, who: Caller, found: Intent, message: Message) -> None:
    """One job for each source; what cannot be one is answered."""
    if not found.sources:
        key = {"photo": "only-photo", "voice_or_video": "voice-or-video"}.get(found.useless, "nothing-to-do")
        await reply(desk, update, who, say(who.speech, key))
        return
    if found.too_many:
        await reply(desk, update, who, say(who.speech, "error-too-many-links", most=MAX_LINKS), suffix="-many")
    await _enqueue(desk, update, who, found.sources, message)


async def _enqueue(desk: Desk, update: Update, who: Caller, sources: Sequence[Source], message: Message) -> None:
    person = who.person.id if who.person else None
    for number, source in enumerate(sources):
        if source.kind == "text" and len(source.value.split()) < CHAT_WORDS:
            await reply(desk, update, who, say(who.speech, "nothing-to-do"), suffix=f"-{number}")
            continue
        if source.kind == "file" and (source.bytes or 0) > MAX_FILE_BYTES:
            told = say(who.speech, "error-file-too-big", most=MAX_FILE_BYTES // 1_000_000)
            await reply(desk, update, who, told, suffix=f"-{number}")
            continue
        key = job_key(who, update.update_id, number)
        if await desk.jobs.known(key):  # the update comes again after a crash
            continue
        async with desk.database.transaction() as tx:
            allowance = await usage.take(
                tx, person_id=person, chat_id=who.chat.id, quota=await desk.quota(), now=desk.now()
            )
        if not allowance.granted:
            hours = 24 - desk.now().hour
            told = say(who.speech, f"quota-{allowance.refused_by}", limit=allowance.limit or 0, hours=hours)
            await reply(desk, update, who, told, suffix="-quota")
            return
        request = Request(
            key=key,
            source=source,
            chat_id=who.chat.id,
            topic_id=who.topic_id,
            message_id=message.message_id,
            person_id=person,
            private=who.private,
            speech=who.speech,
            length=who.length,
            languages=who.languages,
            usage_day=allowance.day.isoformat(),
        )
        await desk.answers.begin(request)
        try:
            await desk.jobs.enqueue(request)
        except BaseException:
            await desk.answers.drop(key)
            raise


def job_key(who: Caller, update_id: int, number: int) -> str:
    """Name of a job: the same when the same update comes again; jobs of one person in one chat begin alike."""
    return f"{job_prefix(who)}{update_id}:{number}"


def job_prefix(who: Caller) -> str:
    """How the names of a person's jobs in a chat begin."""
    return f"d:{mark(who.chat.id)}:{mark(who.person.id if who.person else 0)}:"


def mark(number: int) -> str:
    """A chat or a person in the name of a job: DBOS writes names into its log, where nobody's number belongs."""
    return hashlib.blake2b(str(number).encode(), digest_size=9).hexdigest()


async def _piece(desk: Desk, update: Update, who: Caller, text: str, *, more: bool) -> None:
    """A piece of a paste. Its update stays open until the whole has become a job."""
    desk.later.held.add(update.update_id)
    message = update.effective_message
    if message is None:
        return

    async def finished(whole: str, updates: list[int]) -> None:
        try:
            await _enqueue(desk, update, who, [Source(kind="text", value=whole)], message)
            async with desk.database.transaction() as tx:
                for one in updates:
                    await inbox.finish(tx, one, now=utc_now())
        except StorageError as error:
            log.warning("a paste has to wait: %s", error)
            desk.later.put_off(updates)
            return
        except Exception as error:  # noqa: BLE001
            # no handler is left whose failure anybody would hear of; the pieces stay open, so the next start tries again
            report(log, "a paste failed", error)
            await apologise(desk, update)
            return
        for one in updates:
            desk.later.ended(one)

    sender = who.person.id if who.person else who.chat.id
    desk.pastes.add(who.chat.id, sender, text=text, update_id=update.update_id, more=more, finished=finished)


async def admitted(desk: Desk, update: Update, who: Caller, *, asked: bool = True) -> bool:
    """True where the caller may use the bot; else it is said to whoever ``asked``."""
    person = who.person.id if who.person else None
    if desk.settings.access == "open" or desk.is_owner(person):
        return True
    if desk.settings.access == "groups":
        if not who.private:
            return True
        if asked:
            await reply(desk, update, who, say(who.speech, "groups-only"))
        return False
    allowed = await desk.allowed()
    if person in allowed or who.chat.id in allowed:
        return True
    if asked:
        await reply(desk, update, who, say(who.speech, "not-allowed", id=str(person or who.chat.id)))
    return False


def _mentions(message: Message, username: str | None) -> bool:
    if not username:
        return False
    wanted = f"@{username.casefold()}"
    return any(entity.type == "mention" and written.casefold() == wanted for entity, written in marked(message))
