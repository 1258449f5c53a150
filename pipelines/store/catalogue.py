"""What models there are: names, languages, licences and where their files come from, out of ``data/models.toml``.

The file is data only; this module turns it into frozen values and refuses what cannot be meant, at the first look.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

from pipelines.errors import UnknownModelError
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

Stage = Literal["translate", "summarise"]
Backend = Literal["firefox", "nllb", "small100", "madlad", "opus", "seq2seq", "mt5"]
Pair = tuple[Language, Language]

BACKENDS: Final[tuple[Backend, ...]] = ("firefox", "nllb", "small100", "madlad", "opus", "seq2seq", "mt5")
STAGES: Final[tuple[Stage, ...]] = ("translate", "summarise")
MAIN: Final = "main"
"""A revision that is not pinned: the hub says at the first pull which commit it is, and the store holds to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """A repository of the hub. ``files`` are names or globs, each of which must be there; ``bytes`` is their sum.

    ``revision`` is a commit (40 hex digits) or ``main``; ``sha256`` binds files whatever the hub or a mirror says of them.
    """

    repo: str
    revision: str
    files: tuple[str, ...]
    bytes: int
    sha256: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueModel:
    """One model. ``pairs`` are its directions; a model that goes from any to any language has ``languages`` instead.

    ``ready`` runs as it is, ``original`` is the authors' checkpoint, which is converted here with the ``[torch]`` extra; a
    model of Mozilla's has neither, its files stand in Remote Settings.
    """

    name: str
    summary: str
    stage: Stage
    backend: Backend
    languages: tuple[Language, ...] = ()
    pairs: tuple[Pair, ...] = ()
    licence: str
    licence_url: str
    commercial: bool
    """False where the licence forbids business use."""
    bytes: int
    """Size of the download."""
    ready: HubSource | None = None
    original: HubSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Several models under one name."""

    name: str
    summary: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All models and bundles, in the file's order."""

    models: tuple[CatalogueModel, ...]
    bundles: tuple[Bundle, ...] = ()

    def find(self, name: str) -> CatalogueModel:
        """The model of that name. Raises ``UnknownModelError`` that names what was perhaps meant."""
        for model in self.models:
            if model.name == name:
                return model
        raise self._unknown(name)

    def expand(self, name: str) -> tuple[CatalogueModel, ...]:
        """The models that a bundle's or a model's name stands for. Raises ``UnknownModelError``."""
        for bundle in self.bundles:
            if bundle.name == name:
                return tuple(self.find(member) for member in bundle.models)
        return (self.find(name),)

    def _unknown(self, name: str) -> UnknownModelError:
        names = [*(bundle.name for bundle in self.bundles), *(model.name for model in self.models)]
        near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}."
        return UnknownModelError(f"There is no model “{name}”; {hint}")


@cache
def catalogue() -> Catalogue:
    """The catalogue that Khabar ships."""
    return parse(resources.files("pipelines").joinpath("data", "models.toml").read_text(encoding="utf-8"))


def find(name: str) -> CatalogueModel:
    """A model of the shipped catalogue. Raises ``UnknownModelError`` that names what was perhaps meant."""
    return catalogue().find(name)


def parse(text: str) -> Catalogue:
    """A catalogue from TOML. Raises ValueError that names the entry which makes no sense."""
    document = tomllib.loads(text)
    models = tuple(_model(entry) for entry in document.get("model", ()))
    bundles = tuple(
        Bundle(name=entry["name"], summary=entry["summary"], models=tuple(entry["models"]))
        for entry in document.get("bundle", ())
    )
    names = [*(model.name for model in models), *(bundle.name for bundle in bundles)]
    if len(set(names)) < len(names):
        raise ValueError("models.toml: a name stands twice")
    found = Catalogue(models=models, bundles=bundles)
    for bundle in bundles:
        for member in bundle.models:
            found.find(member)
    return found


def pairs_of(codes: str, sign: str = ",") -> tuple[Pair, ...]:
    """Directions from ``en-ru,ru-en``. Raises ValueError for a code that is no language or a direction that is none."""
    pairs = []
    for entry in filter(None, (part.strip() for part in codes.split(sign))):
        source, dash, target = entry.partition("-")
        if not dash or source == target:
            raise ValueError(f"“{entry}” is no direction such as en-ru")
        pairs.append((Language(source), Language(target)))
    return tuple(dict.fromkeys(pairs))


def pair_codes(pairs: tuple[Pair, ...]) -> list[str]:
    """Directions as ``en-ru``."""
    return [f"{source.value}-{target.value}" for source, target in pairs]


def _model(entry: dict[str, Any]) -> CatalogueModel:
    name = entry["name"]
    try:
        ready, original = (_source(entry[key]) if key in entry else None for key in ("ready", "original"))
        first = ready or original
        return CatalogueModel(
            name=name,
            summary=entry["summary"],
            stage=STAGES[STAGES.index(entry["stage"])],
            backend=BACKENDS[BACKENDS.index(entry["backend"])],
            languages=tuple(Language(code) for code in entry.get("languages", ())),
            pairs=pairs_of(",".join(entry.get("pairs", ()))),
            licence=entry["licence"],
            licence_url=entry["licence_url"],
            commercial=entry["commercial"],
            bytes=first.bytes if first is not None else entry["bytes"],
            ready=ready,
            original=original,
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"models.toml, {name}: {error}") from error


def _source(entry: dict[str, Any]) -> HubSource:
    return HubSource(
        repo=entry["repo"],
        revision=entry["revision"],
        files=tuple(entry["files"]),
        bytes=entry["bytes"],
        sha256=dict(entry.get("sha256", {})),
    )
