"""Wrong translations written by hand: nearly all are caught, in every kind, and none of the right ones beside them is flagged."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipelines.languages import Language
from pipelines.verify import severity, verify_translation
from tests.quality.translations import Case, cases

CODES = {
    "number": {"number_changed", "number_added"},
    "date": {"date_changed"},
    "negation_dropped": {"negation_dropped"},
    "negation_added": {"negation_added"},
    "language": {"wrong_language", "untranslated"},
    "loop": {"repetition"},
    "truncated": {"too_short", "content_missing"},
    "opposite": {"meaning_changed"},
    "quote": {"quote_changed"},
    "untranslated": {"untranslated", "wrong_language"},
}
"""Kinds that are caught row by row, and the codes that say so."""

ROWS = cases()


def _codes(row: Case, text: str) -> set[str]:
    found = verify_translation(
        row.source,
        text,
        source_language=Language(row.source_language),
        target_language=Language(row.target_language),
        where="summary[0]",
    )
    return {warning.code for warning in found}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.kind in CODES], ids=lambda row: f"{row.kind}-{row.wrong[:40]}"
)
def test_a_wrong_translation_is_caught(row: Case) -> None:
    assert _codes(row, row.wrong)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.right[:40]}")
def test_the_right_translation_passes(row: Case) -> None:
    assert not _codes(row, row.right)


def test_of_all_kinds_at_least_95_percent_are_caught() -> None:
    asked = [row for row in ROWS if row.kind != "moved"]
    assert len(asked) >= 220
    missed = [row for row in asked if not _codes(row, row.wrong)]
    assert len(missed) <= 0.05 * len(asked), "\n".join(f"{row.kind}: {row.wrong}" for row in missed)


@pytest.mark.parametrize(
    ("kind", "share", "codes"),
    [
        ("moved", 0.75, {"number_changed"}),
        ("name", 0.9, {"name_changed", "names_swapped", "name_missing", "name_added"}),
        ("added", 0.6, {"content_added", "too_long", "name_added", "number_added"}),
    ],
)
def test_kinds_that_are_caught_for_the_most_part(kind: str, share: float, codes: set[str]) -> None:
    rows = [row for row in ROWS if row.kind == kind]
    assert sum(bool(_codes(row, row.wrong) & codes) for row in rows) >= share * len(rows)


def test_the_code_names_the_fault() -> None:
    named = defaultdict(list)
    for row in ROWS:
        if row.kind in CODES:
            named[row.kind].append(bool(_codes(row, row.wrong) & CODES[row.kind]))
    shares = {kind: sum(hits) / len(hits) for kind, hits in named.items()}
    assert min(shares.values()) >= 0.8, shares


def test_loops_and_cut_texts_are_not_published() -> None:
    assert {severity(code) for code in ("wrong_language", "repetition", "too_short", "empty")} == {"fatal"}
    assert {severity(code) for code in ("number_changed", "negation_dropped", "too_long", "quote_changed")} == {"doubt"}
