"""``khabar channels``: list, show, set, enable, disable, delete; import, export and preview stand beside. It decides nothing.

For servers that are run from files. No token is needed, and a bot may run on the same database: it looks what is due every few
seconds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from bot.channel_choice import NUMBERS, find, now, place, run
from bot.channels_files_cli import export_command, import_command, preview_command

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.subscriptions import NewSubscription, Subscription

CHANNEL: Final = click.argument("channel", metavar="CHANNEL")
LENGTHS: Final = ("short", "medium", "long")


@click.group("channels")
def channels() -> None:
    """Channels and groups with digests of their own.

    CHANNEL is a chat's number in Telegram (-1001234567890, a forum's topic behind a stroke: -1001234567890/12), or the number in
    `khabar channels list`.
    """


@channels.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def list_command(context: click.Context, form: str) -> None:
    """Every channel, whether it is on, and when it is due."""
    from bot.feeds_view import show  # noqa: PLC0415

    rows = run(context, _rows)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    cells = [
        (
            row["id"],
            _place(row),
            row["title"],
            "on" if row["enabled"] else "off",
            row["feeds"],
            " ".join(row["languages"]),
            row["schedule"],
            row["due_at"] or "–",
        )
        for row in rows
    ]
    show(("ID", "CHAT", "TITLE", "STATE", "FEEDS", "LANGUAGES", "SCHEDULE", "DUE"), cells)


@channels.command("show", context_settings=NUMBERS)
@CHANNEL
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def show_command(context: click.Context, channel: str, form: str) -> None:
    """All settings of a channel, and its feeds."""
    from bot.feeds_view import channel_row, feed_row, show  # noqa: PLC0415
    from bot.storage import feeds  # noqa: PLC0415

    async def look(database: Database) -> dict[str, Any]:
        async with database.connect() as connection:
            one = await find(connection, channel)
            read = await feeds.of_subscription(connection, one.id)
            return channel_row(one, await _title(connection, one)) | {"feeds": [feed_row(feed) for feed in read]}

    row = run(context, look)
    if form == "json":
        click.echo(json.dumps(row, ensure_ascii=False, indent=1))
        return
    read = row.pop("feeds")
    show(("SETTING", "VALUE"), [(name, _cell(value)) for name, value in row.items()])
    click.echo()
    show(("ID", "FEED", "STATE", "ADDRESS"), [(one["id"], one["title"], one["state"], one["url"]) for one in read])


@channels.command("set", context_settings=NUMBERS)
@CHANNEL
@click.option("--languages", default=None, metavar="CODES", help="prs,ps,ru,en,fa; the first one first.")
@click.option("--times", default=None, metavar="TIMES", help='Times of the day: "08:00 18:30".')
@click.option("--live", is_flag=True, help="Post as it happens.")
@click.option("--quiet", default=None, metavar="FROM-TO", help='Live only: "23:00-07:00", or "none".')
@click.option("--days", default=None, metavar="DAYS", help="sat-wed, mon,thu or daily.")
@click.option("--timezone", default=None, metavar="ZONE", help="Asia/Kabul, Europe/Moscow …")
@click.option("--length", type=click.Choice(LENGTHS), default=None, help="Sentences of a story: 1, 2 or 3.")
@click.option("--items", type=click.IntRange(1, 20), default=None, help="Most stories of an issue.")
@click.option(
    "--include", default=None, metavar="TERMS", help='Only stories with one of these words: "flood, earthquake".'
)
@click.option("--exclude", default=None, metavar="TERMS", help="No stories with one of these words.")
@click.option("--least-sources", type=click.IntRange(1, 5), default=None, help="Only stories told by so many feeds.")
@click.option("--heading", default=None, metavar="TEXT", help='Heading of issues; "" is the usual one.')
@click.option("--say-when-empty/--silent-when-empty", default=None, help="Whether to post a line when nothing is new.")
@click.pass_context
def set_command(context: click.Context, /, channel: str, **options: Any) -> None:
    """Change settings of a channel; one that there is not yet is made, turned off and without feeds."""
    from bot.digests.changes import Changes, begun  # noqa: PLC0415
    from bot.storage import subscriptions  # noqa: PLC0415

    try:
        changes = Changes.read(**options)
    except ValueError as error:
        raise click.UsageError(str(error)) from error

    async def put(database: Database) -> Subscription:
        async with database.transaction() as tx:
            kept: NewSubscription
            if channel.isascii() and channel.isdecimal():
                kept = await find(tx, channel)
            else:
                kept = await subscriptions.of_topic(tx, *place(channel)) or begun(*place(channel))
            try:
                wanted = changes.applied(kept)
            except ValueError as error:
                raise click.UsageError(str(error)) from error
            return await subscriptions.save(tx, wanted, now=now())

    _said(run(context, put))


@channels.command("enable", context_settings=NUMBERS)
@CHANNEL
@click.pass_context
def enable_command(context: click.Context, channel: str) -> None:
    """Post from the next slot on."""
    from bot.storage import subscriptions  # noqa: PLC0415

    async def turn(tx: AsyncConnection, one: Subscription) -> Subscription | None:
        if not one.feeds:
            raise click.ClickException("The channel has no feeds; khabar feeds add gives it some.")
        return await subscriptions.enable(tx, one.id, now=now())

    _change(context, channel, turn)


@channels.command("disable", context_settings=NUMBERS)
@CHANNEL
@click.pass_context
def disable_command(context: click.Context, channel: str) -> None:
    """Post no more, keep all settings."""
    from bot.storage import subscriptions  # noqa: PLC0415

    async def turn(tx: AsyncConnection, one: Subscription) -> Subscription | None:
        return await subscriptions.disable(tx, one.id)

    _change(context, channel, turn)


@channels.command("delete", context_settings=NUMBERS)
@CHANNEL
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def delete_command(context: click.Context, channel: str, yes: bool) -> None:
    """Delete a channel's settings and what is known of its issues. What was posted stays."""
    from bot.storage import subscriptions  # noqa: PLC0415

    if not yes:
        click.confirm(f"Delete the settings of {channel}?", abort=True)

    async def delete(database: Database) -> None:
        async with database.transaction() as tx:
            await subscriptions.delete(tx, (await find(tx, channel)).id)

    run(context, delete)
    click.echo(f"✓ {channel}: deleted.")


