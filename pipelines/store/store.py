"""The model store: one folder a model below a root, each with its manifest; pull, import, verify, remove.

Hidden folders hold what is under way: ``.work/NAME/parts`` (downloads, resumable), ``.work/NAME/staging/NAME`` (the next
version, renamed into place when it is whole and has been seen to load) and ``.locks``. Making a store reads nothing and
imports nothing heavy.
"""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.store import catalogue as shipped
from pipelines.store.manifest import MANIFEST, InstalledModel, fingerprint, read_manifest, stored_files
from pipelines.store.network import Network
from pipelines.store.paths import MODEL_NAME, disk_errors, folder_bytes, free_bytes, model_name
from pipelines.store.progress import Progress
from pipelines.store.verify import Problem, problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipelines.languages import Language
    from pipelines.store.catalogue import Backend, Catalogue, CatalogueModel, Pair

__all__ = ["InstalledModel", "ModelStore", "Prepare", "Problem", "refuse"]

LOCK_SECONDS: Final = 3600.0
"""How long to wait for another process that pulls the same model: as long as a gigabyte takes on a bad line."""


class Prepare(Protocol):
    """Makes a staging folder ready to run (conversion, shortlist) and proves that its model loads."""

    def __call__(self, staging: Path, *, backend: str) -> None:
        """Raises ``ModelMissingError`` where an extra is needed, ``ModelDamagedError`` where the model does not load."""
        ...


def refuse(model: CatalogueModel) -> bool:
    """Accepts no licence that must be asked for."""
    del model
    return False


def _default_prepare(staging: Path, *, backend: str) -> None:
    from pipelines.store.prepare import prepare  # noqa: PLC0415 - conversion is heavy, and only a pull or import needs it

    prepare(staging, backend=backend)


