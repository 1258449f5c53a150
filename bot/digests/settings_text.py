"""What people type for a channel's settings → values: times of the day, quiet times, weekdays, zones, terms, addresses, chats.

Shared by the bot and the command line. Digits may be Latin, Persian or Arabic; separators are those that people use in any of
Khabar's languages. Pure: what cannot be read is a ``SettingTextError``, with an English sentence for the command line and the key
of the sentence that the bot says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.digests.schedule import MOST_TIMES
from bot.storage.subscriptions import HEADING_CHARACTERS, MOST_TERMS, TERM_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

ZONES: Final = (
    "Asia/Kabul", "Asia/Tehran", "Asia/Dushanbe", "Asia/Tashkent", "Asia/Karachi", "Europe/Moscow",
    "Europe/Istanbul", "Europe/Berlin", "Europe/London", "UTC",
)  # fmt: skip
"""Zones that are offered as buttons; any other IANA name can be typed."""
MOST_ADDRESSES: Final = 50
"""Addresses in one message; an OPML file may have as many as a subscription has feeds."""
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEPARATORS: Final = re.compile(r"[\s,;،؛]+")
_AND: Final = frozenset({"and", "и", "و", "او"})
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.٫](\d{2}))?")
_PUBLIC: Final = re.compile(r"(?:(?:https?://)?t(?:elegram)?\.me/|@)([A-Za-z]\w{3,31})(?:/(\d+))?/?", re.ASCII)
_INSIDE: Final = re.compile(r"(?:https?://)?t(?:elegram)?\.me/c/(\d{1,16})(?:/(\d{1,9}))?(?:/\d+)?/?", re.ASCII)
_NUMBER: Final = re.compile(r"(-\d{1,16})(?:/(\d{1,9}))?", re.ASCII)


class SettingTextError(ValueError):
    """A text that cannot be read. ``key`` and ``arguments`` are those of the bot's sentence."""

    def __init__(self, sentence: str, key: str, **arguments: str | int) -> None:
        super().__init__(sentence)
        self.key = key
        self.arguments = arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAddress:
    """A chat as somebody names it: its number or its public name, and a forum's topic."""

    number: int | None = None
    name: str = ""
    topic_id: int | None = None


def parse_times(text: str) -> tuple[time, ...]:
    """Times of the day from ``08:00 18:30``, ``8, 18.30`` or ``۸:۰۰ و ۱۸:۳۰``, sorted, each once."""
    words = [word for word in _SEPARATORS.split(text.strip()) if word and word.casefold() not in _AND]
    found = sorted({_time(word) for word in words})
    if not 1 <= len(found) <= MOST_TIMES:
        raise SettingTextError(
            f"Give 1 to {MOST_TIMES} times of the day, like 08:00 18:30.", "channels-bad-times", most=MOST_TIMES
        )
    return tuple(found)


