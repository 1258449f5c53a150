"""People by their Telegram id: what they chose, and what ``/privacy`` shows and deletes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, func, or_, select, update

from bot.i18n import SPOKEN
from bot.storage import inbox, schema, settlers
from bot.storage.schema import card, chat, delivery, digest, feedback, person as table, usage
from bot.storage.values import Length, chat_scope, insert, person_scope
from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_UI_OF: Final = {"ru": Language.RUSSIAN, "fa": Language.DARI, "prs": Language.DARI, "ps": Language.PASHTO}
_SEEN_EVERY: Final = timedelta(hours=1)
"""``seen_at`` is no finer: one write an hour and person, and less said about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who talks to the bot. ``languages`` are those that digests come in, the first one first."""

    id: int
    ui_language: Language
    length: Length
    languages: tuple[Language, ...]
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """All that is stored about a person: their choices, and how many of each other thing."""

    person: Person | None
    digests: int
    """Digests made for them, all time."""
    cards: int
    """Digests whose buttons still work for them: asked by them, or in their private chat."""
    votes: int
    notes: tuple[str, ...]
    """What they wrote with their feedback, oldest first."""
    waiting: int
    """Updates of theirs that are not done."""
    said: int
    """Deliveries to their private chat that are still kept."""
    subscriptions: int
    """Subscriptions of channels that they made."""


def ui_language(language_code: str | None) -> Language:
    """The bot's language for Telegram's ``language_code`` (IETF, ``fa-AF``); English where the bot lacks it."""
    primary = (language_code or "").replace("_", "-").partition("-")[0].lower()
    return _UI_OF.get(primary, Language.ENGLISH)


async def person(
    tx: AsyncConnection,
    person_id: int,
    *,
    language_code: str | None,
    length: Length = "medium",
    languages: Sequence[Language] = (),
    now: datetime,
) -> Person:
    """The person, made on first sight with the UI language that their Telegram speaks.

    ``length`` and ``languages`` are the operator's defaults for somebody new; without languages it is the UI's.
    """
    found = await get(tx, person_id)
    if found is None:
        spoken = ui_language(language_code)
        await tx.execute(
            insert(tx, table)
            .values(
                id=person_id,
                ui_language=spoken.value,
                length=length,
                languages=[language.value for language in languages or (spoken,)],
                created_at=now,
                seen_at=now,
            )
            .on_conflict_do_nothing()
        )
    elif now - found.seen_at >= _SEEN_EVERY:
        await tx.execute(update(table).where(table.c.id == person_id).values(seen_at=now))
    else:
        return found
    row = (await tx.execute(select(table).where(table.c.id == person_id))).one()
    return _person(row)


async def get(connection: AsyncConnection, person_id: int) -> Person | None:
    """The person, None where the bot does not know them."""
    row = (await connection.execute(select(table).where(table.c.id == person_id))).one_or_none()
    return None if row is None else _person(row)


async def set_ui_language(tx: AsyncConnection, person_id: int, language: Language) -> None:
    """The bot speaks ``language`` to them, one of ``SPOKEN`` (ValueError otherwise)."""
    if language not in SPOKEN:
        raise ValueError(f"the bot does not speak {language}")
    await _set(tx, person_id, ui_language=language.value)


async def set_length(tx: AsyncConnection, person_id: int, length: Length) -> None:
    """Their digests are as long as this."""
    await _set(tx, person_id, length=length)


async def set_languages(tx: AsyncConnection, person_id: int, languages: Sequence[Language]) -> None:
    """Their digests come in these, each once, in this order; none: in the article's own only."""
    await _set(tx, person_id, languages=[language.value for language in dict.fromkeys(languages)])


async def known(connection: AsyncConnection, person_id: int) -> PersonRecord:
    """What is stored about the person; zeros and None where nothing is."""

    async def count(query: Select[int]) -> int:
        return (await connection.execute(query)).scalar_one()

    number = func.count
    notes = await connection.execute(
        select(feedback.c.note).where(feedback.c.person_id == person_id, feedback.c.note != "").order_by(feedback.c.id)
    )
    return PersonRecord(
        person=await get(connection, person_id),
        digests=await count(
            select(func.coalesce(func.sum(usage.c.digests), 0)).where(usage.c.scope == person_scope(person_id))
        ),
        cards=await count(select(number()).select_from(card).where(_theirs(person_id))),
        votes=await count(select(number()).select_from(feedback).where(feedback.c.person_id == person_id)),
        notes=tuple(notes.scalars()),
        waiting=await count(select(number()).select_from(schema.inbox).where(schema.inbox.c.person_id == person_id)),
        said=await count(select(number()).select_from(delivery).where(delivery.c.chat_id == person_id)),
        subscriptions=await settlers.count_by(connection, person_id),
    )


async def forget(tx: AsyncConnection, person_id: int, *, now: datetime) -> None:
    """Delete what ``known`` counts: choices, votes, notes, counts, the private chat and what was said there, waiting updates.

    Also digests of texts without an address that only this person asked for: they were pasted or sent as files. Digests of
    published addresses stay, they do not say who asked; in groups the digest stays, its asker does not; a channel's subscription
    stays, who made it does not. What stays: numbers of updates, the sum over everybody, a wait that Telegram asked for, an
    allow-list that the owner wrote. A delivery on its way is left to end, and goes by age.
    """
    others = select(card.c.id).where(
        card.c.digest_id == digest.c.id,
        or_(card.c.asker_id.is_(None), card.c.asker_id != person_id),
        card.c.chat_id != person_id,
    )
    own = select(card.c.digest_id).where(_theirs(person_id))
    await tx.execute(delete(digest).where(digest.c.url.is_(None), digest.c.id.in_(own), ~others.exists()))
    await tx.execute(delete(card).where(card.c.chat_id == person_id))
    await tx.execute(update(card).where(card.c.asker_id == person_id).values(asker_id=None))
    await tx.execute(delete(feedback).where(feedback.c.person_id == person_id))
    await tx.execute(delete(usage).where(usage.c.scope.in_((person_scope(person_id), chat_scope(person_id)))))
    await tx.execute(
        delete(delivery).where(and_(delivery.c.chat_id == person_id, delivery.c.state.in_(("sent", "failed"))))
    )
    await settlers.forget(tx, person_id)
    await tx.execute(delete(chat).where(chat.c.id == person_id))
    await tx.execute(delete(table).where(table.c.id == person_id))
    await inbox.forget(tx, person_id, now=now)


def _theirs(person_id: int) -> ColumnElement[bool]:
    return or_(card.c.asker_id == person_id, card.c.chat_id == person_id)


async def _set(tx: AsyncConnection, person_id: int, **values: Any) -> None:
    await tx.execute(update(table).where(table.c.id == person_id).values(values))


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        ui_language=Language(row.ui_language),
        length=row.length,
        languages=tuple(Language(code) for code in row.languages),
        created_at=row.created_at,
        seen_at=row.seen_at,
    )
