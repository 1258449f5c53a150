"""Content of a translation: a clause that the source does not have, or one that got lost.

``Pair`` → ``content_added``, ``content_missing``, by the lexicon: a run of words whose concepts the other text does not name, in
a text that is longer than its counterpart should be. A logistic model weighs both; lost content is added content seen
from the other side. Where the lexicon knows few of the words, nothing is said.
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

SURE: Final = 2.6
"""Log odds that one human translation in three hundred exceeds."""
SURE_LITERAL: Final = -0.7
"""The same for short, literal translations, which have less freedom: hardly any human one exceeds it."""
_LITERAL: Final = 0.2
"""Share of the other text's known words without an equal, up to which a translation is literal."""
_SHORT: Final = 20
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
    if _exceeds(pair.source, pair.target, source, target):
        text = _said(pair.target, target)
        yield pair.warn("content_added", f"The source does not seem to say “{text}”.", text)
    elif _exceeds(pair.target, pair.source, target, source):
        text = _said(pair.source, source)
        yield pair.warn("content_missing", f"The translation does not seem to say “{text}”.", text)


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


def _exceeds(short: Side, long: Side, less: Unmatched, more: Unmatched) -> bool:
    """True where ``long`` says more than ``short``."""
    if not more.run_known:
        return False
    weights = _weights()
    features = {
        "constant": 1.0,
        "deviation": deviation(short, long),
        "run_known": more.run_known,
        "run_unknown": more.run_unknown,
        "other_run": less.run_known,
        "excess": more.total - less.total,
        "unmatched": more.share,
        "other_unmatched": less.share,
        "log_words": math.log(len(short.words) + 1),
        "final_run": more.run_known if more.final else 0,
    }
    odds = sum(weights[name] * value for name, value in features.items())
    literal = less.share <= _LITERAL and len(short.words) <= _SHORT and not _abbreviates(short, long)
    return odds > (SURE_LITERAL if literal and more.run_known >= _LEAST_RUN and features["deviation"] > 0 else SURE)


def _abbreviates(short: Side, long: Side) -> bool:
    """True where an acronym of one text may be spelled out in the other: "FM" is «министр иностранных дел»."""
    return any(len(t.text) > 1 and t.text.isupper() and t.text not in long.text for t in short.tokens)


def _said(side: Side, found: Unmatched) -> str:
    first, last = found.run
    return side.text[side.tokens[first].start : side.tokens[last].stop]


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("verify/content.tsv")}


@cache
def _function_words(column: str) -> frozenset[str]:
    return frozenset(fold(word) for word in word_list(f"stopwords/{column}.txt"))
