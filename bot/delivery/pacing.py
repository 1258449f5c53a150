"""Whose turn it is: calls that want to go → one after another, within ``Limits``, fair between chats.

A chat is a lane. Of the lanes whose own limits allow a call now, the most urgent goes first, and among equals the one that was
served longest ago, so that a chat with many parts never starves the others. One task sleeps until the next lane may go;
it exists only while somebody waits.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.delivery.limits import Limits, Priority
from bot.delivery.waiting import nap

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MINUTE: Final = 60.0
_NEAR: Final = 1e-6
"""Sums of seconds are compared this closely: a sleep to the very moment must find the moment come."""
_MANY_LANES: Final = 1024


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is room for one call."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 - _NEAR else (1 - self.level) / self.rate

    def take(self) -> None:
        self.level -= 1


_Waiter: TypeAlias = tuple[Priority, int, "asyncio.Future[None]"]


@dataclass(slots=True, eq=False)
class _Lane:
    """Calls to one chat. ``version`` tells the heaps' valid entry of it from older ones, ``served`` is its last turn."""

    bucket: _Bucket | None
    minute: deque[float] | None
    per_minute: int
    blocked: float = 0.0
    served: int = 0
    version: int = 0
    waiters: list[_Waiter] = field(default_factory=list)

    def head(self) -> _Waiter | None:
        while self.waiters and self.waiters[0][2].done():  # cancelled
            heappop(self.waiters)
        return self.waiters[0] if self.waiters else None

    def ready_at(self, now: float) -> float:
        at = max(now, self.blocked)
        if self.bucket is not None:
            at = max(at, now + self.bucket.wait(now))
        if self.minute is not None:
            while self.minute and self.minute[0] <= now - MINUTE + _NEAR:
                self.minute.popleft()
            if len(self.minute) >= self.per_minute:
                at = max(at, self.minute[0] + MINUTE)
        return at

    def take(self, now: float) -> None:
        if self.bucket is not None:
            self.bucket.take()
        if self.minute is not None:
            self.minute.append(now)

    def idle(self, now: float) -> bool:
        rested = self.bucket is None or (not self.bucket.wait(now) and self.bucket.level >= self.bucket.size)
        return rested and not self.minute and self.blocked <= now and self.head() is None


class Pacer:
    """Turns. ``clock`` is monotonic, in seconds; ``sleep`` waits by it."""

    def __init__(
        self, limits: Limits, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._limits, self._clock, self._sleep = limits, clock, sleep
        now = clock()
        self._all = _Bucket(limits.per_second, limits.burst, limits.burst, now)
        apart = limits.light_per_second
        self._light = _Lane(_Bucket(apart, max(1.0, apart), max(1.0, apart), now) if apart else None, None, 0)
        self._all_blocked = 0.0
        self._lanes: dict[int, _Lane] = {}
        self._numbers = count(1)
        self._ready: list[tuple[Priority, int, int, int, _Lane]] = []
        self._resting: list[tuple[float, int, int, _Lane]] = []
        self._changed = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        lanes = (self._light, *self._lanes.values())
        return sum(not future.done() for lane in lanes for _, _, future in lane.waiters)

    async def turn(self, chat_id: int | None, priority: Priority) -> None:
        """Wait for a turn in a chat. With None, a call that no chat's limit counts; it goes as ``Priority.LIGHT``."""
        lane = self._light if chat_id is None else self._lane(chat_id)
        urgency = Priority.LIGHT if chat_id is None else priority
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(lane.waiters, (urgency, next(self._numbers), future))
        self._place(lane)
        self._wake()
        try:
            await future
        finally:
            if future.cancelled():
                self._place(lane)
                self._wake()

    def block(self, chat_id: int | None, seconds: float) -> None:
        """Let nothing go to a chat, or with None anywhere, for ``seconds`` from now, or longer where a longer wait runs."""
        until = self._clock() + seconds
        if chat_id is None:
            self._all_blocked = max(self._all_blocked, until)
        else:
            lane = self._lane(chat_id)
            lane.blocked = max(lane.blocked, until)
            self._place(lane)
        self._changed.set()

    def blocked(self, chat_id: int | None) -> float:
        """Seconds for which Telegram wants nothing in a chat (with None: anywhere); 0 where it has not said so."""
        lane = self._lanes.get(chat_id) if chat_id is not None else None
        return max(0.0, max(self._all_blocked, lane.blocked if lane else 0.0) - self._clock())

    def _lane(self, chat_id: int) -> _Lane:
        if chat_id not in self._lanes:
            now, limits = self._clock(), self._limits
            if len(self._lanes) >= _MANY_LANES:
                self._lanes = {key: lane for key, lane in self._lanes.items() if not lane.idle(now)}
            # ids of groups and channels are negative
            minute: deque[float] | None = deque() if chat_id < 0 else None
            bucket = _Bucket(limits.chat_per_second, limits.chat_burst, limits.chat_burst, now)
            self._lanes[chat_id] = _Lane(bucket, minute, limits.group_per_minute)
        return self._lanes[chat_id]

    def _place(self, lane: _Lane) -> None:
        """Put ``lane`` where it belongs now; its older entries become void."""
        lane.version += 1
        head = lane.head()
        if head is None:
            return
        now = self._clock()
        at = lane.ready_at(now)
        if at <= now + _NEAR:
            heappush(self._ready, (head[0], lane.served, next(self._numbers), lane.version, lane))
        else:
            heappush(self._resting, (at, next(self._numbers), lane.version, lane))

    def _wake(self) -> None:
        """Grant what may go at once; see that somebody looks after the rest."""
        if self._grant_due() is None:
            self._changed.set()
            return
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run(), name="pacer")
        self._changed.set()

    async def _run(self) -> None:
        while (at := self._grant_due()) is not None:
            self._changed.clear()
            await nap(self._sleep, max(0.0, at - self._clock()), self._changed)

    def _grant_due(self) -> float | None:
        """Grant all turns that are due; when to look again, None where nobody waits."""
        while True:
            now = self._clock()
            while self._resting and (self._void(self._resting[0]) or self._resting[0][0] <= now + _NEAR):
                entry = heappop(self._resting)
                if not self._void(entry):
                    self._place(entry[-1])
            while self._ready and self._void(self._ready[0]):
                heappop(self._ready)
            rested = self._resting[0][0] if self._resting else None
            if not self._ready:
                return None if rested is None else max(rested, self._all_blocked)
            lane = self._ready[0][-1]
            at = self._allowed_at(lane, now)
            if at > now + _NEAR:
                return at
            heappop(self._ready)
            self._grant(lane, now)

    def _allowed_at(self, lane: _Lane, now: float) -> float:
        apart = lane is self._light and lane.bucket is not None
        return max(self._all_blocked, now + (0.0 if apart else self._all.wait(now)))

    def _grant(self, lane: _Lane, now: float) -> None:
        head = lane.head()
        if head is not None:
            heappop(lane.waiters)
            lane.take(now)
            if lane is not self._light or lane.bucket is None:
                self._all.take()
            lane.served = next(self._numbers)
            head[2].set_result(None)
        self._place(lane)

    @staticmethod
    def _void(entry: tuple[float, int, int, _Lane] | tuple[Priority, int, int, int, _Lane]) -> bool:
        lane, version = entry[-1], entry[-2]
        return lane.version != version or lane.head() is None
