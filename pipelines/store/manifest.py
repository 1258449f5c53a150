"""What is installed: one small JSON file in each model's folder, ``khabar-model.json``.

Reading it costs a parse and a ``stat`` for each file: the translator registry asks at every start, so nothing is hashed and
nothing heavy imported here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - a dataclass's types are read at run time
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ModelDamagedError
from pipelines.languages import Language
from pipelines.store.catalogue import BACKENDS, STAGES, Backend, Pair, Stage, pair_codes, pairs_of
from pipelines.store.paths import inside, write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "khabar-model.json"
FORMAT: Final = 1
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """What a file must be: sha256 in hex and bytes."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model that is in place. ``files`` are in ``folder``; ``downloads`` is what came over the network, before conversion.

    ``source`` says where from: ``hub:<repo>``, ``mozilla`` or ``import:<file name>``. ``revision`` is the hub's commit, Mozilla's
    version with a hash over its files, or a hash over what was imported.
    """

    name: str
    backend: Backend
    stage: Stage
    folder: Path
    revision: str
    licence: str
    languages: tuple[Language, ...] = ()
    pairs: tuple[Pair, ...] = ()
    files: Mapping[str, StoredFile]
    downloads: Mapping[str, StoredFile] = field(default_factory=dict)
    source: str

    @property
    def bytes(self) -> int:
        """Size on the disk."""
        return sum(file.bytes for file in self.files.values())

    def translates(self, source: Language, target: Language) -> bool:
        """True where the model goes from ``source`` to ``target`` in one step."""
        both = source in self.languages and target in self.languages
        return self.stage == "translate" and source != target and ((source, target) in self.pairs or both)


def read_manifest(folder: Path, *, files: bool = True) -> InstalledModel:
    """The model in ``folder``. Raises ``ModelDamagedError`` where the manifest or a file is absent, cut or senseless.

    Without ``files`` the manifest alone must make sense.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        model = _from_json(folder, raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ModelDamagedError) as error:
        raise _damaged(folder.name, f"its {MANIFEST} cannot be read ({type(error).__name__})") from error
    for name, file in model.files.items() if files else ():
        try:
            size = (folder / name).stat().st_size
        except OSError as error:
            raise _damaged(folder.name, f"{name} is missing") from error
        if size != file.bytes:
            raise _damaged(folder.name, f"{name} has {size} bytes, not {file.bytes}")
    return model


def write_manifest(model: InstalledModel) -> None:
    """Put the manifest into the model's folder."""
    body = {
        "format": FORMAT,
        "name": model.name,
        "backend": model.backend,
        "stage": model.stage,
        "revision": model.revision,
        "licence": model.licence,
        "languages": [language.value for language in model.languages],
        "pairs": pair_codes(model.pairs),
        "source": model.source,
        "files": _files_json(model.files),
        "downloads": _files_json(model.downloads),
    }
    write_atomically(model.folder / MANIFEST, json.dumps(body, indent=1, ensure_ascii=False) + "\n")


def stored_files(folder: Path) -> dict[str, StoredFile]:
    """Every file below ``folder`` but the manifest, hashed, by its path with ``/``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            found[name] = StoredFile(sha256=sha256_of(path), bytes=path.stat().st_size)
    return found


def sha256_of(path: Path) -> str:
    """sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_blob_of(path: Path) -> str:
    """Git's name for a file's content, by which the hub knows the files that are not in LFS."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def fingerprint(files: Mapping[str, StoredFile]) -> str:
    """Twelve hex digits that change when any file does."""
    lines = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _files_json(files: Mapping[str, StoredFile]) -> dict[str, dict[str, object]]:
    return {name: {"sha256": files[name].sha256, "bytes": files[name].bytes} for name in sorted(files)}


def _from_json(folder: Path, raw: dict[str, Any]) -> InstalledModel:
    if raw["format"] != FORMAT or raw["name"] != folder.name:
        raise ValueError("another format or name")
    files = _files(folder, raw["files"])
    if not files:
        raise ValueError("no files")
    return InstalledModel(
        name=raw["name"],
        backend=BACKENDS[BACKENDS.index(raw["backend"])],
        stage=STAGES[STAGES.index(raw["stage"])],
        folder=folder,
        revision=str(raw["revision"]),
        licence=str(raw["licence"]),
        languages=tuple(Language(code) for code in raw["languages"]),
        pairs=pairs_of(",".join(raw["pairs"])),
        files=files,
        downloads=_files(folder, raw["downloads"]),
        source=str(raw["source"]),
    )


def _files(folder: Path, raw: dict[str, Any]) -> dict[str, StoredFile]:
    return {
        inside(folder, name).relative_to(folder).as_posix(): StoredFile(
            sha256=str(entry["sha256"]), bytes=int(entry["bytes"])
        )
        for name, entry in raw.items()
    }


def _damaged(name: str, why: str) -> ModelDamagedError:
    return ModelDamagedError(
        f"The model {name} is damaged: {why}. `khabar models pull {name}` (or import) brings it anew."
    )
