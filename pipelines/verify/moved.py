"""Numbers that change places: "3 killed, 5 injured" came out as "5 killed, 3 injured".

``Pair`` and its matched quantities → ``number_changed``. What stands beside a number in its clause is read by the lexicon; two
numbers have moved where each stands beside the other's words in the translation and neither beside its own.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from pipelines.tables import word_class
from pipelines.text import fold
from pipelines.verify.lexicon import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side
    from pipelines.verify.quantities import Quantity

_REACH: Final = 4
"""Words to either side of a number that may say what it counts."""
_ANYBODY: Final = frozenset({"politics.tsv:people", "society.tsv:man", "qualities.tsv:human"})
"""Concepts that many a number counts, left unsaid as often as not: "four have died"."""
_BORDERS: Final = frozenset(',،;؛:.!?؟—–()«»"')


def check_places(
    pair: Pair, source: Sequence[Quantity], target: Sequence[Quantity], equal: Callable[[Quantity, Quantity], bool]
) -> Iterator[Warning]:
    """Compare what the numbers count that have just one equal in the other text; at most one warning."""
    matched = []
    for one in source:
        others = [other for other in target if equal(one, other)]
        if one.value != "1" and len(others) == 1 and sum(equal(this, others[0]) for this in source) == 1:
            matched.append((one, others[0]))
    if len(matched) < 2:
        return
    here = {one.start: near for one, near in _beside(pair.source, source)}
    there = {one.start: near for one, near in _beside(pair.target, target)}
    for (one, its), (two, other) in combinations(matched, 2):
        ones, twos = here[one.start], here[two.start]
        mine, yours = there[its.start], there[other.start]
        ones, twos, mine, yours = ones - twos, twos - ones, mine - yours, yours - mine
        ones, twos = ones - _ANYBODY, twos - _ANYBODY
        if ones & yours and twos & mine and not (ones & mine or twos & yours):
            message = f"“{one.text}” and “{two.text}” of the source have changed places in the translation."
            yield pair.warn("number_changed", message, one.text)
            return


def _beside(side: Side, found: Sequence[Quantity]) -> Iterator[tuple[Quantity, frozenset[str]]]:
    """Concepts of the words behind each number and, if no number before has them, of those before it."""
    named = concepts(side)
    inside = [[i for i, t in enumerate(side.tokens) if q.start < t.stop and t.start < q.stop] for q in found]
    numbered = frozenset(index for indices in inside for index in indices)
    behind = [_reached(side, numbered, indices[-1], 1) if indices else [] for indices in inside]
    taken = {index for indices in behind for index in indices}
    for quantity, indices, after in zip(found, inside, behind, strict=True):
        before = _reached(side, numbered, indices[0], -1) if indices else []
        near = (*after, *(index for index in before if index not in taken))
        yield quantity, frozenset[str]().union(*(named[index] for index in near))


def _reached(side: Side, numbered: frozenset[int], at: int, step: int) -> list[int]:
    """Words from a number on, up to the next number, mark or conjunction."""
    joining = _joining(side.column)
    reached: list[int] = []
    for _ in range(_REACH):
        first, second = sorted((at, at + step))
        at += step
        if not 0 <= at < len(side.tokens) or at in numbered or side.words[at] in joining:
            break
        if _BORDERS & set(side.text[side.tokens[first].stop : side.tokens[second].start]):
            break
        reached.append(at)
    return reached


@cache
def _joining(column: str) -> frozenset[str]:
    return frozenset(fold(word) for word in word_class("verify/clause_words.tsv", f"and_{column}"))
