"""Fetching one model of the catalogue: what the server lists, room for it, its files, and the staging folder made of them.

Parts live apart from the staging folder: what was fetched survives a conversion that failed for want of an extra.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.errors import DiskFullError, ModelDamagedError
from pipelines.store import hub, mozilla
from pipelines.store.download import Downloader
from pipelines.store.manifest import InstalledModel, StoredFile, fingerprint
from pipelines.store.paths import inside, link_or_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pipelines.store.catalogue import CatalogueModel, HubSource
    from pipelines.store.download import RemoteFile
    from pipelines.store.network import Network
    from pipelines.store.progress import Progress

MARGIN: Final = 1.1
CONVERTED: Final = 0.35
"""An int8 copy of float32 weights has a quarter of their size; vocabularies and the shortlist come on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came: which revision, and the files as the server gave them."""

    revision: str
    downloads: dict[str, StoredFile]


def fetch(
    model: CatalogueModel,
    source: HubSource | None,
    held: InstalledModel | None,
    *,
    network: Network,
    progress: Progress,
    parts: Path,
    staging: Path,
    free: Callable[[Path], int],
) -> Fetched:
    """Bring ``model`` into ``staging``; ``held`` is the copy that stands there now, damaged or of another source.

    Raises ``HubError``, ``HubRefusedError``, ``DiskFullError``, ``ModelDamagedError``.
    """
    with network.client() as client:
        downloader = Downloader(network, client, progress)
        if source is None:
            return _from_mozilla(model, held, downloader, network, progress, parts, staging, free)
        same = held if held is not None and held.source == label(source) else None
        commit, files = hub.listing(
            downloader,
            network.endpoint,
            source,
            held=same.revision if same else "",
            before=same.downloads if same else {},
        )
        downloads = _download(
            model.name, files, downloader, progress, parts, free, extra=CONVERTED if source is model.original else 0.0
        )
        for name in downloads:
            link_or_copy(inside(parts, name), inside(staging, name))
        return Fetched(revision=commit, downloads=downloads)


def _from_mozilla(
    model: CatalogueModel,
    held: InstalledModel | None,
    downloader: Downloader,
    network: Network,
    progress: Progress,
    parts: Path,
    staging: Path,
    free: Callable[[Path], int],
) -> Fetched:
    found = mozilla.listing(downloader, network, model.pairs[0])
    files = {name: StoredFile(sha256=sha256, bytes=0) for name, sha256 in found.unpacked.items()}
    revision = f"{found.version}-{found.architecture}-{fingerprint(files)}"
    if held is not None and held.source == "mozilla":
        version = held.revision.rsplit("-", 1)[0]
        if version == f"{found.version}-{found.architecture}" and held.revision != revision:
            raise ModelDamagedError(
                f"Mozilla's list gives other files than before for {model.name} {found.version}. If that is right, run "
                f"`khabar models remove {model.name}` first."
            )
    downloads = _download(model.name, found.files, downloader, progress, parts, free, extra=1.5)
    mozilla.unpack(found, parts, staging)
    return Fetched(revision=revision, downloads=downloads)


def _download(
    name: str,
    files: Iterable[RemoteFile],
    downloader: Downloader,
    progress: Progress,
    parts: Path,
    free: Callable[[Path], int],
    *,
    extra: float,
) -> dict[str, StoredFile]:
    """All files into ``parts``. ``extra`` is what conversion or unpacking adds, as a share of their size."""
    files = list(files)
    total = sum(file.bytes or 0 for file in files)
    needed = int((total - _present(files, parts) + total * extra) * MARGIN)
    room = free(parts)
    if needed > room:
        raise DiskFullError(
            f"{name} needs {_megabytes(needed)}, and {parts.parents[2]} has {_megabytes(room)} left. Make room, or set "
            "KHABAR_MODELS_DIR to another disk.",
            needed=needed,
            free=room,
        )
    progress.begin(name, total)
    try:
        return {file.path: downloader.fetch(file, parts) for file in files}
    finally:
        progress.end()


def _present(files: list[RemoteFile], parts: Path) -> int:
    have = 0
    for file in files:
        target = inside(parts, file.path)
        for path in (target, target.with_name(target.name + ".part")):
            have += min(path.stat().st_size, file.bytes or 0) if path.exists() else 0
    return have


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000_000:.1f} GB" if count >= 1_000_000_000 else f"{max(count / 1_000_000, 0.1):.1f} MB"


def emptied(folder: Path) -> Path:
    """``folder``, there and empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def chosen_source(model: CatalogueModel, *, original: bool) -> HubSource | None:
    """The repository to fetch from: the ready conversion where there is one, unless the authors' own is asked for.

    None for Mozilla's models.
    """
    return model.original if model.ready is None or (original and model.original is not None) else model.ready


def label(source: HubSource | None) -> str:
    """How a manifest names a source."""
    return f"hub:{source.repo}" if source is not None else "mozilla"
