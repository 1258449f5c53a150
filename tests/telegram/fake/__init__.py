"""A fake Bot API for tests and benches: a real HTTP server on loopback. See ``tests/telegram/README.md``."""

from __future__ import annotations

from tests.telegram.fake.faults import BadGateway, DropAfter, DropBefore, Fault, Garbled, Hold, Slow, Status, TooMany
from tests.telegram.fake.flood import Breach, FloodLimits, ManualClock
from tests.telegram.fake.model import Button, Chat, Draft, Event, Message, User
from tests.telegram.fake.server import TOKEN, FakeTelegram
from tests.telegram.fake.world import Asked, Bot, Query

__all__ = [
    "TOKEN", "Asked", "BadGateway", "Bot", "Breach", "Button", "Chat", "Draft", "DropAfter", "DropBefore", "Event",
    "FakeTelegram", "Fault", "FloodLimits", "Garbled", "Hold", "ManualClock", "Message", "Query", "Slow", "Status", "TooMany",
    "User",
]  # fmt: skip
