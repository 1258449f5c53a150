"""Length and ending of a translation: cut short, or longer than the source has matter for.

``Pair`` → ``too_short``, ``too_long``. ``data/verify/lengths.tsv`` says how the logarithm of the length ratio spreads in human
translations; a lost sentence or a missing full stop makes less deviation suspicious.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipelines.tables import cell_list, table
from pipelines.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

FAR: Final = 3.2
"""Standard deviations of the log ratio that one human translation in two hundred exceeds, to either side."""
FAR_LONGER: Final = 3.3
"""Translators explain more readily than they leave out."""
DOUBTFUL: Final = 2.1
"""Enough where the number of sentences or the closing mark speaks for it as well."""
LEAST: Final = 12
"""Characters of a source below which its length tells nothing: "UN" is «Организация Объединённых Наций»."""

_END: Final = re.compile(r"[.!?…؟۔।:;؛]['\"”»’)\]\u200e\u200f\s]*$")
_SENTENCES: Final = re.compile(
    r"(?<=[^\W\d_]{3})[.!?؟۔…]+[\"”»’']*(?=\s+[\"“«„‘']?[^\W_]|[A-ZА-Я]|\s*$)|(?<=\d)[.!?؟۔]+(?=\s+[^\W\d_]{2}|\s*$)"
)


class Spread(NamedTuple):
    """Median and variance of log(target length / source length): ``fixed + short / length``."""

    mean: float
    fixed: float
    short: float


def deviation(source: Side, target: Side) -> float:
    """How many standard deviations longer (or, negative, shorter) the target is than human translations are."""
    length = max(1, len(source.text.strip()))
    spread = _spreads().get((source.column, target.column), Spread(0.0, 0.01, 1.5))
    ratio = math.log(max(1, len(target.text.strip())) / length)
    return (ratio - spread.mean) / math.sqrt(spread.fixed + spread.short / length)


def sentences(text: str) -> int:
    """How many sentences a text has, counted by its marks."""
    return max(1, len(_SENTENCES.findall(text)))


def check_shape(pair: Pair) -> Iterator[Warning]:
    """Compare the lengths and the endings."""
    source, target = pair.source, pair.target
    if len(source.text.strip()) < LEAST:
        return
    z = deviation(source, target)
    lost = sentences(source.text) - sentences(target.text)
    unended = bool(_END.search(source.text)) and not _END.search(target.text)
    if z < -FAR or (z < -DOUBTFUL and (lost > 0 or unended)) or (unended and z < 0 and _dangles(target)):
        yield pair.warn("too_short", "The translation is much shorter than the source: something is missing.")
    elif z > FAR_LONGER or (z > DOUBTFUL and lost < 0 and sentences(source.text) == 1):
        yield pair.warn("too_long", "The translation is much longer than the source: something was added.")


def _dangles(side: Side) -> bool:
    return bool(side.words) and side.words[-1] in _dangling().get(side.column, frozenset())


@cache
def _dangling() -> dict[str, frozenset[str]]:
    return {
        row["language"]: frozenset(fold(w) for w in cell_list(row["words"])) for row in table("verify/dangling.tsv")
    }


@cache
def _spreads() -> dict[tuple[str, str], Spread]:
    return {
        (row["source"], row["target"]): Spread(float(row["mean"]), float(row["fixed"]), float(row["short"]))
        for row in table("verify/lengths.tsv")
    }
