"""A checkpoint of transformers and how it is told the languages: a folder → ``Dialect`` (its tokenizer) and its model.

Nothing in the folder is trusted: no code of its own is run, weights come from safetensors where there are any and else through
``torch.load(weights_only=True)``, and special tokens that stand in a text are read as text.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal

from pipelines.errors import ModelDamagedError, ModelMissingError
from pipelines.languages import READ, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

Style = Literal["nllb", "m2m100", "madlad", "marian"]
"""Target's FLORES code first in the answer; the same with ``__ru__``; ``<2ru>`` first in the source; one pair a model."""

_FORMS: Final[Mapping[Style, str]] = {"nllb": "{0.names.flores}", "m2m100": "__{0.value}__", "madlad": "<2{0.value}>"}
_COMMAND: Final = 'pip install "khabar[torch]"'


@dataclass(frozen=True, slots=True)
class Dialect:
    """A tokenizer and the tokens by which its model knows languages; a Marian model's are its source and its target, in order.

    Not thread-safe: the source language is the tokenizer's state.
    """

    tokenizer: Any
    style: Style
    codes: Mapping[Language, str]

    def code(self, language: Language) -> str | None:
        """The language's token; Dari's is Persian's where the model has no Dari."""
        own = self.codes.get(language)
        return self.codes.get(Language.PERSIAN) if own is None and language is Language.DARI else own

    def supports(self, source: Language, target: Language) -> bool:
        """Whether the model translates the pair."""
        if self.style == "marian":
            return (source, target) == tuple(self.codes)
        codes = self.code(source), self.code(target)
        return None not in codes and codes[0] != codes[1]

    def length(self, text: str) -> int:
        """Tokens of a text, special ones included."""
        return len(self.tokenizer(text, split_special_tokens=True)["input_ids"])

    def inputs(self, texts: Sequence[str], source: Language, target: Language) -> Any:
        """Tensors that the encoder reads."""
        if self.style == "nllb":
            self.tokenizer.src_lang = self.code(source)
        elif self.style == "m2m100":
            self.tokenizer.src_lang = str(self.code(source)).strip("_")
        batch = self.tokenizer(list(texts), return_tensors="pt", padding=True, split_special_tokens=True)
        return self._led(batch, str(self.code(target))) if self.style == "madlad" else batch

    def first(self, target: Language) -> dict[str, int]:
        """What ``generate`` must be told of the answer's first token."""
        if self.style not in ("nllb", "m2m100"):
            return {}
        return {"forced_bos_token_id": self.tokenizer.convert_tokens_to_ids(self.code(target))}

    def _led(self, batch: Any, code: str) -> Any:
        """The batch with the target's token before every source; pads stand behind."""
        import torch  # noqa: PLC0415 - heavy

        rows = batch["input_ids"].shape[0]
        lead = torch.full((rows, 1), self.tokenizer.convert_tokens_to_ids(code), dtype=torch.long)
        batch["input_ids"] = torch.cat([lead, batch["input_ids"]], dim=1)
        batch["attention_mask"] = torch.cat([torch.ones_like(lead), batch["attention_mask"]], dim=1)
        return batch


def load_dialect(folder: Path) -> Dialect:
    """The tokenizer of a checkpoint. Raises ModelMissingError without the extra, ModelDamagedError where it cannot be read."""
    _need_torch(folder)
    from transformers import AutoTokenizer  # noqa: PLC0415 - heavy

    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        style, codes = _style(tokenizer)
    except Exception as error:
        # transformers raises what it likes at a cut or strange file
        log.debug("tokenizer failed", exc_info=True)
        raise ModelDamagedError(f"The tokenizer of {folder.name} cannot be read ({_reason(error)}).") from error
    return Dialect(tokenizer, style, codes)


def load_model(folder: Path) -> Any:
    """The model of a checkpoint, in evaluation mode. Raises as ``load_dialect`` does."""
    _need_torch(folder)
    import torch  # noqa: PLC0415 - heavy
    from transformers import AutoModelForSeq2SeqLM  # noqa: PLC0415 - heavy
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 - heavy

    disable_progress_bar()  # type: ignore[no-untyped-call] # the library is half typed
    try:
        model = AutoModelForSeq2SeqLM.from_pretrained(
            str(folder),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=any(folder.glob("*.safetensors")),
            weights_only=True,
            dtype=torch.float32,
        )
    except Exception as error:
        log.debug("model failed", exc_info=True)
        raise ModelDamagedError(f"The weights of {folder.name} cannot be read ({_reason(error)}).") from error
    return model.eval()


def _need_torch(folder: Path) -> None:
    if find_spec("torch") is None or find_spec("transformers") is None:
        raise ModelMissingError(f"{folder.name} runs on torch and transformers: {_COMMAND}.", command=_COMMAND)


def _style(tokenizer: Any) -> tuple[Style, Mapping[Language, str]]:
    for style, form in _FORMS.items():
        tokens = {language: form.format(language) for language in READ}
        known = {
            language: token
            for language, token in tokens.items()
            if tokenizer.convert_tokens_to_ids(token) not in (None, tokenizer.unk_token_id)
        }
        if known:
            return style, known
    pair = [Language(getattr(tokenizer, side)) for side in ("source_lang", "target_lang")]
    return "marian", {language: language.value for language in pair}


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
