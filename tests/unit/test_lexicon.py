"""The news lexicon: unique concepts, five filled columns, forms that a word can match, contraries that share no form."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from pipelines.languages import Language
from pipelines.tables import cell_list, table
from pipelines.text import fold, tokens

LEXICON = Path(__file__).parents[2] / "pipelines" / "data" / "lexicon"
TOPICS = sorted(f"lexicon/{path.name}" for path in LEXICON.glob("*.tsv") if path.name != "opposites.tsv")
SCRIPTS = {
    Language.ENGLISH: "LATIN",
    Language.RUSSIAN: "CYRILLIC",
    Language.PERSIAN: "ARABIC",
    Language.DARI: "ARABIC",
    Language.PASHTO: "ARABIC",
}
CONCEPTS_PROMISED = 1500
CONTRARIES_PROMISED = 80
SHORTEST_PREFIX = 3
"""Letters before ``*``; two would match words of every kind."""

Form = tuple[tuple[str, ...], bool]


def form(text: str, language: Language) -> Form:
    """Folded words, and whether the last one is a prefix."""
    return tuple(fold(token.text) for token in tokens(text.removesuffix("*"), language)), text.endswith("*")


def forms(row: dict[str, str], language: Language) -> list[Form]:
    return [form(text, language) for text in cell_list(row[language.value])]


def covers(one: Form, other: Form) -> bool:
    """Every text that ``other`` matches is matched by ``one`` too, or they are the same words."""
    (words, prefix), (others, _) = one, other
    if words == others:
        return True
    return prefix and len(words) == len(others) and words[:-1] == others[:-1] and others[-1].startswith(words[-1])


@pytest.fixture(scope="module")
def concepts() -> dict[str, dict[str, str]]:
    return {row["concept"]: row for name in TOPICS for row in table(name)}


def test_concepts_are_slugs_unique_across_the_topics_and_as_many_as_promised() -> None:
    found = [row["concept"] for name in TOPICS for row in table(name)]
    assert not [slug for slug, count in Counter(found).items() if count > 1]
    assert not [slug for slug in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)]
    assert len(found) >= CONCEPTS_PROMISED


@pytest.mark.parametrize("name", TOPICS)
def test_every_language_is_filled_in_its_own_script(name: str) -> None:
    for row in table(name):
        assert list(row) == ["concept", *(language.value for language in SCRIPTS)]
        for language, script in SCRIPTS.items():
            texts = cell_list(row[language.value])
            assert texts, (row["concept"], language)
            for text in texts:
                letters = [unicodedata.name(c, "") for c in text if c.isalpha()]
                # names of diseases and brands keep Latin letters in every language: "COVID"
                allowed = (script,) if language is Language.ENGLISH else (script, "LATIN")
                assert any(all(one in name for name in letters) for one in allowed), (row["concept"], language, text)
                if language in {Language.PERSIAN, Language.DARI}:
                    assert not set(text) & set("يك"), (row["concept"], text)


@pytest.mark.parametrize("name", TOPICS)
def test_forms_have_words_and_prefixes_are_long_enough(name: str) -> None:
    for row, language in product(table(name), SCRIPTS):
        for text in cell_list(row[language.value]):
            words, prefix = form(text, language)
            assert words, (row["concept"], language, text)
            assert "*" not in text[:-1], f"{text!r}: a star stands at the end only"
            assert re.fullmatch(r"[\w\u064b-\u0655\u200c'’. -]+\*?", text), (row["concept"], language, text)
            if prefix:
                assert len(words[-1]) >= SHORTEST_PREFIX, (row["concept"], language, text)


@pytest.mark.parametrize("name", TOPICS)
def test_no_form_says_what_another_of_its_cell_says(name: str) -> None:
    for row, language in product(table(name), SCRIPTS):
        cell = forms(row, language)
        doubled = [words for words, count in Counter(words for words, _ in cell).items() if count > 1]
        assert not doubled, (row["concept"], language, doubled)
        idle = [b for a, b in product(cell, cell) if a is not b and covers(a, b)]
        assert not idle, (row["concept"], language, idle)


def test_contraries_exist_and_are_paired_once(concepts: dict[str, dict[str, str]]) -> None:
    pairs = [(row["a"], row["b"]) for row in table("lexicon/opposites.tsv")]
    assert len(pairs) >= CONTRARIES_PROMISED
    assert {slug for pair in pairs for slug in pair} <= set(concepts)
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    assert all(a != b for a, b in pairs)


def test_contraries_share_no_form_in_any_language(concepts: dict[str, dict[str, str]]) -> None:
    shared = [
        (row["a"], row["b"], language.value, one, other)
        for row, language in product(table("lexicon/opposites.tsv"), SCRIPTS)
        for one, other in product(forms(concepts[row["a"]], language), forms(concepts[row["b"]], language))
        if covers(one, other) or covers(other, one)
    ]
    assert not shared
