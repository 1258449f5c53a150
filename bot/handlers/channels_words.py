"""Words for what a channel's settings hold: times, zones, lists, its own name; in the reader's language and digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.digests.schedule import zone
from bot.i18n import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, time

    from bot.digests.schedule import Schedule
    from bot.storage.chats import Chat
    from bot.storage.subscriptions import Subscription
    from pipelines.languages import Language

_PERSIAN_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def digits(text: str, speech: Language) -> str:
    """Times and dates in the reader's digits."""
    return text.translate(_PERSIAN_DIGITS) if speech.arabic_script else text


def clock(times: Iterable[time], speech: Language) -> str:
    """Times of the day, as people of Afghanistan and elsewhere write them: 08:00, 18:30."""
    return digits(" ".join(f"{one:%H:%M}" for one in times), speech)


def name(one: Subscription, chat: Chat | None, speech: Language) -> str:
    """The channel, and the topic where there is one."""
    return f"📰 {place(one, chat, speech)}"


def when_lines(schedule: Schedule, speech: Language) -> list[str]:
    """The schedule in words."""
    lines = []
    if schedule.kind == "times":
        lines.append(say(speech, "channels-times", times=clock(schedule.times, speech)))
    elif schedule.quiet is None:
        lines.append(say(speech, "channels-live"))
    else:
        start, end = (clock([one], speech) for one in schedule.quiet)
        lines.append(say(speech, "channels-live-quiet", start=start, end=end))
    if schedule.weekdays:
        days = ("، " if speech.arabic_script else ", ").join(say(speech, f"weekday-{day}") for day in schedule.weekdays)
        lines.append(say(speech, "channels-weekdays", days=days))
    lines.append(say(speech, "channels-zone", zone=zone_name(schedule.timezone, speech)))
    return lines


def zone_name(zone: str, speech: Language) -> str:
    """What people call a zone; its IANA name where it is none that is offered."""
    key = ZONE_KEYS.get(zone)
    return say(speech, key) if key else zone


ZONE_KEYS: Final = {
    "Asia/Kabul": "zone-kabul", "Asia/Tehran": "zone-tehran", "Asia/Dushanbe": "zone-dushanbe",
    "Asia/Tashkent": "zone-tashkent", "Asia/Karachi": "zone-karachi", "Europe/Moscow": "zone-moscow",
    "Europe/Istanbul": "zone-istanbul", "Europe/Berlin": "zone-berlin", "Europe/London": "zone-london", "UTC": "zone-utc",
}  # fmt: skip


def listed(words: Sequence[str]) -> str:
    """Terms in one line, cut where they are many."""
    line = " · ".join(words)
    return line if len(line) <= 300 else line[:299] + "…"


def at(moment: datetime, schedule: Schedule, speech: Language) -> str:
    """A moment by the channel's clock."""
    return digits(f"{moment.astimezone(zone(schedule.timezone)):%Y-%m-%d %H:%M}", speech)


def place(one: Subscription, chat: Chat | None, speech: Language) -> str:
    """The channel's title, or its number, and its topic."""
    title = (chat.title if chat else "") or str(one.chat_id)
    return title if one.topic_id is None else say(speech, "channels-topic", name=title, id=str(one.topic_id))
