"""Chats: their settings, and whether anything can be sent there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, select, update

from bot.storage import floods, outbox, settlers
from bot.storage.schema import card, chat as table, delivery, part, usage
from bot.storage.values import Length, chat_scope, insert
from pipelines.languages import Language

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

ChatKind = Literal["private", "group", "supergroup", "channel"]
Presses = Literal["anyone", "asker", "admins"]
"""Who may press a digest's buttons."""
Gone = Literal["", "blocked", "kicked", "deleted"]
"""Why nothing can be sent to a chat any more; empty where it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """What a chat's admins chose. None: nothing chosen, the asker's own or the operator's choice counts."""

    auto_links: bool = False
    """Links are answered without being asked."""
    presses: Presses = "anyone"
    ui_language: Language | None = None
    length: Length | None = None
    languages: tuple[Language, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat. ``title`` is empty for a private one; ``moved_to`` is the supergroup that a group became."""

    id: int
    kind: ChatKind
    title: str
    settings: ChatSettings = field(default_factory=ChatSettings)
    gone: Gone = ""
    moved_to: int | None = None
    created_at: datetime

    @property
    def reachable(self) -> bool:
        """True where something can be sent there under this id."""
        return not self.gone and self.moved_to is None


async def chat(tx: AsyncConnection, chat_id: int, *, kind: ChatKind, title: str = "", now: datetime) -> Chat:
    """The chat, made on first sight; its kind and title become what Telegram now says. Private titles are not stored."""
    title = "" if kind == "private" else title
    found = await get(tx, chat_id)
    if found is not None and (found.kind, found.title) == (kind, title):
        return found
    made = insert(tx, table).values(id=chat_id, kind=kind, title=title, created_at=now)
    await tx.execute(made.on_conflict_do_update(index_elements=["id"], set_={"kind": kind, "title": title}))
    return _chat((await tx.execute(select(table).where(table.c.id == chat_id))).one())


async def get(connection: AsyncConnection, chat_id: int) -> Chat | None:
    """The chat, None where the bot does not know it."""
    row = (await connection.execute(select(table).where(table.c.id == chat_id))).one_or_none()
    return None if row is None else _chat(row)


async def set_settings(tx: AsyncConnection, chat_id: int, settings: ChatSettings) -> None:
    """Keep ``settings``, all of them. Read with ``get`` in the same transaction before changing one."""
    await tx.execute(update(table).where(table.c.id == chat_id).values(_settings_row(settings)))


async def gone(
    tx: AsyncConnection, chat_id: int, reason: Literal["blocked", "kicked", "deleted"], *, now: datetime
) -> int:
    """Nothing can be sent there any more; how many deliveries that ends. Its subscriptions are disabled, with the reason."""
    await tx.execute(update(table).where(table.c.id == chat_id).values(gone=reason))
    await settlers.chat_gone(tx, chat_id, reason)
    return await outbox.abandon(tx, chat_id, reason=reason, now=now)


async def back(tx: AsyncConnection, chat_id: int) -> None:
    """The chat can be written to again. What was ended when it went stays ended, subscriptions stay disabled."""
    await tx.execute(update(table).where(table.c.id == chat_id).values(gone=""))


async def move(tx: AsyncConnection, old: int, new: int, *, now: datetime) -> None:
    """The group ``old`` became the supergroup ``new``: settings, cards, deliveries, subscriptions, counts and waits follow.

    Telegram says it twice, once in each chat, and either may come first; settings are carried over the first time only.
    """
    if old == new:
        raise ValueError("a chat cannot move to itself")
    before = await get(tx, old)
    known = before or await chat(tx, old, kind="group", now=now)
    await tx.execute(
        insert(tx, table).values(id=new, kind="supergroup", title=known.title, created_at=now).on_conflict_do_nothing()
    )
    if known.moved_to != new:
        if before is not None:
            await set_settings(tx, new, before.settings)
        await tx.execute(update(table).where(table.c.id == old).values(moved_to=new))
    await tx.execute(update(card).where(card.c.chat_id == old).values(chat_id=new))
    await _move_deliveries(tx, old, new)
    await settlers.move(tx, old, new)
    await _move_counts(tx, old, new)


async def _move_deliveries(tx: AsyncConnection, old: int, new: int) -> None:
    moved = select(delivery.c.key).where(delivery.c.chat_id == old)
    unsent = await tx.execute(
        select(part.c.delivery_key, part.c.number, part.c.payload).where(
            part.c.delivery_key.in_(moved), part.c.state.in_(("pending", "sending"))
        )
    )
    for one in unsent.all():
        # a payload may name the chat itself
        if one.payload.get("chat_id") == old:
            await tx.execute(
                update(part)
                .where(part.c.delivery_key == one.delivery_key, part.c.number == one.number)
                .values(payload={**one.payload, "chat_id": new})
            )
    await tx.execute(update(delivery).where(delivery.c.chat_id == old).values(chat_id=new))


async def _move_counts(tx: AsyncConnection, old: int, new: int) -> None:
    days = (await tx.execute(select(usage.c.day, usage.c.digests).where(usage.c.scope == chat_scope(old)))).all()
    for day, digests in days:
        counted = insert(tx, usage).values(scope=chat_scope(new), day=day, digests=digests)
        await tx.execute(
            counted.on_conflict_do_update(
                index_elements=["scope", "day"], set_={"digests": usage.c.digests + counted.excluded.digests}
            )
        )
    await tx.execute(delete(usage).where(usage.c.scope == chat_scope(old)))
    if (until := await floods.until(tx, chat_scope(old))) is not None:
        await floods.set_until(tx, chat_scope(new), until)
        await floods.clear(tx, chat_scope(old))


def _settings_row(settings: ChatSettings) -> dict[str, Any]:
    return {
        "auto_links": settings.auto_links,
        "presses": settings.presses,
        "ui_language": settings.ui_language and settings.ui_language.value,
        "length": settings.length,
        "languages": None if settings.languages is None else [language.value for language in settings.languages],
    }


def _chat(row: Row[Any]) -> Chat:
    return Chat(
        id=row.id,
        kind=row.kind,
        title=row.title,
        settings=ChatSettings(
            auto_links=row.auto_links,
            presses=row.presses,
            ui_language=Language(row.ui_language) if row.ui_language else None,
            length=row.length,
            languages=None if row.languages is None else tuple(Language(code) for code in row.languages),
        ),
        gone=row.gone,
        moved_to=row.moved_to,
        created_at=row.created_at,
    )
