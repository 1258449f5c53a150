"""When a channel's issues are due: a schedule and a time → the next slot, or the one that was missed.

A slot is the instant that an issue is for, in UTC; it is what makes an issue unique, so it must never depend on when somebody
looked. Local times are read as people do at a change of the clock: one that is skipped is taken at the first instant after the
gap, one that comes twice counts the first time only.

Pure: no clock is read here. Zones are those of ``zoneinfo`` (the system's tables, or the ``tzdata`` package).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["times", "live"]
TIMEZONE: Final = "Asia/Kabul"
MOST_TIMES: Final = 24
CATCH_UP: Final = timedelta(hours=3)
"""A slot that was missed for longer is skipped: yesterday's news at the wrong time help nobody."""
LIVE_EVERY: Final = timedelta(minutes=5)
"""How often a live channel is looked at; its slots are the multiples of it in UTC."""
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_DAYS_AHEAD: Final = 9
"""A week, the day that a zone may be behind UTC, and one that a zone once left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a channel gets an issue: at ``times`` of the day, or ``live``, as soon as there is something new.

    ``times`` and ``weekdays`` (0 is Monday, none: every day) are kept sorted, each once. ``quiet`` is from when to when a live
    channel is left in peace; it may pass midnight. Raises ValueError with a sentence for what makes no sense.
    """

    kind: Kind = "times"
    times: tuple[time, ...] = ()
    weekdays: tuple[int, ...] = ()
    timezone: str = TIMEZONE
    quiet: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", tuple(sorted(set(self.times))))
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        zone(self.timezone)
        if self.kind not in ("times", "live"):
            raise ValueError(f"A schedule is “times” or “live”, not “{self.kind}”.")
        if self.kind == "times" and not 1 <= len(self.times) <= MOST_TIMES:
            raise ValueError(f"A schedule needs 1 to {MOST_TIMES} times of the day, not {len(self.times)}.")
        if self.kind == "live" and self.times:
            raise ValueError("A live schedule has no times of the day.")
        if self.kind == "times" and self.quiet is not None:
            raise ValueError("Only a live schedule has a quiet time.")
        if any(not 0 <= day <= 6 for day in self.weekdays):
            raise ValueError("Weekdays are numbers from 0 (Monday) to 6 (Sunday).")
        if any(one != time(one.hour, one.minute) for one in (*self.times, *(self.quiet or ()))):
            raise ValueError("Times of the day are whole minutes, without a zone of their own.")
        if self.quiet is not None and self.quiet[0] == self.quiet[1]:
            raise ValueError("A quiet time must end at another time than it begins.")


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """The first slot after ``after``, in UTC.

    A live schedule's is its next look, at most ``LIVE_EVERY`` later, or the end of the quiet time.
    """
    after = after.astimezone(UTC)
    if schedule.kind == "live":
        return _next_look(schedule, after)
    return min(slot for slot in _slots(schedule, after, range(-1, _DAYS_AHEAD + 1)) if slot > after)


def due_slot(
    schedule: Schedule, last_slot: datetime | None, now: datetime, window: timedelta = CATCH_UP
) -> datetime | None:
    """The slot that ``now`` calls for: the latest one up to it, where that is after ``last_slot`` and at most ``window`` ago.

    None where there is none. Earlier slots that were missed are left out, so a long sleep ends with one issue, and a clock that
    goes back with none.
    """
    now = now.astimezone(UTC)
    if schedule.kind == "live":
        latest = _look(now) if allowed(schedule, now) else None
    else:
        past = [slot for slot in _slots(schedule, now, range(-_DAYS_AHEAD, 2)) if now - window <= slot <= now]
        latest = max(past, default=None)
    if latest is None or (last_slot is not None and latest <= last_slot):
        return None
    return latest


