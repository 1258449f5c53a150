"""``khabar channels import``, ``export`` and ``preview``: all channels as a file, and what one of them would post now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.channel_choice import NUMBERS, ended, fail, find, now, run

if TYPE_CHECKING:
    from bot.storage.database import Database


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--disabled", is_flag=True, help="All turned off, whatever the file says.")
@click.pass_context
def import_command(context: click.Context, file: Path, disabled: bool) -> None:
    """Make or replace the channels of FILE, which `khabar channels export` or the bot wrote. All of them, or none."""
    from bot.digests import transfer  # noqa: PLC0415

    try:
        entries = transfer.load(file.read_bytes() if file.stat().st_size <= transfer.MOST_BYTES else b"")
    except transfer.TransferError as error:
        raise click.ClickException(f"{file}: {error}") from error

    async def take(database: Database) -> None:
        async with database.transaction() as tx:
            for entry in entries:
                await transfer.store(tx, entry, enabled=entry.settings.enabled and not disabled, now=now())

    run(context, take)
    click.echo(f"✓ {len(entries)} channels, {sum(len(entry.feeds) for entry in entries)} feeds.")


@click.command("export")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Else standard output."
)
@click.pass_context
def export_command(context: click.Context, output: Path | None) -> None:
    """All channels with their feeds and settings, as JSON (docs/subscriptions-file.md)."""
    from bot.digests import transfer  # noqa: PLC0415
    from bot.feeds_cli import write  # noqa: PLC0415
    from bot.storage import subscriptions  # noqa: PLC0415

    async def collect(database: Database) -> list[transfer.Entry]:
        async with database.connect() as connection:
            return await transfer.collect(connection, await subscriptions.all_subscriptions(connection))

    entries = run(context, collect)
    write(transfer.dump(entries, now=now()), output, f"{len(entries)} channels")


@click.command("preview", context_settings=NUMBERS)
@click.argument("channel", metavar="CHANNEL")
@click.pass_context
def preview_command(context: click.Context, channel: str) -> None:
    """What an issue would say now. Nothing is posted. Its feeds are read first where nobody has read them yet."""
    from bot.digests.previewing import preview  # noqa: PLC0415
    from bot.render.terminal import printable  # noqa: PLC0415

    async def look(database: Database) -> list[str]:
        async with database.connect() as connection:
            one = await find(connection, channel)
        return await preview(database, one.id, context.obj, now=now)

    texts = run(context, look)
    if not texts:
        fail(channel, ValueError("there is nothing new to show."))
        ended(failed=True)
    click.echo(printable("\n\n".join(texts)))
