"""How long to wait before a call is tried again: full jitter, unless the server says itself.

Full jitter: a uniform draw from zero to the exponential bound; it clears a crowd of callers fastest (M. Brooker, "Exponential
Backoff and Jitter", AWS Architecture Blog, 2015).
"""

from __future__ import annotations

from contextlib import suppress
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_BOUND: Final = 0.5
"""Seconds; the bound doubles with every attempt."""
LAST_BOUND: Final = 20.0


def delay(attempt: int, draw: float, asked: float | None) -> float:
    """Seconds before the attempt after ``attempt`` (from 0). ``draw`` is uniform in 0-1; ``asked`` the server's wish."""
    bound = min(LAST_BOUND, FIRST_BOUND * 2.0 ** min(attempt, 30))
    return max(draw * bound, asked or 0.0)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: ``retry-after-ms``, or ``Retry-After`` in seconds or as a date.

    A date is read against the server's own ``Date``, so that no clock needs to be right. ``headers`` ignore case.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with suppress(ValueError):
            seconds = float(headers.get(name, "")) * unit
            if isfinite(seconds) and seconds >= 0:
                return seconds
    with suppress(ValueError, TypeError):
        asked = parsedate_to_datetime(headers.get("retry-after", "")) - parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, asked.total_seconds())
    return None
