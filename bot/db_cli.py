"""``khabar db``: upgrade, check, backup, restore. Parses, calls ``bot.storage``, prints.

The database's address comes in the context's ``meta`` under ``ADDRESS``: ``khabar`` puts it there, no token of a bot is needed.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.storage.database import Database
    from bot.storage.health import Health

ADDRESS: Final = "bot.db_cli.address"
"""Key of ``click.Context.meta``: the database's URL."""


@click.group("db")
def db() -> None:
    """The bot's database (KHABAR_DATABASE): upgrade, check, back up, restore."""


@db.command("upgrade")
@click.pass_context
def upgrade_command(context: click.Context) -> None:
    """Bring the tables to what this version needs, making the database where there is none.

    The bot does the same when it starts.
    """
    import asyncio  # noqa: PLC0415

    from bot.storage import migrations  # noqa: PLC0415

    async def upgrade(database: Database) -> tuple[str | None, str | None]:
        before = await migrations.current(database)
        await migrations.upgrade(database)
        return before, await migrations.current(database)

    with _told(), _opened(context) as database:
        before, after = asyncio.run(upgrade(database))
        said = f"is at revision {after} already" if before == after else f"upgraded: {before or 'new'} → {after}"
        click.echo(f"✓ {database.place}: {said}.")


@db.command("check")
@click.pass_context
def check_command(context: click.Context) -> None:
    """Whether the database is whole and at this version's revision, and how much there is in it.

    Exit status 1 where something is wrong. It reads only, and may run beside the bot.
    """
    import asyncio  # noqa: PLC0415

    from bot.storage import health  # noqa: PLC0415

    async def examine(database: Database) -> Health:
        async with database:
            return await health.examine(database)

    with _told(), _opened(context) as database:
        if (path := _file(database)) is not None and not path.exists():
            raise click.ClickException(f"There is no database {path} yet; khabar db upgrade makes it.")
        found = asyncio.run(examine(database))
        width = max(map(len, found.rows), default=0)
        for name, count in found.rows.items():
            click.echo(f"{name:<{width}}  {count:>10,}")
        for fault in found.faults:
            click.echo(f"✗ {fault}", err=True)
        if found.faults:
            sys.exit(1)
        click.echo(f"✓ {database.place}: whole, at revision {found.revision}.")


@db.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def backup_command(context: click.Context, file: Path) -> None:
    """Write all of the database to FILE, while the bot runs. Nothing is overwritten.

    SQLite: a database file, and the jobs' beside it. PostgreSQL: a dump, by pg_dump.
    """
    from bot.storage import backup, postgres_tools  # noqa: PLC0415

    with _told(), _opened(context) as database:
        if (path := _file(database)) is not None:
            made = backup.backup(path, file)
        else:
            postgres_tools.backup(database, file)
            made = [file]
        for one in made:
            click.echo(f"✓ {one}: {_size(one.stat().st_size)}")


@db.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where there is a database; the old one is kept aside.")
@click.pass_context
def restore_command(context: click.Context, file: Path, replace: bool) -> None:
    """Put the backup FILE in the place of the database. The bot and its workers must be stopped.

    The backup is read through first. Older ones are brought up to date by khabar db upgrade, or when the bot starts.
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from bot.storage import backup, postgres_tools  # noqa: PLC0415

    now = datetime.now(UTC)
    with _told(), _opened(context) as database:
        kept: list[Path] | list[str]
        if (path := _file(database)) is not None:
            kept = backup.restore(path, file, replace=replace, now=now)
        else:
            kept = postgres_tools.restore(database, file, replace=replace, now=now)
        for one in kept:
            click.echo(f"Kept aside: {one}")
        click.echo(f"✓ {database.place}: restored from {file}.")


@contextmanager
def _opened(context: click.Context) -> Generator[Database]:
    from bot.storage.database import Database  # noqa: PLC0415

    yield Database(context.meta[ADDRESS])


@contextmanager
def _told() -> Generator[None]:
    from bot.storage.errors import StorageError  # noqa: PLC0415

    try:
        yield
    except StorageError as error:
        raise click.ClickException(str(error)) from error


def _file(database: Database) -> Path | None:
    from bot.storage.engines import is_sqlite  # noqa: PLC0415

    return Path(str(database.url.database)) if is_sqlite(database.url) else None


def _size(count: int) -> str:
    from bot.models_view import size  # noqa: PLC0415

    return size(count)
