"""How much Persian text looks like the Dari of Afghanistan: text → 0-1.

A hint. The two share nearly every word, single sentences often hold nothing that tells, and the best published
classifiers reach F1 .51 on sentences; a caller that knows better overrides it. Cues: ``data/identify/dari.tsv``.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final

from pipelines.tables import table

DARI_THRESHOLD: Final = 0.55
"""Above one half, so that a text without any cue counts as Persian; measured in docs/records/language-identification.md."""

_FOLD: Final = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "\u200c": " ", "\u200e": None, "\u200f": None})
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_PHRASE: Final = 3


def dari_score(text: str) -> float:
    """0-1: how much Persian ``text`` looks like Dari; ``DARI_THRESHOLD`` and above is called Dari."""
    words, patterns = _cues()
    found = _WORD.findall(text.translate(_FOLD))
    balance = 0.0
    for length in range(1, _LONGEST_PHRASE + 1):
        for at in range(len(found) - length + 1):
            balance += words.get(" ".join(found[at : at + length]), 0)
    for pattern, weight in patterns:
        balance += weight * sum(1 for _ in pattern.finditer(text))
    # the sum grows with the text while the evidence repeats itself, so a page is no surer than its square root
    scaled = balance / math.sqrt(max(1.0, len(found) / 25))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, scaled)))), 4)


@cache
def _cues() -> tuple[dict[str, float], tuple[tuple[re.Pattern[str], float], ...]]:
    words: dict[str, float] = {}
    patterns = []
    for row in table("identify/dari.tsv"):
        weight = float(row["weight"])
        if row["kind"] == "pattern":
            patterns.append((re.compile(row["items"]), weight))
        else:
            words.update((item.replace("_", " ").replace("\u200c", " "), weight) for item in row["items"].split())
    return words, tuple(patterns)
