"""Digests come back as they went in, whatever they hold; two readers at once lose nothing; what is unreadable is absent."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import update

from bot.storage import digests, frozen_json, schema
from bot.storage.values import to_json
from pipelines.languages import Language
from pipelines.models import Digest
from tests.unit.storage.samples import DAY, DIGEST, HOUR, NOW, a_digest, translated

if TYPE_CHECKING:
    from bot.storage.database import Database

_contents = itertools.count()


@given(DIGEST)
def test_json_gives_back_the_very_digest(made: Digest) -> None:
    assert frozen_json.decode(Digest, json.loads(to_json(frozen_json.encode(made)))) == made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=DIGEST)
async def test_what_is_loaded_equals_what_was_saved(database: Database, made: Digest) -> None:
    async with database.transaction() as tx:
        number = await digests.save(tx, made, content=f"c{next(_contents)}", length="short", now=NOW)
    async with database.connect() as connection:
        assert await digests.load(connection, number) == made


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("summary", None), ("sentences", {}), ("article", {"text": "x"}), ("unknown", 1), ("timings_ms", {"a": True}),
        ("translations", {"xx": {}}), ("warnings", [[]]),
    ],
)  # fmt: skip
def test_json_of_another_shape_is_refused(change: str, value: Any) -> None:
    body = frozen_json.encode(a_digest())
    with pytest.raises(frozen_json.NotThisTypeError):
        frozen_json.decode(Digest, {**body, change: value})


def test_a_value_that_json_cannot_say_is_refused_when_it_is_written() -> None:
    with pytest.raises(TypeError, match="bytes"):
        frozen_json.encode(replace(a_digest(), timings_ms=b"no"))  # type: ignore[arg-type]


def test_a_body_of_the_first_version_is_still_read() -> None:
    """Written once and never again: a change of the models that breaks this needs a rise of VERSION."""
    body = json.loads(Path(__file__).with_name("digest_v1.json").read_text(encoding="utf-8"))
    made = frozen_json.decode(Digest, body["digest"])
    assert body["version"] == digests.VERSION
    assert made.article.title == "Envoy in Kabul"
    assert made.actors[0].machine_roles == {Language.PASHTO: "test"}
    assert made.translations[Language.PASHTO].kept == ()


@pytest.mark.parametrize(
    "body", [{"version": 99, "digest": {}}, {"version": 1, "digest": {"article": 1}}, {"version": 1}, [], "text"]
)
async def test_a_body_that_cannot_be_read_is_absent_and_logged_and_made_anew(
    database: Database, caplog: pytest.LogCaptureFixture, body: Any
) -> None:
    made = a_digest("The text of a reader.")
    async with database.transaction() as tx:
        number = await digests.save(tx, made, content="c", length="short", now=NOW)
        await tx.execute(update(schema.digest).values(body=body))
        with caplog.at_level(logging.WARNING):
            assert await digests.load(tx, number) is None
        assert "made anew" in caplog.text
        assert "text of a reader" not in caplog.text
        assert await digests.save(tx, made, content="c", length="short", now=NOW) == number
        assert await digests.load(tx, number) == made


async def test_one_number_a_content_and_translations_of_both_readers_are_kept(database: Database) -> None:
    plain = a_digest()

    async def ask(language: Language, role: str) -> int:
        async with database.transaction() as tx:
            made = translated(plain, language, role)
            return await digests.save(tx, made, content="same", length="medium", now=NOW)

    numbers = await asyncio.gather(ask(Language.RUSSIAN, "посланник"), ask(Language.PASHTO, "استازی"))
    async with database.connect() as connection:
        both = await digests.load(connection, numbers[0])
    assert len(set(numbers)) == 1
    assert both is not None
    assert set(both.translations) == {Language.RUSSIAN, Language.PASHTO}
    assert both.actors[0].roles == {Language.RUSSIAN: "посланник", Language.PASHTO: "استازی"}
    assert both.actors[0].machine_roles == {Language.RUSSIAN: "test", Language.PASHTO: "test"}


def test_a_role_that_a_table_says_now_is_no_longer_a_machine_s() -> None:
    old = translated(a_digest(), Language.RUSSIAN, "посланец")
    actor = replace(a_digest().actors[0], roles={Language.RUSSIAN: "спецпредставитель"})
    kept = digests.merged(old, replace(a_digest(), actors=(actor,))).actors[0]
    assert kept.roles == {Language.RUSSIAN: "спецпредставитель"}
    assert kept.machine_roles == {}


async def test_another_summary_takes_the_place_of_the_old_one_and_its_translations(database: Database) -> None:
    old = translated(a_digest(), Language.RUSSIAN)
    new = replace(a_digest(), summary=replace(a_digest().summary, backend="mt5"))
    async with database.transaction() as tx:
        number = await digests.save(tx, old, content="same", length="medium", now=NOW)
        assert await digests.save(tx, new, content="same", length="medium", now=NOW) == number
        assert await digests.load(tx, number) == new


async def test_found_by_address_length_and_age(database: Database) -> None:
    async with database.transaction() as tx:
        old = await digests.save(tx, a_digest("Old."), content="old", length="short", now=NOW - 2 * DAY)
        new = await digests.save(tx, a_digest("New."), content="new", length="short", now=NOW)
        await digests.save(tx, a_digest("Long."), content="long", length="long", now=NOW + HOUR)
        address = "https://news.example/1"
        found = await digests.find_url(tx, address, length="short", newer_than=NOW - DAY)
        assert found is not None
        assert (found.id, found.content, found.length, found.created_at) == (new, "new", "short", NOW)
        assert found.digest.article.text == "New."
        assert await digests.find_url(tx, address, length="short", newer_than=NOW) is None
        assert await digests.find_url(tx, address + "2", length="short", newer_than=NOW - DAY) is None
        by_content = await digests.find(tx, "old")
        assert by_content is not None
        assert by_content.id == old
        assert await digests.find(tx, "none") is None


async def test_saving_again_keeps_a_digest_from_the_purge(database: Database) -> None:
    async with database.transaction() as tx:
        kept = await digests.save(tx, a_digest("Kept."), content="kept", length="short", now=NOW - 9 * DAY)
        gone = await digests.save(tx, a_digest("Gone."), content="gone", length="short", now=NOW - 9 * DAY)
        await digests.save(tx, a_digest("Kept."), content="kept", length="short", now=NOW)
        assert await digests.purge(tx, before=NOW - DAY) == 1
        assert await digests.load(tx, gone) is None
        assert await digests.load(tx, kept) == a_digest("Kept.")


async def test_the_number_of_a_purged_digest_is_never_given_again(database: Database) -> None:
    async with database.transaction() as tx:
        gone = await digests.save(tx, a_digest(), content="a", length="short", now=NOW - DAY)
        await digests.purge(tx, before=NOW)
        assert await digests.save(tx, a_digest(), content="b", length="short", now=NOW) > gone


@pytest.mark.parametrize("number", [-1, 0, 2**63, -(2**70), 10**30])
async def test_a_number_that_never_was_is_absent(database: Database, number: int) -> None:
    async with database.connect() as connection:
        assert await digests.load(connection, number) is None


async def test_an_address_of_any_length_and_content_is_stored(database: Database) -> None:
    address = "https://news.example/\0\ud800?" + "q" * 20_000
    async with database.transaction() as tx:
        number = await digests.save(tx, a_digest(url=address), content="c", length="short", now=NOW)
        loaded = await digests.load(tx, number)
    assert loaded is not None
    assert loaded.article.url == address
