"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.feeds.backoff import (
    GIVE_UP_AFTER,
    GIVE_UP_FAILURES,
    MOST,
    SELDOM,
    USUAL,
    after_failure,
    after_success,
    given_up,
    last_wish,
    place_of,
)

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ttl", "fresh_for", "waits"),
    [
        (None, None, USUAL),
        (timedelta(minutes=1), None, USUAL),
        (HOUR, None, HOUR),
        (None, HOUR, HOUR),
        (HOUR, 2 * HOUR, 2 * HOUR),
        (timedelta(days=30), None, SELDOM),
        (timedelta(0), timedelta(0), USUAL),
    ],
)
def test_a_feed_is_asked_as_seldom_as_it_wants_within_reason(
    ttl: timedelta | None, fresh_for: timedelta | None, waits: timedelta
) -> None:
    assert after_success(NOW, 0, ttl=ttl, fresh_for=fresh_for) == NOW + waits


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [after_failure(NOW, 0, failures=number) - NOW for number in range(1, 12)]
    assert waits[:4] == [USUAL, 2 * USUAL, 4 * USUAL, 8 * USUAL]
    assert waits[-1] == MOST
    assert waits == sorted(waits)
    assert after_failure(NOW, 0, failures=10**9) == NOW + MOST


def test_a_server_that_names_a_time_is_not_asked_before_it() -> None:
    assert after_failure(NOW, 0.5, failures=1, retry_after=5 * HOUR) == NOW + 5 * HOUR
    assert after_failure(NOW, 0, failures=8, retry_after=timedelta(seconds=5)) == NOW + MOST
    assert after_failure(NOW, 0, failures=1, retry_after=timedelta(days=90)) == NOW + MOST


def test_feeds_that_were_added_together_part() -> None:
    places = [place_of(f"https://a.example/feed/{number}") for number in range(1000)]
    assert all(0 <= place < 1 for place in places)
    due = sorted(after_success(NOW, place) for place in places)
    assert due[0] >= NOW + USUAL
    busiest = max(sum(start <= one < start + timedelta(seconds=10) for one in due) for start in due)
    assert busiest < 120, "1,000 feeds over three minutes are 56 in ten seconds"
    assert place_of("https://a.example/") == place_of("https://a.example/")


@pytest.mark.parametrize("place", [0.0, 0.31, 0.999])
def test_a_wish_is_remembered_by_the_time_that_it_led_to(place: float) -> None:
    first = after_success(NOW, place, ttl=HOUR)
    wish = last_wish(NOW, first, place)
    assert wish is not None
    assert abs(after_success(first, place, ttl=wish) - first - (first - NOW)) < timedelta(seconds=1)
    assert last_wish(None, NOW, place) is None
    assert last_wish(NOW, None, place) is None
    assert last_wish(NOW, NOW - HOUR, place) is None, "it was revived by hand"


def test_a_feed_is_given_up_after_long_failure_only() -> None:
    long_ago = NOW - GIVE_UP_AFTER
    assert given_up(NOW, failing_since=long_ago, failures=GIVE_UP_FAILURES)
    assert not given_up(NOW, failing_since=long_ago + timedelta(seconds=1), failures=100)
    assert not given_up(NOW, failing_since=long_ago, failures=GIVE_UP_FAILURES - 1), "we were off, not the feed"
    assert not given_up(NOW, failing_since=None, failures=0)


def test_a_feed_that_always_fails_is_given_up_in_its_second_week_at_the_latest() -> None:
    at, failures = NOW, 0
    while not given_up(at, failing_since=NOW, failures=failures):
        failures += 1
        at = after_failure(at, 1, failures=failures)
    assert GIVE_UP_AFTER <= at - NOW < timedelta(days=9)
