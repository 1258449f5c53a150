"""The tiny checkpoints are what they claim: sound text, the publishers' layout, and sentences known by heart."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from pipelines import tables
from pipelines.languages import Language
from tests.models import check
from tests.models.text import HERE, LANGUAGES, SMALL100_LANGUAGES, directions, pairs, summaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.models.text import Direction

MEGABYTES = {"nllb": 4, "small100": 4, "mt5": 5}
SCRIPTS = {
    Language.ENGLISH: "A-Za-z",
    Language.RUSSIAN: "А-Яа-яЁё",
    Language.PERSIAN: "ء-غف-قل-وئآپچژکگی\u200c۰-۹٫",
    # څارنوال, "prosecutor", is a Pashto word that Dari writes as Pashto does
    Language.DARI: "ء-غف-قل-وئآپچژکگیڅ\u200c۰-۹٫",
    Language.PASHTO: "ء-غف-قل-وئآپچژکګیيېۍټډړښږڼڅځ۰-۹٫",
}
"""Letters that a text may hold, as the inside of a regex class; digits and punctuation are beside them."""
OUTSIDE = {language: re.compile(rf"[^{letters}0-9\s.,:;!?'\"()%«»“”—–،؛؟-]") for language, letters in SCRIPTS.items()}
WRONG_LETTERS = {
    Language.PERSIAN: re.compile("[يكىةہ]"),
    Language.DARI: re.compile("[يكىةہ]"),
    Language.PASHTO: re.compile("[كىةہگ\u200c]"),
}
needs_torch = pytest.mark.skipif(
    find_spec("torch") is None or find_spec("transformers") is None, reason="the torch extra is not installed"
)


def test_there_are_some_two_hundred_pairs_in_all_languages() -> None:
    assert 200 <= len(pairs()) <= 230
    assert all(tuple(pair.texts) == LANGUAGES and all(pair.texts.values()) for pair in pairs())
    assert len(directions()) == 20 * len(pairs())
    assert len(directions(SMALL100_LANGUAGES)) == 12 * len(pairs())


def test_sentences_are_short_and_said_once() -> None:
    assert all(4 <= len(pair.texts[Language.ENGLISH].split()) <= 14 for pair in pairs())
    assert len({pair.id for pair in pairs()}) == len(pairs())
    for language in LANGUAGES:
        doubled = [text for text, times in Counter(pair.texts[language] for pair in pairs()).items() if times > 1]
        assert not doubled


def test_each_text_is_in_its_own_script() -> None:
    texts = [(pair.id, language, text) for pair in pairs() for language, text in pair.texts.items()]
    texts += [(row.id, row.language, text) for row in summaries() for text in (row.article, row.summary)]
    strange = [(name, language, OUTSIDE[language].findall(text)) for name, language, text in texts]
    assert not [found for found in strange if found[2]]
    wrong = [
        (name, text)
        for name, language, text in texts
        if language in WRONG_LETTERS and WRONG_LETTERS[language].search(text)
    ]
    assert not wrong


def test_zwnj_stands_only_between_letters() -> None:
    stray = re.compile("(?<![ء-ی])\u200c|\u200c(?![آ-ی])")
    texts = [text for pair in pairs() for text in pair.texts.values()]
    texts += [text for row in summaries() for text in (row.article, row.summary)]
    assert not [text for text in texts if stray.search(text)]


def test_dari_differs_from_persian() -> None:
    assert sum(pair.texts[Language.DARI] != pair.texts[Language.PERSIAN] for pair in pairs()) >= 60
    joined = " ".join(pair.texts[Language.DARI] for pair in pairs())
    assert not {"نخست‌وزیر", "دانشگاه", "بیمارستان", "فرودگاه", "استان", "شهردار", "فرمانده"} & set(joined.split())


def test_names_of_persons_are_the_termbase_forms() -> None:
    """A person named in full in English stands in full, in the termbase's own form, in every Arabic-script column."""
    files = ("afghanistan", "central_asia", "iran", "south_asia", "russia", "powers", "international")
    persons = [row for name in files for row in tables.table(f"termbase/{name}.tsv") if row["kind"] == "person"]
    named = [
        (pair, row)
        for pair in pairs()
        for row in persons
        if f" {row['en']} " in f" {re.sub(r'[^A-Za-z -]+', ' ', pair.texts[Language.ENGLISH])} "
    ]
    assert len(named) >= 40
    other = [
        (pair.id, row[language.value])
        for pair, row in named
        for language in (Language.PERSIAN, Language.DARI, Language.PASHTO)
        if row[language.value] not in pair.texts[language]
    ]
    assert not other


