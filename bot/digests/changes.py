"""Options of ``khabar channels set`` → a subscription after them. Pure; a ValueError is a sentence for whoever typed them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from bot.digests.schedule import Schedule
from bot.digests.settings_text import parse_heading, parse_quiet, parse_terms, parse_times, parse_weekdays, parse_zone
from bot.settings import languages as parse_languages
from bot.storage.subscriptions import NewSubscription
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_TIMES: Final = (time(8), time(18))
"""Times of a new channel, and of one that was live: the morning and the evening."""
NONE: Final = "none"


def begun(
    chat_id: int,
    topic_id: int | None,
    languages: tuple[Language, ...] = (Language.ENGLISH,),
    created_by: int | None = None,
) -> NewSubscription:
    """A channel's settings as they begin: off, without feeds."""
    schedule = Schedule(times=FIRST_TIMES)
    return NewSubscription(
        chat_id=chat_id, topic_id=topic_id, languages=languages, schedule=schedule, created_by=created_by
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes: fields of the subscription and of its schedule."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    schedule: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        *,
        languages: str | None = None,
        times: str | None = None,
        live: bool = False,
        quiet: str | None = None,
        days: str | None = None,
        timezone: str | None = None,
        length: str | None = None,
        items: int | None = None,
        include: str | None = None,
        exclude: str | None = None,
        least_sources: int | None = None,
        heading: str | None = None,
        say_when_empty: bool | None = None,
    ) -> Changes:
        """The options as they were typed; None is an option that was not given. Raises ValueError."""
        if live and times is not None:
            raise ValueError("--live and --times exclude each other.")
        schedule: dict[str, Any] = {}
        if times is not None:
            schedule |= {"kind": "times", "times": parse_times(times), "quiet": None}
        if live:
            schedule |= {"kind": "live", "times": ()}
        if quiet is not None:
            schedule["quiet"] = None if quiet == NONE else parse_quiet(quiet)
        if days is not None:
            schedule["weekdays"] = parse_weekdays(days)
        if timezone is not None:
            schedule["timezone"] = parse_zone(timezone)
        settings: dict[str, Any] = {
            "length": length,
            "most_items": items,
            "include": None if include is None else parse_terms(include),
            "exclude": None if exclude is None else parse_terms(exclude),
            "least_sources": least_sources,
            "heading": None if heading is None else parse_heading(heading),
            "say_when_empty": say_when_empty,
        }
        if languages is not None:
            settings["languages"] = parse_languages(languages, "--languages")
            if not settings["languages"]:
                raise ValueError("--languages: a channel needs a language.")
        return cls(settings={name: value for name, value in settings.items() if value is not None}, schedule=schedule)

    def applied(self, one: NewSubscription) -> NewSubscription:
        """``one`` after the changes. Raises ValueError where they make no sense together."""
        return replace(one, **self.settings, schedule=replace(one.schedule, **self.schedule))
