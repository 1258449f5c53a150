"""``khabar db`` as an operator meets it: on SQLite and PostgreSQL, beside a running bot, on files that are broken or strange."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import psycopg
import pytest
from click.testing import CliRunner, Result

from bot.bot_settings import load_database
from bot.db_cli import ADDRESS, db
from bot.storage import migrations, notes
from bot.storage.backup import jobs_file
from bot.storage.database import Database
from tests.unit.storage import cluster
from tests.unit.storage.fixtures import create_database
from tests.unit.storage.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parents[3]
HEAD = max(migrations.known())


@click.group()
@click.option("--url")
@click.pass_context
def khabar(context: click.Context, url: str) -> None:
    context.meta[ADDRESS] = url


khabar.add_command(db)


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(khabar, ["--url", url, "db", *arguments])


def well(url: str, *arguments: str) -> str:
    result = run(url, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(url: str, *arguments: str) -> str:
    result = run(url, *arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def put(url: str, value: str) -> None:
    async def write() -> None:
        async with Database(url) as database, database.transaction() as tx:
            await notes.put(tx, "kept", value, now=NOW)

    asyncio.run(write())


def kept(url: str) -> object:
    async def read() -> object:
        async with Database(url) as database, database.connect() as connection:
            return await notes.get(connection, "kept")

    return asyncio.run(read())


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@contextmanager
def a_bot(url: str) -> Generator[None]:
    """Another process that has the database open and does nothing."""
    code = (
        "import asyncio, sys\n"
        "from bot.storage import notes\n"
        "from bot.storage.database import Database\n"
        "async def main():\n"
        "    async with Database(sys.argv[1]) as database:\n"
        "        async with database.connect() as connection:\n"
        "            await notes.get(connection, 'kept')\n"
        "        print('open', flush=True)\n"
        "        await asyncio.to_thread(sys.stdin.readline)\n"
        "asyncio.run(main())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    yield
    process.communicate(b"end\n")
    assert process.returncode == 0


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's client programs on PATH, where they are not already."""
    if not shutil.which("pg_dump"):
        monkeypatch.setenv("PATH", str(cluster.binaries()), prepend=":")


def test_upgrade_says_from_where_to_where(empty_url: str) -> None:
    assert f"upgraded: new → {HEAD}." in well(empty_url, "upgrade")
    assert f"is at revision {HEAD} already." in well(empty_url, "upgrade")
    asyncio.run(migrations.downgrade(Database(empty_url), "0001"))
    assert f"upgraded: 0001 → {HEAD}." in well(empty_url, "upgrade")


def test_check_counts_what_there_is(url: str) -> None:
    put(url, "x")
    said = well(url, "check")
    assert f"whole, at revision {HEAD}." in said
    assert ["note", "1"] in [line.split() for line in said.splitlines()]
    assert ["subscription", "0"] in [line.split() for line in said.splitlines()]


def test_check_asks_for_an_upgrade_and_finds_strange_tables(url: str) -> None:
    asyncio.run(migrations.downgrade(Database(url), "0001"))
    assert f"is at revision 0001; this version of Khabar needs {HEAD}." in refused(url, "check")
    asyncio.run(migrations.upgrade(Database(url)))

    async def drop() -> None:
        from sqlalchemy import text  # noqa: PLC0415 - here only

        async with Database(url) as database, database.transaction() as tx:
            await tx.execute(text("DROP INDEX ix_item_seen_at"))

    asyncio.run(drop())
    assert "ix_item_seen_at" in refused(url, "check")


def test_check_makes_no_database(tmp_path: Path) -> None:
    assert "khabar db upgrade makes it" in refused(f"sqlite:///{tmp_path}/none.sqlite", "check")
    assert list(tmp_path.iterdir()) == []


