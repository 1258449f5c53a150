"""Who may set up a channel: its admins, asked of Telegram each time; and whether the bot can post there.

Telegram tells a bot neither the chats that it is in nor those that a person administers. So chats are known by
``my_chat_member``, and each person's by what they do: they add the bot, write ``/channels`` in the group, or name the channel.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from telegram.error import BadRequest, Forbidden

from bot.handlers.articles import admitted
from bot.storage import chats, notes

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection
    from telegram import ChatMember, Update

    from bot.handlers.desk import Caller, Desk
    from bot.storage.chats import Chat

NOTE: Final = "admin:"
"""Note by a person's number: chats where they may be an admin, the newest last."""
MOST_KNOWN: Final = 100
AT_ONCE: Final = 8
"""Questions to Telegram at a time."""


async def may_use(desk: Desk, update: Update, who: Caller) -> bool:
    """Who may use the bot at all; where it answers in groups only, their admins still set it up in private."""
    return desk.settings.access == "groups" or await admitted(desk, update, who)


async def is_chat_admin(desk: Desk, chat_id: int, person_id: int) -> bool:
    """True where the person is an admin of the chat now. False, too, where the bot is not in it."""
    member = await _member(desk, chat_id, person_id)
    return member is not None and member.status in ("creator", "administrator")


async def can_post(desk: Desk, chat: Chat) -> bool:
    """True where the bot may write now: as an admin who may post in a channel, as an unmuted member in a group."""
    member = await _member(desk, chat.id, desk.bot.id)
    if member is None:
        return False
    if chat.kind == "channel":
        return member.status == "administrator" and bool(getattr(member, "can_post_messages", False))
    if member.status == "restricted":
        return bool(getattr(member, "can_send_messages", False))
    return member.status in ("member", "administrator")


async def remember(desk: Desk, person_id: int, chat_id: int) -> None:
    """The person may be an admin of this chat."""
    async with desk.database.transaction() as tx:
        known = _numbers(await notes.get(tx, f"{NOTE}{person_id}"))
        if chat_id not in known[-1:]:
            kept = [one for one in known if one != chat_id][1 - MOST_KNOWN :]
            await notes.put(tx, f"{NOTE}{person_id}", [*kept, chat_id], now=desk.now())


async def administered(desk: Desk, person_id: int) -> list[Chat]:
    """Chats that the bot is in and the person administers, as far as they are known; the newest first."""
    async with desk.database.connect() as connection:
        known = _numbers(await notes.get(connection, f"{NOTE}{person_id}"))
        found = [await _moved(await chats.get(connection, one), connection) for one in reversed(known)]
    wanted = {one.id: one for one in found if one is not None and one.reachable and one.kind != "private"}
    places = asyncio.Semaphore(AT_ONCE)

    async def asked(chat: Chat) -> bool:
        async with places:
            return await is_chat_admin(desk, chat.id, person_id)

    answers = await asyncio.gather(*map(asked, wanted.values()))
    return [chat for chat, admin in zip(wanted.values(), answers, strict=True) if admin]


async def forget(desk: Desk, person_id: int) -> None:
    """Nothing is known any more of the chats that the person administers."""
    async with desk.database.transaction() as tx:
        await notes.delete_key(tx, f"{NOTE}{person_id}")


async def _member(desk: Desk, chat_id: int, person_id: int) -> ChatMember | None:
    try:
        return await desk.bot.get_chat_member(chat_id, person_id)
    except (BadRequest, Forbidden):  # Telegram does not say: the bot is not in the chat, or no admin of the channel
        return None


async def _moved(chat: Chat | None, connection: AsyncConnection) -> Chat | None:
    """The supergroup that the chat became, or the chat."""
    if chat is not None and chat.moved_to is not None:
        return await chats.get(connection, chat.moved_to)
    return chat


def _numbers(said: object) -> list[int]:
    return [one for one in said if isinstance(one, int)] if isinstance(said, list) else []
