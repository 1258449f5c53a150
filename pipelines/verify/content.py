"""Content of a translation: a clause that the source does not have, or one that got lost.

``Pair`` → ``content_added``, ``content_missing``, by the lexicon: a run of words whose concepts the other text does not name, in
a text that is longer than its counterpart should be. Two logistic models weigh both: one for short and literal translations,
which leave hardly anything unmatched, and one for the others. Lost content is added content seen from the other side. Where the
lexicon knows few of the words, nothing is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.tables import table, words as word_list
from pipelines.text import fold
from pipelines.verify.lexicon import concepts
from pipelines.verify.shape import deviation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

_FREE: Final = "free"
_LITERAL: Final = "literal"
SURE: Final = {("added", _LITERAL): 0.1, ("added", _FREE): 2.7, ("missing", _LITERAL): 1.5, ("missing", _FREE): 2.9}
"""Log odds above which content counts as added or missing, by how literal the translation is: of human ones a literal translation
exceeds them in nine of a thousand, a free one in one. Translators leave out more than they add, so less is said of that."""
_CLOSE: Final = 0.28
"""Share of the other text's known words without an equal, up to which a translation is literal."""
_SHORT: Final = 28
"""Words of a literal translation's source: in longer ones much may move."""
_LEAST_RUN: Final = 2
_LEAST_KNOWN: Final = 3
"""Words that the lexicon must know on both sides before it is heard."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What of a text the other one does not name.

    ``known`` words the lexicon has; ``share`` of them unmatched, ``total`` in number; ``run`` the first and last token of the
    longest run of unmatched words, ``run_known`` of them known and ``run_unknown`` not; ``final`` if it ends the text.
    """

    known: int
    share: float
    total: int
    run: tuple[int, int]
    run_known: int
    run_unknown: int
    final: bool


def check_content(pair: Pair) -> Iterator[Warning]:
    """Compare what the two texts speak of."""
    source, target = unmatched(pair.source, pair.target), unmatched(pair.target, pair.source)
    if min(source.known, target.known) < _LEAST_KNOWN:
        return
    if _exceeds(pair.source, pair.target, source, target, "added"):
        text = _said(pair.target, target)
        yield pair.warn("content_added", f"The source does not seem to say “{text}”.", text)
    elif _exceeds(pair.target, pair.source, target, source, "missing"):
        text = _said(pair.source, source)
        yield pair.warn("content_missing", f"The translation does not seem to say “{text}”.", text)


def free(pair: Pair, share: float, longest: int) -> bool:
    """True for a translation too free, or a source too long, for one word to tell.

    ``share`` is how many of the source's known words lack an equal in a free one, ``longest`` in words.
    Translators turn "stay out of it" into «не вмешиваться»; then much else is put in other words as well.
    """
    words = len(pair.source.words)
    return words > longest or (words >= _PHRASE and unmatched(pair.source, pair.target).share >= share)


_PHRASE: Final = 10
"""Words from which the share of those without an equal says how free a translation is."""


def unmatched(side: Side, other: Side) -> Unmatched:
    """Walk over a text's words: matched ones end a run, function words neither end nor lengthen it."""
    mine = concepts(side)
    others = frozenset[str]().union(*concepts(other))
    function = _function_words(side.column)
    known = total = 0
    best, best_count, final = (0, -1), (0, 0), False
    first, count = -1, (0, 0)
    for at, (word, names) in enumerate(zip(side.words, mine, strict=True)):
        known += bool(names)
        if names & others or word.isdecimal():
            first, count = -1, (0, 0)
            final = False
            continue
        if word in function or len(word) < 2:
            total += bool(names)
            continue
        total += bool(names)
        first = at if first < 0 else first
        count = (count[0] + 1, count[1]) if names else (count[0], count[1] + 1)
        if count[0] and count > best_count:
            best, best_count, final = (first, at), count, True
    return Unmatched(known, total / known if known else 0.0, total, best, *best_count, final)


def _exceeds(short: Side, long: Side, less: Unmatched, more: Unmatched, what: str) -> bool:
    """True where ``long`` says more than ``short``."""
    if not more.run_known:
        return False
    longer = deviation(short, long)
    literal = (
        less.share <= _CLOSE
        and len(short.words) <= _SHORT
        and more.run_known >= _LEAST_RUN
        and longer > 0
        and not abbreviates(short, long)
    )
    kind = _LITERAL if literal else _FREE
    weights = _weights(kind)
    features = {
        "constant": 1.0,
        "deviation": longer,
        "run_known": more.run_known,
        "run_unknown": more.run_unknown,
        "unmatched": more.share,
        "other_unmatched": less.share,
        "log_words": math.log(len(short.words) + 1),
        "final_run": more.run_known if more.final else 0,
    }
    return sum(weights[name] * value for name, value in features.items()) > SURE[what, kind]


def abbreviates(short: Side, long: Side) -> bool:
    """True where an acronym of one text may be spelled out in the other: "FM" is «министр иностранных дел»."""
    return any(sum(map(str.isupper, t.text)) > 1 and t.text not in long.text for t in short.tokens)


def _said(side: Side, found: Unmatched) -> str:
    first, last = found.run
    return side.text[side.tokens[first].start : side.tokens[last].stop]


@cache
def _weights(kind: str) -> dict[str, float]:
    return {row["feature"]: float(row[kind]) for row in table("verify/content.tsv")}


@cache
def _function_words(column: str) -> frozenset[str]:
    return frozenset(fold(word) for word in word_list(f"stopwords/{column}.txt"))
