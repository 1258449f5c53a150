"""``khabar feeds``: add, list, check, import, export, revive. Parses, calls, prints; decides nothing.

``check`` needs no database: it fetches, looks for the feed of a site, and says what is in it. The group's object is the settings,
as ``khabar`` hands them on, or a fetcher that the caller has.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.channel_choice import ended, fail, find, now, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.digests.checking import Checked
    from bot.settings import Settings
    from bot.storage.database import Database
    from bot.storage.feeds import FeedRow
    from pipelines.errors import KhabarError
    from pipelines.fetch.http import Fetcher

CHANNEL: Final = click.option(
    "--channel",
    required=True,
    metavar="CHAT[/TOPIC]",
    help="The channel: its number in Telegram (-1001234567890, a topic behind a stroke), or its number in channels list.",
)
FORMAT: Final = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
MOST_FILE_BYTES: Final = 2_000_000


@click.group("feeds")
def feeds() -> None:
    """Feeds of channels: add, list, check, import, export, revive. A running bot sees changes at once."""


@feeds.command("check")
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@FORMAT
@click.pass_obj
def check_command(opened: Settings | Fetcher, addresses: tuple[str, ...], form: str) -> None:
    """Fetch each URL now: title, number of items, dates, warnings. Needs no database.

    A URL is a feed (RSS, Atom, JSON), a site whose feed is looked for, or a public Telegram channel (@name, t.me/name).
    """
    from bot.digests.checking import warnings  # noqa: PLC0415
    from bot.feeds_view import checked_row, failed_row, show  # noqa: PLC0415
    from pipelines.errors import KhabarError  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    for address, found in zip(addresses, _checked(opened, addresses), strict=True):
        if isinstance(found, KhabarError):
            rows.append(failed_row(address, found))
        else:
            rows.append(checked_row(address, found, warnings(found, now=now())))
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        good = [row for row in rows if row["ok"]]
        if good:
            cells = [
                (row["title"], row["items"], row["newest"] or "–", row["language"] or "–", row["url"]) for row in good
            ]
            show(("TITLE", "ITEMS", "NEWEST", "LANGUAGE", "ADDRESS"), cells)
        for row in rows:
            for warning in row.get("warnings", ()):
                click.echo(f"⚠ {row['url']}: {warning}", err=True)
            if not row["ok"]:
                fail(row["address"], ValueError(row["error"]))
    ended(failed=not all(row["ok"] for row in rows))


@feeds.command("add")
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@CHANNEL
@click.pass_context
def add_command(context: click.Context, addresses: tuple[str, ...], channel: str) -> None:
    """Fetch each URL and add those that are feeds to a channel."""
    ended(failed=_add(context, addresses, channel))


@feeds.command("list")
@click.option("--channel", default=None, metavar="CHAT[/TOPIC]", help="Only those of this channel.")
@FORMAT
@click.pass_context
def list_command(context: click.Context, channel: str | None, form: str) -> None:
    """Feeds and how their last polls went."""
    from bot.feeds_view import feed_row, show  # noqa: PLC0415

    rows = [feed_row(feed) for feed in run(context, lambda database: _stored(database, channel))]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    cells = [
        (row["id"], row["title"], row["state"], row["failures"], row["polled_at"] or "–", row["url"]) for row in rows
    ]
    show(("ID", "TITLE", "STATE", "FAILURES", "READ AT", "ADDRESS"), cells)


@feeds.command("stories")
@CHANNEL
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="How far back.")
@FORMAT
@click.pass_context
def stories_command(context: click.Context, channel: str, hours: int, form: str) -> None:
    """Stories that a channel's next issue may tell, their reports, and why each report is held to tell the same."""
    from datetime import timedelta  # noqa: PLC0415

    from bot.digests.explaining import Reason, reasons  # noqa: PLC0415
    from bot.feeds_view import reason_row, show  # noqa: PLC0415

    async def read(database: Database) -> list[Reason]:
        async with database.connect() as connection:
            subscription = await find(connection, channel)
            return await reasons(connection, subscription, since=now() - timedelta(hours=hours), now=now())

    rows = [reason_row(one) for one in run(context, read)]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    show(
        ("STORY", "LANGUAGE", "TITLE", "WHY"),
        [(row["story"], row["language"], row["title"], ", ".join(row["why"])) for row in rows],
    )


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@CHANNEL
@click.pass_context
def import_command(context: click.Context, file: Path, channel: str) -> None:
    """Add the feeds of an OPML FILE to a channel. Each is fetched first; those that fail are named and left out."""
    from pipelines.errors import KhabarError  # noqa: PLC0415
    from pipelines.feeds.opml import read_opml  # noqa: PLC0415

    if file.stat().st_size > MOST_FILE_BYTES:
        raise click.ClickException(f"{file} has more than {MOST_FILE_BYTES // 1_000_000} MB.")
    try:
        outline = read_opml(file.read_bytes())
    except KhabarError as error:
        raise click.ClickException(f"{file}: {error}") from error
    if not outline:
        raise click.ClickException(f"{file} names no feed.")
    ended(failed=_add(context, tuple(dict.fromkeys(feed.url for feed in outline)), channel))


