"""Writes the files that Marian's students are shipped in: the binary model, int8 with its multipliers, and the shortlist.

Arrays → bytes, as marian-dev's ``common/binary.cpp`` and ``data/shortlist.cpp`` lay them out. Weights are quantised to seven
bits, not eight: a sum of two products then always fits the 16 bits in which AVX2 adds them, so that every processor's kernel
finds the same integers and a translation does not depend on the machine.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

BYTES: Final = 0x0101
FLOAT32: Final = 0x0404
INTGEMM8: Final = 0x4101
SHORTLIST_MAGIC: Final = 0xF11A48D5013417F5
LEVELS: Final = 63
"""Largest quantised weight: 2 * 254 * 63 < 2 ** 15."""
_ALIGNMENT: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a model file; ``data`` as it lies there, padding included."""

    name: str
    kind: int
    shape: tuple[int, ...]
    data: bytes


def floats(name: str, values: NDArray[np.floating[Any]]) -> Item:
    """Biases, norms and the activations' multipliers: ``[1, n]``."""
    flat = np.asarray(values, dtype="<f4").reshape(1, -1)
    return Item(name=name, kind=FLOAT32, shape=flat.shape, data=_padded(flat.tobytes()))


def weight(name: str, values: NDArray[np.float32], *, transposed: bool = True) -> Item:
    """A matrix ``[k, n]``, stored as ``[n, k]`` int8 and its multiplier; an embedding ``[vocabulary, k]`` is stored as it is."""
    multiplier = quantisation(values)
    integers = np.clip(np.rint(values * multiplier), -LEVELS, LEVELS).astype(np.int8)
    stored = integers.T if transposed else integers
    data = np.ascontiguousarray(stored).tobytes() + struct.pack("<f", multiplier)
    return Item(name=name, kind=INTGEMM8, shape=values.shape, data=_padded(data))


def scalar(name: str, value: float) -> Item:
    """A number as an int8 matrix of one element: how split vocabularies hold the multiplier of the output layer."""
    data = struct.pack("<bf", 127, 127 / value)
    return Item(name=name, kind=INTGEMM8, shape=(1, 1), data=_padded(data))


def config(settings: Mapping[str, str | int]) -> Item:
    """The model's settings as YAML, closed by a zero byte."""
    text = "".join(f"{key}: {value}\n" for key, value in settings.items()).encode() + b"\0"
    return Item(name="special:model.yml", kind=BYTES, shape=(len(text),), data=_padded(text))


def quantisation(values: NDArray[np.float32]) -> float:
    """Multiplier that brings the largest weight to ``LEVELS``."""
    return float(np.float32(LEVELS / max(float(np.abs(values).max()), 1e-6)))


def model_bytes(items: Sequence[Item]) -> bytes:
    """A model file, version 1: headers, names, shapes, a gap to the next 256 bytes, data."""
    names = [item.name.encode() + b"\0" for item in items]
    head = struct.pack("<QQ", 1, len(items))
    for item, name in zip(items, names, strict=True):
        head += struct.pack("<QQQQ", len(name), item.kind, len(item.shape), len(item.data))
    head += b"".join(names) + b"".join(struct.pack(f"<{len(item.shape)}i", *item.shape) for item in items)
    gap = -(len(head) + 8) % _ALIGNMENT
    return head + struct.pack("<Q", gap) + bytes(gap) + b"".join(item.data for item in items)


def shortlist_bytes(candidates: Sequence[Sequence[int]], *, first: int) -> bytes:
    """A shortlist: the ``first`` target words for every sentence, and for source word ``i`` those in ``candidates[i]``."""
    offsets = np.cumsum([0, *(len(words) for words in candidates)]).astype("<u8").tobytes()
    flat = np.array([word for words in candidates for word in words], dtype="<u4").tobytes()
    best = max(map(len, candidates))
    header = struct.pack("<QQQQQQ", SHORTLIST_MAGIC, 0, first, best, len(candidates) + 1, len(flat) // 4)
    return header + offsets + flat


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
