"""``khabar jobs``: list, show, retry, cancel. Parses, calls ``bot.jobs.register``, prints.

The database's address comes in the context's ``meta`` under ``bot.db_cli.ADDRESS``.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.db_cli import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from bot.jobs.register import Job, Register, State
    from bot.settings import Settings

STATES: Final = ("waiting", "running", "done", "failed", "cancelled")
KINDS: Final = ("answer", "issue")


@click.group("jobs")
def jobs() -> None:
    """What the bot and its workers have to do, did, or could not do."""


@jobs.command("list")
@click.option("--state", type=click.Choice(STATES), default=None, help="Only these.")
@click.option(
    "--kind", type=click.Choice(KINDS), default=None, help="answer: a digest somebody asked for; issue: of a channel."
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def list_command(context: click.Context, state: State | None, kind: str | None, limit: int, form: str) -> None:
    """Jobs, newest first. Those that were done are forgotten after a week."""
    with _register(context) as book:
        found = book.jobs(state=state, kind=kind, limit=limit)
    if form == "json":
        click.echo(json.dumps([_plain(job) for job in found], indent=1))
    elif found:
        _table(found)
    else:
        click.echo("There are no such jobs.")


@jobs.command("show")
@click.argument("key")
@click.pass_context
def show_command(context: click.Context, key: str) -> None:
    """One job and the steps of it that were ended, as JSON."""
    with _register(context) as book:
        job, steps = book.show(key)
    click.echo(json.dumps({**_plain(job), "steps": [_plain(step) for step in steps]}, indent=1))


@jobs.command("retry")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_context
def retry_command(context: click.Context, keys: tuple[str, ...]) -> None:
    """Do jobs that failed or were cancelled once more, each under a new key."""
    with _register(context) as book:
        _each(keys, lambda key: f"tried again as {book.retry(key)}")


@jobs.command("cancel")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_context
def cancel_command(context: click.Context, keys: tuple[str, ...]) -> None:
    """Cancel jobs that are not ended; one that runs stops before its next step."""

    def cancel(key: str) -> str:
        book.cancel(key)
        return "cancelled"

    with _register(context) as book:
        _each(keys, cancel)


def _each(keys: Sequence[str], act: Any) -> None:
    from bot.jobs.register import CannotError, NoSuchJobError  # noqa: PLC0415

    failed = False
    for key in keys:
        try:
            click.echo(f"✓ {key}: {act(key)}")
        except (NoSuchJobError, CannotError) as error:
            failed = True
            click.echo(f"✗ {error}", err=True)
    if failed:
        sys.exit(1)


@contextmanager
def _register(context: click.Context) -> Generator[Register]:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from bot.jobs.engine import system_database  # noqa: PLC0415
    from bot.jobs.register import NoSuchJobError, register  # noqa: PLC0415
    from bot.storage.engines import normalised  # noqa: PLC0415
    from bot.storage.errors import StorageError  # noqa: PLC0415

    settings: Settings = context.obj
    try:
        place = system_database(normalised(context.meta[ADDRESS]), folder=settings.models_dir.parent)
        if place.get_backend_name() == "sqlite" and not Path(place.database or "").exists():
            raise click.ClickException(f"{place.database} is not there yet: `khabar bot` makes it with its first job.")
        with register(place) as book:
            yield book
    except (StorageError, NoSuchJobError) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        raise click.ClickException(f"The jobs' database cannot be read: {type(error).__name__}.") from error


def _plain(value: Any) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, datetime) else one for name, one in asdict(value).items()}


def _table(found: Sequence[Job]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("key", "kind", "state", "since", "worker", "starts")
    for job in found:
        state = f"{job.state}: {job.why}" if job.why else job.state
        since = f"{job.changed_at:%Y-%m-%d %H:%M:%S}" if job.changed_at else ""
        table.add_row(job.key, job.kind, state, since, job.worker, str(job.taken_up))
    Console(highlight=False).print(table)
