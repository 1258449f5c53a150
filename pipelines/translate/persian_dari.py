"""The back-end that needs no model: a Persian text for Dari readers, by the lexicon of Afghan usage (``dari``).

Names keep their letters here: their Dari forms are put in by the repair that follows every back-end.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.errors import BackendError
    from pipelines.translate.base import NameUse, TranslationRequest


class PersianDariTranslator:
    """Persian → Dari. Always installed."""

    name = "dari"
    names: NameUse = "none"

    @property
    def revision(self) -> str:
        """Hash of the lexicon."""
        return _revision()

    def supports(self, source: Language, target: Language) -> bool:
        """Persian into Dari, nothing else."""
        return source is Language.PERSIAN and target is Language.DARI

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """Each text in Dari usage; names of people and organisations stay as they are."""
        from pipelines.translate.dari import adapt  # noqa: PLC0415

        return [
            adapt(request.text, [(lock.start, lock.stop) for lock in request.names if lock.kind != "country"])
            for request in requests
        ]

    def close(self) -> None:
        """Nothing to free."""


@cache
def _revision() -> str:
    digest = hashlib.sha256()
    folder = resources.files("pipelines").joinpath("data", "dari")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".tsv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
