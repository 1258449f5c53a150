"""Misbehaviour on order: ``api.fault(Fault…, method=…, chat=…, times=…)`` → the next calls that fit fail in that way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.telegram.fake.model import Chat


@dataclass(frozen=True, slots=True)
class Status:
    """A refusal instead of an answer; the call is not carried out. ``text`` is the whole description."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class TooMany:
    """429; what comes to the chat (to any, where the call has no chat) within ``seconds`` is a breach."""

    seconds: int


@dataclass(frozen=True, slots=True)
class BadGateway:
    """502 with a page of HTML, as Telegram's front answers when it cannot reach what is behind it."""


@dataclass(frozen=True, slots=True)
class DropBefore:
    """The connection breaks, the call is not carried out."""


@dataclass(frozen=True, slots=True)
class DropAfter:
    """The call is carried out, then the connection breaks: the bot cannot know."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """The call is carried out, the answer is half a JSON object."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The call waits ``seconds`` of true time before it is carried out; for benches."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Hold:
    """The call waits for ``release()``, then it is carried out. ``begun`` is set once it waits."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        self.done.set()


Fault = Status | TooMany | BadGateway | DropBefore | DropAfter | Garbled | Slow | Hold


@dataclass(slots=True, kw_only=True)
class _Planned:
    fault: Fault
    method: str | None
    chat_id: int | None
    skip: int
    times: int


class Faults:
    """What is planned, first come first served."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def plan(self, fault: Fault, *, method: str | None, chat: Chat | None, skip: int, times: int) -> None:
        """Let ``times`` calls fail after the next ``skip`` that fit; None fits every method (but getUpdates) and every chat."""
        self._planned.append(
            _Planned(fault=fault, method=method, chat_id=chat.id if chat else None, skip=skip, times=times)
        )

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault of this call, if it has one."""
        for planned in self._planned:
            fits = planned.method == method or (planned.method is None and method != "getUpdates")
            if not fits or planned.chat_id not in {None, chat_id}:
                continue
            if planned.skip:
                planned.skip -= 1
                continue
            planned.times -= 1
            if not planned.times:
                self._planned.remove(planned)
            return planned.fault
        return None

    @property
    def waiting(self) -> int:
        """How many faults have not met a call yet."""
        return sum(planned.times for planned in self._planned)

    def clear(self) -> None:
        """Forget what is planned; calls that are held go on."""
        for planned in self._planned:
            if isinstance(planned.fault, Hold):
                planned.fault.release()
        self._planned.clear()