def parse_quiet(text: str) -> tuple[time, time]:
    """From when to when: ``23:00-07:00``, ``from 23 to 7``. It may pass midnight."""
    found = [_time(match.group()) for match in _TIME.finditer(text)]
    if len(found) != 2 or found[0] == found[1]:
        raise SettingTextError(
            "A quiet time is two different times of the day, like 23:00-07:00.", "channels-bad-quiet"
        )
    return found[0], found[1]


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Weekdays from ``mon,wed`` or ``sat-wed`` (0 is Monday); empty for ``daily``, which is every day."""
    days: set[int] = set()
    for word in _SEPARATORS.split(text.strip().lower()):
        if word in ("", "daily", "all"):
            continue
        first, dash, last = word.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise SettingTextError(
                f"“{word}” is no weekday; write {', '.join(DAYS)}, a range like sat-wed, or daily.",
                "channels-bad-time",
                text=word,
            )
        at, end = DAYS.index(first), DAYS.index(last or first)
        days.add(end)
        while at != end:
            days.add(at)
            at = (at + 1) % 7
    return () if len(days) == len(DAYS) else tuple(sorted(days))


def parse_zone(text: str, named: Mapping[str, str] | None = None) -> str:
    """The IANA name of a zone from ``asia/kabul``, ``Kabul`` or one of ``named`` (what people call it → IANA name)."""
    wanted = re.sub(r"\s+", "_", text.strip()).casefold()
    known = {re.sub(r"\s+", "_", name).casefold(): zone for name, zone in (named or {}).items()}
    found = known.get(wanted) or _zones().get(wanted)
    if found is None:
        cities = {zone for folded, zone in _zones().items() if folded.rpartition("/")[2] == wanted}
        found = next(iter(cities)) if len(cities) == 1 else None
    if found is None:
        shown = " ".join(text.split())[:60]
        raise SettingTextError(
            f"“{shown}” is no timezone; one is called like Asia/Kabul or Europe/Moscow.",
            "channels-bad-zone",
            text=shown,
        )
    return found


def parse_terms(text: str) -> tuple[str, ...]:
    """Terms, one a line or with commas between them, each once whatever its case."""
    found: dict[str, str] = {}
    for part in re.split(r"[\n,;،؛]", text):
        term = " ".join(part.split())
        if len(term) > TERM_CHARACTERS:
            raise SettingTextError(
                f"A term has at most {TERM_CHARACTERS} characters: “{term[:40]}…”.",
                "channels-bad-term",
                text=term[:40],
                most=TERM_CHARACTERS,
            )
        if term:
            found.setdefault(term.casefold(), term)
    if len(found) > MOST_TERMS:
        raise SettingTextError(f"There can be up to {MOST_TERMS} terms.", "channels-bad-terms", most=MOST_TERMS)
    return tuple(found.values())


def parse_heading(text: str) -> str:
    """A heading: one line."""
    heading = " ".join(text.split())
    if len(heading) > HEADING_CHARACTERS:
        raise SettingTextError(
            f"A heading has at most {HEADING_CHARACTERS} characters.", "channels-bad-heading", most=HEADING_CHARACTERS
        )
    return heading


def parse_addresses(text: str) -> tuple[str, ...]:
    """What may be addresses of feeds, as they were typed: one a line, or with spaces between them; each once."""
    # a comma may be part of an address, at its end it is none
    words = (word.strip(",;").lstrip("-•*") for word in re.split(r"[\s،؛]+", text.strip()))
    found = list(dict.fromkeys(word for word in words if word))
    if len(found) > MOST_ADDRESSES:
        raise SettingTextError(
            f"Send up to {MOST_ADDRESSES} addresses at a time.", "channels-bad-addresses", most=MOST_ADDRESSES
        )
    return tuple(found)


def parse_chat(text: str) -> ChatAddress:
    """A chat from ``-1001234567``, ``-1001234567/12`` (a topic), ``@name`` or a link of Telegram."""
    text = text.strip()
    if match := _NUMBER.fullmatch(text):
        return ChatAddress(number=int(match[1]), topic_id=int(match[2]) if match[2] else None)
    if match := _INSIDE.fullmatch(text):
        return ChatAddress(number=int(f"-100{match[1]}"), topic_id=int(match[2]) if match[2] else None)
    if match := _PUBLIC.fullmatch(text):
        return ChatAddress(name=match[1])
    shown = " ".join(text.split())[:60]
    raise SettingTextError(
        f"“{shown}” names no chat; write its number (-1001234567890) or its @name.", "channels-bad-chat", text=shown
    )


def _time(word: str) -> time:
    match = _TIME.fullmatch(word)
    # int() reads Persian and Arabic digits as it does Latin ones
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise SettingTextError(
            f"“{word[:20]}” is no time of the day; one is written like 07:30.", "channels-bad-time", text=word[:20]
        )
    return time(hour, minute)


@cache
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones  # noqa: PLC0415 - walks the system's tables

    return {name.casefold(): name for name in sorted(available_timezones())}
