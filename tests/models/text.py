"""Text the tiny checkpoints learn by heart: our own sentence pairs and short articles, beside this file as TSV.

Here, apart from the builders, so that tests can read it without torch. Files → frozen rows; numpy, torch and SentencePiece
are never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.languages import Language

HERE: Final = Path(__file__).parent
LANGUAGES: Final = (Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO)
SMALL100_LANGUAGES: Final = (Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.PASHTO)
"""SMaLL-100 has no Dari."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One sentence in every language."""

    id: str
    texts: dict[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """A short article and its one-sentence summary. ``kind`` is ``good``, ``wrong_number`` or ``wrong_name``."""

    id: str
    language: Language
    kind: str
    article: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A sentence to translate: from one language into another, and what the checkpoint has learnt to answer."""

    pair: str
    source: Language
    target: Language
    text: str
    expected: str


def pairs() -> tuple[Pair, ...]:
    """Rows of ``pairs.tsv``."""
    header, *rows = _cells("pairs.tsv")
    return tuple(
        Pair(id=row[0], texts={Language(code): text for code, text in zip(header[1:], row[1:], strict=True)})
        for row in rows
    )


def directions(languages: tuple[Language, ...] = LANGUAGES) -> tuple[Direction, ...]:
    """Every pair in every ordered pair of ``languages``: pair by pair, then by source, then by target."""
    return tuple(
        Direction(pair=pair.id, source=source, target=target, text=pair.texts[source], expected=pair.texts[target])
        for pair in pairs()
        for source in languages
        for target in languages
        if source != target
    )


def summaries() -> tuple[ArticleSummary, ...]:
    """Rows of ``summaries.tsv``."""
    _, *rows = _cells("summaries.tsv")
    return tuple(
        ArticleSummary(id=row[0], language=Language(row[1]), kind=row[2], article=row[3], summary=row[4])
        for row in rows
    )


def alphabet_lines(name: str) -> tuple[str, ...]:
    """Lines of ``letters.txt`` or ``foreign.txt``: letters and words separated by spaces."""
    return tuple(
        line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    )


def _cells(name: str) -> list[list[str]]:
    """Cells of a TSV, header first. Raises ValueError for a row of another width."""
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        if len(row) != len(rows[0]):
            raise ValueError(f"{name}, {row[0]}: {len(row)} cells, the header has {len(rows[0])}")
    return rows
