"""What a button of ``/channels`` does, once its presser may: it changes the subscription, opens a question, or makes a file.

A press → the screen that takes the place of the message. Everything here can be carried out twice: a press whose handler was
killed comes again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.digests.changes import begun
from bot.digests.refresh import refresh
from bot.handlers import channels_choices as choices, channels_feeds, channels_files, channels_view, questions
from bot.handlers.channels_access import administered
from bot.handlers.channels_edit import chosen
from bot.handlers.channels_view import PREFIX, Screen, button, feed_list, home, overview, places
from bot.handlers.channels_words import name
from bot.handlers.questions import Question
from bot.i18n import say
from bot.messages import said, words
from bot.render.keyboards import keyboard_payload
from bot.storage import chats, feeds, subscriptions
from bot.storage.values import is_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.desk import Caller, Desk
    from bot.storage.chats import Chat
    from bot.storage.subscriptions import Subscription
    from pipelines.languages import Language

VIEW: Final = "view"
"""The open question while nothing is asked: a file that is sent then belongs to what is shown."""
_SCREENS: Final[dict[str, Callable[[Subscription, Chat | None, Language], Screen]]] = {
    "home": home,
    "when": choices.when,
    "terms": choices.terms,
    "ready": choices.ready,
    "del": choices.removal,
    "lang": choices.languages,
    "zone": choices.zones,
    "len": choices.lengths,
    "most": choices.most,
    "least": choices.least,
}
AFTER: Final = {"kind": "when", "day": "when", "quiet": "when", "times": "when", "zone": "when", "inc": "terms", "exc": "terms",
                "lang": "lang"}  # fmt: skip
"""The screen that a change leads to; home where nothing is said."""
MOST_DIGITS: Final = 20
OVERALL: Final = frozenset({"list", "chat", "whole", "find", "out", "in", "inyes"})
"""Buttons that are about no subscription; the number of ``chat`` and ``whole`` is a chat's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of ``/channels`` pressed. ``key`` is the update's, for what is said of it."""

    what: str
    number: int
    argument: str
    key: str
    message_id: int


def read(data: str) -> tuple[str, int, str] | None:
    """What a button sends, taken apart; None for what none of ours does."""
    parts = data.removeprefix(PREFIX).split(":", 2)
    if len(parts) != 3 or not parts[1].lstrip("-").isdecimal() or not parts[1].isascii():
        return None
    number = int(parts[1]) if len(parts[1]) <= MOST_DIGITS else 2**63
    return (parts[0], number, parts[2]) if is_id(number) else None


async def overall(desk: Desk, who: Caller, person_id: int, press: Press) -> Screen:
    """A button that is about no subscription."""
    speech = who.speech
    match press.what:
        case "chat" | "whole":
            return await _chat(desk, who, person_id, press.number, whole=press.what == "whole")
        case "find" | "in":
            await questions.ask(desk, person_id, Question(what=press.what))
            key = "channels-ask-chat" if press.what == "find" else "channels-ask-json"
            return Screen(text=say(speech, key), keyboard=((button(speech, "button-back-to-list", "list"),),))
        case "out":
            sent = await channels_files.send_json(desk, who, person_id)
            return await listed(desk, who, person_id, "" if sent else say(speech, "channels-file-not-sent"))
        case "inyes" if waits := await questions.current(desk, person_id):
            text = await channels_files.take_json(desk, speech, person_id, waits)
            return await listed(desk, who, person_id, text)
        case _:
            return await listed(desk, who, person_id)


async def listed(desk: Desk, who: Caller, person_id: int, above: str = "") -> Screen:
    """The person's chats, under what is to be said first."""
    await questions.ask(desk, person_id, Question(what=VIEW))
    found = await administered(desk, person_id)
    async with desk.database.connect() as connection:
        kept = {chat.id: await subscriptions.of_chat(connection, chat.id) for chat in found}
    active = {number: any(one.enabled for one in some) for number, some in kept.items() if some}
    screen = overview(found, active, desk.bot.username, who.speech)
    return Screen(text=f"{above}\n\n{screen.text}" if above else screen.text, keyboard=screen.keyboard)


async def _chat(desk: Desk, who: Caller, person_id: int, chat_id: int, *, whole: bool) -> Screen:
    async with desk.database.connect() as connection:
        chat = await chats.get(connection, chat_id)
        found = await subscriptions.of_chat(connection, chat_id)
    if chat is not None and not whole and any(one.topic_id is not None for one in found):
        return places(chat, found, who.speech)
    one = await opened(desk, who, person_id, chat_id, None)
    return home(one, chat, who.speech)


async def opened(desk: Desk, who: Caller, person_id: int, chat_id: int, topic_id: int | None) -> Subscription:
    """The subscription of a chat or topic, made where there is none, and open to files and changes."""
    async with desk.database.transaction() as tx:
        one = await subscriptions.of_topic(tx, chat_id, topic_id)
        if one is None:
            new = begun(chat_id, topic_id, who.languages[:1], created_by=person_id)
            one = await subscriptions.save(tx, new, now=desk.now())
    await questions.ask(desk, person_id, Question(what=VIEW, subscription_id=one.id))
    return one