def test_check_finds_what_refers_to_nothing_and_broken_pages(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite"
    shutil.copy(migrated_file, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO part VALUES ('none', 0, 'm', '{}', 'sent', NULL, NULL)")
        connection.commit()
    assert "bot.sqlite: row 1 of part refers to no row of delivery" in refused(f"sqlite:///{path}", "check")
    jobs_file(path).write_bytes(b"no database at all, but long enough to be one" * 30)
    assert "bot-jobs.sqlite is a file, but no SQLite database" in refused(f"sqlite:///{path}", "check")
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    path.write_bytes(data)
    jobs_file(path).unlink()
    assert "bot.sqlite" in refused(f"sqlite:///{path}", "check")


@pytest.mark.usefixtures("tools")
def test_a_backup_that_was_made_beside_the_bot_comes_back(url: str, tmp_path: Path) -> None:
    put(url, "before")
    backup = tmp_path / "backups" / "monday"
    with a_bot(url):
        assert str(backup) in well(url, "backup", str(backup))
    put(url, "after")
    assert "exists already" in refused(url, "backup", str(backup))
    assert "is not empty. With --replace" in refused(url, "restore", str(backup))
    assert kept(url) == "after"
    with a_bot(url):
        assert "in use" in refused(url, "restore", str(backup), "--replace")
    assert kept(url) == "after"
    said = well(url, "restore", str(backup), "--replace")
    assert kept(url) == "before"
    assert f"whole, at revision {HEAD}." in well(url, "check")
    aside = next(line.removeprefix("Kept aside: ") for line in said.splitlines() if line.startswith("Kept"))
    if url.startswith("sqlite"):
        assert kept(f"sqlite:///{aside}") == "after"
    else:
        with psycopg.connect(url) as connection:
            found = connection.execute(f'SELECT value FROM "{aside}".note'.encode()).fetchone()  # noqa: S608 - ours
        assert found == ("after",)


@pytest.mark.usefixtures("tools")
def test_a_backup_is_restored_into_an_empty_database_without_asking(
    request: pytest.FixtureRequest, url: str, tmp_path: Path
) -> None:
    put(url, "x")
    well(url, "backup", str(tmp_path / "b"))
    if url.startswith("sqlite"):
        new = f"sqlite:///{tmp_path}/deep/new.sqlite"
    else:
        new = create_database(request.getfixturevalue("server"), f"new_{tmp_path.name}")
    assert "Kept aside" not in well(new, "restore", str(tmp_path / "b"))
    assert kept(new) == "x"


@pytest.mark.usefixtures("tools")
def test_what_is_no_backup_of_this_version_changes_nothing(url: str, tmp_path: Path) -> None:
    put(url, "x")
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    for file in ("none", "text"):
        refused(url, "restore", str(tmp_path / file), "--replace")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection:
        connection.execute("CREATE TABLE other (a)")
    refused(url, "restore", str(tmp_path / "other.sqlite"), "--replace")
    newer = tmp_path / "newer"
    if url.startswith("sqlite"):
        well(url, "backup", str(newer))
        with closing(sqlite3.connect(newer)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        well(url, "backup", str(newer))
    assert "was made by a newer Khabar" in refused(url, "restore", str(newer), "--replace")
    assert kept(url) == "x"


def test_the_jobs_file_goes_with_the_bot_s(migrated_file: Path, tmp_path: Path) -> None:
    path, backup = tmp_path / "bot.sqlite", tmp_path / "copy.sqlite"
    url = f"sqlite:///{path}"
    shutil.copy(migrated_file, path)
    for value in ("before", "after"):
        with closing(sqlite3.connect(jobs_file(path))) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS job (name)")
            connection.execute("UPDATE job SET name = ?", [value])
            connection.execute("INSERT INTO job VALUES (?)", [value])
            connection.commit()
        if value == "before":
            well(url, "backup", str(backup))
    assert well(url, "restore", str(backup), "--replace").count("Kept aside") == 2
    with closing(sqlite3.connect(jobs_file(path))) as connection:
        assert connection.execute("SELECT name FROM job").fetchall() == [("before",)]
    # jobs that no backup has start empty, rather than be those of another time
    jobs_file(backup).unlink()
    (kept_before,) = tmp_path.glob("bot-before-*")
    kept_before.unlink()
    for one in tmp_path.glob("bot-jobs-before-*"):
        one.unlink()
    well(url, "restore", str(backup), "--replace")
    assert not jobs_file(path).exists()


def test_a_broken_database_can_be_replaced_and_is_kept(migrated_file: Path, tmp_path: Path) -> None:
    path, backup = tmp_path / "bot.sqlite", tmp_path / "copy.sqlite"
    shutil.copy(migrated_file, backup)
    path.write_bytes(b"garbage" * 1000)
    assert "no SQLite database" in refused(f"sqlite:///{path}", "backup", str(tmp_path / "b"))
    assert not list(tmp_path.glob("b*.part"))
    well(f"sqlite:///{path}", "restore", str(backup), "--replace")
    assert f"whole, at revision {HEAD}." in well(f"sqlite:///{path}", "check")
    (aside,) = tmp_path.glob("bot-before-*")
    assert aside.read_bytes().startswith(b"garbage")


def test_a_backup_whose_pages_are_broken_is_refused(migrated_file: Path, tmp_path: Path) -> None:
    path, backup = tmp_path / "bot.sqlite", tmp_path / "copy.sqlite"
    url = f"sqlite:///{path}"
    shutil.copy(migrated_file, path)
    put(url, "x")
    well(url, "backup", str(backup))
    data = bytearray(backup.read_bytes())
    data[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    backup.write_bytes(data)
    refused(url, "restore", str(backup), "--replace")
    assert kept(url) == "x"
    assert {one.name for one in tmp_path.iterdir()} <= {"bot.sqlite", "bot.sqlite-wal", "bot.sqlite-shm", "copy.sqlite"}


def test_without_pg_dump_the_sentence_says_what_is_missing(
    migrated_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = refused(f"{migrated_server}/migrated", "backup", str(tmp_path / "b"))
    assert "pg_dump is not on PATH" in said
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_none_is_told_without_its_password() -> None:
    said = refused("mysql://me:secret@host/name", "check")
    assert "sqlite:///" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"KHABAR_DATABASE": " postgresql://db/khabar "}, "postgresql://db/khabar"),
        ({"HOME": "/home/me"}, "sqlite:////home/me/.local/share/khabar/bot.sqlite"),
        ({"XDG_DATA_HOME": "/data", "KHABAR_DATABASE": ""}, "sqlite:////data/khabar/bot.sqlite"),
    ],
)
def test_the_address_needs_no_token(environment: dict[str, str], address: str) -> None:
    assert load_database(environment) == address
