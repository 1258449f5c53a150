"""What ``khabar feeds`` and ``khabar channels`` share: the database of the settings, and a channel as somebody names it.

The database's address comes in the context's ``meta``, as for ``khabar db``; a bot may run on it meanwhile.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

import click

from bot.db_cli import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.subscriptions import Subscription

_Answer = TypeVar("_Answer")

NUMBERS: Final = {"ignore_unknown_options": True}
"""Settings of a command whose argument is a chat's number: it begins with a hyphen, which is no option's."""


def run(context: click.Context, work: Callable[[Database], Awaitable[_Answer]]) -> _Answer:
    """Do ``work`` on the database, brought to this version's tables first. Errors of the database become sentences."""
    import asyncio  # noqa: PLC0415

    from bot.storage import migrations  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415
    from bot.storage.errors import StorageError  # noqa: PLC0415

    async def opened() -> _Answer:
        async with Database(context.meta[ADDRESS]) as database:
            await migrations.upgrade(database)
            return await work(database)

    try:
        return asyncio.run(opened())
    except StorageError as error:
        raise click.ClickException(str(error)) from error


def now() -> datetime:
    """The time of day, in UTC."""
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.now(UTC)


def place(channel: str) -> tuple[int, int | None]:
    """Chat and topic of ``-1001234567`` or ``-1001234567/12``. Raises ``UsageError``."""
    from bot.digests.settings_text import SettingTextError, parse_chat  # noqa: PLC0415

    try:
        found = parse_chat(channel)
    except SettingTextError as error:
        raise click.UsageError(str(error)) from error
    if found.number is None:
        raise click.UsageError(f"“{channel}”: give the chat's number (-1001234567890); only the bot can look names up.")
    return found.number, found.topic_id


async def find(connection: AsyncConnection, channel: str) -> Subscription:
    """The subscription of a chat's number, or by its own number in ``khabar channels list``. Raises ``ClickException``."""
    from bot.storage import subscriptions  # noqa: PLC0415

    if channel.isascii() and channel.isdecimal():
        found = await subscriptions.get(connection, int(channel))
    else:
        found = await subscriptions.of_topic(connection, *place(channel))
    if found is None:
        raise click.ClickException(f"There is no channel {channel}; khabar channels list shows those that there are.")
    return found


def fail(name: str, error: Exception) -> None:
    """Say on standard error what went wrong with ``name``."""
    from bot.render.terminal import printable  # noqa: PLC0415

    click.echo(printable(f"✗ {name}: {' '.join(str(error).split())}"), err=True)


def ended(*, failed: bool) -> None:
    """End with the exit status."""
    sys.exit(1 if failed else 0)