async def act(desk: Desk, who: Caller, person_id: int, one: Subscription, press: Press) -> Screen:
    """A button of a subscription whose admin the person is."""
    what, argument = press.what, press.argument
    asked = what if (what in choices.ASKS or what == "zone") and not argument else VIEW
    waits = await questions.current(desk, person_id) if what == "yes" else None
    if waits is not None:  # the file stays open until its feeds are in, for a process that dies meanwhile
        return await _take_over(desk, who, one, press, waits)
    await questions.ask(desk, person_id, Question(what=asked, subscription_id=one.id))
    async with desk.database.connect() as connection:
        chat = await chats.get(connection, one.chat_id)
    if asked in choices.ASKS:
        return choices.question(one, chat, asked, who.speech)
    match what:
        case "feeds" | "drop" | "again" | "opml":
            return await _feeds(desk, who, one, chat, press)
        case "see":
            return await _preview(desk, who, one, chat, press)
        case "on" | "off":
            async with desk.database.transaction() as tx:
                turned = (
                    await subscriptions.enable(tx, one.id, now=desk.now())
                    if what == "on"
                    else await subscriptions.disable(tx, one.id)
                )
            return home(turned or one, chat, who.speech)
        case "gone":
            async with desk.database.transaction() as tx:
                await subscriptions.delete(tx, one.id)
            return await listed(desk, who, person_id, say(who.speech, "channels-deleted"))
        case _ if not argument and what in _SCREENS:
            return _SCREENS[what](one, chat, who.speech)
        case _:
            now = await change(desk, one.id, lambda kept: chosen(kept, what, argument))
            return _SCREENS[AFTER.get(what, "home")](now or one, chat, who.speech)


async def change(
    desk: Desk, subscription_id: int, how: Callable[[Subscription], Subscription | None]
) -> Subscription | None:
    """Change a subscription, one after the other where two admins do; None where it is gone. ``how`` answers None to keep it."""
    with desk.turns.queued(("channel", subscription_id)) as turn:
        await turn.wait()
        async with desk.database.transaction() as tx:
            one = await subscriptions.get(tx, subscription_id)
            wanted = how(one) if one is not None else None
            return one if wanted is None or wanted == one else await subscriptions.save(tx, wanted, now=desk.now())


def screen(what: str, one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """The screen that stands after ``what`` was changed."""
    return _SCREENS[AFTER.get(what, "home")](one, chat, speech)


async def feeds_screen(desk: Desk, who: Caller, subscription_id: int, page: int, above: str = "") -> Screen:
    """A channel's feeds as they are stored now, under what is to be said first."""
    async with desk.database.connect() as connection:
        one = await subscriptions.get(connection, subscription_id)
        if one is None:
            return Screen(text=say(who.speech, "channels-gone"))
        chat = await chats.get(connection, one.chat_id)
        found = await feeds.of_subscription(connection, subscription_id)
    shown = feed_list(one, chat, found, page, who.speech)
    return Screen(text=f"{above}\n\n{shown.text}" if above else shown.text, keyboard=shown.keyboard)


async def _feeds(desk: Desk, who: Caller, one: Subscription, chat: Chat | None, press: Press) -> Screen:
    number = int(press.argument) if press.argument.isascii() and press.argument.isdecimal() else 0
    above, page = "", number if press.what == "feeds" else 0
    if press.what == "drop":
        page = one.feeds.index(number) // channels_view.FEEDS_A_PAGE if number in one.feeds else 0
        await channels_feeds.drop(desk, one.id, number)
    elif press.what == "again" and await channels_feeds.again(desk, one.id, number):
        above = say(who.speech, "channels-feed-again")
    elif press.what == "opml":
        sent = await channels_files.send_opml(desk, who, one, chat.title if chat else "")
        above = "" if sent else say(who.speech, "channels-file-not-sent")
    return await feeds_screen(desk, who, one.id, page, above)


async def _take_over(desk: Desk, who: Caller, one: Subscription, press: Press, waits: Question) -> Screen:
    count = len(waits.carried.get("feeds", ()))
    await put(desk, who, press, Screen(text=say(who.speech, "channels-checking", count=count)), "-wait")
    text = await channels_files.take_opml(desk, who.speech, waits)
    return await feeds_screen(desk, who, one.id, 0, text)


async def _preview(desk: Desk, who: Caller, one: Subscription, chat: Chat | None, press: Press) -> Screen:
    """Make an issue as it would be now and show it here, above its buttons."""
    speech = who.speech
    back = ((button(speech, "button-to-settings", "home", one.id),),)
    making = f"{name(one, chat, speech)}\n\n{say(speech, 'channels-preview-making')}"
    await put(desk, who, press, Screen(text=making, keyboard=back), "-wait")
    await refresh(desk.database, desk.fetcher, one.id, now=desk.now)
    documents = await desk.editor.preview(one.id)
    if not documents:
        return Screen(text=f"{name(one, chat, speech)}\n\n{say(speech, 'channels-preview-empty')}", keyboard=back)
    for number, document in enumerate(documents):
        parts = said(document)
        await desk.delivery.send(f"{press.key}-see{number}", who.chat.id, parts.rich, fallback=parts.plain)
    shown = home(one, chat, speech) if one.enabled else choices.ready(one, chat, speech)
    below = say(speech, "channels-preview-over")
    keyboard = keyboard_payload(shown.keyboard)
    await desk.delivery.send(
        f"{press.key}-below", who.chat.id, words(f"{below}\n\n{shown.text}", speech), keyboard=keyboard
    )
    return Screen(text=f"{name(one, chat, speech)}\n\n{say(speech, 'channels-preview-below')}", keyboard=back)


async def put(desk: Desk, who: Caller, press: Press, shown: Screen, suffix: str = "") -> None:
    """Put a screen in the place of the message whose button was pressed."""
    await desk.delivery.edit(
        f"{press.key}{suffix}",
        who.chat.id,
        [press.message_id],
        words(shown.text, who.speech),
        keyboard_payload(shown.keyboard) if shown.keyboard else None,
    )
