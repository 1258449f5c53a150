"""Speed and memory of CTranslate2 against transformers on NLLB-600M's true shape: ``make bench-translate``.

Random weights, built here and deleted after. The engines are alive together and take turns, so that a busy machine is busy for
all of them; bars are ratios of medians.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.bench.translate_engines import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.bench

ROOT: Final = Path(__file__).parents[2]
ENGINES: Final = ("transformers", "plain", "shortlist")
BATCHES: Final = (1, 4)
DIGEST: Final = 4
"""A title and three sentences: the batch that the bars speak of."""
ROUNDS: Final = 3

SHORTLIST_SPEEDUP: Final = 1.5
INT8_SPEEDUP: Final = 3.0
MEMORY_SHARE: Final = 0.35


class Engine:
    """A process that decodes when it is told a batch size."""

    def __init__(self, name: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.bench.translate_engines", name, str(folder), str(os.cpu_count() or 1)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, batch: int) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{batch}\n")
        self._process.stdin.flush()
        return self._answer()

    def peak_bytes(self) -> float:
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._answer()

    def stop(self) -> None:
        self._process.kill()
        with self._process:  # closes its pipes and waits for it
            pass

    def _answer(self) -> float:
        assert self._process.stdout is not None
        value: float = json.loads(self._process.stdout.readline())
        return value


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Path]:
    pytest.importorskip("torch", reason="needs the torch extra")
    folder = tmp_path / "nllb-600m"
    try:
        subprocess.run([sys.executable, "-m", "tests.bench.nllb_shape", str(folder)], cwd=ROOT, check=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_shortlist_and_int8_pay(model: Path) -> None:
    candidates = {
        key: len(cell.split(" "))
        for key, cell in (
            line.split("\t") for line in (model / "ct2" / "vmap.txt").read_text(encoding="utf-8").splitlines()
        )
    }
    assert 25_000 <= candidates["eng_Latn>ru"] <= 60_000, "as large as Russian's share of NLLB's own vocabulary may be"
    engines = {name: Engine(name, model) for name in ENGINES}
    try:
        for engine in engines.values():
            engine.seconds(1)  # the first call allocates
        times = {
            (name, batch): statistics.median(seconds)
            for batch in BATCHES
            for name, seconds in _rounds(engines, batch).items()
        }
        peaks = {name: engine.peak_bytes() for name, engine in engines.items()}
    finally:
        for engine in engines.values():
            engine.stop()
    speed = {key: key[1] * WRITTEN / seconds for key, seconds in times.items()}
    print(f"\ncandidates: {candidates['eng_Latn>ru']} of 256206; {os.cpu_count()} cores; tokens/s by batch size")
    print(f"{'engine':<14}" + "".join(f"{batch:>9}" for batch in BATCHES) + f"{'peak MB':>10}")
    for name in ENGINES:
        print(f"{name:<14}" + "".join(f"{speed[name, batch]:9.1f}" for batch in BATCHES) + f"{peaks[name] / 1e6:10.0f}")
    assert speed["shortlist", DIGEST] >= SHORTLIST_SPEEDUP * speed["plain", DIGEST]
    assert speed["plain", DIGEST] >= INT8_SPEEDUP * speed["transformers", DIGEST]
    assert peaks["shortlist"] <= MEMORY_SHARE * peaks["transformers"]


def _rounds(engines: dict[str, Engine], batch: int) -> dict[str, list[float]]:
    """Seconds of each engine, taken in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            seconds[name].append(engine.seconds(batch))
    return seconds
