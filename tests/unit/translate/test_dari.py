"""Persian → Dari usage: lines a linguist can read, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pipelines.translate.dari import adapt, adaptations
from pipelines.translate.dari_lexicon import entries

LINES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("dari_lines.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ZWNJ = "\u200c"

# words, neighbours and endings in any order, so that rows, contexts and endings meet in ways nobody wrote down
_PIECES = st.sampled_from(
    [entry.fa for entry in entries()]
    + ["در", "به", "را", "و", "که", "این", "یک", "ماه", "سال", "۱۲", "۱۴۰۳", "ملی", "بیشتر", "می", "کابل", "دولت", "نو"]
    + ["ها", "های", "هایی", "ای", "ی", "ان", "اش", "شان", "تر", "،", ".", "«", "»", "(", ")"]
)
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from([" ", " ", " ", ZWNJ, ""])), max_size=12).map(
    lambda pieces: "".join(piece + gap for piece, gap in pieces)
)


@pytest.mark.parametrize(("persian", "dari"), LINES)
def test_line(persian: str, dari: str) -> None:
    assert adapt(persian) == dari


@pytest.mark.parametrize("dari", [dari for _, dari in LINES])
def test_dari_stays_dari(dari: str) -> None:
    assert adapt(dari) == dari


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_adapting_twice_changes_nothing_more(text: str) -> None:
    once = adapt(text)
    assert adapt(once) == once


@given(_TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_protected_spans_stay_and_offsets_are_of_the_input(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    done = 0
    for replacement in adaptations(text, [(start, stop)]):
        assert text[replacement.start : replacement.stop] == replacement.before != replacement.after
        assert replacement.start >= done
        assert replacement.stop <= start or replacement.start >= stop
        done = replacement.stop
    assert text[start:stop] in adapt(text, [(start, stop)])
    assert text[start:stop] in adapt(text, [(start, stop)], zwnj="space")


@given(st.text(alphabet="ابتجدرسشعمنوهی \u200c،.۰۱۲abc\n", max_size=80))
def test_text_without_replacements_comes_back_the_same(text: str) -> None:
    if not adaptations(text):
        assert adapt(text) == text


def test_a_name_is_protected_but_the_word_beside_it_is_not() -> None:
    text = "خبرگزاری دانشگاه: دانشگاه بسته شد"
    assert adapt(text, [(0, len("خبرگزاری دانشگاه"))]) == "خبرگزاری دانشگاه: پوهنتون بسته شد"


def test_a_shorter_row_may_match_beside_a_protected_word() -> None:
    text = "دانشکده پزشکی"
    assert adapt(text, [(text.index("پزشکی"), len(text))]) == "پوهنحی پزشکی"


def test_zwnj_is_kept_unless_spaces_are_asked_for() -> None:
    text = "دانش‌آموزان می‌روند و خانه‌ها"
    assert adapt(text) == "شاگردان می‌روند و خانه‌ها"
    assert adapt(text, zwnj="space") == "شاگردان می روند و خانه ها"
    name = text.index("خانه")
    assert adapt(text, [(name, len(text))], zwnj="space") == "شاگردان می روند و خانه‌ها"


def test_a_text_that_writes_spaces_gets_spaces() -> None:
    assert adapt("پیش نویس وب سایت") == "مسوده ویب سایت"


def test_a_replacement_says_where_and_by_which_row() -> None:
    text = "در دانشگاه‌های کابل"
    (found,) = adaptations(text)
    assert (found.before, found.after, found.entry) == ("دانشگاه‌های", "پوهنتون‌های", "دانشگاه")
    assert text[found.start : found.stop] == found.before


def test_a_phrase_does_not_reach_over_punctuation_or_a_line_break() -> None:
    assert adapt("وزیر، کشور") == "وزیر، کشور"
    assert adapt("وزیر\n\nکشور") == "وزیر\n\nکشور"
