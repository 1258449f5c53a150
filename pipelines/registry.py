"""Back-ends by stage: plain specs, built on first use, in the order of preference.

A new back-end is one file and one spec. ``import pipelines.registry`` imports none of them: a spec names its class as
text, and what it needs as distributions, so that "not installed" is a sentence and not a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.actors.base import Tagger
    from pipelines.summarise.base import Summariser

Stage = Literal["summarise", "actors"]

_EN, _RU, _FA, _PRS, _PS = Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """A back-end: ``factory`` is ``module:Class``, ``needs`` the modules that must be importable, ``extra`` brings them."""

    name: str
    stage: Stage
    factory: str
    languages: frozenset[Language]
    needs: tuple[str, ...] = ()
    extra: str = ""

    @property
    def installed(self) -> bool:
        """True where everything it needs can be imported."""
        return all(find_spec(module) is not None for module in self.needs)


BACKENDS: Final = (
    Backend(
        name="centroid",
        stage="summarise",
        factory="pipelines.summarise.centroid:CentroidSummariser",
        languages=frozenset({_EN, _RU, _FA, _PRS, _PS}),
    ),
    Backend(
        name="spacy-en",
        stage="actors",
        factory="pipelines.actors.tagger_spacy:SpacyTagger",
        languages=frozenset({_EN}),
        needs=("spacy", "en_core_web_sm"),
        extra="spacy",
    ),
    Backend(
        name="patterns-en",
        stage="actors",
        factory="pipelines.actors.tagger_en:EnglishTagger",
        languages=frozenset({_EN}),
    ),
    Backend(
        name="slovnet-ru",
        stage="actors",
        factory="pipelines.actors.tagger_ru:RussianTagger",
        languages=frozenset({_RU}),
    ),
    Backend(
        name="patterns-fa",
        stage="actors",
        factory="pipelines.actors.tagger_fa:PersianTagger",
        languages=frozenset({_FA, _PRS}),
    ),
    Backend(
        name="patterns-ps",
        stage="actors",
        factory="pipelines.actors.tagger_ps:PashtoTagger",
        languages=frozenset({_PS}),
    ),
)


def candidates(stage: Stage, language: Language) -> Iterator[Backend]:
    """Installed back-ends of a stage for a language, the preferred first."""
    return (b for b in BACKENDS if b.stage == stage and language in b.languages and b.installed)


def summariser(language: Language) -> Summariser:
    """The preferred summariser. Raises LookupError where none reads the language."""
    return cast("Summariser", _preferred("summarise", language))


def tagger(language: Language) -> Tagger:
    """The preferred tagger of actors. Raises LookupError where none reads the language."""
    return cast("Tagger", _preferred("actors", language))


def _preferred(stage: Stage, language: Language) -> object:
    for backend in candidates(stage, language):
        return _built(backend)
    raise LookupError(f"no back-end for {stage} in {language.names.english}")


@cache
def _built(backend: Backend) -> Any:
    module, _, name = backend.factory.partition(":")
    return getattr(import_module(module), name)()
