"""The light back-end: Mozilla's students for Firefox (17-40 MB a direction, MPL-2.0) by ``fxtranslate``, no torch, no network.

Sentences → Russian, English, Persian; Russian and Persian through English, both models in turn. Dari is the Persian answer in
Afghan usage (``dari``), with the names' Dari forms left alone; a Dari source is read as Persian. There is no Pashto.

The engine has no beam and no other setting. The careful one here is another cut: each clause is translated by itself; what has
no clauses comes back the same. A sentence beyond the engine's window is cut likewise, so that nothing is lost unsaid.
"""

from __future__ import annotations

from functools import cache, partial
from importlib import metadata
from typing import TYPE_CHECKING, Final

from pipelines.errors import BackendError, KhabarError
from pipelines.languages import Language
from pipelines.text import spelling, tokens
from pipelines.translate.clauses import Clause, clauses, joined
from pipelines.translate.dari import adapt
from pipelines.translate.firefox_engine import MAX_PIECES, Engine, load_engine
from pipelines.translate.half_space import half_spaced
from pipelines.translate.persian_dari import PersianDariTranslator
from pipelines.translate.pieces import split
from pipelines.translate.resident import IDLE_SECONDS, Resident

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.translate.base import NameUse, TranslationRequest

SETTINGS: Final = "clauses.1"
"""Part of the revision: to be changed with anything here or in ``clauses`` that changes outputs."""

PIVOT: Final = Language.ENGLISH

Leg = tuple[Language, Language]


class FirefoxTranslator:
    """A ``Translator`` on models by direction. ``folders`` maps (source, target), with ``fa`` for Persian, to a model's folder.

    ``revision`` is the models'; the value's own adds the engine's version, the settings and the lexicon of Dari. One model a
    direction is in memory, whatever the threads; ``idle`` as ``Resident`` has it.
    """

    names: NameUse = "none"

    def __init__(
        self,
        *,
        folders: Mapping[Leg, Path],
        revision: str,
        idle: float | None = IDLE_SECONDS,
        name: str = "firefox",
    ) -> None:
        self.name = name
        self._models_revision = revision
        self._models = {leg: Resident(partial(load_engine, folder), idle=idle) for leg, folder in folders.items()}

    @property
    def revision(self) -> str:
        """Models, engine, settings and lexicon."""
        return f"{self._models_revision}+{_engine_version()}+{SETTINGS}+{PersianDariTranslator().revision}"

    @property
    def loaded(self) -> frozenset[Leg]:
        """Directions whose models are in memory."""
        return frozenset(leg for leg, model in self._models.items() if model.loaded)

    def supports(self, source: Language, target: Language) -> bool:
        """True where a folder translates the pair, or two do by way of English."""
        return bool(self._route(source, target))

    def translate(self, requests: Sequence[TranslationRequest]) -> list[str | BackendError]:
        """One translation or failure for each request, same order. A model that cannot be loaded fails its own pairs only."""
        answers: list[str | BackendError] = ["" for _ in requests]
        routes: dict[tuple[Leg, ...], list[int]] = {}
        for index, request in enumerate(requests):
            if route := self._route(request.source, request.target):
                routes.setdefault(route, []).append(index)
            else:
                pair = f"{request.source.value} into {request.target.value}"
                answers[index] = BackendError(f"{self.name} does not translate {pair}.")
        for route, places in routes.items():
            texts = [_plain(requests[index].text) for index in places]
            careful = [requests[index].careful for index in places]
            for leg in route:
                texts = self._through(leg, texts, careful)
            for index, text in zip(places, texts, strict=True):
                answers[index] = text if isinstance(text, BackendError) else _for_reader(text, requests[index])
        return answers

    def close(self) -> None:
        """Free the models' memory. A later ``translate`` loads them again."""
        for model in self._models.values():
            model.drop()

    def _route(self, source: Language, target: Language) -> tuple[Leg, ...]:
        """The models to go through, in order; empty where there is no way."""
        leg = _read_as(source), _read_as(target)
        if leg in self._models:
            return (leg,)
        legs = (leg[0], PIVOT), (PIVOT, leg[1])
        return legs if leg[0] != leg[1] and all(part in self._models for part in legs) else ()

    def _through(
        self, leg: Leg, texts: Sequence[str | BackendError], careful: Sequence[bool]
    ) -> list[str | BackendError]:
        """Texts through one model; what has failed before stays failed."""
        try:
            with self._models[leg].use() as engine:
                cuts = [
                    [] if isinstance(text, BackendError) else _cut(text, engine, careful=each)
                    for text, each in zip(texts, careful, strict=True)
                ]
                # one queue for all: the engine's thread never waits between two sentences
                said = iter(engine.translate([part for cut in cuts for _, parts in cut for part in parts]))
                return [
                    text if isinstance(text, BackendError) else _assembled(cut, said, leg[1])
                    for text, cut in zip(texts, cuts, strict=True)
                ]
        except KhabarError as error:
            failed = BackendError(f"{self.name} cannot use its model from {leg[0].value} to {leg[1].value}. {error}")
            return [text if isinstance(text, BackendError) else failed for text in texts]


@cache
def _engine_version() -> str:
    try:
        return metadata.version("fxtranslate")
    except metadata.PackageNotFoundError:
        return "none"


def _read_as(language: Language) -> Language:
    return Language.PERSIAN if language is Language.DARI else language


def _plain(text: str) -> str | BackendError:
    """Single spaces; half a surrogate pair is a failure, which SentencePiece would make everybody's."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return BackendError(f"The text is not valid Unicode ({error.reason}).")
    return " ".join(text.split())


def _cut(text: str, engine: Engine, *, careful: bool) -> list[tuple[Clause, list[str]]]:
    """Clauses, each with what the engine is asked for it: one text, or several where a clause alone exceeds the window."""

    def fits(part: str) -> bool:
        return engine.pieces(part) <= MAX_PIECES

    whole = not careful and fits(text)
    found = [Clause(text=text, mark="")] if whole else clauses(text, (lambda _: False) if careful else fits)
    return [(clause, split(clause.text, MAX_PIECES, engine.pieces)) for clause in found]


def _assembled(
    cut: Sequence[tuple[Clause, Sequence[str]]], said: Iterator[str | BackendError], target: Language
) -> str | BackendError:
    """The next answers of ``said`` as the translation of one cut text; the first failure where there is one."""
    answers = [[next(said) for _ in parts] for _, parts in cut]
    for answer in (answer for group in answers for answer in group):
        if isinstance(answer, BackendError):
            return answer
    return joined([clause for clause, _ in cut], [" ".join(map(str, group)) for group in answers], target)


def _for_reader(text: str, request: TranslationRequest) -> str:
    """Persian with its ZWNJ, in Dari usage for a Dari reader; the Dari forms of the request's names stay as they are."""
    if not request.target.persian:
        return text
    text = half_spaced(text)
    if request.target is Language.PERSIAN:
        return text
    return adapt(text, list(_standing(text, [form for lock in request.names for form in lock.forms])))


def _standing(text: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Code points where a form stands as whole words, whatever parts them: a ZWNJ, a space, a hyphen."""
    words = tokens(text, Language.DARI)
    spelled = [spelling(word.text) for word in words]
    for form in forms:
        wanted = [spelling(word.text) for word in tokens(form, Language.DARI)]
        for first in range(len(words) - len(wanted) + 1 if wanted else 0):
            if spelled[first : first + len(wanted)] == wanted:
                yield words[first].start, words[first + len(wanted) - 1].stop
