"""Limits of one download and the addresses it may reach. Values only: code writes them, no input can change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

MAX_REDIRECTS: Final = 5
"""News sites need at most three (http, www, canonical path); browsers stop at 20."""
DEADLINE_SECONDS: Final = 15.0
MAX_BODY_BYTES: Final = 10_000_000
MAX_FILE_BYTES: Final = 50_000_000

Clock = Callable[[], datetime]
"""Answers the present time, aware and in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """What a ``Fetcher`` may reach and for how long.

    ``allow_addresses`` are networks reachable although they are not public; it is empty unless the calling code says
    otherwise (tests name loopback). ``deadline`` is seconds for one source with all its redirects, ``connect_timeout``
    seconds for one address of a host that has several. ``max_bytes`` bounds the body, packed and unpacked.
    ``max_concurrent`` and ``max_per_host`` bound the connections of one ``fetch_all``.
    """

    allow_addresses: frozenset[IPv4Network | IPv6Network] = frozenset()
    max_redirects: int = MAX_REDIRECTS
    deadline: float = DEADLINE_SECONDS
    connect_timeout: float = 5.0
    max_bytes: int = MAX_BODY_BYTES
    max_concurrent: int = 16
    max_per_host: int = 5


PUBLIC_INTERNET: Final = FetchPolicy()


def utc_now() -> datetime:
    """Present time from the system's clock: the default ``Clock``."""
    return datetime.now(UTC)