class ModelStore:
    """Models below ``root``. ``free`` tells the free bytes of a path's disk; ``catalogue`` None is the shipped one."""

    def __init__(
        self,
        root: Path,
        network: Network | None = None,
        *,
        catalogue: Catalogue | None = None,
        prepare: Prepare = _default_prepare,
        free: Callable[[Path], int] = free_bytes,
        lock_seconds: float = LOCK_SECONDS,
        lock_sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.root = root.expanduser().absolute()
        self.network = network or Network()
        self._catalogue = catalogue
        self._prepare, self._free = prepare, free
        self._lock_seconds, self._lock_sleep = lock_seconds, lock_sleep

    @property
    def catalogue(self) -> Catalogue:
        """What can be pulled."""
        return self._catalogue or shipped.catalogue()

    def installed(self, name: str) -> InstalledModel | None:
        """The model of that name, if it is in place. Raises ``ModelDamagedError``. Reads one small file."""
        folder = self.root / model_name(name)
        return read_manifest(folder) if folder.is_dir() else None

    def all_installed(self) -> tuple[InstalledModel | ModelDamagedError, ...]:
        """Every model in place, by name; for one that cannot be used the error that says why."""
        return tuple(self._scan().values())

    def installed_by_name(self) -> dict[str, InstalledModel]:
        """The sound ones."""
        return {name: found for name, found in self._scan().items() if isinstance(found, InstalledModel)}

    def damaged(self) -> dict[str, ModelDamagedError]:
        """Models that are there but cannot be used."""
        return {name: found for name, found in self._scan().items() if isinstance(found, ModelDamagedError)}

    def pull(
        self,
        name: str,
        *,
        progress: Progress | None = None,
        accept_licence: Callable[[CatalogueModel], bool] = refuse,
        original: bool = False,
    ) -> InstalledModel:
        """Fetch a model of the catalogue, or make a damaged one whole; a sound one is left as it is.

        ``original`` takes the authors' checkpoint and converts it here, where a ready conversion would be taken. What has come
        stays for the next try, after Ctrl-C too. Raises ``UnknownModelError``, ``LicenceError``, ``HubError``,
        ``HubRefusedError``, ``DiskFullError``, ``ModelDamagedError`` and ``ModelMissingError``.
        """
        from pipelines.store import fetching, licences  # noqa: PLC0415 - not needed to know what is installed
        from pipelines.store.installing import install  # noqa: PLC0415

        model = self.catalogue.find(name)
        source = fetching.chosen_source(model, original=original)
        said = progress or Progress()
        with self._alone(name, said) as work:
            held = self._held(name)
            if held is not None and held.source == fetching.label(source) and not problems(held):
                said.say(f"{name} is installed and sound")
                return held
            licences.require(self.root, model, accept_licence)
            staging = fetching.emptied(work / "staging" / name)
            fetched = fetching.fetch(
                model,
                source,
                held,
                network=self.network,
                progress=said,
                parts=work / "parts",
                staging=staging,
                free=self._free,
            )
            said.say(f"preparing {name}")
            self._prepare(staging, backend=model.backend)
            ready = InstalledModel(
                name=name,
                backend=model.backend,
                stage=model.stage,
                folder=staging,
                revision=fetched.revision,
                licence=model.licence,
                languages=model.languages,
                pairs=model.pairs,
                files=stored_files(staging),
                downloads=fetched.downloads,
                source=fetching.label(source),
            )
            return install(ready, self.root / name, work)

    def import_model(
        self,
        name: str,
        path: Path,
        *,
        backend: Backend | None = None,
        languages: tuple[Language, ...] = (),
        pairs: tuple[Pair, ...] = (),
        progress: Progress | None = None,
    ) -> InstalledModel:
        """Copy a model from a folder or archive. A name outside of the catalogue needs ``backend`` and languages or pairs.

        Raises ``UnknownModelError``, ``ModelDamagedError``, ``ModelMissingError``, ``DiskFullError`` and ``ModelError``.
        """
        from pipelines.store import fetching, incoming  # noqa: PLC0415 - not needed to know what is installed
        from pipelines.store.installing import describe, install  # noqa: PLC0415

        said = progress or Progress()
        model = describe(
            self.catalogue, model_name(name), self.root / ".work" / name / "staging" / name, backend, languages, pairs
        )
        with self._alone(name, said) as work:
            staging = fetching.emptied(model.folder)
            incoming.bring(path, staging, free=self._free(self.root))
            brought = stored_files(staging)
            said.say(f"preparing {name}")
            self._prepare(staging, backend=model.backend)
            ready = replace(
                model,
                revision=f"import-{fingerprint(brought)}",
                files=stored_files(staging),
                downloads=brought,
                source=f"import:{path.name}",
            )
            return install(ready, self.root / name, work)

    def verify(self, name: str) -> list[Problem]:
        """Hash every file of a model again; what differs. Raises ``ModelMissingError`` where it is not installed."""
        folder = self.root / model_name(name)
        if not folder.is_dir():
            raise _not_installed(name)
        try:
            model = read_manifest(folder, files=False)
        except ModelDamagedError:
            return [Problem(path=MANIFEST, what="cannot be read")]
        with disk_errors(folder):
            return problems(model)

    def remove(self, name: str) -> int:
        """Delete a model, and what was fetched of it; bytes freed. Raises ``ModelMissingError`` where there is neither."""
        with self._alone(model_name(name), Progress()) as work:
            folders = [folder for folder in (self.root / name, work) if folder.exists()]
            if not folders:
                raise _not_installed(name)
            freed = sum(folder_bytes(folder) for folder in folders)
            for folder in folders:
                shutil.rmtree(folder)
            return freed

    def _scan(self) -> dict[str, InstalledModel | ModelDamagedError]:
        found: dict[str, InstalledModel | ModelDamagedError] = {}
        with disk_errors(self.root):
            folders = sorted(self.root.iterdir()) if self.root.is_dir() else []
        for folder in folders:
            if folder.is_dir() and MODEL_NAME.fullmatch(folder.name):
                try:
                    found[folder.name] = read_manifest(folder)
                except ModelDamagedError as error:
                    found[folder.name] = error
        return found

    def _held(self, name: str) -> InstalledModel | None:
        """What stands there, its files perhaps damaged; None also where not even its manifest can be read."""
        try:
            return read_manifest(self.root / name, files=False)
        except ModelDamagedError:
            return None

    @contextmanager
    def _alone(self, name: str, progress: Progress) -> Iterator[Path]:
        """The model's working folder, no other process in it; a disk that fails becomes one of Khabar's errors."""
        from pipelines.store.installing import recover  # noqa: PLC0415
        from pipelines.store.lock import exclusive  # noqa: PLC0415 - not needed to know what is installed

        work = self.root / ".work" / name
        with (
            disk_errors(self.root),
            exclusive(self.root / ".locks" / name, name, self._lock_seconds, self._lock_sleep, progress.say),
        ):
            recover(self.root / name, work)
            try:
                yield work
            finally:
                recover(self.root / name, work)


def _not_installed(name: str) -> ModelMissingError:
    return ModelMissingError(f"{name} is not installed.", command=f"khabar models pull {name}")
