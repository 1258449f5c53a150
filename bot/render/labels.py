"""Headings, dates and language names of a printed digest, in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.languages import Language
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@cache
def labels(language: Language) -> Mapping[str, str]:
    """Label by key; English where a language is not the reader's."""
    column = language.value if language is not Language.UNKNOWN else "en"
    return {row["key"]: row[column] or row["en"] for row in table("labels.tsv")}


def long_date(day: date, language: Language) -> str:
    """A day in words: "28 January 2021", "28 января 2021 г.", Afghan month names for Dari. Gregorian, as news dates are."""
    from babel.dates import format_date  # noqa: PLC0415

    # CLDR's own long form for Pashto puts the year first, which no Pashto paper does
    pattern = "long" if language is Language.RUSSIAN else "d MMMM y"
    text: str = format_date(day, pattern, locale=language.names.cldr)
    return text
