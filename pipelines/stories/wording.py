"""Copies: how much of one text stands word by word in another, from a few numbers kept of each.

Words → the smallest hashes of their runs (a bottom-k sketch, Broder 1997), and from two sketches the share of the smaller text's
runs that the other has.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN: Final = 4
"""Words of a run: shorter ones are phrases that unrelated reports share."""
KEPT: Final = 96
"""Hashes kept of a text. A half of a text shares about half of them, so even a quarter is told."""
LEAST_RUNS: Final = 8
_SPACE: Final = 2**32


def wording(words: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """The smallest hashes, rising, of the different runs of ``words``, and how many runs there are."""
    runs = {zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
    return tuple(sorted(runs)[:KEPT]), len(runs)


def copied(one: tuple[int, ...], size: int, other: tuple[int, ...], other_size: int) -> float:
    """Estimate of the share of the smaller text's runs that the larger has; 0 where either is too short to say.

    Hashes are compared below the largest that both sketches still cover completely.
    """
    if min(size, other_size) < LEAST_RUNS:
        return 0.0
    reach = min(_reach(one, size), _reach(other, other_size))
    ours, theirs = ({mark for mark in marks if mark <= reach} for marks in (one, other))
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller >= LEAST_RUNS else 0.0


def _reach(marks: tuple[int, ...], size: int) -> int:
    return marks[-1] if size > len(marks) else _SPACE


def joined(one: tuple[int, ...], size: int, other: tuple[int, ...], other_size: int) -> tuple[tuple[int, ...], int]:
    """Sketch and size of both texts together; the size estimated from how densely the hashes lie."""
    reach = min(_reach(one, size), _reach(other, other_size))
    both = sorted({mark for mark in (*one, *other) if mark <= reach})
    if reach == _SPACE and len(both) <= KEPT:
        return tuple(both), len(both)
    kept = tuple(both[:KEPT])
    return kept, max(len(kept) + 1, round(len(kept) * _SPACE / (kept[-1] + 1)))
