"""What the bot allows itself: rates with headroom under Telegram's, waits, ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum


class Priority(IntEnum):
    """Who goes first where the whole bot's rate is short. A chat's own messages keep their order."""

    LIGHT = 0
    """Answers to presses and inline queries, chat actions, deletions."""
    INTERACTIVE = 1
    """Somebody waits for it."""
    BACKGROUND = 2
    """Auto-digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Rates count calls; times are in seconds unless their type says otherwise.

    Telegram's figures (https://core.telegram.org/bots/faq#broadcasting-to-users): about one message a second in a chat with
    short bursts, 20 a minute in a group, about 30 a second in all. It counts arrivals and the pacer counts departures, which
    a network bunches: that is what the headroom is for.
    """

    chat_per_second: float = 1.0
    chat_burst: int = 2
    group_per_minute: int = 18
    per_second: float = 25.0
    burst: int = 5
    light_per_second: float | None = None
    """Rate of ``Priority.LIGHT`` calls, apart from ``per_second``; None: they count as all others do."""

    flood_chats: int = 3
    """So many chats with a 429 within ``flood_window``: the wait is the whole bot's."""
    flood_window: float = 10.0
    flood_jitter: float = 1.0
    """At most so much is added to each wait that Telegram asks for."""
    flood_default: float = 5.0
    """The wait for a 429 that names none."""

    backoff: float = 1.0
    """First wait after a call that failed on its way; doubles up to ``backoff_most``."""
    backoff_most: float = 60.0
    resends: int = 1
    """How often a call may be repeated of which nobody knows whether it arrived."""
    stale: timedelta = timedelta(hours=6)
    """What is older says nothing useful any more and fails."""

    rich_off: timedelta = timedelta(days=1)
    """A server without rich messages is asked again after this."""
    drafts_off: float = 600.0
    """A chat in which a draft failed gets none for so long."""
    draft_refresh: float = 20.0
    """Telegram shows a draft for 30 s."""
    progress_pause: float = 3.0
    """Between two edits of a progress message."""
