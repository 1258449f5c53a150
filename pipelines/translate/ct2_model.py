"""A CTranslate2 model and its tokeniser in memory: a folder that the store prepared → ``Loaded``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.translate.pieces import load

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.translate.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory. ``translator`` is CTranslate2's; its calls from several threads queue up in it."""

    translator: Any
    pieces: Pieces


def load_ct2(folder: Path, threads: int) -> Loaded:
    """Load a model in int8, on the GPU where there is one. ``threads`` is for one batch, 0 lets the library choose.

    CTranslate2 falls back to another type by itself where the processor has no int8. Raises ModelDamagedError where a file is
    absent or cut, ModelMissingError where CTranslate2 cannot be imported.
    """
    try:
        import ctranslate2  # noqa: PLC0415 - heavy
    except ImportError as error:
        raise ModelMissingError(f"{folder.name} needs CTranslate2, which cannot be imported ({error}).") from error
    pieces = load(folder)
    device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        translator = ctranslate2.Translator(
            str(folder), device=device, compute_type="int8", inter_threads=1, intra_threads=threads
        )
    except (RuntimeError, ValueError) as error:
        raise ModelDamagedError(f"{folder.name} cannot be loaded ({error}).") from error
    return Loaded(translator, pieces)