channels.add_command(import_command)
channels.add_command(export_command)
channels.add_command(preview_command)


async def _rows(database: Database) -> list[dict[str, Any]]:
    from bot.feeds_view import channel_row  # noqa: PLC0415
    from bot.storage import subscriptions  # noqa: PLC0415

    async with database.connect() as connection:
        found = await subscriptions.all_subscriptions(connection)
        return [channel_row(one, await _title(connection, one)) for one in found]


async def _title(connection: AsyncConnection, one: Subscription) -> str:
    from bot.storage import chats  # noqa: PLC0415

    chat = await chats.get(connection, one.chat_id)
    return chat.title if chat is not None else ""


def _change(
    context: click.Context,
    channel: str,
    turn: Callable[[AsyncConnection, Subscription], Awaitable[Subscription | None]],
) -> None:
    async def change(database: Database) -> Subscription | None:
        async with database.transaction() as tx:
            return await turn(tx, await find(tx, channel))

    changed = run(context, change)
    if changed is not None:
        _said(changed)


def _said(one: Subscription) -> None:
    from bot.feeds_view import channel_row, schedule_line  # noqa: PLC0415

    row = channel_row(one, "")
    due = f"on, due {row['due_at']}" if one.enabled else "off"
    click.echo(f"✓ {one.id} ({_place(row)}): {due}; {schedule_line(one.schedule)}; {len(one.feeds)} feeds.")


def _place(row: dict[str, Any]) -> str:
    return str(row["chat"]) if row["topic"] is None else f"{row['chat']}/{row['topic']}"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
