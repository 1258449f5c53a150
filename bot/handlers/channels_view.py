"""What ``/channels`` shows: the list of chats, a channel's settings, its feeds. Stored values → text and buttons.

A button's data is ``h:what:number:argument``: the number is the subscription's (it stays when a group becomes a supergroup), the
argument what shall be, never "the other one", so that a press that is carried out twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.handlers.channels_words import at, digits, listed, name, place, when_lines
from bot.i18n import say
from bot.render.keyboards import SHOWN, Button

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.render.keyboards import Keyboard
    from bot.storage.chats import Chat
    from bot.storage.feeds import FeedRow
    from bot.storage.subscriptions import Subscription
    from pipelines.languages import Language

PREFIX: Final = "h:"
FEEDS_A_PAGE: Final = 8
CHATS_SHOWN: Final = 40
LABEL: Final = 40
"""Characters of a button's label; Telegram's clients cut longer ones in the middle of the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A message and its buttons."""

    text: str
    keyboard: Keyboard = ()


def data(what: str, number: int = 0, argument: str | int = "") -> str:
    """What a button sends back."""
    return f"{PREFIX}{what}:{number}:{argument}"


def button(speech: Language, key: str, what: str, number: int = 0, argument: str | int = "") -> Button:
    """A button with words of the catalogue."""
    return Button(text=say(speech, key), data=data(what, number, argument))


def choice(label: str, what: str, number: int, argument: str | int, *, on: bool) -> Button:
    """A button that chooses ``argument``; the one chosen is marked."""
    return Button(text=f"{SHOWN}{label}" if on else label, data=data(what, number, argument))


def rows(buttons: Sequence[Button], width: int) -> list[tuple[Button, ...]]:
    """Buttons in rows of ``width``."""
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def overview(chats: Sequence[Chat], active: Mapping[int, bool], username: str, speech: Language) -> Screen:
    """Chats to choose from. ``active`` says of those that have subscriptions whether one is on."""
    add = (
        Button(
            text=say(speech, "button-add-to-channel"),
            url=f"https://t.me/{username}?startchannel&admin=post_messages+edit_messages+delete_messages",
        ),
        Button(text=say(speech, "button-add-to-group"), url=f"https://t.me/{username}?startgroup=channels"),
    )
    find = button(speech, "button-find-chat", "find")
    if not chats:
        return Screen(text=say(speech, "channels-no-chats"), keyboard=((add[0],), (add[1],), (find,)))
    listed = [
        (
            Button(
                text=f"{_MARKS[active.get(chat.id)]} {_short(chat.title or str(chat.id))}", data=data("chat", chat.id)
            ),
        )
        for chat in chats[:CHATS_SHOWN]
    ]
    moving = (button(speech, "button-export-all", "out"), button(speech, "button-import-all", "in"))
    return Screen(text=say(speech, "channels-list"), keyboard=(*listed, (find,), moving, (add[0],), (add[1],)))


_MARKS: Final[Mapping[bool | None, str]] = {True: "🟢", False: "⚪", None: "➕"}


def places(chat: Chat, found: Sequence[Subscription], speech: Language) -> Screen:
    """A chat of which several topics have digests."""
    listed = [
        (Button(text=f"{_MARKS[one.enabled]} {place(one, chat, speech)}", data=data("home", one.id)),) for one in found
    ]
    if all(one.topic_id is not None for one in found):
        listed.append((button(speech, "button-whole-chat", "whole", chat.id),))
    back = button(speech, "button-back-to-list", "list")
    return Screen(text=say(speech, "channels-topics", name=chat.title), keyboard=(*listed, (back,)))


def home(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """All settings of a channel."""
    schedule = one.schedule
    lines = [
        name(one, chat, speech),
        "",
        _state(one, speech),
        say(speech, "channels-feeds-count", count=len(one.feeds)),
    ]
    lines.append(say(speech, "channels-languages", languages=one.languages))
    lines += when_lines(schedule, speech)
    lines.append(say(speech, "channels-length", length=one.length))
    lines.append(say(speech, "channels-most", count=one.most_items))
    if one.least_sources > 1:
        lines.append(say(speech, "channels-least", count=one.least_sources))
    if one.include:
        lines.append(say(speech, "channels-include", terms=listed(one.include)))
    if one.exclude:
        lines.append(say(speech, "channels-exclude", terms=listed(one.exclude)))
    if one.heading:
        lines.append(say(speech, "channels-heading", text=one.heading))
    lines.append(say(speech, "channels-empty-said" if one.say_when_empty else "channels-empty-silent"))
    switch = (
        button(speech, "button-turn-off", "off", one.id)
        if one.enabled
        else button(speech, "button-turn-on", "ready", one.id)
    )
    return Screen(
        text="\n".join(lines),
        keyboard=(
            (button(speech, "button-feeds", "feeds", one.id, 0), button(speech, "button-when", "when", one.id)),
            (button(speech, "button-languages", "lang", one.id), button(speech, "button-length", "len", one.id)),
            (button(speech, "button-items", "most", one.id), button(speech, "button-sources-least", "least", one.id)),
            (button(speech, "button-terms", "terms", one.id), button(speech, "button-heading", "head", one.id)),
            (
                button(
                    speech,
                    "button-empty-silent" if one.say_when_empty else "button-empty-say",
                    "empty",
                    one.id,
                    "off" if one.say_when_empty else "on",
                ),
            ),
            (button(speech, "button-preview", "see", one.id), switch),
            (button(speech, "button-delete", "del", one.id), button(speech, "button-back-to-list", "list")),
        ),
    )


def feed_list(one: Subscription, chat: Chat | None, feeds: Sequence[FeedRow], page: int, speech: Language) -> Screen:
    """Feeds of a channel, a page of them. A press on a feed removes it; one that was given up can be tried again."""
    pages = max(1, -(-len(feeds) // FEEDS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = feeds[page * FEEDS_A_PAGE :][:FEEDS_A_PAGE]
    lines = [name(one, chat, speech), say(speech, "channels-feeds-count", count=len(feeds)), ""]
    for number, feed in enumerate(shown, start=page * FEEDS_A_PAGE + 1):
        lines.append(
            digits(f"{number}. ", speech) + say(speech, "channels-feed", text=_feed_title(feed), url=feed.url[:120])
        )
        if feed.disabled:
            lines.append("⚠ " + say(speech, "channels-feed-stopped"))
        elif feed.failures:
            lines.append("⚠ " + say(speech, "channels-feed-failing", count=feed.failures))
    if not feeds:
        lines.append(say(speech, "channels-no-feeds"))
    made: list[tuple[Button, ...]] = [(button(speech, "button-add-feed", "add", one.id),)]
    for number, feed in enumerate(shown, start=page * FEEDS_A_PAGE + 1):
        drop = Button(
            text=digits(f"🗑 {number}. ", speech) + _short(_feed_title(feed)), data=data("drop", one.id, feed.id)
        )
        again = button(speech, "button-feed-again", "again", one.id, feed.id)
        made.append((drop, again) if feed.disabled else (drop,))
    if pages > 1:
        turns = (("◀", page - 1), ("▶", page + 1))
        made.append(tuple(Button(text=mark, data=data("feeds", one.id, at)) for mark, at in turns if 0 <= at < pages))
    made.append((button(speech, "button-opml-in", "take", one.id), button(speech, "button-opml-out", "opml", one.id)))
    made.append((button(speech, "button-to-settings", "home", one.id),))
    return Screen(text="\n".join(lines), keyboard=tuple(made))


def _state(one: Subscription, speech: Language) -> str:
    if not one.enabled:
        return say(speech, "channels-off-by-itself" if one.reason else "channels-off")
    if one.schedule.kind == "live" or one.due_at is None:
        return say(speech, "channels-on-live")
    return say(speech, "channels-on", time=at(one.due_at, one.schedule, speech))


def _feed_title(feed: FeedRow) -> str:
    return feed.title or feed.url.partition("://")[2]


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
