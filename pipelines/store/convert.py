"""A checkpoint of transformers → a CTranslate2 model in int8, with the SentencePiece model beside it.

The checkpoint is not trusted: no code of its own is run, and a pickle is read by ``torch.load(weights_only=True)`` alone. The
vocabulary is read from the checkpoint's own files by ``vocabularies``, not from its tokenizer class: transformers 5 needs
protobuf for a bare SentencePiece model, and its M2M100 tokenizer leaves the language tokens out of ``get_vocab``.
"""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.store.vocabularies import PAD, CheckpointTokens, checkpoint_tokens
from pipelines.translate.pieces import MODELS, SOURCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

CONFIG: Final = "config.json"
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "nllb": ("m2m_100",),
    "small100": ("m2m_100",),
    "madlad": ("t5",),
    "opus": ("marian",),
    "mt5": ("mt5", "t5"),
}
"""Back-end → ``model_type`` of the checkpoints that it runs."""

_KEPT: Final = (*MODELS, SOURCE, TARGET)
_WEIGHTS: Final = ("*.safetensors", "pytorch_model*.bin")


def is_checkpoint(folder: Path) -> bool:
    """Whether ``folder`` holds a checkpoint of transformers: a configuration and weights."""
    return (folder / CONFIG).is_file() and any(any(folder.glob(pattern)) for pattern in _WEIGHTS)


def convert(checkpoint: Path, output: Path, *, backend: str) -> None:
    """Write the CTranslate2 model of ``checkpoint`` into ``output``, which must not exist.

    Takes about twice the size of the weights in memory. Raises ModelMissingError without the ``[torch]`` extra,
    ModelDamagedError where the checkpoint is not whole, is of another kind, or holds what must not be unpickled.
    """
    if find_spec("torch") is None or find_spec("transformers") is None:
        command = 'pip install "khabar[torch]"'
        raise ModelMissingError(f"Converting this model needs torch and transformers: {command}.", command=command)
    configuration = _configuration(checkpoint)
    if configuration.get("model_type") not in FAMILIES[backend]:
        raise ModelDamagedError(
            f"{checkpoint.name} is a {configuration.get('model_type')} model; {backend} needs {' or '.join(FAMILIES[backend])}."
        )
    tokens = checkpoint_tokens(checkpoint, backend, rows=int(configuration["vocab_size"]))
    _write_model(checkpoint, output, tokens)
    for name in _KEPT:
        if (checkpoint / name).is_file():
            shutil.copyfile(checkpoint / name, output / name)
    if backend == "opus":
        _write_pair(checkpoint, output)


def _configuration(checkpoint: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads((checkpoint / CONFIG).read_text(encoding="utf-8"))
        int(value["vocab_size"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamagedError(f"{CONFIG} of {checkpoint.name} cannot be read ({error}).") from error
    return value


def _write_model(checkpoint: Path, output: Path, tokens: CheckpointTokens) -> None:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415 - heavy
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - heavy

    disable_progress_bar()  # type: ignore[no-untyped-call] # the library is half typed

    class Converter(TransformersConverter):  # type: ignore[misc] # the library has no types
        """CTranslate2's own, with our loading of weights and vocabulary."""

        def load_model(self, model_class: Any, path: str, **settings: Any) -> Any:
            settings |= _safe_settings(checkpoint)
            return _with_true_scale(model_class.from_pretrained(path, **settings))

        def load_tokenizer(self, tokenizer_class: Any, path: str, **settings: Any) -> Any:
            del tokenizer_class, path, settings
            return _Tokenizer(tokens)

    try:
        Converter(str(checkpoint)).convert(str(output), quantization="int8")
    except MemoryError as error:
        raise ModelDamagedError(f"There is not enough memory to convert {checkpoint.name}.") from error
    except Exception as error:
        # torch, safetensors and transformers raise what they like at a cut or hostile file; the sentence is the same
        log.debug("conversion failed", exc_info=True)
        shutil.rmtree(output, ignore_errors=True)
        reason = " ".join(str(error).split())[:300]
        raise ModelDamagedError(
            f"{checkpoint.name} could not be converted ({type(error).__name__}: {reason})."
        ) from error


def _safe_settings(checkpoint: Path) -> dict[str, Any]:
    """No code from the checkpoint, safetensors where there are any, and never a plain unpickling."""
    safetensors = any(checkpoint.glob("*.safetensors"))
    return {"trust_remote_code": False, "local_files_only": True, "use_safetensors": safetensors, "weights_only": True}


def _with_true_scale(model: Any) -> Any:
    """T5's kinds with what CTranslate2 4.8 takes for "scales its output": ``tie_word_embeddings``.

    transformers 5 sets that True for all of them; whether T5 scales stands in ``scale_decoder_outputs``, and mT5 never does. A
    MADLAD or mT5 that is scaled wrongly still answers, with a flat distribution and a worse beam.
    """
    if model.config.model_type in ("t5", "mt5"):
        model.config.tie_word_embeddings = bool(getattr(model.config, "scale_decoder_outputs", False))
    return model


def _write_pair(checkpoint: Path, output: Path) -> None:
    """OPUS-MT says its languages in the tokenizer's configuration only."""
    try:
        value = json.loads((checkpoint / "tokenizer_config.json").read_text(encoding="utf-8"))
        pair = {"source": value["source_lang"], "target": value["target_lang"]}
    except (OSError, ValueError, KeyError) as error:
        raise ModelDamagedError(f"{checkpoint.name} does not say which languages it translates ({error}).") from error
    (output / "languages.json").write_text(json.dumps(pair) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Tokenizer:
    """What CTranslate2's loaders ask of a tokenizer, answered from a list of tokens."""

    tokens: CheckpointTokens

    bos_token = "<s>"  # noqa: S105 - a mark of the vocabulary
    eos_token = "</s>"  # noqa: S105
    unk_token = "<unk>"  # noqa: S105
    pad_token = PAD
    num_madeup_words = 0

    @property
    def unk_token_id(self) -> int:
        return self.tokens.names.index(self.unk_token)

    @property
    def special_tokens_map(self) -> dict[str, list[str]]:
        return {}

    def get_vocab(self) -> dict[str, int]:
        return {token: number for number, token in enumerate(self.tokens.names)}

    def convert_ids_to_tokens(self, number: int) -> str:
        return self.tokens.names[number]
