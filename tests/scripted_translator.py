"""A translator for tests of what stands around translators: it says what its script says, and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.errors import BackendError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipelines.languages import Language
    from pipelines.translate.base import NameUse, TranslationRequest


class ScriptedTranslator:
    """Answers by the source text; ``calls`` holds every request list it was given. An unknown text is a failure."""

    def __init__(
        self,
        script: Mapping[str, str | Callable[[TranslationRequest], str]],
        *,
        name: str = "scripted",
        names: NameUse = "none",
        pairs: set[tuple[Language, Language]] | None = None,
    ) -> None:
        self.name, self.names, self.revision = name, names, "1"
        self._script, self._pairs = script, pairs
        self.calls: list[list[TranslationRequest]] = []
        self.closed = 0

    @property
    def asked(self) -> list[TranslationRequest]:
        """All requests, in order."""
        return [request for call in self.calls for request in call]

    def supports(self, source: Language, target: Language) -> bool:
        return source is not target and (self._pairs is None or (source, target) in self._pairs)

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        self.calls.append(list(requests))
        return [self._answer(request) for request in requests]

    def _answer(self, request: TranslationRequest) -> str | BackendError:
        said = self._script.get(f"{request.target.value}:{request.text}", self._script.get(request.text))
        if said is None:
            return BackendError(f"{self.name} does not know this text")
        return said if isinstance(said, str) else said(request)

    def close(self) -> None:
        self.closed += 1
