"""When a feed is asked again: what it said of itself and how its polls went → the next time. Pure.

A feed is asked every quarter of an hour, or as seldom as it wants within six hours. One that fails is asked half as often after
each failure, down to once a day, and given up after a week. Every feed has a place of its own in the interval, so that a thousand
feeds that were added in one minute are not asked in one minute for ever.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

USUAL: Final = timedelta(minutes=15)
SELDOM: Final = timedelta(hours=6)
"""What a feed may ask for: many give a day or a week without knowing it, and news are late by then."""
MOST: Final = timedelta(days=1)
GIVE_UP_AFTER: Final = timedelta(days=7)
GIVE_UP_FAILURES: Final = 8
"""Failures that a feed must have had as well: a server of ours that was off for a week gives up nothing."""
_SPREAD: Final = 0.2
"""Share of an interval that a feed's own place moves it by, at most."""


def after_success(
    now: datetime, place: float, *, ttl: timedelta | None = None, fresh_for: timedelta | None = None
) -> datetime:
    """The next poll after one that went well. ``place`` is ``place_of`` the feed; ``ttl`` and ``fresh_for`` are its wishes."""
    wished = max((one for one in (ttl, fresh_for) if one is not None), default=USUAL)
    return now + _spread(min(max(wished, USUAL), SELDOM), place)


def last_wish(polled_at: datetime | None, due_at: datetime | None, place: float) -> timedelta | None:
    """What ``after_success`` was told at ``polled_at``, from its answer; None where nothing is known."""
    if polled_at is None or due_at is None or due_at <= polled_at:
        return None
    return (due_at - polled_at) / _factor(place)


def after_failure(now: datetime, place: float, *, failures: int, retry_after: timedelta | None = None) -> datetime:
    """The next poll after the ``failures``-th failure in a row; not before ``retry_after``, which is a day at most."""
    doubled = min(USUAL * 2 ** min(max(failures - 1, 0), 10), MOST)
    return now + max(_spread(doubled, place), min(retry_after or timedelta(0), MOST))


def given_up(now: datetime, *, failing_since: datetime | None, failures: int) -> bool:
    """True for a feed that has failed for so long that nobody waits for it any more."""
    return failing_since is not None and now - failing_since >= GIVE_UP_AFTER and failures >= GIVE_UP_FAILURES


def place_of(url: str) -> float:
    """A feed's place from 0 to 1, always the same."""
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:4], "big") / 2**32


def _spread(interval: timedelta, place: float) -> timedelta:
    return interval * _factor(place)


def _factor(place: float) -> float:
    return 1 + _SPREAD * place
