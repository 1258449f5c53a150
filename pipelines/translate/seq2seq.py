"""Any translating encoder-decoder of transformers, as its authors published it: NLLB, M2M100, OPUS-MT, MADLAD-400.

The slow way, with torch: for a model that CTranslate2 does not convert, or as the reference that conversions are held against.
Requests → batches of one pair and setting, neighbours in length → text. ``checkpoint`` knows how a model is told the languages.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.translate.checkpoint import Dialect, load_dialect, load_model
from pipelines.translate.ct2 import dari_usage
from pipelines.translate.pieces import split
from pipelines.translate.prepared import WINDOW
from pipelines.translate.resident import IDLE_SECONDS, Resident

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.translate.base import NameUse, TranslationRequest

DECODING: Final = "hf.1"
"""Part of every revision: to be changed with anything below that changes outputs."""

_BATCH: Final = 8
_BOUND_FACTOR, _BOUND_EXTRA = 2, 16
_SETTING: Final[dict[str, Any]] = {"num_beams": 4}
_CAREFUL: Final[dict[str, Any]] = {"num_beams": 6, "no_repeat_ngram_size": 4, "repetition_penalty": 1.1}


class Seq2SeqTranslator:
    """A ``Translator`` on transformers and torch. ``threads``: 0 leaves torch's own setting, which is the process's."""

    names: NameUse = "none"

    def __init__(
        self, *, name: str, folder: Path, revision: str, threads: int = 0, idle: float | None = IDLE_SECONDS
    ) -> None:
        self.name = name
        self.revision = f"{revision}+{DECODING}"
        self._folder, self._threads = folder, threads
        self._resident = Resident(self._load, idle=idle)
        self._alone = threading.Lock()  # the tokenizer's source language is state, and torch uses every core anyway

    @property
    def loaded(self) -> bool:
        """True while the model is in memory."""
        return self._resident.loaded

    def supports(self, source: Language, target: Language) -> bool:
        """True where the model's vocabulary has both languages; reads the tokenizer, not the weights."""
        return self._dialect.supports(source, target)

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request, same order. Raises ModelError where the model cannot be loaded."""
        answers: list[str | BackendError] = ["" for _ in requests]
        groups: dict[tuple[Language, Language, bool], list[tuple[int, str]]] = {}
        with self._alone:
            for index, request in enumerate(requests):
                if not self.supports(request.source, request.target):
                    pair = f"{request.source.value} into {request.target.value}"
                    answers[index] = BackendError(f"{self.name} does not translate {pair}.")
                elif request.text.strip():
                    key = (request.source, request.target, request.careful)
                    groups.setdefault(key, []).extend(
                        (index, part) for part in split(request.text, self._window, self._dialect.length)
                    )
            if groups:
                with self._resident.use() as model:
                    for index, answer in self._joined(model, groups).items():
                        answers[index] = (
                            answer if isinstance(answer, BackendError) else self._finished(answer, requests[index])
                        )
        return answers

    def close(self) -> None:
        """Free the model's memory. A later ``translate`` loads it again."""
        self._resident.drop()

    @cached_property
    def _dialect(self) -> Dialect:
        return load_dialect(self._folder)

    @cached_property
    def _window(self) -> int:
        """Tokens of a source; what the tokenizer says is the longest, where that is less than our own bound."""
        return min(WINDOW, int(self._dialect.tokenizer.model_max_length) - 2)

    def _load(self) -> Any:
        if self._threads:
            import torch  # noqa: PLC0415 - heavy

            torch.set_num_threads(self._threads)
        return load_model(self._folder)

    def _joined(
        self, model: Any, groups: dict[tuple[Language, Language, bool], list[tuple[int, str]]]
    ) -> dict[int, str | BackendError]:
        """Answers by request; parts of one are joined, and one part's failure is the request's."""
        parts: dict[int, list[str | BackendError]] = {}
        for (source, target, careful), texts in groups.items():
            done: dict[int, str | BackendError] = {}
            order = sorted(range(len(texts)), key=lambda at: len(texts[at][1]))
            for start in range(0, len(order), _BATCH):
                some = order[start : start + _BATCH]
                made = self._batch(model, [texts[at][1] for at in some], source, target, careful=careful)
                done |= dict(zip(some, made, strict=True))
            for at, (index, _) in enumerate(texts):
                parts.setdefault(index, []).append(done[at])
        return {index: _whole(answers) for index, answers in parts.items()}

    def _batch(
        self, model: Any, texts: Sequence[str], source: Language, target: Language, *, careful: bool
    ) -> list[str | BackendError]:
        import torch  # noqa: PLC0415 - heavy

        dialect = self._dialect
        inputs = dialect.inputs(texts, source, target)
        bounds = [_BOUND_FACTOR * int(mask.sum()) + _BOUND_EXTRA for mask in inputs["attention_mask"]]
        try:
            with torch.inference_mode():
                rows = model.generate(
                    **inputs,
                    **dialect.first(target),
                    **(_CAREFUL if careful else _SETTING),
                    do_sample=False,
                    max_new_tokens=min(max(bounds), WINDOW),
                    max_length=None,
                )
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            if len(texts) > 1:  # one sentence's failure is not the others'
                return [a for text in texts for a in self._batch(model, [text], source, target, careful=careful)]
            return [BackendError(f"{self.name} failed on a sentence ({error}).", retryable=True)]
        return [self._answer(row.tolist(), bound) for row, bound in zip(rows, bounds, strict=True)]

    def _answer(self, row: list[int], bound: int) -> str | BackendError:
        tokenizer = self._dialect.tokenizer
        # the row opens with the decoder's start token, which is the end mark in most of these models
        if tokenizer.eos_token_id not in row[1:] or row.index(tokenizer.eos_token_id, 1) > bound + 1:
            return BackendError(f"{self.name} did not come to an end within {bound} tokens.", retryable=True)
        text: str = tokenizer.decode(row, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text.strip()

    def _finished(self, text: str, request: TranslationRequest) -> str:
        """Persian becomes Dari where the model has no Dari of its own."""
        own = self._dialect.code(Language.DARI) != self._dialect.code(Language.PERSIAN)
        return dari_usage(text, request) if request.target is Language.DARI and not own else text


def _whole(answers: list[str | BackendError]) -> str | BackendError:
    failures = [answer for answer in answers if isinstance(answer, BackendError)]
    return failures[0] if failures else " ".join(answer for answer in answers if isinstance(answer, str))
