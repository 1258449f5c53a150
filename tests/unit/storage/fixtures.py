"""A database a test, on SQLite and on PostgreSQL; copies of one that was migrated once."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_asyncio

from bot.storage import migrations
from bot.storage.database import Database
from tests.unit.storage import cluster

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from pathlib import Path

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Generator[str]:
    """Address of a PostgreSQL server, or a skip that says why there is none."""
    try:
        with cluster.running() as address:
            yield address
    except cluster.NoServerError as error:
        pytest.skip(str(error))


def create_database(server: str, name: str, template: str = "template1") -> str:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return f"{server}/{name}"


@pytest.fixture(scope="session")
def migrated_server(server: str) -> str:
    """The server, with a migrated database called ``migrated``."""
    import asyncio  # noqa: PLC0415 - a session fixture has no loop of its own

    asyncio.run(migrations.upgrade(Database(create_database(server, "migrated"))))
    return server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import asyncio  # noqa: PLC0415 - a session fixture has no loop of its own

    path = tmp_path_factory.mktemp("migrated") / "khabar.sqlite"
    asyncio.run(migrations.upgrade(Database(f"sqlite:///{path}")))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite"
    return create_database(request.getfixturevalue("server"), f"empty_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a migrated database without rows."""
    if request.param == "sqlite":
        path = tmp_path / "khabar.sqlite"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    return create_database(request.getfixturevalue("migrated_server"), f"test_{next(_numbers)}", "migrated")


@pytest_asyncio.fixture
async def database(url: str) -> AsyncGenerator[Database]:
    """A migrated database without rows."""
    async with Database(url) as opened:
        yield opened
