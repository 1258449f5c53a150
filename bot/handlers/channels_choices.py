"""The screens of ``/channels`` on which one setting is chosen: languages, times, zone, length, numbers, terms, heading.

A subscription → text and buttons. Where something can be typed, the text says so, and the handler opens the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.cards import ORDER
from bot.digests.settings_text import ZONES
from bot.handlers.channels_view import Screen, button, choice, rows
from bot.handlers.channels_words import digits, listed, name, when_lines, zone_name
from bot.i18n import say
from bot.storage.subscriptions import MOST_ITEMS, MOST_SOURCES
from pipelines.languages import READER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.render.keyboards import Button
    from bot.storage.chats import Chat
    from bot.storage.subscriptions import Subscription
    from pipelines.languages import Language

ASKS: Final = {
    "add": "channels-ask-feeds",
    "times": "channels-ask-times",
    "quiet": "channels-ask-quiet",
    "inc": "channels-ask-include",
    "exc": "channels-ask-exclude",
    "head": "channels-ask-heading",
    "take": "channels-ask-opml",
}
"""Questions that a text or a file answers, and the screen that stands over them."""
_ABOVE: Final = {"add": "feeds", "take": "feeds", "times": "when", "quiet": "when", "inc": "terms", "exc": "terms"}
_CLEARED: Final = {
    "quiet": "button-no-quiet",
    "inc": "button-no-terms",
    "exc": "button-no-terms",
    "head": "button-no-heading",
}
"""Questions that can be answered by nothing."""


def question(one: Subscription, chat: Chat | None, what: str, speech: Language) -> Screen:
    """What to send, and how to leave."""
    text = f"{name(one, chat, speech)}\n\n{say(speech, ASKS[what])}"
    made = [(button(speech, _CLEARED[what], what, one.id, "none"),)] if what in _CLEARED else []
    made.append((button(speech, "button-to-settings", _ABOVE.get(what, "home"), one.id, 0),))
    return Screen(text=text, keyboard=tuple(made))


def languages(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Languages of the issues; the last one cannot be taken away."""
    toggles = [
        choice(
            say(speech, f"lang-{language.value}"),
            "lang",
            one.id,
            f"{'-' if language in one.languages else '+'}{language.value}",
            on=language in one.languages,
        )
        for language in READER
    ]
    return _screen(one, chat, "channels-ask-languages", speech, [*rows(toggles, 3)])


def when(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Times or live, weekdays, quiet time, zone."""
    schedule = one.schedule
    live = schedule.kind == "live"
    kinds = (
        choice(say(speech, "button-at-times"), "kind", one.id, "times", on=not live),
        choice(say(speech, "button-live"), "kind", one.id, "live", on=live),
    )
    days = [
        choice(say(speech, f"weekday-{day}"), "day", one.id, f"{'-' if on else '+'}{day}", on=on)
        for day in (5, 6, 0, 1, 2, 3, 4)
        for on in [day in schedule.weekdays]
    ]
    text = button(speech, "button-quiet" if live else "button-times", "quiet" if live else "times", one.id)
    made = [kinds, (text,), *rows(days, 3), (button(speech, "button-zone", "zone", one.id),)]
    lines = "\n".join((*when_lines(schedule, speech), "", say(speech, "channels-ask-when")))
    return _screen(one, chat, "", speech, made, text=lines)


def zones(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Zones that are mostly wanted; any other can be typed."""
    made = [choice(zone_name(zone, speech), "zone", one.id, zone, on=zone == one.schedule.timezone) for zone in ZONES]
    return _screen(one, chat, "channels-ask-zone", speech, rows(made, 2), above="when")


def lengths(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """How long the digest of a story is."""
    made = [choice(say(speech, f"length-{length}"), "len", one.id, length, on=length == one.length) for length in ORDER]
    return _screen(one, chat, "channels-ask-length", speech, [tuple(made)])


def most(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """How many stories an issue has."""
    return _screen(one, chat, "channels-ask-most", speech, _numbers("most", one.id, MOST_ITEMS, one.most_items, speech))


def least(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """How many sources must tell a story."""
    numbers = _numbers("least", one.id, MOST_SOURCES, one.least_sources, speech)
    return _screen(one, chat, "channels-ask-least", speech, numbers)


def terms(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Which words a story must have, and which it must not."""
    lines = [
        say(speech, "channels-include", terms=listed(one.include))
        if one.include
        else say(speech, "channels-include-any"),
        say(speech, "channels-exclude", terms=listed(one.exclude))
        if one.exclude
        else say(speech, "channels-exclude-no"),
        "",
        say(speech, "channels-terms-help"),
    ]
    made = [(button(speech, "button-include", "inc", one.id),), (button(speech, "button-exclude", "exc", one.id),)]
    return _screen(one, chat, "", speech, made, text="\n".join(lines))


def ready(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Before a channel is turned on: look first."""
    made = [
        (button(speech, "button-preview", "see", one.id),),
        (button(speech, "button-turn-on-now", "on", one.id),),
    ]
    return _screen(one, chat, "channels-ask-ready", speech, made)


def removal(one: Subscription, chat: Chat | None, speech: Language) -> Screen:
    """Before a channel's settings are deleted."""
    return _screen(
        one, chat, "channels-ask-delete", speech, [(button(speech, "button-delete-really", "gone", one.id),)]
    )


def _numbers(what: str, number: int, most: int, chosen: int, speech: Language) -> list[tuple[Button, ...]]:
    made = [choice(digits(str(one), speech), what, number, one, on=one == chosen) for one in range(1, most + 1)]
    return rows(made, 5)


def _screen(
    one: Subscription,
    chat: Chat | None,
    key: str,
    speech: Language,
    made: Sequence[tuple[Button, ...]],
    *,
    text: str = "",
    above: str = "home",
) -> Screen:
    said = text or say(speech, key)
    back = (button(speech, "button-to-settings", above, one.id),)
    return Screen(text=f"{name(one, chat, speech)}\n\n{said}", keyboard=(*made, back))
