"""Slots are strictly later than one another, at the local time and weekday asked for, through every change of a clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from bot.digests.schedule import (
    CATCH_UP,
    LIVE_EVERY,
    Schedule,
    allowed,
    decode,
    due_slot,
    encode,
    next_slot,
    read_time,
)

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ZONES = (
    "Asia/Kabul", "Asia/Kathmandu", "Asia/Tehran", "Europe/Berlin", "Europe/Moscow", "Europe/Dublin", "America/New_York",
    "America/Sao_Paulo", "America/Nuuk", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
    "Africa/Cairo", "Africa/Casablanca", "Antarctica/Troll", "UTC",
)  # fmt: skip
"""Whole, half and quarter hours off; changes of 30, 60 and 120 minutes, at midnight, backwards in winter; a day left out."""

INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis asks so
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 29, 30, 45, 59]))
WEEKDAYS = st.sets(st.integers(0, 6)).map(tuple)
TIMED = st.builds(
    Schedule,
    times=st.sets(TIMES, min_size=1, max_size=5).map(tuple),
    weekdays=WEEKDAYS,
    timezone=st.sampled_from(ZONES),
)
QUIET = st.none() | st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1])
LIVE = st.builds(Schedule, kind=st.just("live"), weekdays=WEEKDAYS, timezone=st.sampled_from(ZONES), quiet=QUIET)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def at(zone: str, *times: str, weekdays: tuple[int, ...] = ()) -> Schedule:
    return Schedule(times=tuple(map(read_time, times)), timezone=zone, weekdays=weekdays)


def shown(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def is_asked_for(schedule: Schedule, slot: datetime) -> bool:
    """Its clock shows one of the times on one of the weekdays, or one of them was left out just before."""
    zone = ZoneInfo(schedule.timezone)
    local, before = shown(slot, schedule.timezone), shown(slot - MINUTE, schedule.timezone) + MINUTE
    if local.time() in schedule.times and (not schedule.weekdays or local.weekday() in schedule.weekdays):
        return True
    skipped = [before + n * MINUTE for n in range(int((local - before) / MINUTE))]
    return any(
        wall.time() in schedule.times
        and (not schedule.weekdays or wall.weekday() in schedule.weekdays)
        and shown(wall.replace(tzinfo=zone).astimezone(UTC), schedule.timezone) != wall
        for wall in skipped
    )


@given(TIMED, INSTANTS)
def test_slots_follow_one_another_at_what_was_asked_for(schedule: Schedule, start: datetime) -> None:
    slot = start
    for _ in range(12):
        following = next_slot(schedule, slot)
        assert slot < following <= slot + 9 * DAY
        assert following.tzinfo is UTC
        assert is_asked_for(schedule, following)
        # nothing lies between: from any moment before it, it is the next one
        assert next_slot(schedule, following - timedelta(microseconds=1)) == following
        assert next_slot(schedule, slot + (following - slot) / 2) == following
        slot = following


@given(TIMED, INSTANTS)
def test_no_time_of_a_day_is_forgotten(schedule: Schedule, start: datetime) -> None:
    """Every day has its times, each once, but for those that a gap makes one."""
    end = start + 15 * DAY
    slots = []
    slot = next_slot(schedule, start)
    while slot < end:
        slots.append(slot)
        slot = next_slot(schedule, slot)
    zone = ZoneInfo(schedule.timezone)
    first, last = shown(start, schedule.timezone).date(), shown(end, schedule.timezone).date()
    day = first + DAY
    while day < last - DAY:
        if not schedule.weekdays or day.weekday() in schedule.weekdays:
            for one in schedule.times:
                wall = datetime.combine(day, one)
                instant = wall.replace(tzinfo=zone).astimezone(UTC)
                exists = shown(instant, schedule.timezone) == wall
                # behind a gap by less than the gap, which is a day at most
                assert instant in slots if exists else any(instant - DAY <= one <= instant for one in slots)
        day += DAY


@given(TIMED, INSTANTS, st.integers(0, 60 * 24 * 20))
def test_a_sleep_ends_with_one_issue_at_most(schedule: Schedule, start: datetime, minutes: int) -> None:
    last = next_slot(schedule, start)
    now = last + minutes * MINUTE
    slot = due_slot(schedule, last, now)
    missed = []
    following = next_slot(schedule, last)
    while following <= now:
        missed.append(following)
        following = next_slot(schedule, following)
    in_time = [one for one in missed if one >= now - CATCH_UP]
    assert slot == (in_time[-1] if in_time else None)
    if slot is not None:
        assert due_slot(schedule, slot, now) is None
        assert due_slot(schedule, slot, now - HOUR) is None
        assert next_slot(schedule, now) > slot


@given(LIVE, INSTANTS)
def test_a_live_channel_is_looked_at_often_and_never_in_its_quiet_time(schedule: Schedule, start: datetime) -> None:
    look = start
    for _ in range(20):
        following = next_slot(schedule, look)
        assert look < following <= look + 9 * DAY
        assert allowed(schedule, following)
        minute = (look + LIVE_EVERY).replace(second=0, microsecond=0)
        while minute < following:  # it waits for nothing but the quiet time
            assert not allowed(schedule, minute)
            minute += 7 * MINUTE
        due = due_slot(schedule, None, following)
        assert due is not None
        assert following - LIVE_EVERY < due <= following
        assert due_slot(schedule, due, following) is None
        look = following


@given(LIVE | TIMED)
def test_json_says_all_of_a_schedule(schedule: Schedule) -> None:
    assert decode(encode(schedule)) == schedule


@pytest.mark.parametrize(
    ("zone", "time_", "after", "slots"),
    [
        # half past four hours ahead, no change of the clock
        ("Asia/Kabul", "07:30", utc(2026, 3, 4, 3), [utc(2026, 3, 5, 3), utc(2026, 3, 6, 3)]),
        # 02:00 → 03:00 on 29 March: 02:30 is taken at 03:00
        ("Europe/Berlin", "02:30", utc(2026, 3, 28, 1, 30), [utc(2026, 3, 29, 1), utc(2026, 3, 30, 0, 30)]),
        # 03:00 → 02:00 on 25 October: 02:30 comes twice and counts once
        ("Europe/Berlin", "02:30", utc(2026, 10, 24, 0, 30), [utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]),
        # half an hour: 02:00 → 02:30 on 4 October
        ("Australia/Lord_Howe", "02:15", utc(2026, 10, 2, 15, 45), [utc(2026, 10, 3, 15, 30), utc(2026, 10, 4, 15, 15)]),
        # half an hour back: 02:00 → 01:30 on 5 April
        ("Australia/Lord_Howe", "01:45", utc(2026, 4, 3, 15), [utc(2026, 4, 4, 14, 45), utc(2026, 4, 5, 15, 15)]),
        # Samoa had no 30 December in 2011
        ("Pacific/Apia", "12:00", utc(2011, 12, 28, 22), [utc(2011, 12, 29, 22), utc(2011, 12, 30, 10), utc(2011, 12, 30, 22)]),
    ],
)  # fmt: skip
def test_changes_of_the_clock(zone: str, time_: str, after: datetime, slots: list[datetime]) -> None:
    found = []
    for _ in slots:
        after = next_slot(at(zone, time_), after)
        found.append(after)
    assert found == slots


def test_times_that_a_gap_makes_one_are_one_slot() -> None:
    schedule = at("Europe/Berlin", "02:15", "02:45", "03:00")
    assert next_slot(schedule, utc(2026, 3, 29, 0)) == utc(2026, 3, 29, 1)
    assert next_slot(schedule, utc(2026, 3, 29, 1)) == utc(2026, 3, 30, 0, 15)


def test_weekdays_are_those_of_the_channel_not_of_utc() -> None:
    friday = at("Asia/Kabul", "02:00", weekdays=(4,))
    assert next_slot(friday, utc(2026, 3, 1)) == utc(2026, 3, 5, 21, 30)  # a Thursday in UTC


def test_what_was_missed_is_caught_up_with_inside_of_the_window_only() -> None:
    schedule = at("UTC", "07:00", "12:00")
    assert due_slot(schedule, None, utc(2026, 3, 4, 6, 59)) is None
    assert due_slot(schedule, None, utc(2026, 3, 4, 7)) == utc(2026, 3, 4, 7)
    assert due_slot(schedule, None, utc(2026, 3, 4, 10)) == utc(2026, 3, 4, 7)
    assert due_slot(schedule, None, utc(2026, 3, 4, 10, 1)) is None
    assert due_slot(schedule, utc(2026, 2, 1, 7), utc(2026, 3, 4, 12, 5)) == utc(2026, 3, 4, 12)
    assert due_slot(schedule, utc(2026, 3, 4, 7), utc(2026, 3, 4, 14), timedelta(hours=9)) == utc(2026, 3, 4, 12)
    assert due_slot(schedule, utc(2026, 3, 4, 12), utc(2026, 3, 4, 7, 1)) is None  # a clock that went back


@pytest.mark.parametrize(
    ("quiet", "silent", "ends"),
    [
        (("22:00", "06:30"), utc(2026, 3, 4, 23), utc(2026, 3, 5, 6, 30)),
        (("00:00", "06:03"), utc(2026, 3, 4, 0), utc(2026, 3, 4, 6, 3)),
        (("13:00", "14:00"), utc(2026, 3, 4, 13, 59), utc(2026, 3, 4, 14)),
    ],
)
def test_a_quiet_time_ends_at_its_minute(quiet: tuple[str, str], silent: datetime, ends: datetime) -> None:
    schedule = Schedule(kind="live", timezone="UTC", quiet=(read_time(quiet[0]), read_time(quiet[1])))
    assert due_slot(schedule, None, silent) is None
    assert next_slot(schedule, silent - LIVE_EVERY) == ends
    assert next_slot(schedule, silent) == ends
    assert due_slot(schedule, None, ends) is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"times": []}, "1 to 24 times"),
        ({"times": [f"{n // 2:02}:{n % 2 * 30:02}" for n in range(25)]}, "not 25"),
        ({"times": ["24:00"]}, "“24:00” is no time"),
        ({"times": ["7.30"]}, "“7.30” is no time"),
        ({"times": [730]}, "“730” is no time"),
        ({"times": "07:30"}, "are lists"),
        ({"times": ["07:30"], "weekdays": [7]}, "0 .Monday. to 6"),
        ({"times": ["07:30"], "weekdays": ["1"]}, "0 .Monday. to 6"),
        ({"times": ["07:30"], "timezone": "Kabul"}, "“Kabul” is no timezone"),
        ({"times": ["07:30"], "timezone": "../etc/passwd"}, "is no timezone"),
        ({"times": ["07:30"], "timezone": "America"}, "is no timezone"),
        ({"times": ["07:30"], "timezone": ""}, "is no timezone"),
        ({"times": ["07:30"], "quiet": ["22:00", "06:00"]}, "Only a live"),
        ({"kind": "live", "times": ["07:30"]}, "no times"),
        ({"kind": "live", "quiet": ["22:00", "22:00"]}, "another time"),
        ({"kind": "live", "quiet": ["22:00"]}, "two times"),
        ({"kind": "cron"}, "“cron”"),
        ({"times": ["07:30"], "cron": "* * * * *"}, "has no cron"),
        ("07:30", "is an object"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decode(wrong)


def test_times_are_minutes_without_a_zone_sorted_each_once() -> None:
    assert at("UTC", "12:00", "7:00", "۰۷:۰۰").times == (time(7), time(12))
    for wrong in (time(7, 0, 1), time(7, tzinfo=UTC)):
        with pytest.raises(ValueError, match="whole minutes"):
            Schedule(times=(wrong,))
