"""The last step of a pull or an import: a manifest for the staging folder, and one rename.

A staging folder and what is known of its model → the model in place, the former one gone. Interrupted at any point, either the
old model or the new one stands there afterwards (``recover`` looks after the moment between two renames).
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.errors import UnknownModelError
from pipelines.store.manifest import InstalledModel, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.languages import Language
    from pipelines.store.catalogue import Backend, Catalogue, Pair, Stage


def install(model: InstalledModel, folder: Path, work: Path) -> InstalledModel:
    """Move ``model`` from its staging folder to ``folder``; ``work`` (parts and all) is deleted."""
    write_manifest(model)
    old = work / "old"
    if folder.exists():
        folder.rename(old)
    model.folder.rename(folder)
    shutil.rmtree(work)
    return replace(model, folder=folder)


def recover(folder: Path, work: Path) -> None:
    """Put the former model back where a process died between the two renames; drop what is half made, keep downloads."""
    old = work / "old"
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (old, work / "staging"):
        if left.exists():
            shutil.rmtree(left)
    if work.exists() and not any(path.is_file() for path in work.rglob("*")):
        shutil.rmtree(work)


def describe(
    catalogue: Catalogue,
    name: str,
    folder: Path,
    backend: Backend | None,
    languages: tuple[Language, ...],
    pairs: tuple[Pair, ...],
) -> InstalledModel:
    """What an import is to be, files aside: from the catalogue, else from what the user said of it.

    Raises ``UnknownModelError`` for a name outside of the catalogue with too little said.
    """
    try:
        known = catalogue.find(name)
    except UnknownModelError as error:
        if backend is None:
            raise UnknownModelError(f"{error} To import another model, say its kind: --backend.") from error
        if not pairs and (backend == "firefox" or not languages):
            raise UnknownModelError(
                f"{name} is not in the catalogue: say what it translates, --pairs en-ru or (any to any) --languages en,ru,ps."
            ) from error
        stage: Stage = "summarise" if backend == "mt5" else "translate"
        return InstalledModel(
            name=name, backend=backend, stage=stage, folder=folder, revision="", licence="unknown",
            languages=languages, pairs=pairs, files={}, source="",
        )  # fmt: skip
    return InstalledModel(
        name=name, backend=backend or known.backend, stage=known.stage, folder=folder, revision="", licence=known.licence,
        languages=languages or known.languages, pairs=pairs or known.pairs, files={}, source="",
    )  # fmt: skip
