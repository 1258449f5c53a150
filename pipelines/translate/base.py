"""What a translation back-end is: sentences with their languages → the same sentences in another language.

A back-end is one file. It knows nothing of digests, names' repair, checks or caches: ``flow`` does all of that around it, the
same for every back-end. Whatever is heavy is imported inside of it, on first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from pipelines.languages import Language  # noqa: TC001
from pipelines.models import NameLock  # noqa: TC001 - a dataclass's types are read at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.errors import BackendError

NameUse = Literal["none", "glossary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRequest:
    """One sentence (or title, or role) to translate; stripped, no line break in it.

    ``names`` are locks in the sentence: a back-end whose ``names`` is "glossary" is told to use their forms; others
    ignore them. ``careful`` asks for the back-end's second setting (wider beam, stricter guards): the retry.
    ``context`` is the text around the sentence, for back-ends that can read it; never to be translated itself.
    """

    text: str
    source: Language
    target: Language
    names: tuple[NameLock, ...] = ()
    careful: bool = False
    context: str = ""


class Translator(Protocol):
    """A back-end that translates. Thread-safe; one value serves every language pair that it supports."""

    @property
    def name(self) -> str:
        """What ``Translation.backend`` and ``KHABAR_TRANSLATORS`` say: ``nllb-600m``, ``firefox`` or ``chat``."""
        ...

    @property
    def revision(self) -> str:
        """Changes whenever outputs may: the model's revision and the decoding settings. Part of the cache's key."""
        ...

    @property
    def names(self) -> NameUse:
        """Whether it can be told the names' forms beforehand."""
        ...

    def supports(self, source: Language, target: Language) -> bool:
        """True where it translates ``source`` into ``target`` directly or by a pivot of its own."""
        ...

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request, same order; pairs may be mixed. Never raises for one text."""
        ...

    def close(self) -> None:
        """Free the model's memory. A later ``translate`` loads it again."""
        ...
