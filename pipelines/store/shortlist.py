"""Target shortlists: a converted model → ``vmap.txt`` and ``shortlist.json`` beside it, and for NLLB its alias tokens.

CTranslate2 looks candidates up by *source* tokens, so the source must say which alphabet is wanted. SMaLL-100 and MADLAD put
the target's token there already. NLLB puts the source language: here the rows of language codes that Khabar never uses become
aliases "source language, target alphabet" (``eng_Latn>ru``), copies of the language's own row, so that the encoder sees the
same vector and the output layer only the target's alphabet. One model stays in memory. docs/records/nllb.md has the figures.
"""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Final

from pipelines.errors import ModelDamagedError
from pipelines.languages import READ
from pipelines.store import model_bin
from pipelines.translate import prepared
from pipelines.translate.alphabets import alphabet_of, alphabets
from pipelines.translate.pieces import load, vocabulary, vocabulary_file
from pipelines.translate.prepared import WINDOW, Prepared, alias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.languages import Language
    from pipelines.translate.alphabets import Alphabet

log = logging.getLogger(__name__)

VMAP: Final = "vmap.txt"

_NLLB_CODE: Final = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}|madeupword\d+")
_POSITIONS: Final = "position_encodings/encodings"
_RESERVED_POSITIONS: Final = 4
"""Language token, end mark, and a little air."""


def prepare_shortlist(folder: Path, backend: str, *, target: Language | None = None) -> Prepared:
    """Write ``vmap.txt`` and ``shortlist.json``; the value says which alphabets have a shortlist, or why none has.

    ``target`` is the only language of an OPUS model. A folder that was prepared before is left as it is. Raises
    ModelDamagedError where model, vocabulary or tokeniser cannot be read.
    """
    if (folder / prepared.FILE).is_file():
        return prepared.read(folder)
    header = model_bin.read(folder / model_bin.NAME)
    candidates = _candidates(folder)
    if backend == "nllb":
        keys, reason = _alias_keys(folder, header)
    elif backend == "opus":
        keys, reason = _every_key(target), "Its target language is not known."
    else:
        keys, reason = _target_keys(folder, backend), f"Its vocabulary has no language tokens of {backend}."
    found = Prepared(
        alphabets=tuple(sorted(set(keys.values()))),
        aliases=tuple(keys) if backend == "nllb" else (),
        window=_window(header),
        reason="" if keys else reason,
    )
    if keys:
        lines = [f"{key}\t{' '.join(candidates[name])}\n" for key, name in keys.items()]
        (folder / VMAP).write_text("".join(lines), encoding="utf-8")
        log.info(
            "Shortlists of %s: %s.",
            folder.name,
            ", ".join(f"{name} {len(candidates[name])}" for name in found.alphabets),
        )
    else:
        log.warning(
            "%s runs without target shortlists, slower and free to answer in another script: %s", folder.name, reason
        )
    found.write(folder)
    return found


def _candidates(folder: Path) -> Mapping[str, Sequence[str]]:
    """Alphabet → the text pieces of the vocabulary that it allows. A piece with a space cannot stand in ``vmap.txt``."""
    known = set(vocabulary(folder, "target"))
    pieces = [piece for piece in load(folder).texts if piece in known and not re.search(r"\s", piece)]
    return {name: [piece for piece in pieces if alphabet.allows(piece)] for name, alphabet in alphabets().items()}


def _every_key(target: Language | None) -> dict[str, str]:
    """The empty key, whose candidates hold for every source."""
    alphabet = None if target is None else alphabet_of(target)
    return {} if alphabet is None else {"": alphabet.name}


def _target_keys(folder: Path, backend: str) -> dict[str, str]:
    """Target tokens of the source side → alphabet."""
    known = set(vocabulary(folder, "source"))
    form = "__{}__" if backend == "small100" else "<2{}>"
    keys: dict[str, str] = {}
    for name, alphabet in alphabets().items():
        for language in alphabet.languages:
            token = form.format(language.value)
            keys |= {key: name for key in (token, f"▁{token}") if key in known}
    return keys


def _alias_keys(folder: Path, header: model_bin.ModelBin) -> tuple[dict[str, str], str]:
    """Makes the aliases of an NLLB model; alias → alphabet, and why there are none where there are none."""
    names = vocabulary(folder, "source")
    rows = {name: row for row, name in enumerate(names)}
    ours = {language.names.flores for language in READ}
    wanted = [(code, alphabet) for code in sorted(ours & rows.keys()) for alphabet in _targets(code, rows)]
    # from the end: rows that pad the vocabulary stand there, then the codes
    unused = [name for name in reversed(names) if _NLLB_CODE.fullmatch(name) and name not in ours]
    if not wanted:
        return {}, "Its vocabulary has none of the language codes of NLLB that Khabar uses."
    if len(unused) < len(wanted):
        return {}, f"Its vocabulary has {len(unused)} unused language codes; {len(wanted)} are needed."
    embeddings = _embeddings(header, len(names), folder)
    renamed = dict(zip(unused, wanted, strict=False))
    model_bin.copy_rows(
        folder / model_bin.NAME, embeddings, {rows[token]: rows[code] for token, (code, _) in renamed.items()}
    )
    keys = {}
    for token, (code, alphabet) in renamed.items():
        key = alias(code, alphabet.name)
        names[rows[token]] = key
        keys[key] = alphabet.name
    _write_vocabulary(folder, names)
    return keys, ""


def _targets(code: str, rows: Mapping[str, int]) -> list[Alphabet]:
    """Alphabets of the languages, other than ``code``'s, that the model has."""
    return [
        alphabet
        for alphabet in alphabets().values()
        if any(language.names.flores in rows and language.names.flores != code for language in alphabet.languages)
    ]


def _embeddings(header: model_bin.ModelBin, rows: int, folder: Path) -> list[model_bin.Variable]:
    """The encoder's embedding and, where it is quantised by rows, its scales."""
    weight = header.variable("encoder/embeddings_0/weight", "encoder/embeddings/weight")
    if weight is None or weight.shape[0] < rows:
        raise ModelDamagedError(f"The embedding of {folder.name} does not fit its vocabulary of {rows} tokens.")
    scale = header.variable(f"{weight.name}_scale")
    return [weight, *([scale] if scale is not None and scale.shape == weight.shape[:1] else [])]


def _write_vocabulary(folder: Path, names: Sequence[str]) -> None:
    path = vocabulary_file(folder, "source")
    text = json.dumps(names, ensure_ascii=False, indent=0) if path.suffix == ".json" else "\n".join(names)
    own = path.with_suffix(".new")  # the file may be a link into a cache
    own.write_text(text + "\n", encoding="utf-8")
    own.replace(path)


def _window(header: model_bin.ModelBin) -> int:
    """Tokens of a source that fit the model. T5's kinds have no table of positions and so no end."""
    tables = [header.variable(f"{side}/{_POSITIONS}") for side in ("encoder", "decoder")]
    return min([WINDOW, *(table.shape[0] - _RESERVED_POSITIONS for table in tables if table is not None)])
