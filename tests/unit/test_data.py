"""The tables hold what they promise: columns, keys, the right script in every column, no marks that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.actors.termbase import FILES, entries
from pipelines.languages import Language
from pipelines.tables import cell_list, lines, table
from pipelines.text import BIDI_MARKS, spelling, tokens
from pipelines.translate.dari import adapt

DATA = Path(__file__).parents[2] / "pipelines" / "data"
TERMBASE = [f"termbase/{name}.tsv" for name in ("countries", *FILES)]
TABLES = sorted(str(path.relative_to(DATA)) for path in DATA.glob("**/*.tsv"))
LISTS = sorted(str(path.relative_to(DATA)) for path in DATA.glob("**/*.txt"))
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC", "fa": "ARABIC", "prs": "ARABIC", "ps": "ARABIC"}
KINDS = {"person", "organisation", "country", "group"}


def letters_outside(text: str, script: str) -> set[str]:
    return {c for c in text if c.isalpha() and script not in unicodedata.name(c, "")}


def column_language(column: str) -> str | None:
    code = (
        column.rsplit("_", 1)[-1]
        if column.startswith(("aliases", "adjectives", "adjective", "capital", "people"))
        else column
    )
    return code if code in SCRIPTS else None


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_the_headers_cells_and_nothing_invisible(name: str) -> None:
    rows = table(name)
    assert rows, f"{name} is empty"
    for row in rows:
        for column, cell in row.items():
            assert not set(cell) & set(BIDI_MARKS), f"{name}, {column}: a bidi mark in {cell!r}"
            if not name.startswith("identify/"):  # its rows are what people type, composed or not
                assert cell == unicodedata.normalize("NFC", cell), f"{name}, {column}: {cell!r} is not NFC"


@pytest.mark.parametrize("name", LISTS)
def test_lists_have_no_doubles_and_nothing_invisible(name: str) -> None:
    found = [line.split("\t")[0] for line in lines(name)]
    assert found
    if not name.startswith("boilerplate/"):  # one list of four languages: Dari and Pashto share words
        assert len(found) == len(set(found)), sorted({f for f in found if found.count(f) > 1})
    assert not any(set(line) & set(BIDI_MARKS) for line in found)


@pytest.mark.parametrize(
    "name", [*TERMBASE, "roles/titles.tsv", "roles/modifiers.tsv", "roles/bodies.tsv", "roles/places.tsv"]
)
def test_columns_hold_their_own_script(name: str) -> None:
    for row in table(name):
        for column, cell in row.items():
            language = column_language(column) or (column[:2] if column.startswith("ru_") else None)
            if language is None:
                continue
            for form in cell_list(cell):
                strange = letters_outside(re.sub(r"\b[IVX]+\b", "", form), SCRIPTS[language])
                # acronyms and brands keep Latin letters in every language: "G7", "TOLOnews", "X"
                allowed = re.fullmatch(r"[\W\dA-Za-z]*", "".join(sorted(strange))) and language != "en"
                whole_latin = allowed and not letters_outside(form, "LATIN")
                assert not strange or whole_latin, f"{name}, {row['key']}, {column}: {form!r}"
                assert form == form.strip()
                assert "  " not in form
                assert "ـ" not in form, f"tatweel in {form!r}"
                if language in {"fa", "prs"}:
                    assert not set(form) & set("يك"), f"{name}, {row['key']}, {column}: an Arabic letter in {form!r}"


def test_keys_are_unique_across_the_termbase() -> None:
    keys = [row["key"] for name in TERMBASE for row in table(name)]
    assert len(keys) == len(set(keys)), sorted({k for k in keys if keys.count(k) > 1})
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)


@pytest.mark.parametrize("name", ["roles/titles.tsv", "roles/modifiers.tsv", "roles/bodies.tsv", "labels.tsv"])
def test_keys_are_unique_in_a_table(name: str) -> None:
    keys = [row["key"] for row in table(name)]
    assert len(keys) == len(set(keys))


def test_kinds_genders_and_countries_are_of_their_sets() -> None:
    known = {row["iso"] for row in table("termbase/countries.tsv")}
    for name in TERMBASE[1:]:
        for row in table(name):
            assert row["kind"] in KINDS - {"country"}, row["key"]
            assert row["gender"] in {"m", "f", "-", ""}, row["key"]
            assert (row["gender"] in {"m", "f"}) == (row["kind"] == "person"), row["key"]
            assert row["country"] in known | {"", "EU"}, (row["key"], row["country"])


def test_the_termbase_and_the_role_lexicon_are_as_large_as_promised() -> None:
    actors = [row for name in TERMBASE for row in table(name)]
    assert len(actors) >= 1500
    for code in ("en", "ru", "fa", "prs", "ps"):
        filled = sum(bool(row[code]) for row in actors) / len(actors)
        assert filled >= 0.95, (code, filled)
    assert len(table("roles/titles.tsv")) >= 440
    for row in table("roles/titles.tsv"):
        assert all(
            row[column] for column in ("en", "ru", "ru_gen", "ru_dat", "ru_acc", "ru_ins", "ru_loc", "fa", "prs", "ps")
        ), row["key"]


@pytest.mark.parametrize(
    "language", [Language.ENGLISH, Language.RUSSIAN, Language.PERSIAN, Language.DARI, Language.PASHTO]
)
def test_no_full_name_is_anothers_name_or_alias(language: Language) -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    full: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries().values():
        if entry.key.startswith("people-of-"):
            continue  # Чехия and чехи share a key; the ending tells them apart
        for form in (entry.names.get(language, ""), *entry.aliases.get(language, ())):
            keys = tuple(spelling(t.text) for t in tokens(form, language))
            if keys:
                owners[keys].add(entry.key)
        if entry.names.get(language):
            full[tuple(spelling(t.text) for t in tokens(entry.names[language], language))].add(entry.key)
    shared = {keys: owners[keys] for keys in full if len(owners[keys]) > 1}
    assert not shared


def test_every_label_is_filled_in_every_language() -> None:
    for row in table("labels.tsv"):
        assert all(row[code] for code in ("en", "ru", "prs", "ps", "fa")), row["key"]
        placeholders = {code: sorted(re.findall(r"\{\w+\}", row[code])) for code in ("en", "ru", "prs", "ps", "fa")}
        assert len({tuple(p) for p in placeholders.values()}) == 1, row["key"]


def test_labels_for_dari_readers_are_spelled_as_the_lexicon_spells_them() -> None:
    changed = {row["key"]: adapt(row["prs"]) for row in table("labels.tsv") if adapt(row["prs"]) != row["prs"]}
    assert not changed
