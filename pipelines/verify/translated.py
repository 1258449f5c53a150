"""Checks of a translated sentence: what it may not get wrong, each check a file.

Source and translation with their languages → ``Warning`` values with stable codes. ``severity`` says which of them forbid to
publish the text. The checks and what they cost on human translations: docs/records/translation-checks.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pipelines.verify.content import check_content
from pipelines.verify.contraries import check_contraries
from pipelines.verify.dates import check_dates
from pipelines.verify.language import check_language
from pipelines.verify.loops import check_repetition
from pipelines.verify.negation import check_negation
from pipelines.verify.numerals import check_numbers
from pipelines.verify.pair import Pair, Side
from pipelines.verify.quoted import check_quotes
from pipelines.verify.shape import check_shape
from pipelines.verify.towns import check_towns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import NameLock, Warning

Severity = Literal["fatal", "doubt"]

FATAL: Final = frozenset({"wrong_language", "repetition", "too_short", "empty"})


def severity(code: str) -> Severity:
    """``fatal``: the text must not be published; ``doubt``: it is published with a visible mark."""
    return "fatal" if code in FATAL else "doubt"


def verify_translation(
    source: str,
    translated: str,
    *,
    source_language: Language,
    target_language: Language,
    names: Sequence[NameLock] = (),
    where: str,
) -> list[Warning]:
    """What is doubtful in one translated sentence or title, gravest kinds first; empty where nothing is.

    ``names`` are locks in ``source``; without any, those that the termbase finds there are looked for.
    ``about`` of a warning is the number, name or word it speaks of, from the source if it
    is there. Texts of several sentences are compared as one.
    """
    pair = Pair(
        source=Side(source, source_language), target=Side(translated, target_language), names=names, where=where
    )
    if not translated.strip():
        return [pair.warn("empty", "The translation is empty.")] if source.strip() else []
    found = [*check_language(pair)]
    if any(warning.code == "wrong_language" for warning in found):
        return found
    found += check_repetition(pair)
    found += check_shape(pair)
    dates = check_dates(pair)
    found += [*dates.warnings, *check_numbers(pair, dates)]
    found += check_negation(pair)
    found += check_quotes(pair)
    found += check_contraries(pair)
    found += _names(pair)
    if not any(warning.code in {"too_long", "too_short", "repetition"} for warning in found):
        found += check_content(pair)
    return found


def _names(pair: Pair) -> list[Warning]:
    from pipelines.translate.locked import locks  # noqa: PLC0415 - the termbase is read on first use
    from pipelines.verify.locks import check_names  # noqa: PLC0415

    source, target = pair.source, pair.target
    found = check_names(
        source.text,
        target.text,
        source_language=source.language,
        target_language=target.language,
        names=pair.names or locks(source.text, source.language, target.language),
        where=pair.where,
    )
    return found or [*check_towns(pair)]
