"""Which licences were accepted, for which model: ``licences.json`` in the store's root.

Only licences that forbid business use are asked for, once a model; a model whose licence changes is asked for again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pipelines.errors import LicenceError
from pipelines.store.paths import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.store.catalogue import CatalogueModel

LICENCES: Final = "licences.json"


def accepted(root: Path) -> frozenset[tuple[str, str]]:
    """Pairs of model and licence. A file that cannot be read counts as nothing accepted: the user is asked again."""
    try:
        entries = json.loads((root / LICENCES).read_text(encoding="utf-8"))["accepted"]
        return frozenset((str(entry["model"]), str(entry["licence"])) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def require(root: Path, model: CatalogueModel, ask: Callable[[CatalogueModel], bool]) -> None:
    """Ask for ``model``'s licence unless it is free or was accepted, and remember a yes. Raises ``LicenceError`` for a no."""
    known = accepted(root)
    if model.commercial or (model.name, model.licence) in known:
        return
    if not ask(model):
        raise LicenceError(
            f"{model.name} is under {model.licence}: no business use ({model.licence_url}). "
            f"If that fits, run `khabar models pull {model.name} --accept-licence`."
        )
    entries = [{"model": name, "licence": licence} for name, licence in sorted({*known, (model.name, model.licence)})]
    write_atomically(root / LICENCES, json.dumps({"accepted": entries}, indent=1) + "\n")
