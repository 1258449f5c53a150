"""The quality gate: measure, compare with the pinned floors, fail under one. ``python -m tests.quality.gate DATA [NAME…]``.

Floors (``floors.tsv``) only rise: a figure that beats its floor by more than the margin is named, to be pinned higher.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.quality import measures
from tests.quality.translations import translations

FLOORS = Path(__file__).with_name("floors.tsv")
MARGIN = 0.01
STAGES = {
    "extract": measures.extraction,
    "identify": measures.identification,
    "summary": measures.summaries,
    "actors": measures.actors,
    "verify": translations,
}
CEILING = ".flagged"
"""Figures of which less is better: shares of human translations that the checks flag."""


def floors() -> dict[str, float]:
    """Floor by the figure's name."""
    pairs = (line.split("\t") for line in FLOORS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {name: float(floor) for name, floor, *_ in pairs}


def main(arguments: list[str]) -> int:
    """Exit status: 0 where every floor holds, 1 where one does not, 2 without data."""
    data = Path(arguments[0])
    if not (data / "score.py").exists():
        sys.stderr.write(f"quality gate: no evaluation data at {data}\n")
        return 2
    figures: dict[str, float] = {}
    for name in arguments[1:] or STAGES:
        figures |= STAGES[name](data)
    pinned = floors()
    failed = False
    for name, value in figures.items():
        floor = pinned.get(name)
        ceiling = name.endswith(CEILING)
        low = floor is not None and (value > floor if ceiling else value < floor)
        failed |= low
        better = floor is not None and not ceiling and value > floor + MARGIN
        note = ("ABOVE" if ceiling else "BELOW") if low else "raise the floor" if better else ""
        sys.stdout.write(f"{name:34} {value:7.4f}  floor {floor if floor is not None else '–':<7} {note}\n")
    missing = [name for name in pinned if name.split(".")[0] in (arguments[1:] or STAGES) and name not in figures]
    if missing:
        sys.stdout.write(f"not measured although pinned: {', '.join(missing)}\n")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
