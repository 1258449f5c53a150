"""One at a time for each key, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Hashable


class Locks:
    """Queues by key, kept only while somebody stands in them."""

    def __init__(self) -> None:
        self._queues: dict[Hashable, deque[asyncio.Event]] = {}

    @contextmanager
    def queued(self, key: Hashable) -> Generator[asyncio.Event]:
        """A place in the queue of ``key``, taken at once; its event is set when it is the first, until the block is left.

        Other work may be done before the event is waited for: a message is stored before its turn comes, and keeps its place.
        """
        queue = self._queues.setdefault(key, deque())
        place = asyncio.Event()
        queue.append(place)
        queue[0].set()
        try:
            yield place
        finally:
            queue.remove(place)
            if queue:
                queue[0].set()
            else:
                del self._queues[key]
