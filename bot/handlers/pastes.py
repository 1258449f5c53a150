"""Articles that Telegram cut into several messages, put together again.

Telegram's clients send a paste over 4,096 units as several messages at once. A text near that size waits a moment for the
next one of the same sender in the same chat; a shorter one ends it. The pieces stay unfinished in the inbox until their job is
durable, so a crash in between only begins the wait anew.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WAIT_SECONDS: Final = 2.0
MOST: Final = 25
"""Pieces of one paste: 100,000 characters are a book."""


@dataclass(slots=True)
class _Paste:
    texts: list[str] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


class Pastes:
    """Texts that wait for their next piece, by chat and sender. ``finished`` gets the whole text and its updates."""

    def __init__(self, *, seconds: float = WAIT_SECONDS) -> None:
        self._seconds = seconds
        self._open: dict[tuple[int, int], _Paste] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def takes(self, chat_id: int, sender_id: int) -> bool:
        """True where a text of this sender waits for its next piece."""
        return (chat_id, sender_id) in self._open

    def add(
        self,
        chat_id: int,
        sender_id: int,
        *,
        text: str,
        update_id: int,
        more: bool,
        finished: Callable[[str, list[int]], Awaitable[None]],
    ) -> None:
        """A piece. ``more``: it may go on; else the paste is whole with it."""
        key = (chat_id, sender_id)
        paste = self._open.setdefault(key, _Paste())
        if paste.timer is not None:
            paste.timer.cancel()
        paste.texts.append(text)
        paste.updates.append(update_id)
        if not more or len(paste.texts) >= MOST:
            self._end(key, finished)
        else:
            paste.timer = asyncio.get_running_loop().call_later(self._seconds, self._end, key, finished)

    def drop(self, chat_id: int, sender_id: int) -> list[int]:
        """Forget what waits; its updates."""
        paste = self._open.pop((chat_id, sender_id), None)
        if paste is None:
            return []
        if paste.timer is not None:
            paste.timer.cancel()
        return paste.updates

    async def settle(self) -> None:
        """Wait until every text that was whole has been handed on, and let the others go: the next start takes them up."""
        for paste in self._open.values():
            if paste.timer is not None:
                paste.timer.cancel()
        self._open.clear()
        if self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _end(self, key: tuple[int, int], finished: Callable[[str, list[int]], Awaitable[None]]) -> None:
        paste = self._open.pop(key, None)
        if paste is None:
            return
        if paste.timer is not None:
            paste.timer.cancel()
        # clients cut at a line's end and drop it
        task = asyncio.ensure_future(_run(finished, "\n".join(paste.texts), paste.updates))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _run(finished: Callable[[str, list[int]], Awaitable[None]], text: str, updates: list[int]) -> None:
    await finished(text, updates)
