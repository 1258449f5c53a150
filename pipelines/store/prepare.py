"""The last step of a pull or an import: files as they came → a model that runs, or an error that says why it does not.

A checkpoint becomes a CTranslate2 model in int8; a target shortlist is built; then the model is loaded and decodes one token.
Everything happens in the staging folder, so a model that is in place has been run once on this machine.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

from pipelines.errors import ModelDamagedError
from pipelines.languages import Language
from pipelines.store import model_bin
from pipelines.store.convert import convert, is_checkpoint
from pipelines.store.shortlist import prepare_shortlist
from pipelines.translate.ct2_model import load_ct2
from pipelines.translate.pieces import vocabulary

CONVERTED: Final = ("nllb", "small100", "madlad", "opus", "mt5")
"""Back-ends that run on CTranslate2."""


def prepare(staging: Path, *, backend: str) -> None:
    """Make the model in ``staging`` ready for ``backend``, in place.

    Raises ModelMissingError where a package is needed that is not installed, ModelDamagedError where the files are not whole,
    not those of such a model, or do not run.
    """
    if backend in CONVERTED:
        if not (staging / model_bin.NAME).is_file():
            _convert_in_place(staging, backend)
        if backend != "mt5":  # a summary is in the article's language; nothing on the source side says which
            prepare_shortlist(staging, backend, target=_only_target(staging) if backend == "opus" else None)
        _prove(staging)
    elif backend == "seq2seq":
        _prove_checkpoint(staging)
    elif backend == "firefox":
        _prove_firefox(staging)
    else:
        raise ModelDamagedError(f"Khabar has no back-end {backend}.")


def _convert_in_place(staging: Path, backend: str) -> None:
    if not is_checkpoint(staging):
        raise ModelDamagedError(
            f"{staging.name} has neither {model_bin.NAME} nor a checkpoint (config.json and weights)."
        )
    with tempfile.TemporaryDirectory(dir=staging.parent, prefix=f".{staging.name}-") as folder:
        output = Path(folder) / "converted"
        convert(staging, output, backend=backend)
        for path in staging.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for path in output.iterdir():
            path.rename(staging / path.name)


def _prove(folder: Path) -> None:
    """Load the model and let it decode one token."""
    model = load_ct2(folder, threads=0)
    pieces = model.pieces
    known = set(vocabulary(folder, "source"))
    if strange := [piece for piece in pieces.encode("2021 a b") if piece not in known and piece != "<unk>"]:
        raise ModelDamagedError(
            f"The tokeniser of {folder.name} is of another model: {strange[0]} is not in the vocabulary."
        )
    try:
        model.translator.translate_batch([[*pieces.encode("2021"), "</s>"]], max_decoding_length=1, beam_size=1)
    except (RuntimeError, ValueError) as error:
        raise ModelDamagedError(f"{folder.name} does not run on CTranslate2 ({error}).") from error


def _prove_checkpoint(folder: Path) -> None:
    from pipelines.translate.checkpoint import load_dialect, load_model  # noqa: PLC0415 - heavy

    if not is_checkpoint(folder):
        raise ModelDamagedError(f"{folder.name} is no checkpoint of transformers (config.json and weights).")
    load_dialect(folder)
    load_model(folder)


def _prove_firefox(folder: Path) -> None:
    from pipelines.translate.firefox_engine import load_engine  # noqa: PLC0415 - heavy

    load_engine(folder)


def _only_target(folder: Path) -> Language | None:
    """Target of an OPUS model that was converted here; None for a ready one, whose files do not say it."""
    try:
        return Language(json.loads((folder / "languages.json").read_text(encoding="utf-8"))["target"])
    except (OSError, ValueError, KeyError):
        return None
