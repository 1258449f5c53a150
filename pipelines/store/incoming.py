"""A model that the user brings: a folder, ``.tar``, ``.tar.gz``, ``.tgz`` or ``.zip`` → files in a staging folder.

The original is copied, never moved. An archive is not trusted: no name leads out, only plain files are taken, and both their
number and their unpacked size are bounded while they are unpacked, whatever the archive says of itself.
"""

from __future__ import annotations

import lzma
import re
import shutil
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from pipelines.errors import DiskFullError, ModelDamagedError, ModelError
from pipelines.store.manifest import MANIFEST
from pipelines.store.paths import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_FILES: Final = 2000
MAX_BYTES: Final = 40_000_000_000
"""The largest checkpoint of the catalogue has 5.5 GB; anything beyond this is no model of Khabar's."""
MAX_PADDING: Final = 64 << 20
"""After an archive's end tar writes zeros up to its record size, 10 kB by default."""
_BLOCK: Final = 1 << 20
_BROKEN: Final = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError,
    RuntimeError,  # a zip with a password
    NotImplementedError,  # a zip with another compression
)  # fmt: skip
_WEIGHTS: Final = re.compile(r"(model.*\.bin|.*\.safetensors|pytorch_model.*\.bin)(\.index\.json)?")


def bring(path: Path, staging: Path, *, free: int) -> None:
    """Copy or unpack ``path`` into ``staging``, no more than ``free`` bytes.

    Raises ``ModelDamagedError`` for an archive that is broken, unsafe or holds no model, ``DiskFullError``, ``ModelError``.
    """
    limit = min(free, MAX_BYTES)
    if path.is_dir():
        _take(_of_folder(path), staging, limit)
    elif path.is_file() and (tarfile.is_tarfile(path) or zipfile.is_zipfile(path)):
        try:
            with _members(path) as members:
                _take(members, staging, limit)
        except _BROKEN as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's, not the archive's: gzip and bz2 raise OSError without a number
            raise ModelDamagedError(f"{path.name} cannot be unpacked: {error}.") from error
    elif path.exists():
        raise ModelError(f"{path.name} is neither a folder nor a .tar, .tar.gz or .zip archive.")
    else:
        raise ModelError(f"There is nothing at {path}.")
    _lift(staging)
    if not any(_WEIGHTS.fullmatch(file.name) for file in staging.iterdir()):
        raise ModelDamagedError(
            f"{path.name} holds no model: there is no model*.bin, pytorch_model.bin or *.safetensors in it."
        )


_Member = tuple[str, "IO[bytes]"]


def _take(members: Iterable[_Member], staging: Path, limit: int) -> None:
    total = 0
    for count, (name, stream) in enumerate(members):
        if count >= MAX_FILES:
            raise ModelDamagedError(f"There are more than {MAX_FILES} files in it: this is no model.")
        target = inside(staging, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with stream, target.open("xb") as out:
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > limit:
                    raise DiskFullError(
                        f"There is no room for it: over {limit // 1_000_000} MB unpacked. Make room, or give a smaller model.",
                        needed=total,
                        free=limit,
                    )
                out.write(block)


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and parts[-1] != MANIFEST and not any(p.startswith(".") and p not in (".", "..") for p in parts)


def _of_folder(folder: Path) -> Iterator[_Member]:
    """Plain files, and links to files: the hub's own cache is made of them. Hidden ones stay out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and _wanted(name):
            yield name, path.open("rb")


@contextmanager
def _members(path: Path) -> Iterator[Iterator[_Member]]:
    if tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            yield _of_tar(tar)
    else:
        with zipfile.ZipFile(path) as archive:
            yield _of_zip(archive)


def _of_tar(tar: tarfile.TarFile) -> Iterator[_Member]:
    for member in tar:
        if member.isdir():
            continue
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None:
            raise ModelDamagedError(
                f"“{member.name}” in the archive is a link or a device: only plain files are taken."
            )
        if _wanted(member.name):
            yield member.name.removeprefix("./"), stream
    # The checksum of a .gz stands at its very end, behind what tar reads: without this a spoilt archive passes.
    behind = tar.fileobj
    for _ in range(MAX_PADDING // _BLOCK):
        if not behind.read(_BLOCK):
            return
    raise ModelDamagedError("There is something behind the end of the archive.")


def _of_zip(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for entry in archive.infolist():
        if not entry.is_dir() and _wanted(entry.filename):
            yield entry.filename, archive.open(entry)


def _lift(staging: Path) -> None:
    """Where everything is in one folder, as archives like to have it, take its contents."""
    inner = list(staging.iterdir())
    while len(inner) == 1 and inner[0].is_dir():
        beside = staging.with_name(staging.name + ".lift")
        inner[0].rename(beside)
        shutil.rmtree(staging)
        beside.rename(staging)
        inner = list(staging.iterdir())
