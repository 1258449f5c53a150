"""What a press or an answer changes: a subscription and what was chosen or typed → the subscription after it. Pure.

``chosen`` answers None for what no button of ours has: data come from outside, and old messages keep old buttons.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.cards import ORDER
from bot.digests.changes import FIRST_TIMES
from bot.digests.settings_text import (
    SettingTextError,
    parse_heading,
    parse_quiet,
    parse_terms,
    parse_times,
    parse_zone,
)
from bot.handlers.channels_words import ZONE_KEYS
from bot.i18n import say
from bot.storage.subscriptions import MOST_TERMS
from pipelines.languages import READER, Language

if TYPE_CHECKING:
    from bot.storage.subscriptions import Subscription
    from bot.storage.values import Length


def chosen(one: Subscription, what: str, argument: str) -> Subscription | None:
    """``one`` as a button changes it; None for a button that there is not."""
    match what:
        case "lang":
            return _languages(one, argument)
        case "kind" | "day" | "zone":
            return _schedule(one, what, argument)
        case "quiet" if argument == "none" and one.schedule.kind == "live":
            return replace(one, schedule=replace(one.schedule, quiet=None))
        case "inc" if argument == "none":
            return replace(one, include=())
        case "exc" if argument == "none":
            return replace(one, exclude=())
        case "head" if argument == "none":
            return replace(one, heading="")
        case "len" if argument in ORDER:
            length: Length = next(known for known in ORDER if known == argument)
            return replace(one, length=length)
        case "most" | "least":
            return _number(one, what, argument)
        case "empty" if argument in ("on", "off"):
            return replace(one, say_when_empty=argument == "on")
        case _:
            return None


def typed(one: Subscription, what: str, text: str, speech: Language) -> Subscription:
    """``one`` as an answer changes it. Raises ``SettingTextError``."""
    schedule = one.schedule
    match what:
        case "times":
            return replace(one, schedule=replace(schedule, kind="times", times=parse_times(text), quiet=None))
        case "quiet":
            return replace(one, schedule=replace(schedule, kind="live", times=(), quiet=parse_quiet(text)))
        case "zone":
            named = {say(speech, key): name for name, key in ZONE_KEYS.items()}
            return replace(one, schedule=replace(schedule, timezone=parse_zone(text, named)))
        case "inc":
            return _terms(one, include=parse_terms(text))
        case "exc":
            return _terms(one, exclude=parse_terms(text))
        case _:
            return replace(one, heading=parse_heading(text))


def _terms(one: Subscription, **terms: Any) -> Subscription:
    try:
        return replace(one, **terms)
    except ValueError as error:  # each list may be long, both together may not
        raise SettingTextError(str(error), "channels-bad-terms", most=MOST_TERMS) from error


def _languages(one: Subscription, argument: str) -> Subscription | None:
    sign, code = argument[:1], argument[1:]
    if code not in READER or sign not in ("+", "-"):
        return None
    language = Language(code)
    if sign == "+":
        return replace(one, languages=(*one.languages, language))
    kept = tuple(known for known in one.languages if known is not language)
    return replace(one, languages=kept) if kept else one


def _schedule(one: Subscription, what: str, argument: str) -> Subscription | None:
    schedule = one.schedule
    match what:
        case "kind" if argument == schedule.kind:
            return one
        case "kind" if argument == "times":
            return replace(one, schedule=replace(schedule, kind="times", times=FIRST_TIMES, quiet=None))
        case "kind" if argument == "live":
            return replace(one, schedule=replace(schedule, kind="live", times=()))
        case "day" if argument[:1] in ("+", "-") and argument[1:] in {str(day) for day in range(7)}:
            day = int(argument[1:])
            days = set(schedule.weekdays) | {day} if argument[0] == "+" else set(schedule.weekdays) - {day}
            # every day is said by none: a week that gains no day by chance
            return replace(one, schedule=replace(schedule, weekdays=() if len(days) == 7 else tuple(days)))
        case "zone" if argument in ZONE_KEYS:
            return replace(one, schedule=replace(schedule, timezone=argument))
        case _:
            return None


def _number(one: Subscription, what: str, argument: str) -> Subscription | None:
    if not (argument.isascii() and argument.isdecimal() and len(argument) <= 2):
        return None
    try:
        if what == "most":
            return replace(one, most_items=int(argument))
        return replace(one, least_sources=int(argument))
    except ValueError:
        return None
