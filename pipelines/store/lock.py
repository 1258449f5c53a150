"""One process at a time works on a model. The operating system holds the lock, so it dies with its process.

The file says who holds it, for the message of those who wait; it is never deleted, or two could lock two files of one name.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from pipelines.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POLL_SECONDS: Final = 0.5
_FAR: Final = 1 << 20
"""Windows locks bytes, and nobody can read a locked one: this one lies far behind the process number."""


@contextmanager
def exclusive(
    path: Path, what: str, wait: float, sleep: Callable[[float], None], say: Callable[[str], None]
) -> Iterator[None]:
    """Hold ``path`` for the block; say once who else does, and wait for ``wait`` seconds. Raises ``ModelError`` after."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        waited = 0.0
        while not _locked(file):
            if not waited:
                say(f"{what}: {_holder(file)} is at work on it; waiting")
            if waited >= wait:
                raise ModelError(f"{what}: {_holder(file)} is at work on it. Try again when it is done.")
            sleep(POLL_SECONDS)
            waited += POLL_SECONDS
        try:
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            yield
        finally:
            _unlock(file)


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    number = file.read(20).decode("ascii", "replace").strip("\0 ")
    return f"process {number}" if number.isdigit() else "another process"


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[bytes]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _locked(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