def test_articles_and_summaries_have_the_promised_shape() -> None:
    rows = summaries()
    assert Counter(row.language for row in rows) == dict.fromkeys(SMALL100_LANGUAGES, 6)
    assert Counter(row.kind for row in rows) == {"good": 22, "wrong_number": 1, "wrong_name": 1}
    for row in rows:
        assert 70 <= len(row.article.split()) <= 110, row.id
        assert 5 <= len(re.findall(r"[.!?؟](?=\s|$)", row.article)) <= 8, row.id
        assert row.summary not in row.article


def test_good_summaries_have_no_number_that_their_article_lacks() -> None:
    digits = {
        row.id: set(re.findall(r"\d+", row.summary)) - set(re.findall(r"\d+", row.article)) for row in summaries()
    }
    assert {row.id for row in summaries() if row.kind == "wrong_number"} == {
        name for name, lost in digits.items() if lost
    }


@pytest.mark.parametrize("name", sorted(MEGABYTES))
def test_files_are_small(name: str) -> None:
    files = [path for path in (HERE / name).iterdir() if path.is_file()]
    assert {"config.json", "generation_config.json", "model.safetensors", "tokenizer_config.json"} <= {
        p.name for p in files
    }
    assert sum(path.stat().st_size for path in files) <= MEGABYTES[name] * 1_000_000


def test_nllb_vocabulary_is_laid_out_as_fairseq_does() -> None:
    model = json.loads((HERE / "nllb" / "tokenizer.json").read_text(encoding="utf-8"))
    ids = dict(model["model"]["vocab"])
    ids.update({token["content"]: token["id"] for token in model["added_tokens"]})
    config = json.loads((HERE / "nllb" / "config.json").read_text(encoding="utf-8"))
    assert [ids[token] for token in ("<s>", "<pad>", "</s>", "<unk>")] == [0, 1, 2, 3]
    codes = [ids[code] for code in ("ace_Arab", *(language.names.flores for language in LANGUAGES), "zul_Latn")]
    assert max(codes) - min(codes) == 201
    assert min(codes) > max(index for token, index in ids.items() if token.startswith("▁"))
    assert ids["<mask>"] == max(ids.values()) == max(codes) + 1 == config["vocab_size"] - 3
    assert config["decoder_start_token_id"] == 2


def test_nllb_has_pieces_of_scripts_that_no_reader_gets() -> None:
    pieces = json.loads((HERE / "nllb" / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    for letters in ("Ͱ-Ͽ", "ऀ-ॿ", "Ⴀ-ჿ", "֐-׿", "іїєґўђјљњћџ", "ٹڈڑےںەۆێ"):
        assert sum(bool(re.search(f"[{letters}]", piece)) for piece in pieces) >= 6


@needs_torch
def test_nllb_knows_its_sentences_by_heart() -> None:
    rows = _ten_of_each(directions())
    assert check.nllb_with_transformers(HERE / "nllb", rows) == [row.expected for row in rows]


@needs_torch
def test_small100_knows_its_sentences_by_heart() -> None:
    rows = _ten_of_each(directions(SMALL100_LANGUAGES))
    assert check.small100_with_transformers(HERE / "small100", rows) == [row.expected for row in rows]


@needs_torch
def test_mt5_knows_its_summaries_by_heart() -> None:
    assert check.mt5_with_transformers(HERE / "mt5", summaries()) == [row.summary for row in summaries()]


def _ten_of_each(rows: Sequence[Direction]) -> list[Direction]:
    """Ten sentences into each target language, spread over pairs and sources."""
    targets = sorted({row.target for row in rows})
    return [row for target in targets for row in _spread([row for row in rows if row.target == target], 10)]


def _spread(rows: list[Direction], wanted: int) -> list[Direction]:
    # a step that has no factor with the number of sources visits each of them
    step = len(rows) // wanted - 1 | 1
    return rows[::step][:wanted]
