"""What the checks of translations cost and catch: human translations that they flag, wrong ones that they find.

Human rows are drawn at random with a fixed seed, 200 a set; ``python -m tests.quality.translations DATA`` prints the figures.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.languages import Language
from pipelines.verify.translated import verify_translation

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = 200
SEED = 20
ADVERSARIAL = Path(__file__).parents[1] / "unit" / "verify" / "adversarial.tsv"


class Set(NamedTuple):
    """A parallel file and its two columns, named by the languages that they are in."""

    file: str
    source: str
    target: str


_TICO = "tico19.en-prs-ps-ru-fa.tsv"
_NTREX = "ntrex128.en-prs-ps-ru-fa.tsv"
SETS = {
    "en-prs": Set(_TICO, "en", "prs"),
    "en-ps": Set(_TICO, "en", "ps"),
    "en-ru": Set("newstest2020.en-ru.tsv", "en", "ru"),
    "en-ru.2019": Set("newstest2019.en-ru.tsv", "en", "ru"),
    "ru-en": Set("newstest2020.ru-en.tsv", "ru", "en"),
    "ps-en": Set("newstest2020.ps-en.tsv", "ps", "en"),
    "en-fa": Set(_TICO, "en", "fa"),
    "ru-prs.ntrex": Set(_NTREX, "ru", "prs"),
    "en-prs.ntrex": Set(_NTREX, "en", "prs"),
    "en-ps.ntrex": Set(_NTREX, "en", "ps"),
}


class Case(NamedTuple):
    """A row of the adversarial set: ``wrong`` has the fault that ``kind`` names, ``right`` has none."""

    kind: str
    source_language: str
    target_language: str
    source: str
    wrong: str
    right: str


def cases() -> list[Case]:
    """The adversarial set, in file order."""
    return [Case(*line.split("\t")) for line in ADVERSARIAL.read_text(encoding="utf-8").splitlines()[1:]]


def flagged(source: str, translated: str, pair: Sequence[str]) -> bool:
    """True where any check speaks."""
    first, second = (Language(code) for code in pair)
    return bool(verify_translation(source, translated, source_language=first, target_language=second, where="text"))


def human(data: Path, wanted: Set, rows: int = ROWS) -> float:
    """Share of random human translations of a set that are flagged."""
    lines = [line.split("\t") for line in (data / "parallel" / wanted.file).read_text(encoding="utf-8").splitlines()]
    first, second = lines[0].index(wanted.source), lines[0].index(wanted.target)
    pairs = [(line[first], line[second]) for line in lines[1:] if line[first].strip() and line[second].strip()]
    drawn = random.Random(SEED).sample(pairs, min(rows, len(pairs)))  # noqa: S311 - a sample, no secret
    return sum(flagged(source, target, wanted[1:]) for source, target in drawn) / len(drawn)


def translations(data: Path) -> dict[str, float]:
    """Shares: human translations flagged by set; wrong outputs caught and right ones flagged of the adversarial set."""
    found = {f"verify.{name}.flagged": human(data, wanted) for name, wanted in SETS.items()}
    rows = cases()
    found["verify.adversarial.caught"] = sum(flagged(r.source, r.wrong, r[1:3]) for r in rows) / len(rows)
    found["verify.adversarial.flagged"] = sum(flagged(r.source, r.right, r[1:3]) for r in rows) / len(rows)
    return found


if __name__ == "__main__":
    for name, value in translations(Path(sys.argv[1])).items():
        print(f"{name}\t{value:.3f}")
