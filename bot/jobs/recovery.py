"""The one private call of DBOS that Khabar makes: jobs of a dead executor → back into their queue.

DBOS takes over a dead worker's jobs only through its paid control plane; what that calls in a worker is this. dbos is pinned to
the version that it was read in (3.4.0, ``dbos/_recovery.py``), and a contract test holds what is expected of it: jobs that were
under way are queued again with their finished steps kept, and a second call changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbos import DBOS

if TYPE_CHECKING:
    from collections.abc import Sequence


def take_over(executors: Sequence[str]) -> int:
    """Queue the unfinished jobs of ``executors`` again; how many. Blocks."""
    return len(DBOS._recover_pending_workflows(list(executors)))  # noqa: SLF001 - see above
