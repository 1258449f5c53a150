"""Translation that can be trusted: lock names → translate → repair names → check → one retry → publish, marked, or keep.

Passages (a sentence and its reader's language) → one ``Rendering`` each, same order. Every back-end goes the same way, language
models included. Passages of all articles and languages that share a back-end go to it in one call, so that it can batch them.
What fails a check is tried once more: by the next back-end of the operator's list, or by the same one with its careful
setting and, where a name was the trouble, with stand-ins for the names. The better of the two is published with its warnings;
where neither may be, the source sentence stands and a warning says why. Nothing is dropped, nothing passes unsaid.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipelines.errors import BackendError, InternalError, KhabarError
from pipelines.models import Warning
from pipelines.translate.base import TranslationRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipelines.languages import Language
    from pipelines.models import Actor, NameLock
    from pipelines.translate.base import Translator
    from pipelines.translate.locked import Slot

log = logging.getLogger(__name__)


NAME_CODES: Final = frozenset({"name_missing", "name_changed", "name_spelling", "name_added", "names_swapped"})
"""Warnings that a stand-in for the name may cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, title or role for one reader. ``where`` names its place for warnings; ``actors`` are the article's."""

    text: str
    source: Language
    target: Language
    where: str
    actors: tuple[Actor, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What is published for a passage. ``kept``: the source's own text stands, for the reason in ``warnings``.

    ``backend`` is empty where the text was kept.
    """

    text: str
    backend: str
    warnings: tuple[Warning, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One back-end's answer, repaired and checked. ``fatal``: it must not be published."""

    text: str
    backend: str
    warnings: tuple[Warning, ...]
    fatal: bool

    @property
    def badness(self) -> tuple[bool, int]:
        return self.fatal, len(self.warnings)


@dataclass(slots=True)
class _Draft:
    passage: Passage
    locks: tuple[NameLock, ...]
    translators: Sequence[Translator]
    candidates: list[_Candidate] = field(default_factory=list)

    @property
    def best(self) -> _Candidate:
        return min(self.candidates, key=lambda candidate: candidate.badness)

    @property
    def clean(self) -> bool:
        return any(not candidate.warnings for candidate in self.candidates)

    @property
    def answered(self) -> bool:
        return any(candidate.text for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class _Ask:
    """A request on its way: for which draft, and the stand-ins to be undone in the answer."""

    draft: _Draft
    request: TranslationRequest
    slots: tuple[Slot, ...] = ()


class TranslationFlow:
    """The way of every translation. ``choose(source, target)`` answers back-ends, the preferred first."""

    def __init__(self, choose: Callable[[Language, Language], Sequence[Translator]]) -> None:
        self._choose = choose

    def can(self, source: Language, target: Language) -> bool:
        """True where at least one back-end translates the pair."""
        return bool(self._choose(source, target))

    def translate(self, passages: Sequence[Passage]) -> list[Rendering]:
        """One rendering for each passage, in order. Raises LookupError where a pair has no back-end (``can`` tells).

        A passage without a letter ("12:30", "***") is the same in every language and goes to nobody.
        """
        speaking = [passage for passage in passages if any(character.isalpha() for character in passage.text)]
        made = iter(self._translated([self._draft(passage) for passage in speaking]))
        spoken = {id(passage) for passage in speaking}
        return [next(made) if id(p) in spoken else Rendering(text=p.text, backend="") for p in passages]

    def _translated(self, drafts: Sequence[_Draft]) -> list[Rendering]:
        self._ask((draft.translators[0], _first(draft)) for draft in drafts)
        self._ask((_second(draft), ask) for draft in drafts if not draft.clean for ask in _again(draft))
        # a back-end that did not answer at all is no reason to give up while the list goes on
        for place in range(2, max((len(draft.translators) for draft in drafts), default=0)):
            waiting = [draft for draft in drafts if not draft.answered and place < len(draft.translators)]
            self._ask((draft.translators[place], _first(draft)) for draft in waiting)
        return [_rendering(draft) for draft in drafts]

    def _draft(self, passage: Passage) -> _Draft:
        from pipelines.translate.locked import locks  # noqa: PLC0415

        translators = self._choose(passage.source, passage.target)
        if not translators:
            raise LookupError(f"no back-end translates {passage.source.value} into {passage.target.value}")
        names = locks(passage.text, passage.source, passage.target, passage.actors)
        return _Draft(passage, names, translators)

    def _ask(self, asks: Iterable[tuple[Translator, _Ask]]) -> None:
        """Send every ask to its back-end, one call a back-end, and judge the answers."""
        batches: dict[int, tuple[Translator, list[_Ask]]] = {}
        for translator, ask in asks:
            batches.setdefault(id(translator), (translator, []))[1].append(ask)
        for translator, batch in batches.values():
            for ask, answer in zip(batch, _answers(translator, [ask.request for ask in batch]), strict=True):
                ask.draft.candidates.append(_judged(ask, answer, translator.name))


def _answers(translator: Translator, requests: Sequence[TranslationRequest]) -> Sequence[str | KhabarError]:
    """A back-end's answers; if it fails as a whole, that failure for each request."""
    try:
        return translator.translate(requests)
    except KhabarError as error:
        return [error] * len(requests)
    except Exception as error:  # a digest outlives a bug in one back-end, and the bug is said, not hidden
        log.exception("back-end %s failed", translator.name)
        return [InternalError.of(error)] * len(requests)


def _first(draft: _Draft) -> _Ask:
    return _Ask(draft, _request(draft, careful=False))


def _second(draft: _Draft) -> Translator:
    """Who retries: the next of the list, or the same once more."""
    return draft.translators[1] if len(draft.translators) > 1 else draft.translators[0]


def _again(draft: _Draft) -> list[_Ask]:
    """The retry: the careful setting of a back-end that has spoken already, the plain one of another.

    Where a name was the trouble and the back-end cannot be told names, the same once more with stand-ins: both are judged.
    """
    from pipelines.translate.locked import protect  # noqa: PLC0415

    request = _request(draft, careful=len(draft.translators) == 1)
    asks = [_Ask(draft, request)]
    troubles = [warning for warning in draft.candidates[0].warnings if warning.code in NAME_CODES]
    if troubles and _second(draft).names == "none":
        # names that came through are left alone: a stand-in for each would make another sentence of it
        missed = [lock for lock in draft.locks if any(lock.text == warning.about for warning in troubles)]
        text, slots = protect(request.text, missed or draft.locks)
        if slots:
            protected = TranslationRequest(
                text=text,
                source=request.source,
                target=request.target,
                careful=request.careful,
                context=request.context,
            )
            asks.append(_Ask(draft, protected, slots))
    return asks


def _request(draft: _Draft, *, careful: bool) -> TranslationRequest:
    passage = draft.passage
    return TranslationRequest(
        text=passage.text,
        source=passage.source,
        target=passage.target,
        names=draft.locks,
        careful=careful,
        context=passage.context,
    )


def _judged(ask: _Ask, answer: str | KhabarError, backend: str) -> _Candidate:
    from pipelines.translate.locked import restore  # noqa: PLC0415
    from pipelines.translate.repair import repair  # noqa: PLC0415
    from pipelines.verify import severity, verify_translation  # noqa: PLC0415

    passage = ask.draft.passage
    if isinstance(answer, KhabarError):
        failed = Warning(code=answer.code, message=str(answer), where=passage.where, about=backend)
        return _Candidate("", backend, (failed,), fatal=True)
    text: str | None = answer.strip()
    if ask.slots:
        text = restore(answer.strip(), ask.slots, passage.target)
        if text is None:
            lost = BackendError("A stand-in for a name did not come back.")
            return _Candidate("", backend, (_warning(lost.code, str(lost), passage),), fatal=True)
    repaired, _ = repair(
        text or "", target=passage.target, names=ask.draft.locks, source=passage.text, source_language=passage.source
    )
    warnings = verify_translation(
        passage.text,
        repaired,
        source_language=passage.source,
        target_language=passage.target,
        names=ask.draft.locks,
        where=passage.where,
    )
    fatal = not repaired or any(severity(warning.code) == "fatal" for warning in warnings)
    return _Candidate(repaired, backend, tuple(warnings), fatal=fatal)


def _rendering(draft: _Draft) -> Rendering:
    best, passage = draft.best, draft.passage
    if not best.fatal:
        return Rendering(text=best.text, backend=best.backend, warnings=best.warnings)
    reason = " ".join(warning.message for warning in best.warnings) or "The back-end answered nothing."
    message = f"This stays in {passage.source.names.english}: no translation of it could be trusted. {reason}"
    kept = Warning(code="kept_source", message=message, where=passage.where, about=best.backend)
    return Rendering(text=passage.text, backend="", warnings=(kept,), kept=True)


def _warning(code: str, message: str, passage: Passage) -> Warning:
    return Warning(code=code, message=message, where=passage.where)
