"""Two ways to wait that asyncio leaves to its users: for a time or an event, and to the end in spite of a cancellation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

Result = TypeVar("Result")


async def nap(sleep: Callable[[float], Awaitable[None]], seconds: float, event: asyncio.Event) -> None:
    """Sleep ``seconds``, or less where ``event`` is set before."""
    sleeping = asyncio.ensure_future(sleep(seconds))
    rung = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({sleeping, rung}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        sleeping.cancel()
        rung.cancel()


async def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """``work`` to its end, even where the caller is cancelled meanwhile; the cancellation is raised after it.

    For a call on its way and the note that it arrived: broken off between them, the message would be sent twice.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report it as forgotten
        raise
