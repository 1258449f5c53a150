"""Tokens: how many a text is likely to be, and how many may still be spent.

The estimate knows no tokeniser on purpose: the server's is unknown. Three characters a token for Latin text and two for other
scripts is on the careful side for models of 2024 and later, and too low for old ones on Arabic script.
"""

from __future__ import annotations

import math
import threading
from typing import Final

from pipelines.errors import BackendError

LATIN_CHARACTERS: Final = 3
OTHER_CHARACTERS: Final = 2
_LATIN_END: Final = "\u024f"


def estimate(text: str) -> int:
    """Tokens of ``text``, about; never below the number of characters over three."""
    latin = sum(char <= _LATIN_END for char in text)
    return math.ceil(latin / LATIN_CHARACTERS + (len(text) - latin) / OTHER_CHARACTERS)


class TokenBudget:
    """What one process may spend. A call first holds what its prompt is reckoned at, then settles what it cost.

    Calls under way count by what they hold, so many at once pass the limit by no more than the length of their answers.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._spent = 0
        self._held = 0

    @property
    def spent(self) -> int:
        """Tokens of the calls that are settled."""
        return self._spent

    def hold(self, tokens: int) -> None:
        """Reserve ``tokens`` for a call. Raises BackendError, not retryable, where they are no longer there."""
        with self._lock:
            if self._limit is not None and self._spent + self._held + tokens > self._limit:
                raise BackendError(
                    f"The token budget of the chat server is spent: {self._spent} of {self._limit} used,"
                    f" about {tokens} more needed."
                )
            self._held += tokens

    def settle(self, held: int, spent: int) -> None:
        """Give back what a call held and count what it cost."""
        with self._lock:
            self._held -= held
            self._spent += spent
