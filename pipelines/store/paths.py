"""Names and places on the disk: no name from outside leads out of its folder, no full disk ends in a trace.

Names from repositories, archives and the command line come in; paths below one folder, or one of Khabar's errors, go out.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pipelines.errors import DiskFullError, ModelDamagedError, ModelError, UnknownModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODEL_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = re.compile(r'[\\:*?"<>|\x00-\x1f]')
"""Separators and wildcards of some system, and controls: no model's file needs them."""


def model_name(name: str) -> str:
    """``name``, if it can be a folder of the store. Raises ``UnknownModelError``."""
    if not MODEL_NAME.fullmatch(name) or name.endswith("."):
        raise UnknownModelError(f"“{name}” can be no model's name: small letters, digits, dots and dashes only.")
    return name


def inside(folder: Path, name: str) -> Path:
    """Path of a file below ``folder``. Raises ``ModelDamagedError`` for a name that would lead out of it."""
    parts = name.split("/")
    if _FORBIDDEN.search(name) or any(part in ("", ".", "..") for part in parts):
        raise ModelDamagedError(f"“{name}” can be no file of a model: the name would lead out of its folder.")
    return folder.joinpath(*parts)


def write_atomically(path: Path, text: str) -> None:
    """Replace ``path``, whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def link_or_copy(source: Path, target: Path) -> None:
    """The same bytes under another name, without a second copy where the file system can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # FAT, some network drives
        shutil.copyfile(source, target)


def folder_bytes(folder: Path) -> int:
    """Sum of the files below ``folder``; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def free_bytes(path: Path) -> int:
    """Free bytes where ``path`` is or will be."""
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free


@contextmanager
def disk_errors(root: Path, *, needed: int = 0, free: int | None = None) -> Iterator[None]:
    """Turns what the disk refuses into ``DiskFullError``, or into a ``ModelError`` that names the path and the reason."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            left = free_bytes(root) if free is None else free
            raise DiskFullError(
                f"The disk of {root} is full. Make room and run the same command: it goes on from there.",
                needed=needed,
                free=left,
            ) from error
        where = error.filename or root
        raise ModelError(f"The model store cannot use {where}: {error.strerror or error}.") from error