@feeds.command("export")
@click.option("--channel", default=None, metavar="CHAT[/TOPIC]", help="Only those of this channel.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Else standard output."
)
@click.pass_context
def export_command(context: click.Context, channel: str | None, output: Path | None) -> None:
    """Feeds as OPML, for another reader or another channel."""
    from pipelines.feeds.opml import OutlineFeed, write_opml  # noqa: PLC0415

    stored = run(context, lambda database: _stored(database, channel))
    content = write_opml([OutlineFeed(title=feed.title, url=feed.url) for feed in stored], title="Khabar")
    write(content, output, f"{len(stored)} feeds")


@feeds.command("revive")
@click.argument("numbers", nargs=-1, required=True, metavar="ID...", type=click.IntRange(min=1))
@click.pass_context
def revive_command(context: click.Context, numbers: tuple[int, ...]) -> None:
    """Read feeds again that failed for too long. ID is what feeds list shows."""
    from bot.storage import feeds as stored  # noqa: PLC0415

    async def revive(database: Database) -> list[FeedRow | None]:
        async with database.transaction() as tx:
            return [await stored.revive(tx, number, now=now()) for number in numbers]

    revived = run(context, revive)
    for number, feed in zip(numbers, revived, strict=True):
        if feed is None:
            fail(str(number), ValueError("there is no feed of this number."))
        else:
            click.echo(f"✓ {feed.title or feed.url}: is read again.")
    ended(failed=None in revived)


def write(content: bytes, output: Path | None, what: str) -> None:
    """Write a file, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
    click.echo(f"✓ {output}: {what}.")


async def _stored(database: Database, channel: str | None) -> list[FeedRow]:
    from bot.storage import feeds as stored  # noqa: PLC0415

    async with database.connect() as connection:
        if channel is None:
            return await stored.all_feeds(connection)
        return await stored.of_subscription(connection, (await find(connection, channel)).id)


def _add(context: click.Context, addresses: Sequence[str], channel: str) -> bool:
    """Check and add; True where one failed."""
    from bot.digests.adding import keep  # noqa: PLC0415

    async def known(database: Database) -> int:
        async with database.connect() as connection:
            return (await find(connection, channel)).id

    number = run(context, known)  # before anything is fetched
    found = _checked(context.obj, addresses)
    outcome = run(context, lambda database: keep(database, number, addresses, found, now=now()))
    for feed in outcome.new:
        click.echo(f"✓ {feed.title or feed.url}: added ({feed.url}).")
    for feed in outcome.known:
        click.echo(f"✓ {feed.title or feed.url}: was there already.")
    if outcome.left_out:
        click.echo(f"✗ {outcome.left_out} more have no room: a channel's feeds are limited.", err=True)
    for address, error in outcome.failed:
        fail(address, error)
    return bool(outcome.failed or outcome.left_out)


def _checked(opened: Settings | Fetcher, addresses: Sequence[str]) -> list[Checked | KhabarError]:
    import asyncio  # noqa: PLC0415

    from bot.digests.checking import check_all  # noqa: PLC0415

    async def fetched() -> list[Checked | KhabarError]:
        async with _fetcher(opened) as fetcher:
            return await check_all(fetcher, addresses, now=now())

    return asyncio.run(fetched())


def _fetcher(opened: Settings | Fetcher) -> Fetcher:
    """The fetcher of the settings, or one that the caller has."""
    from bot.settings import Settings  # noqa: PLC0415
    from pipelines.fetch.http import Fetcher  # noqa: PLC0415
    from pipelines.fetch.policy import FetchPolicy  # noqa: PLC0415

    if not isinstance(opened, Settings):
        return opened
    return Fetcher(FetchPolicy(deadline=opened.fetch_seconds, max_bytes=int(opened.fetch_megabytes * 1_000_000)))
