"""The runner that every back-end on CTranslate2 shares: requests → batches by tokens → decoded text, one model in memory.

A back-end says how its model is told the languages (``Ct2Translator``'s three questions). Requests that share a target
and a setting go together, since the candidates of a batch are those of all its sentences; among them neighbours in length do.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import BackendError
from pipelines.languages import Language
from pipelines.translate import prepared
from pipelines.translate.alphabets import alphabet_of
from pipelines.translate.batches import END, Part, batches, ended, sound
from pipelines.translate.ct2_model import load_ct2
from pipelines.translate.dari import adapt
from pipelines.translate.pieces import split, vocabulary
from pipelines.translate.resident import IDLE_SECONDS, Resident

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipelines.translate.base import NameUse, TranslationRequest
    from pipelines.translate.ct2_model import Loaded
    from pipelines.translate.pieces import Pieces

DECODING: Final = "ct2.2"
"""Part of every revision: to be changed with anything below that changes outputs."""

_BEAM, _CAREFUL_BEAM = 4, 6
_PATIENCE: Final = 2.0
"""At 1, CTranslate2 stops at the first hypotheses that end, bad ones too: 60 of 4,200 sentences learnt by heart lost words."""
_GUARD: Final[dict[str, Any]] = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.1}
"""For what looped, and for the careful setting. Not from the first: a name may honestly come twice in a sentence."""


class Ct2Translator(ABC):
    """A ``Translator`` on CTranslate2. ``threads`` is for one batch, 0 lets the library choose; ``idle`` as ``Resident`` has it.

    ``revision`` is the model's; the value's own adds the decoding settings and whether there is a shortlist. Raises
    ModelDamagedError where what the store wrote beside the model cannot be read.
    """

    names: NameUse = "none"

    def __init__(
        self, *, name: str, folder: Path, revision: str, threads: int = 0, idle: float | None = IDLE_SECONDS
    ) -> None:
        self._prepared = prepared.read(folder)
        self.name = name
        self.revision = f"{revision}+{DECODING}{'s' if self._prepared.alphabets else ''}"
        self._folder, self._threads = folder, threads
        self._resident = Resident(self._load, idle=idle)

    @property
    def loaded(self) -> bool:
        """True while the model is in memory."""
        return self._resident.loaded

    def supports(self, source: Language, target: Language) -> bool:
        """True where the model's vocabulary has both languages and they are two to it."""
        codes = self._code(source), self._code(target)
        return None not in codes and codes[0] != codes[1]

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request, same order. Raises ModelDamagedError where the model cannot be loaded."""
        answers: list[str | BackendError] = ["" for _ in requests]
        asked = []
        for index, request in enumerate(requests):
            if not self.supports(request.source, request.target):
                pair = f"{request.source.value} into {request.target.value}"
                answers[index] = BackendError(f"{self.name} does not translate {pair}.")
            elif request.text.strip():
                asked.append(index)
        if asked:
            with self._resident.use() as model:
                self._translate(model, requests, asked, answers)
        return answers

    def close(self) -> None:
        """Free the model's memory. A later ``translate`` loads it again."""
        self._resident.drop()

    # what a back-end says of its model

    @abstractmethod
    def _code(self, language: Language) -> str | None:
        """The language's token in the model's vocabulary; None where it has none."""

    @abstractmethod
    def _source(self, pieces: Pieces, text: str, source: Language, target: Language) -> list[str]:
        """What the encoder reads for a text, but for the end mark."""

    def _prefix(self, target: Language) -> list[str]:
        """What the answer begins with; not shown."""
        del target
        return []

    def _text(self, text: str) -> str:
        """The text as it may be tokenised."""
        return text

    # shared

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Tokens that say a language, out of a vocabulary of 256 k."""
        marks = ("__", "<2", "▁<2")
        tokens = vocabulary(self._folder, "source")
        return frozenset(t for t in tokens if t.startswith(marks) or t[3:4] == "_") | frozenset(self._prepared.aliases)

    def _load(self) -> Loaded:
        return load_ct2(self._folder, self._threads)

    def _translate(
        self, model: Loaded, requests: Sequence[TranslationRequest], asked: list[int], answers: list[str | BackendError]
    ) -> None:
        parts = [part for index in asked for part in self._parts(model.pieces, index, requests[index])]
        said: dict[int, list[str | BackendError]] = {index: [] for index in asked}
        done: list[str | BackendError] = ["" for _ in parts]
        for batch in batches(parts):
            for at, answer in zip(batch, self._decode(model, [parts[at] for at in batch]), strict=True):
                done[at] = answer
        for part, answer in zip(parts, done, strict=True):
            said[part.request].append(answer)
        for index, pieces in said.items():
            failures = [piece for piece in pieces if isinstance(piece, BackendError)]
            text = " ".join(piece for piece in pieces if isinstance(piece, str))
            answers[index] = failures[0] if failures else self._finished(text, requests[index])

    def _parts(self, pieces: Pieces, index: int, request: TranslationRequest) -> Iterator[Part]:
        alphabet = alphabet_of(request.target)
        shortlisted = alphabet is not None and alphabet.name in self._prepared.alphabets
        for text in split(self._text(request.text), self._prepared.window, lambda part: len(pieces.encode(part))):
            yield Part(
                request=index,
                source=[*self._source(pieces, text, request.source, request.target), END],
                prefix=self._prefix(request.target),
                alphabet=alphabet.name if alphabet and shortlisted else "",
                careful=request.careful,
            )

    def _decode(self, model: Loaded, parts: Sequence[Part]) -> list[str | BackendError]:
        """A batch's answers; what looped or ran into the bound is decoded once more under the guard."""
        try:
            outputs = self._run(model, parts, guarded=False)
            again = [at for at, output in enumerate(outputs) if not sound(output, parts[at])]
            if again:
                for at, output in zip(again, self._run(model, [parts[at] for at in again], guarded=True), strict=True):
                    outputs[at] = output
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            if len(parts) > 1:  # one sentence's failure is not the others'
                return [answer for part in parts for answer in self._decode(model, [part])]
            return [BackendError(f"{self.name} failed on a sentence ({error}).", retryable=True)]
        return [self._answer(model, output, part) for output, part in zip(outputs, parts, strict=True)]

    def _run(self, model: Loaded, parts: Sequence[Part], *, guarded: bool) -> list[list[str]]:
        first = parts[0]
        results = model.translator.translate_batch(
            [part.source for part in parts],
            target_prefix=[part.prefix for part in parts] if first.prefix else None,
            beam_size=_CAREFUL_BEAM if first.careful else _BEAM,
            patience=_PATIENCE,
            max_input_length=0,
            max_decoding_length=min(max(part.bound for part in parts), self._prepared.window),
            disable_unk=True,
            return_end_token=True,
            use_vmap=bool(first.alphabet),
            **(_GUARD if guarded or first.careful else {}),
        )
        return [_without(result.hypotheses[0], part.prefix) for result, part in zip(results, parts, strict=True)]

    def _answer(self, model: Loaded, output: list[str], part: Part) -> str | BackendError:
        if not ended(output, part):
            return BackendError(f"{self.name} did not come to an end within {part.bound} tokens.", retryable=True)
        return model.pieces.decode(output[:-1])

    def _finished(self, text: str, request: TranslationRequest) -> str:
        """Persian becomes Dari where the model has no Dari of its own."""
        if request.target is Language.DARI and self._code(Language.DARI) == self._code(Language.PERSIAN):
            return dari_usage(text, request)
        return text


def dari_usage(text: str, request: TranslationRequest) -> str:
    """Persian ``text`` in Dari usage; the forms of the request's names stay as they are."""
    forms = [form for lock in request.names for form in lock.forms]
    return adapt(text, list(_spans(text, forms)))


def _without(output: list[str], prefix: list[str]) -> list[str]:
    return output[len(prefix) :] if prefix and output[: len(prefix)] == prefix else output


def _spans(text: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a form stands as whole words: "پزشک" in "پزشکان" is no name."""
    for form in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text) if form else ():
            yield match.span()
