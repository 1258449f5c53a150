"""How telling a mark is: the rarer it is in the news, the more two reports that share it have in common.

``data/stories/background.tsv`` (mark and, for each language, how many of a thousand reports have it) and ``common_words.tsv`` →
natural logarithm of the inverse share. A language's own column matters: a concept whose forms are everyday words of Pashto tells
nothing there. ``usual.tsv`` says how common the actors are that a channel on the region always names. What no table lists is
rarer than nearly all that they list.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from pipelines.tables import table

WORDS: Final = "words:"
"""What a kind of words begins with, its language behind."""
_UNLISTED: Final = 3.0
"""Of a thousand reports, those that have a mark which is not listed."""


def rarity(kind: str, mark: str, column: str) -> float:
    """Between 0 (every report in the language has it) and about 6; ``column`` is the language's, fa for Dari."""
    listed = _words() if kind.startswith(WORDS) else _marks(column)
    return listed.get((kind, mark), _logarithm(_UNLISTED))


def _logarithm(per_mille: float) -> float:
    return math.log(1000 / max(1.0, min(per_mille, 1000.0)))


@cache
def _marks(column: str) -> dict[tuple[str, str], float]:
    shares = {(row["kind"], row["mark"]): float(row[column]) for row in table("stories/background.tsv")}
    for row in table("stories/usual.tsv"):
        actor = ("actors", row["mark"])
        shares[actor] = max(float(row["per_mille"]), shares.get(actor, 0.0))
    return {mark: _logarithm(share) for mark, share in shares.items()}


@cache
def _words() -> dict[tuple[str, str], float]:
    rows = table("stories/common_words.tsv")
    return {(WORDS + row["language"], row["word"]): _logarithm(float(row["per_mille"])) for row in rows}
