"""Whether an installed model is still what was installed: every file hashed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.store.manifest import sha256_of

if TYPE_CHECKING:
    from pipelines.store.manifest import InstalledModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file of an installed model that is not as it should be."""

    path: str
    what: str


def problems(model: InstalledModel) -> list[Problem]:
    """Files of ``model`` that are missing or changed, by name."""
    found = []
    for name, file in sorted(model.files.items()):
        path = model.folder / name
        if not path.is_file():
            found.append(Problem(path=name, what="is missing"))
        elif (size := path.stat().st_size) != file.bytes:
            found.append(Problem(path=name, what=f"has {size} bytes, not {file.bytes}"))
        elif sha256_of(path) != file.sha256:
            found.append(Problem(path=name, what="has other content than was installed"))
    return found
