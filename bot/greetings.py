"""The first sign of life: ``typing`` in a private chat, the moment its message is in, before it is stored or looked at.

Handling an update takes several times what a chat action does, and the event loop serves both: where hundreds of chats write in
one moment, the handlers wait until all have seen that somebody is there.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from telegram import Update

FEW: Final = 16
"""Signs under way that hold nobody up."""
PATIENCE: Final = 1.0
"""Seconds for which handlers wait at most: a Telegram that answers slowly is no reason not to work."""


class Greetings:
    """Signs of one bot. ``typing`` sends one to a chat and says whether it was shown; ``ended`` hears of what it raised."""

    def __init__(
        self, typing: Callable[[int], Coroutine[Any, Any, bool]], ended: Callable[[asyncio.Task[bool]], None]
    ) -> None:
        self._typing, self._ended = typing, ended
        self._tasks: set[asyncio.Task[bool]] = set()
        self._few = asyncio.Event()
        self._few.set()

    def greet(self, updates: Iterable[Update]) -> None:
        """Begin to show a sign in the chat of each new private message that is no command: those are answered at once."""
        chats = dict.fromkeys(
            message.chat_id
            for message in (update.message for update in updates)
            if message is not None and message.chat.type == "private" and not (message.text or "").startswith("/")
        )
        for chat_id in chats:
            task = asyncio.create_task(self._typing(chat_id))
            self._tasks.add(task)
            task.add_done_callback(self._done)
        if len(self._tasks) > FEW:
            self._few.clear()

    async def shown(self) -> None:
        """Return once few signs are under way, or patience is at its end."""
        if not self._few.is_set():
            try:
                await asyncio.wait_for(self._few.wait(), PATIENCE)
            except TimeoutError:
                self._few.set()

    async def close(self) -> None:
        """Show nothing more."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[bool]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= FEW:
            self._few.set()
        self._ended(task)
