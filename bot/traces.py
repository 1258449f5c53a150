"""Where an error came from, for a log that must not hold what people wrote: the lines of code, without the error's words.

An exception → text. A message may quote a text, an address or a number of Telegram's; a line of code does not.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from logging import Logger

_MOST: Final = 10
"""Links of a chain of causes."""


def report(log: Logger, what: str, error: BaseException | None) -> None:
    """Log ``error`` as one."""
    log.error("%s\n%s", what, trace(error))


def trace(error: BaseException | None) -> str:
    """The chain of ``error``, its first cause first: places in the code and names of classes."""
    told: list[str] = []
    while error is not None and len(told) < _MOST:
        told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(reversed(told))
