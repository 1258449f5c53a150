"""Files of ``/channels``: OPML of a channel's feeds, JSON of all subscriptions; both ways.

A file that comes in changes nothing before its sender has seen what is in it and has pressed a button. What was read is carried
by the open question, so a restart in between loses nothing. A file that goes out is sent at once, not by the outbox: it is made
again by a press, and who pressed is told where it could not be sent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from telegram.error import TelegramError

from bot.digests import transfer
from bot.digests.transfer import TransferError
from bot.handlers import channels_feeds, questions
from bot.handlers.channels_access import administered, is_chat_admin
from bot.handlers.channels_view import Screen, button
from bot.handlers.questions import Question
from bot.i18n import say
from bot.storage import feeds, subscriptions
from bot.storage.subscriptions import MOST_FEEDS
from pipelines.errors import KhabarError
from pipelines.feeds.opml import OutlineFeed, read_opml, write_opml

if TYPE_CHECKING:
    from telegram import Document

    from bot.handlers.desk import Caller, Desk
    from bot.storage.subscriptions import Subscription
    from pipelines.languages import Language

log = logging.getLogger(__name__)

OPML_WAITS, JSON_WAITS = "opml-yes", "json-yes"
"""Questions that a press answers: whether to take over what a file holds."""
ENDINGS: Final = (".opml", ".xml", ".json")


class FileError(Exception):
    """A file of no use. ``key`` and ``arguments`` are those of the bot's sentence."""

    def __init__(self, key: str, **arguments: int) -> None:
        super().__init__(key)
        self.key = key
        self.arguments = arguments


def is_ours(document: Document | None, question: Question | None) -> bool:
    """True for a file that ``/channels`` takes: it is open, and the file's name says OPML or JSON."""
    name = ((document.file_name if document else "") or "").lower()
    return question is not None and name.endswith(ENDINGS)


async def received(desk: Desk, who: Caller, person_id: int, document: Document, question: Question) -> Screen:
    """What is in a file, and whether to take it over."""
    speech = who.speech
    try:
        content = await _download(desk, document)
        if (document.file_name or "").lower().endswith(".json"):
            return await _json(desk, speech, person_id, content)
        return await _opml(desk, speech, person_id, content, question.subscription_id)
    except FileError as error:
        return Screen(text=say(speech, error.key, **error.arguments))


