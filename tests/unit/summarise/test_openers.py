"""Sentences that need the one before them, as lines a linguist can read: ``openers_*.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.languages import Language
from pipelines.summarise.openers import LONGEST_PHRASE, depends_on_previous, word_keys
from pipelines.tables import cell_list, table

LANGUAGES = {
    "en": Language.ENGLISH,
    "ru": Language.RUSSIAN,
    "fa": Language.DARI,
    "ps": Language.PASHTO,
}


def lines() -> list[tuple[Language, bool, str]]:
    return [
        (language, line[0] == "D", line[2:])
        for code, language in LANGUAGES.items()
        for line in Path(__file__).with_name(f"openers_{code}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]


@pytest.mark.parametrize(("language", "depends", "sentence"), lines())
def test_a_sentence_needs_its_predecessor_or_stands_alone(language: Language, depends: bool, sentence: str) -> None:
    assert depends_on_previous(sentence, language) is depends


def test_persian_and_dari_share_their_openers() -> None:
    sentence = "وی افزود که گفتگوها ادامه دارد."
    assert depends_on_previous(sentence, Language.PERSIAN)
    assert depends_on_previous(sentence, Language.DARI)


def test_arabic_letters_do_not_hide_an_opener() -> None:
    assert depends_on_previous("همچنين دو سرباز زخمي شدند.", Language.PERSIAN)
    assert depends_on_previous("نوموړى د هرات والي و.", Language.PASHTO)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_has_two_readings_and_none_is_too_long_to_match(code: str) -> None:
    readings: dict[tuple[str, ...], str] = {}
    for row in table(f"coherence/openers_{code}.tsv"):
        for phrase in cell_list(row["phrases"]):
            key = tuple(word_keys(phrase))
            assert 0 < len(key) <= LONGEST_PHRASE, phrase
            assert readings.setdefault(key, row["reading"]) == row["reading"], phrase
    assert {"PRONOUN", "DEPENDS", "STANDS", "INTRO"} == set(readings.values())
