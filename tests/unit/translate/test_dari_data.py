"""The lexicon's files: scripts, kinds, duplicates, rows that can never match, and agreement with the termbase."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pipelines.tables import cell_list, table
from pipelines.translate.dari import adapt, adaptations
from pipelines.translate.dari_lexicon import FILES, entries, key

ROWS = [(name, row) for name in FILES for row in table(f"dari/{name}.tsv")]
_LETTERS = re.compile("[\u0621-\u063a\u0641-\u0656پچژگکیڅښځټډړڼېۍ\u200c ]+")
_ARABIC_LETTERS = re.compile("[يكىة]")


def test_the_lexicon_is_large_enough() -> None:
    assert sum(row["kind"] != "keep" for _, row in ROWS) >= 800


@pytest.mark.parametrize("name", FILES)
def test_cells_hold_persian_letters_and_clean_spaces(name: str) -> None:
    for row in table(f"dari/{name}.tsv"):
        for form in (row["fa"], *cell_list(row["prs"])):
            assert _LETTERS.fullmatch(form), form
            assert not _ARABIC_LETTERS.search(form), form
            assert not re.search(" [ \u200c]|\u200c[ \u200c]|^[ \u200c]|[ \u200c]$", form), form


def test_no_row_twice() -> None:
    rows = Counter(
        (tuple(key(part) for part in re.split("[ \u200c]+", row["fa"])), row["left"], row["right"]) for _, row in ROWS
    )
    assert [row for row, times in rows.items() if times > 1] == []


def test_rows_change_their_word_unless_they_keep_it() -> None:
    assert [row["fa"] for _, row in ROWS if (row["fa"] == row["prs"]) != (row["kind"] == "keep")] == []


def test_every_row_without_neighbours_is_the_one_that_matches_its_word() -> None:
    free = [entry for entry in entries() if not entry.left and not entry.right and entry.kind not in ("keep", "suffix")]
    found = {entry.fa: [(r.entry, r.after) for r in adaptations(entry.fa)] for entry in free}
    assert {fa: rows for fa, rows in found.items() if [row for row, _ in rows] != [fa]} == {}


def test_no_dari_form_is_changed_again() -> None:
    forms = [form for entry in entries() if entry.kind != "keep" for form in (entry.prs, entry.plural) if form]
    assert {form: adapt(form) for form in forms if adapt(form) != form} == {}


def test_a_list_of_neighbours_holds_both_spellings() -> None:
    """A neighbour that is adapted itself must be known in its Dari form, or a second pass would decide otherwise."""
    missing = {
        (entry.fa, word): adapt(word)
        for entry in entries()
        for context in (entry.left, entry.right)
        if context
        for word in context.words
        if not word.startswith("<") and key(adapt(word)) not in context.words
    }
    missing |= {
        (row["class"], word): adapt(word)
        for row in table("dari/contexts.tsv")
        for word in row["words"].split()
        if adapt(word) not in row["words"].split() and " " not in adapt(word)
    }
    assert missing == {}


def test_countries_and_capitals_agree_with_the_termbase() -> None:
    wrong = {}
    for row in table("termbase/countries.tsv"):
        for persian, dari in (
            (row["fa"], [row["prs"], *cell_list(row["aliases_prs"])]),
            (row["capital_fa"], [row["capital_prs"]]),
        ):
            if persian and dari[0] and adapt(persian) not in (persian, *dari):
                wrong[persian] = adapt(persian)
    assert wrong == {}


def test_months_agree_with_the_calendar() -> None:
    for row in table("calendar/jalali_months.tsv"):
        assert adapt(f"۱۲ {row['fa']} ۱۴۰۳") == f"۱۲ {row['prs']} ۱۴۰۳"
    for row in table("calendar/months.tsv"):
        assert adapt(f"۱۲ {row['fa']} ۲۰۲۴") == f"۱۲ {row['prs']} ۲۰۲۴"