async def _download(desk: Desk, document: Document) -> bytes:
    if (document.file_size or 0) > transfer.MOST_BYTES:
        raise FileError("error-file-too-big", most=transfer.MOST_BYTES // 1_000_000)
    try:
        file = await desk.bot.get_file(document.file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        raise FileError("error-file-lost") from error


async def _opml(desk: Desk, speech: Language, person_id: int, content: bytes, subscription_id: int) -> Screen:
    async with desk.database.connect() as connection:
        one = await subscriptions.get(connection, subscription_id)
        known = {feed.url for feed in await feeds.of_subscription(connection, subscription_id)}
    if one is None:
        return Screen(text=say(speech, "channels-opml-where"))
    try:
        addresses = list(dict.fromkeys(outline.url for outline in read_opml(content)))
    except KhabarError:
        raise FileError("channels-opml-bad") from None
    new = [address for address in addresses if address not in known][:MOST_FEEDS]
    if not new:
        raise FileError("channels-opml-empty", count=len(addresses))
    await questions.ask(
        desk, person_id, Question(what=OPML_WAITS, subscription_id=subscription_id, carried={"feeds": new})
    )
    text = say(speech, "channels-opml-found", count=len(addresses), fresh=len(new))
    yes, no = button(speech, "button-add-all", "yes", one.id), button(speech, "button-cancel", "feeds", one.id, 0)
    return Screen(text=text, keyboard=((yes, no),))


async def take_opml(desk: Desk, speech: Language, question: Question) -> str:
    """Fetch the feeds of a file and add those that are feeds; what to say of it."""
    addresses = [address for address in question.carried.get("feeds", ()) if isinstance(address, str)]
    return channels_feeds.told(await channels_feeds.add(desk, question.subscription_id, addresses), speech)


async def _json(desk: Desk, speech: Language, person_id: int, content: bytes) -> Screen:
    entries = _entries(content)
    allowed = await _allowed(desk, person_id, entries)
    mine = [entry for entry in entries if entry.settings.chat_id in allowed]
    if not mine:
        raise FileError("channels-json-foreign", count=len(entries))
    said = content.decode("utf-8-sig")
    await questions.ask(desk, person_id, Question(what=JSON_WAITS, carried={"file": said}))
    lines = [say(speech, "channels-json-found", count=len(mine))]
    if len(mine) < len(entries):
        lines.append(say(speech, "channels-json-left-out", count=len(entries) - len(mine)))
    lines.append(say(speech, "channels-json-replaces"))
    yes, no = button(speech, "button-take-over", "inyes"), button(speech, "button-cancel", "list")
    return Screen(text="\n\n".join(lines), keyboard=((yes, no),))


async def take_json(desk: Desk, speech: Language, person_id: int, question: Question) -> str:
    """Store the subscriptions of a file that the person may set up; what to say of it. They come turned off."""
    entries = _entries(str(question.carried.get("file", "")).encode())
    allowed = await _allowed(desk, person_id, entries)
    mine = [entry for entry in entries if entry.settings.chat_id in allowed]
    async with desk.database.transaction() as tx:
        for entry in mine:
            old = await subscriptions.of_topic(tx, entry.settings.chat_id, entry.settings.topic_id)
            on = old is not None and old.enabled
            await transfer.store(tx, entry, enabled=on, created_by=person_id, now=desk.now())
    return say(speech, "channels-json-taken", count=len(mine))


def _entries(content: bytes) -> tuple[transfer.Entry, ...]:
    try:
        return transfer.load(content)
    except TransferError as error:
        if error.entry:
            raise FileError("channels-json-entry", number=error.entry) from error
        raise FileError("channels-json-bad") from error


async def _allowed(desk: Desk, person_id: int, entries: tuple[transfer.Entry, ...]) -> frozenset[int]:
    """Chats among those of the file that the person administers, asked one after the other: a file may name thousands."""
    asked: set[int] = set()
    found = set()
    for entry in entries:
        chat_id = entry.settings.chat_id
        if chat_id in asked:
            continue
        asked.add(chat_id)
        if len(asked) > transfer.MOST_CHATS:
            break
        if await is_chat_admin(desk, chat_id, person_id):
            found.add(chat_id)
    return frozenset(found)


async def send_opml(desk: Desk, who: Caller, one: Subscription, title: str) -> bool:
    """Send a channel's feeds as OPML. False where Telegram did not take it."""
    async with desk.database.connect() as connection:
        read = await feeds.of_subscription(connection, one.id)
    content = write_opml([OutlineFeed(title=feed.title, url=feed.url) for feed in read], title=title)
    return await _send(desk, who, content, f"khabar-{one.id}.opml")


async def send_json(desk: Desk, who: Caller, person_id: int) -> bool:
    """Send all subscriptions that the person may set up. False where Telegram did not take it."""
    chosen: list[Subscription] = []
    chats = await administered(desk, person_id)
    async with desk.database.connect() as connection:
        for chat in chats:
            chosen += await subscriptions.of_chat(connection, chat.id)
        entries = await transfer.collect(connection, chosen)
    return await _send(desk, who, transfer.dump(entries, now=desk.now()), f"khabar-{desk.now():%Y-%m-%d}.json")


async def _send(desk: Desk, who: Caller, content: bytes, name: str) -> bool:
    try:
        await desk.bot.send_document(who.chat.id, document=content, filename=name)
    except TelegramError as error:
        log.warning("a file was not sent (%s)", type(error).__name__)
        return False
    return True
