"""Batches for CTranslate2 and what is said of their outputs: parts of requests → places to decode together; ended, looping.

Sentences that share a batch share the candidates of a shortlist, so a batch has one target; neighbours in length go together, so
that little is padding. One target, not one alphabet: CTranslate2 4.8 keeps the place that a word had in an earlier shortlist
(``update_output_layer`` adds, and replaces nothing), and a batch of Persian and Dari would shift Dari's token by one: from
then on it stood for Persian, in silence. Alone, a language's token is always the last of its shortlist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

END: Final = "</s>"
MAX_TOKENS: Final = 768
MAX_SENTENCES: Final = 16
"""Of a batch: beam 4 over a vocabulary of 256 k is 4 MB of scores a sentence and step."""

_BOUND_FACTOR, _BOUND_EXTRA = 2, 16
"""An answer of more than twice the source's pieces and sixteen is taken for a loop; the sixteen are for titles of two words."""
_LOOP_TIMES: Final = 3
_LOOP_LONGEST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A request, or a part of one that was too long: its place, what the model reads, what its answer begins with."""

    request: int
    source: list[str]
    prefix: list[str]
    alphabet: str
    careful: bool

    @property
    def bound(self) -> int:
        """Tokens that an answer may have, the end mark included."""
        return _BOUND_FACTOR * len(self.source) + _BOUND_EXTRA


def batches(parts: Sequence[Part]) -> Iterator[list[int]]:
    """Places of parts that are decoded together: one setting and target, similar lengths, bounded in tokens."""
    order = sorted(
        range(len(parts)),
        key=lambda at: (*_kind(parts[at]), len(parts[at].source), parts[at].source),
    )
    batch: list[int] = []
    for at in order:
        part = parts[at]
        if batch:
            first = parts[batch[0]]
            other = _kind(first) != _kind(part)
            if other or len(batch) == MAX_SENTENCES or len(part.source) * (len(batch) + 1) > MAX_TOKENS:
                yield batch
                batch = []
        batch.append(at)
    if batch:
        yield batch


def _kind(part: Part) -> tuple[bool, str, list[str]]:
    return part.careful, part.alphabet, part.prefix


def sound(output: list[str], part: Part) -> bool:
    """Whether an output may be an answer."""
    return ended(output, part) and not loops(output)


def ended(output: list[str], part: Part) -> bool:
    """Whether the end mark is there within the part's own bound, whatever the longest of its batch allowed."""
    return output[-1:] == [END] and len(output) <= part.bound


def loops(output: list[str]) -> bool:
    """Whether some run of up to twelve pieces comes three times one behind the other."""
    for size in range(2, min(_LOOP_LONGEST, len(output) // _LOOP_TIMES) + 1):
        same = 0
        for at in range(size, len(output)):
            same = same + 1 if output[at] == output[at - size] else 0
            if same == size * (_LOOP_TIMES - 1):
                return True
    return False
