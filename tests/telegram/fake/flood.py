"""Telegram's flood limits on a clock: message by message → admitted, or the seconds to wait.

Telegram names three limits (core.telegram.org/bots/faq): about one message a second in a chat with short bursts, 20 a minute in a
group, 30 a second in all. It publishes no mechanism; this is the model chosen here, on the strict side:

- a chat: a bucket of ``chat_burst`` messages that refills at ``chat_per_second``;
- a group or channel: besides, no more than ``group_per_minute`` in any sixty seconds;
- all chats: a bucket of ``overall_burst`` that refills at ``overall_per_second``. A bucket rather than a sliding second, since a
  hiccup of the machine bunches what was sent evenly, and that is no breach;
- messages and edits count alike. Drafts and chat actions have a bucket of their own in each chat. Answers to queries, deletions
  and what only reads are free.

Every refusal is a breach, and so is whatever is sent to a chat before its ``retry_after`` has passed.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.telegram.fake.errors import flooded
from tests.telegram.fake.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGES = words("sendMessage sendRichMessage sendDocument editMessageText editMessageReplyMarkup")
PREVIEWS = words("sendMessageDraft sendRichMessageDraft sendChatAction")
MINUTE = 60.0
JITTER = 0.05  # s; a message that comes this much early on the minute was delayed less than the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """The model's figures; rates are per second unless named otherwise."""

    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    overall_per_second: float = 30.0
    overall_burst: int = 30
    preview_per_second: float = 5.0
    preview_burst: int = 10

    @classmethod
    def unlimited(cls) -> FloodLimits:
        """For tests that are about something else."""
        return cls(chat_burst=10**6, group_per_minute=10**6, overall_burst=10**6, preview_burst=10**6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A limit that was broken at ``at`` (server clock): ``what`` is chat, group, overall, preview or early."""

    at: float
    what: str
    method: str
    chat_id: int | None


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still until ``advance``; call it for the time in seconds."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass(slots=True, kw_only=True)
class _Bucket:
    rate: float
    size: int
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is room for one; 0 takes nothing yet."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate - 1e-9)


@dataclass(slots=True)
class Flood:
    """The limits of one bot."""

    limits: FloodLimits
    clock: Callable[[], float]
    breaches: list[Breach] = field(default_factory=list)
    _buckets: dict[tuple[str, int], _Bucket] = field(default_factory=dict)
    _minutes: dict[int, deque[float]] = field(default_factory=dict)
    _blocked: dict[int | None, float] = field(default_factory=dict)

    def refuse_early(self, method: str, chat_id: int | None) -> None:
        """Refuse a call that a running ``retry_after`` covers, the chat's or the bot's. Raises ``ApiError`` 429."""
        if method not in MESSAGES | PREVIEWS:
            return
        now = self.clock()
        until = max(self._blocked.get(chat_id, 0.0), self._blocked.get(None, 0.0))
        if until <= now:
            return
        self.breaches.append(Breach(at=now, what="early", method=method, chat_id=chat_id))
        raise flooded(max(1, math.ceil(until - now)))

    def block(self, chat_id: int | None, seconds: float) -> None:
        """Let nothing pass for so long: in one chat, or anywhere with None."""
        self._blocked[chat_id] = self.clock() + seconds

    def admit(self, method: str, chat_id: int, *, group: bool) -> None:
        """Count one call to a chat. Raises ``ApiError`` 429 where it is one too many."""
        if method in PREVIEWS:
            limits = [("preview", chat_id, self.limits.preview_per_second, self.limits.preview_burst)]
        elif method in MESSAGES:
            limits = [
                ("chat", chat_id, self.limits.chat_per_second, self.limits.chat_burst),
                ("overall", 0, self.limits.overall_per_second, self.limits.overall_burst),
            ]
        else:
            return
        now = self.clock()
        buckets = [(what, self._bucket(what, owner, rate, size, now)) for what, owner, rate, size in limits]
        waits = [(bucket.wait(now), what) for what, bucket in buckets]
        minute = self._minutes.setdefault(chat_id, deque()) if group and method in MESSAGES else None
        if minute is not None:
            while minute and minute[0] <= now - MINUTE + JITTER:
                minute.popleft()
            if len(minute) >= self.limits.group_per_minute:
                waits.append((minute[0] + MINUTE - now, "group"))
        longest, what = max(waits)
        if longest > 0:
            self.breaches.append(Breach(at=now, what=what, method=method, chat_id=chat_id))
            seconds = max(1, math.ceil(longest))
            self.block(None if what == "overall" else chat_id, seconds)
            raise flooded(seconds)
        for _, bucket in buckets:
            bucket.level -= 1
        if minute is not None:
            minute.append(now)

    def _bucket(self, what: str, owner: int, rate: float, size: int, now: float) -> _Bucket:
        return self._buckets.setdefault((what, owner), _Bucket(rate=rate, size=size, level=size, at=now))
