"""One copy of a model in memory, however many threads and language pairs use it; let go after an idle time.

A loader → ``with resident.use() as model``. The first use loads (others wait for it), the last one starts the idle timer,
a use before it rings stops it. ``drop`` frees at once, or as soon as nobody uses the model any more.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IDLE_SECONDS: Final = 600.0
"""A model of 0.7 GB that nobody asked for ten minutes is worth more as free memory than as a second saved."""

_Model = TypeVar("_Model")


class Alarm(Protocol):
    """What ``threading.Timer`` offers: a call in the future that can be taken back."""

    def start(self) -> None:
        """Begin to wait."""
        ...

    def cancel(self) -> None:
        """Take the call back, if it was not made."""
        ...


def timer(seconds: float, ring: Callable[[], None]) -> Alarm:
    """A timer that does not keep the process alive."""
    alarm = threading.Timer(seconds, ring)
    alarm.daemon = True
    return alarm


class Resident(Generic[_Model]):
    """A model that is loaded on first use. ``idle`` seconds after the last use it is let go; None keeps it for good.

    ``alarm`` makes the timer, so that tests need not wait.
    """

    def __init__(
        self,
        load: Callable[[], _Model],
        *,
        idle: float | None = IDLE_SECONDS,
        alarm: Callable[[float, Callable[[], None]], Alarm] = timer,
    ) -> None:
        self._load, self._idle, self._alarm = load, idle, alarm
        self._lock = threading.Lock()
        self._model: _Model | None = None
        self._users = 0
        self._pending: Alarm | None = None
        self._unwanted = False

    @property
    def loaded(self) -> bool:
        """True while the model is in memory."""
        return self._model is not None

    @contextmanager
    def use(self) -> Iterator[_Model]:
        """The model, in memory for as long as the block runs. Raises what the loader raises; a later use tries again."""
        with self._lock:
            if self._pending is not None:
                self._pending.cancel()
                self._pending = None
            if self._model is None:
                self._model = self._load()
            model = self._model
            self._users += 1
            self._unwanted = False
        try:
            yield model
        finally:
            del model
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._rest()

    def drop(self) -> None:
        """Let the model go: at once, or when its last user is done."""
        with self._lock:
            self._unwanted = True
            if self._users == 0:
                self._rest()

    def _rest(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None
        if self._unwanted:
            self._model = None
        elif self._idle is not None and self._model is not None:
            self._pending = self._alarm(self._idle, self._ring)
            self._pending.start()

    def _ring(self) -> None:
        with self._lock:
            if self._users == 0:
                self._model = None
                self._pending = None
