"""What readers say of a digest: 👍 👎, a wrong name, a wrong translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import delete, func, select, update

from bot.storage.schema import digest, feedback
from bot.storage.values import insert
from pipelines.languages import Language

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

Kind = Literal["up", "down", "wrong_name", "wrong_translation"]
Outcome = Literal["new", "same", "gone"]
"""``new``: something changed; ``same``: it was said before; ``gone``: the digest is no longer kept."""

_OPPOSITE: Final[dict[Kind, Kind]] = {"up": "down", "down": "up"}
MAX_NOTE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCounts:
    """How many people said what."""

    up: int = 0
    down: int = 0
    wrong_name: int = 0
    wrong_translation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEntry:
    """One reader's word, for the owner: what of, not by whom. ``language`` is the one they read the digest in."""

    digest_id: int
    kind: Kind
    language: Language
    note: str
    created_at: datetime


async def record(
    tx: AsyncConnection,
    *,
    digest_id: int,
    person_id: int,
    kind: Kind,
    language: Language,
    note: str = "",
    now: datetime,
) -> Outcome:
    """Keep a reader's word, once a person and kind; up takes down's place and down up's. A later note is kept, cut at 1,000."""
    # held until the end, so that a purge cannot take the digest in between
    kept = select(digest.c.id).where(digest.c.id == digest_id).with_for_update(read=True, key_share=True)
    if (await tx.execute(kept)).first() is None:
        return "gone"
    if opposite := _OPPOSITE.get(kind):
        await tx.execute(delete(feedback).where(*_of(digest_id, person_id, opposite)))
    made = await tx.execute(
        insert(tx, feedback)
        .values(
            digest_id=digest_id,
            person_id=person_id,
            kind=kind,
            language=language.value,
            note=note[:MAX_NOTE],
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["digest_id", "person_id", "kind"])
        .returning(feedback.c.id)
    )
    if made.first() is not None:
        return "new"
    if not note:
        return "same"
    changed = await tx.execute(
        update(feedback)
        .where(*_of(digest_id, person_id, kind), feedback.c.note != note[:MAX_NOTE])
        .values(note=note[:MAX_NOTE], language=language.value)
    )
    return "new" if changed.rowcount else "same"


async def counts(connection: AsyncConnection, digest_id: int | None = None) -> FeedbackCounts:
    """What was said of one digest, or of all."""
    query = select(feedback.c.kind, func.count()).group_by(feedback.c.kind)
    if digest_id is not None:
        query = query.where(feedback.c.digest_id == digest_id)
    said = {row[0]: row[1] for row in await connection.execute(query)}
    return FeedbackCounts(**said)


async def recent(connection: AsyncConnection, *, limit: int) -> list[FeedbackEntry]:
    """The newest ``limit``, newest first."""
    rows = await connection.execute(select(feedback).order_by(feedback.c.id.desc()).limit(limit))
    return [
        FeedbackEntry(
            digest_id=row.digest_id,
            kind=row.kind,
            language=Language(row.language),
            note=row.note,
            created_at=row.created_at,
        )
        for row in rows
    ]


def _of(digest_id: int, person_id: int, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (feedback.c.digest_id == digest_id, feedback.c.person_id == person_id, feedback.c.kind == kind)