def allowed(schedule: Schedule, now: datetime) -> bool:
    """True where a live channel may be written to: on one of its weekdays, outside of its quiet time."""
    local = now.astimezone(zone(schedule.timezone))
    if schedule.weekdays and local.weekday() not in schedule.weekdays:
        return False
    if schedule.quiet is None:
        return True
    start, end = schedule.quiet
    at = local.time()
    return not (start <= at < end if start < end else at >= start or at < end)


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this IANA name. Raises ValueError with a sentence."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
        raise ValueError(f"“{name}” is no timezone; one is called like Asia/Kabul or Europe/Moscow.") from None


def encode(schedule: Schedule) -> dict[str, Any]:
    """``schedule`` as JSON can say it; ``decode`` reads it."""
    return {
        "kind": schedule.kind,
        "times": [one.isoformat("minutes") for one in schedule.times],
        "weekdays": list(schedule.weekdays),
        "timezone": schedule.timezone,
        "quiet": [one.isoformat("minutes") for one in schedule.quiet] if schedule.quiet else None,
    }


def decode(value: object) -> Schedule:
    """A schedule from what ``encode`` made, or from a file that somebody wrote. Raises ValueError."""
    if not isinstance(value, Mapping):
        raise ValueError("A schedule is an object with kind, times, weekdays, timezone and quiet.")  # noqa: TRY004
    if unknown := value.keys() - {"kind", "times", "weekdays", "timezone", "quiet"}:
        raise ValueError(f"A schedule has no {', '.join(sorted(map(str, unknown)))}.")
    times, weekdays, quiet = value.get("times") or [], value.get("weekdays") or [], value.get("quiet")
    if not isinstance(times, list) or not isinstance(weekdays, list):
        raise ValueError("Times and weekdays of a schedule are lists.")  # noqa: TRY004
    if any(type(day) is not int for day in weekdays):
        raise ValueError("Weekdays are numbers from 0 (Monday) to 6 (Sunday).")
    if quiet is not None and (not isinstance(quiet, list) or len(quiet) != 2):
        raise ValueError("A quiet time is two times of the day: from and to.")
    return Schedule(
        kind=value.get("kind", "times"),
        times=tuple(read_time(one) for one in times),
        weekdays=tuple(weekdays),
        timezone=str(value.get("timezone", TIMEZONE)),
        quiet=None if quiet is None else (read_time(quiet[0]), read_time(quiet[1])),
    )


def read_time(text: object) -> time:
    """A time of the day from ``7:30`` or ``07:30``, in any of Khabar's digits. Raises ValueError with a sentence."""
    hours, colon, minutes = str(text).strip().partition(":")
    # int() reads Persian and Arabic digits as it does Latin ones
    if colon and hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2 and len(minutes) == 2:
        hour, minute = int(hours), int(minutes)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError(f"“{text}” is no time of the day; one is written like 07:30.")


def _slots(schedule: Schedule, around: datetime, days: range) -> Iterator[datetime]:
    tz = zone(schedule.timezone)
    today = around.astimezone(tz).date()
    for ahead in days:
        day = today + ahead * _DAY
        if not schedule.weekdays or day.weekday() in schedule.weekdays:
            yield from (_instant(day, at, tz) for at in schedule.times)


def _instant(day: date, at: time, tz: ZoneInfo) -> datetime:
    """When a clock of ``tz`` first shows this, or the end of the gap that it falls into."""
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=tz).astimezone(UTC)
    if found.astimezone(tz).replace(tzinfo=None) == wall:
        return found
    # in a gap, fold=0 counts from the offset before it and lands behind its end, fold=1 before it
    low, high = wall.replace(tzinfo=tz, fold=1).astimezone(UTC), found
    after = high.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(tz).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high


def _look(now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // LIVE_EVERY.total_seconds() * LIVE_EVERY.total_seconds(), UTC)


def _next_look(schedule: Schedule, after: datetime) -> datetime:
    first = look = _look(after) + LIVE_EVERY
    while not allowed(schedule, look):
        look += LIVE_EVERY
    while look > first and allowed(schedule, look - _MINUTE):
        look -= _MINUTE
    return look
