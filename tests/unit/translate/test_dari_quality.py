"""Adapted Persian against human Dari: chrF++ must rise over the spelling of ZWNJ as a space alone."""

from __future__ import annotations

import csv
import string
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pipelines.translate.dari import adapt

if TYPE_CHECKING:
    from pathlib import Path

CHARACTER_ORDER, WORD_ORDER, BETA = 6, 2, 2
NEEDED_GAIN = 0.5
EVERY = {"tico19.en-prs-ps-ru-fa.tsv": 3, "ntrex128.en-prs-ps-ru-fa.tsv": 1}
"""Files and which of their rows are read, so that the test stays a matter of seconds."""

Counts = list[Counter[str]]
"""Of one sentence: n-grams of characters, then of words, by rising order."""


@pytest.mark.evaluation
@pytest.mark.parametrize("name", EVERY)
def test_chrf_gains_over_zwnj_alone(name: str, evaluation_data: Path) -> None:
    with (evaluation_data / "parallel" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:: EVERY[name]]
    references = [_counts(_spaced(row["prs"])) for row in rows]
    baseline = chrf([_counts(_spaced(row["fa"])) for row in rows], references)
    adapted = chrf([_counts(_spaced(adapt(row["fa"]))) for row in rows], references)
    assert adapted >= baseline + NEEDED_GAIN


def chrf(hypotheses: list[Counts], references: list[Counts]) -> float:
    """Corpus chrF++ in percent, as sacrebleu has it with ``word_order=2``: F2 of every order, averaged."""
    score, orders = 0.0, 0
    for order in range(CHARACTER_ORDER + WORD_ORDER):
        said = sum(counts[order].total() for counts in hypotheses)
        wanted = sum(counts[order].total() for counts in references)
        if not said or not wanted:
            continue
        common = sum((h[order] & r[order]).total() for h, r in zip(hypotheses, references, strict=True))
        precision, recall = common / said, common / wanted
        if precision + recall:
            score += (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)
        orders += 1
    return 100 * score / orders


def _counts(text: str) -> Counts:
    characters = "".join(text.split())
    words = [part for word in text.split() for part in _split_punctuation(word)]
    return [
        *(
            Counter(characters[i : i + n] for i in range(len(characters) - n + 1))
            for n in range(1, CHARACTER_ORDER + 1)
        ),
        *(Counter(" ".join(words[i : i + n]) for i in range(len(words) - n + 1)) for n in range(1, WORD_ORDER + 1)),
    ]


def _split_punctuation(word: str) -> list[str]:
    if len(word) > 1 and word[-1] in string.punctuation:
        return [word[:-1], word[-1]]
    if len(word) > 1 and word[0] in string.punctuation:
        return [word[0], word[1:]]
    return [word]


def _spaced(text: str) -> str:
    return text.replace("\u200c", " ")
