"""One BLAS thread for matrices that are too small for more.

OpenBLAS' threads wait for each other by spinning. On a machine whose cores are busy with something else a sentence's matrices of
300 x 300 took 27 ms each instead of 0.2: 1.5 s an article, against 0.15 s with one thread. numpy has no switch for it but an
environment variable read at import; its bundled library has a function, the one that threadpoolctl calls.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES: Final = ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "openblas_{}_num_threads")


@contextmanager
def one_thread() -> Iterator[None]:
    """Run the body with one BLAS thread, then as many as before; without effect where numpy has another library.

    The number is the process's: bodies that overlap in two threads may leave it at one, which costs nothing here.
    """
    switch = _switch()
    if switch is None:
        yield
        return
    get, put = switch
    before = get()
    put(1)
    try:
        yield
    finally:
        put(before)


@cache
def _switch() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """Getter and setter of the number of threads of the OpenBLAS that numpy's wheel brought."""
    import numpy as np  # noqa: PLC0415

    for path in sorted(Path(np.__file__).parents[1].glob("numpy.libs/*openblas*")):
        library = ctypes.CDLL(str(path))
        for name in _NAMES:
            get, put = (getattr(library, name.format(verb), None) for verb in ("get", "set"))
            if get is not None and put is not None:
                return get, put
    return None
