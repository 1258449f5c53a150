"""CTranslate2's ``model.bin``, read without CTranslate2 and changed in place: a file → its variables, rows copied over rows.

The format, little-endian (python/ctranslate2/specs/model_spec.py and src/models/model.cc of OpenNMT/CTranslate2): u32 version;
string specification; u32 revision; u32 count of variables, each string name, u8 rank, u32 dimensions, u8 type, u32 bytes, data;
u32 count of aliases, each string alias, string variable. A string is u16 length (with its closing zero) and UTF-8.
Data are skipped, never read into memory: the header of a 600 MB file takes a millisecond.
"""

from __future__ import annotations

import shutil
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from pipelines.errors import ModelDamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME: Final = "model.bin"

_VERSIONS: Final = range(4, 7)
"""From 4 on a variable states its size in bytes; 6 is what CTranslate2 has written since 2021."""
_MOST_VARIABLES: Final = 100_000
_MOST_DIMENSIONS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Where a variable's data lie: ``size`` bytes from ``offset``, rows by the first dimension of ``shape``."""

    name: str
    shape: tuple[int, ...]
    offset: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBin:
    """Header of a model file: the specification's name, variables by name, aliases to variables."""

    specification: str
    variables: Mapping[str, Variable]
    aliases: Mapping[str, str]

    def variable(self, *names: str) -> Variable | None:
        """The first of ``names`` that the model has, by itself or as an alias."""
        for name in names:
            if found := self.variables.get(self.aliases.get(name, name)):
                return found
        return None


def read(path: Path) -> ModelBin:
    """The header of ``path``. Raises ModelDamagedError where the file is cut short or is no model of CTranslate2."""
    try:
        with path.open("rb") as file:
            return _Reader(file, path.stat().st_size).model()
    except (OSError, struct.error, UnicodeDecodeError, ValueError) as error:
        raise ModelDamagedError(f"{path.name} is not a whole CTranslate2 model ({error}).") from error


def copy_rows(path: Path, variables: list[Variable], rows: Mapping[int, int]) -> None:
    """In each of ``variables``, make row ``target`` equal to row ``source`` for every ``target: source`` of ``rows``.

    A file that has other names (hard links, a symbolic link into a cache) is copied first, so that they keep theirs.
    """
    if path.is_symlink() or path.stat().st_nlink > 1:
        own = path.with_suffix(".copy")
        shutil.copyfile(path, own)
        own.replace(path)
    with path.open("r+b") as file:
        for variable in variables:
            width = variable.size // variable.shape[0]
            for target, source in rows.items():
                file.seek(variable.offset + source * width)
                row = file.read(width)
                file.seek(variable.offset + target * width)
                file.write(row)


class _Reader:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size

    def model(self) -> ModelBin:
        version = self._number("I")
        if version not in _VERSIONS:
            raise ValueError(f"binary version {version} is unknown")
        specification = self._string()
        self._number("I")  # the specification's revision
        variables = [self._variable() for _ in range(self._count())]
        aliases = {self._string(): self._string() for _ in range(self._count())}
        return ModelBin(specification=specification, variables={v.name: v for v in variables}, aliases=aliases)

    def _variable(self) -> Variable:
        name = self._string()
        rank = self._number("B")
        if rank > _MOST_DIMENSIONS:
            raise ValueError(f"{name} has {rank} dimensions")
        shape = tuple(self._number("I") for _ in range(rank))
        self._number("B")  # type of the items
        size = self._number("I")
        offset = self._file.tell()
        if offset + size > self._size:
            raise ValueError(f"it ends inside {name}")
        self._file.seek(size, 1)
        return Variable(name=name, shape=shape, offset=offset, size=size)

    def _count(self) -> int:
        count = self._number("I")
        if count > _MOST_VARIABLES:
            raise ValueError(f"{count} entries")
        return count

    def _number(self, kind: str) -> int:
        layout = struct.Struct(f"<{kind}")
        value: int = layout.unpack(self._file.read(layout.size))[0]
        return value

    def _string(self) -> str:
        size = self._number("H")
        text = self._file.read(size)
        if len(text) < size:
            raise ValueError("it ends inside a name")
        return text.rstrip(b"\0").decode()
