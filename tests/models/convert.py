"""Converts the tiny checkpoints to CTranslate2: ``python -m tests.models.convert``, after ``tests.models.build``.

``tests/models/nllb`` → ``tests/models/nllb-ct2`` and so on, in int8 and without a shortlist, so that tests without torch prepare
a copy as the store does. Needs the torch extra.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import TYPE_CHECKING, Final

from pipelines.store.convert import convert
from tests.models.text import HERE

if TYPE_CHECKING:
    from pathlib import Path

CONVERTED: Final = ("nllb", "small100", "mt5")


def ready(name: str) -> Path:
    """Folder of a conversion that is committed."""
    return HERE / f"{name}-ct2"


def main(arguments: list[str] | None = None) -> int:
    """Converts what was asked for, each beside the old one and then in its place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="*", metavar="|".join(CONVERTED))
    for name in parser.parse_args(arguments).which or CONVERTED:
        fresh = ready(f"{name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        convert(HERE / name, fresh, backend=name)
        shutil.rmtree(ready(name), ignore_errors=True)
        fresh.rename(ready(name))
        size = sum(path.stat().st_size for path in ready(name).iterdir())
        print(f"{ready(name).name}: {size / 1e6:.2f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
