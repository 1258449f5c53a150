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
    from collections.abc import Iterator, Sequence

    from pipelines.actors.base import Tagger
    from pipelines.chat.client import ChatClient
    from pipelines.store.store import InstalledModel
    from pipelines.summarise.base import Summariser
    from pipelines.translate.base import Translator

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


TRANSLATORS: Final = {
    "nllb": "pipelines.translate.nllb:NllbTranslator",
    "small100": "pipelines.translate.small100:Small100Translator",
    "madlad": "pipelines.translate.madlad:MadladTranslator",
    "opus": "pipelines.translate.opus:OpusTranslator",
    "seq2seq": "pipelines.translate.seq2seq:Seq2SeqTranslator",
}
"""Class of a translation back-end by what an installed model's manifest calls it; ``firefox`` takes several models at once."""


def translators(
    models: Sequence[InstalledModel], *, threads: int = 0, chat: ChatClient | None = None
) -> list[Translator]:
    """A back-end for each installed translation model, plus what needs none: Persian for Dari readers, a chat server.

    Nothing is loaded: a model comes into memory with its first sentence.
    """
    from pipelines.translate.persian_dari import PersianDariTranslator  # noqa: PLC0415

    found: list[Translator] = [PersianDariTranslator()]
    models = [model for model in models if model.stage == "translate"]
    for model in models:
        if model.backend in TRANSLATORS:
            make = _class(TRANSLATORS[model.backend])
            found.append(make(name=model.name, folder=model.folder, revision=model.revision, threads=threads))
    if mozilla := [model for model in models if model.backend == "firefox"]:
        folders = {pair: model.folder for model in mozilla for pair in model.pairs}
        revision = "+".join(sorted(model.revision for model in mozilla))
        found.append(_class("pipelines.translate.firefox:FirefoxTranslator")(folders=folders, revision=revision))
    if chat is not None:
        found.append(_class("pipelines.translate.chat:ChatTranslator")(chat))
    return found


DRAFTERS: Final = {"mt5": "pipelines.summarise.mt5:Mt5Summariser", "chat": "pipelines.summarise.chat:ChatSummariser"}


def drafting_summariser(
    name: str, models: Sequence[InstalledModel], *, chat: ChatClient | None = None, threads: int = 0
) -> Summariser:
    """A summariser that writes, behind the gate that holds it to the article.

    Raises ``ModelMissingError`` where its model is not installed, or no chat server is set.
    """
    from pipelines.errors import ModelMissingError  # noqa: PLC0415
    from pipelines.summarise.gate import GatedSummariser  # noqa: PLC0415

    extractive = cast("Summariser", _built(BACKENDS[0]))
    if name == "chat":
        if chat is None:
            raise ModelMissingError("The summariser “chat” needs KHABAR_CHAT_URL and KHABAR_CHAT_MODEL.")
        return GatedSummariser(_class(DRAFTERS[name])(chat), extractive)
    installed = [model for model in models if model.stage == "summarise" and model.backend == name]
    if not installed:
        command = "khabar models pull mt5-xlsum"
        message = f"The summariser “{name}” needs its model. To install it: {command}"
        raise ModelMissingError(message, command=command)
    model = installed[0]
    drafter = _class(DRAFTERS[name])(name=model.name, folder=model.folder, revision=model.revision, threads=threads)
    return GatedSummariser(drafter, extractive)


def _class(factory: str) -> Any:
    module, _, name = factory.partition(":")
    return getattr(import_module(module), name)


def _preferred(stage: Stage, language: Language) -> object:
    for backend in candidates(stage, language):
        return _built(backend)
    raise LookupError(f"no back-end for {stage} in {language.names.english}")


@cache
def _built(backend: Backend) -> Any:
    return _class(backend.factory)()
