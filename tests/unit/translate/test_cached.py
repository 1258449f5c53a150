"""The cache: a text is translated once, and anything that may change an output asks anew."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipelines.languages import Language
from pipelines.models import NameLock
from pipelines.translate.base import TranslationRequest
from pipelines.translate.cached import CachedTranslator, SqliteCache, cache_key
from tests.scripted_translator import ScriptedTranslator

if TYPE_CHECKING:
    from pathlib import Path

ASK = TranslationRequest(text="Hello.", source=Language.ENGLISH, target=Language.RUSSIAN)
LOCK = NameLock(key="k", kind="person", start=0, stop=5, text="Hello", forms=("Привет",))


@pytest.fixture
def cache(tmp_path: Path) -> SqliteCache:
    return SqliteCache(tmp_path / "deep" / "cache.sqlite", now=lambda: 1000.0)


def test_a_second_request_asks_nobody_also_in_a_new_process(cache: SqliteCache, tmp_path: Path) -> None:
    first = ScriptedTranslator({"Hello.": "Привет."})
    assert CachedTranslator(first, cache).translate([ASK, ASK]) == ["Привет.", "Привет."]
    assert len(first.asked) == 1, "the same text twice in one call is one text"
    cache.close()
    second = ScriptedTranslator({})
    anew = SqliteCache(tmp_path / "deep" / "cache.sqlite", now=lambda: 1000.0)
    assert CachedTranslator(second, anew).translate([ASK]) == ["Привет."]
    assert not second.calls


def test_failures_are_not_kept(cache: SqliteCache) -> None:
    failing = CachedTranslator(ScriptedTranslator({}), cache)
    assert not isinstance(failing.translate([ASK])[0], str)
    assert CachedTranslator(ScriptedTranslator({"Hello.": "Привет."}), cache).translate([ASK]) == ["Привет."]


def test_whatever_changes_an_output_changes_the_key() -> None:
    translator = ScriptedTranslator({}, names="glossary")
    other_name = ScriptedTranslator({}, names="glossary", name="other")
    other_revision = ScriptedTranslator({}, names="glossary")
    other_revision.revision = "2"
    changed = [
        cache_key(ASK, translator),
        cache_key(ASK, other_name),
        cache_key(ASK, other_revision),
        cache_key(replace(ASK, text="Hello"), translator),
        cache_key(replace(ASK, target=Language.DARI), translator),
        cache_key(replace(ASK, source=Language.PASHTO), translator),
        cache_key(replace(ASK, careful=True), translator),
        cache_key(replace(ASK, context="about"), translator),
        cache_key(replace(ASK, names=(LOCK,)), translator),
        cache_key(replace(ASK, names=(replace(LOCK, forms=("Здравствуй",)),)), translator),
    ]
    assert len(set(changed)) == len(changed)


def test_names_do_not_split_the_cache_of_a_back_end_that_is_not_told_them() -> None:
    translator = ScriptedTranslator({})
    assert cache_key(ASK, translator) == cache_key(replace(ASK, names=(LOCK,)), translator)


def test_a_damaged_file_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"this is no database" * 100)
    translator = ScriptedTranslator({"Hello.": "Привет."})
    cached = CachedTranslator(translator, SqliteCache(path, now=lambda: 0.0))
    assert cached.translate([ASK]) == ["Привет."]
    assert cached.translate([ASK]) == ["Привет."]
    assert sum("cannot be used" in record.message for record in caplog.records) == 1


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = SqliteCache(tmp_path / "file" / "cache.sqlite", now=lambda: 0.0)
    assert CachedTranslator(ScriptedTranslator({"Hello.": "Привет."}), cache).translate([ASK]) == ["Привет."]


def test_the_oldest_go_when_it_is_full(tmp_path: Path) -> None:
    clock = iter(range(10_000))
    cache = SqliteCache(tmp_path / "cache.sqlite", now=lambda: float(next(clock)), max_rows=600)
    for batch in range(3):
        cache.put({f"{batch}-{n}": "text" for n in range(500)})
    cache.close()
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        (rows,) = connection.execute("SELECT count(*) FROM translation").fetchone()
    connection.close()
    assert rows <= 600
    assert SqliteCache(tmp_path / "cache.sqlite", now=lambda: 0.0).get(["2-499"]) == {"2-499": "text"}


def test_threads_share_it(cache: SqliteCache) -> None:
    translator = ScriptedTranslator({f"Text {n}.": f"Текст {n}." for n in range(40)})
    cached = CachedTranslator(translator, cache)
    answers: list[object] = []

    def work() -> None:
        for n in range(40):
            answers.extend(cached.translate([replace(ASK, text=f"Text {n}.")]))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 160
    assert set(answers) == {f"Текст {n}." for n in range(40)}
