"""Builds the tiny checkpoints under ``tests/models``: ``python -m tests.models.build [nllb|small100|mt5|all]``.

Text beside this file → a folder per checkpoint, as its publishers lay it out. Needs the torch extra; minutes on two cores.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from tests.models.text import HERE
from tests.models.train import seed_everything

CHECKPOINTS: Final = ("nllb", "small100", "mt5")


def main(arguments: list[str] | None = None) -> int:
    """Builds what was asked for, each in a fresh folder that takes the old one's place when done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="?", default="all", choices=[*CHECKPOINTS, "all"])
    which = parser.parse_args(arguments).which
    # small100 starts from nllb, so they are one chain; a process each, for seeds and threads are settings of a whole process
    chains = (("nllb", "small100"), ("mt5",)) if which == "all" else ((which,),)
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        for reports in pool.map(build_in_turn, chains):
            print("\n".join(reports), file=sys.stderr)
    return 0


def build_in_turn(names: tuple[str, ...]) -> list[str]:
    """Builds one after another; a report of each."""
    return [build(name) for name in names]


def build(name: str) -> str:
    """Trains one checkpoint and puts it in place; returns a line on loss, size and time."""
    begun = time.monotonic()
    fresh = HERE / f"{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    seed_everything()
    loss = importlib.import_module(f"tests.models.{name}_checkpoint").build(fresh)
    for path in fresh.iterdir():
        path.chmod(0o644)
    shutil.rmtree(HERE / name, ignore_errors=True)
    fresh.rename(HERE / name)
    size = sum(path.stat().st_size for path in (HERE / name).iterdir())
    return f"{name}: loss {loss:.4f}, {size / 1e6:.2f} MB, {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    raise SystemExit(main())
