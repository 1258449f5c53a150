"""Quotations of four scripts' marks, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from pipelines.verify import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we go” and left.", ["we go"]),
        ('He said "we go" and "we stay".', ["we go", "we stay"]),
        ("«Мы уйдём», — сказал он.", ["Мы уйдём"]),
        ("„Wir gehen“, sagte er", ["Wir gehen"]),
        ("Он сказал „мы уйдём” и ушёл", ["мы уйдём"]),
        ("«Фильм „Брат“ запретят», — пишет газета", ["Фильм „Брат“ запретят"]),
        ("“He said ‘no’ twice,” she said", ["He said ‘no’ twice,"]),
        ("گفت: «ما می‌رویم» و رفت", ["ما می‌رویم"]),
        ("ویې ویل: '' موږ ځو ''", ["موږ ځو"]),
        ("a ‹small› one", ["small"]),
        ("British papers write ‘like this’.", ["like this"]),
        ("Straight 'singles' too.", ["singles"]),
        ("the Taliban’s men, the officers’ pay, o'clock, don't, '90s", []),
        ("rents of 5'10 and the 1990's", []),
        ("", []),
    ],
)
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    found = quotations(text)
    assert [q.text for q in found] == expected
    assert all(not q.cut for q in found)


@pytest.mark.parametrize(
    ("text", "quoted", "cut"),
    [
        ("He said: “We go. We stay.", "We go. We stay.", "open"),
        ("We stay,” he said.", "We stay,", "close"),
        ('He said: "We go.', "We go.", "open"),
        ('We stay," he said.', "We stay,", "close"),
        ("ما می‌رویم» و رفت", "ما می‌رویم", "close"),
        ("گفت: «ما می‌رویم", "ما می‌رویم", "open"),
    ],
)
def test_half_a_quotation_is_one_and_marked_as_cut(text: str, quoted: str, cut: str) -> None:
    (found,) = quotations(text)
    assert (found.text, found.cut) == (quoted, cut)


def test_a_quotation_ends_with_its_paragraph_as_papers_open_each_one_anew() -> None:
    text = "“We go.\n\n“We stay,” he said."
    assert [(q.text, q.cut) for q in quotations(text)] == [("We go.", "open"), ("We stay,", "")]


def test_a_straight_mark_that_is_never_closed_does_not_turn_the_next_ones_round() -> None:
    found = quotations('She said: "We go. Then "we stay" was heard.')
    assert [(q.text, q.cut) for q in found] == [("We go. Then", "open"), ("we stay", "")]


@given(st.text(alphabet="ab .,\n“”„«»‹›‘’\"'"))
def test_spans_are_ordered_and_hold_their_text(text: str) -> None:
    found = quotations(text)
    assert all(q.text in text[q.start : q.stop] for q in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))
