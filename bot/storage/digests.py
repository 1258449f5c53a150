"""Digests that were made, to be shown again in another language or length without being made again.

``content`` is the caller's key, the sha256 of article and length: there is one digest of each. The body is versioned JSON of
``pipelines.models.Digest``. One that this version of Khabar cannot read counts as absent and is made anew.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from bot.storage import frozen_json
from bot.storage.schema import digest as table
from bot.storage.values import Length, insert, is_id, key as checked
from pipelines.models import Digest

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from pipelines.models import Actor

log = logging.getLogger(__name__)

VERSION: Final = 1
"""Form of the body. It rises when an old body no longer means what the models say; a new field with a default needs no rise."""
_CONTENT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDigest:
    """A digest with the number that cards and feedback name it by."""

    id: int
    content: str
    length: Length
    digest: Digest
    created_at: datetime
    """When it was made or last saved."""


def content_of(article_id: str, length: Length, summariser: str) -> str:
    """The key of the digest of an article at a length by a summariser, for whomever it is made."""
    return hashlib.sha256(f"{article_id} {length} {summariser}".encode()).hexdigest()


async def save(tx: AsyncConnection, digest: Digest, *, content: str, length: Length, now: datetime) -> int:
    """Keep the digest; its number, the same for the same ``content``.

    Where it was kept before with the same summary, what either has is kept: two readers who ask for two languages at once
    both get theirs. With another summary (another back-end made it) the new one takes its place.
    """
    made = await tx.execute(
        insert(tx, table)
        .values(
            content=checked(content, _CONTENT),
            length=length,
            url=digest.article.url,
            body=_body(digest),
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["content"])
        .returning(table.c.id)
    )
    new_id: int | None = made.scalar_one_or_none()
    if new_id is not None:
        return new_id
    row = (await tx.execute(select(table).where(table.c.content == content).with_for_update())).one()
    old = _stored(row)
    kept = digest if old is None else merged(old.digest, digest)
    await tx.execute(
        update(table).where(table.c.id == row.id).values(body=_body(kept), url=kept.article.url, created_at=now)
    )
    found: int = row.id
    return found


async def load(connection: AsyncConnection, digest_id: int) -> Digest | None:
    """The digest of this number, None where it was purged, never was, or cannot be read any more."""
    stored = await get(connection, digest_id)
    return None if stored is None else stored.digest


async def get(connection: AsyncConnection, digest_id: int) -> StoredDigest | None:
    """As ``load``, with what stands beside the digest."""
    return await _one(connection, select(table).where(table.c.id == digest_id)) if is_id(digest_id) else None


async def find(connection: AsyncConnection, content: str) -> StoredDigest | None:
    """The digest of this article and length."""
    return await _one(connection, select(table).where(table.c.content == content))


async def find_url(
    connection: AsyncConnection, url: str, *, length: Length, newer_than: datetime
) -> StoredDigest | None:
    """The newest digest of this length that was made of ``url`` (``Article.url``, exactly) after ``newer_than``."""
    return await _one(
        connection,
        select(table)
        .where(table.c.url == url, table.c.length == length, table.c.created_at > newer_than)
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(1),
    )


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Delete digests last saved before ``before``, with their cards and feedback; how many."""
    return (await tx.execute(delete(table).where(table.c.created_at < before))).rowcount


def merged(old: Digest, new: Digest) -> Digest:
    """``new`` with the translations, names and roles that only ``old`` has; ``new`` itself where the summary is another."""
    same = (old.article, old.summary) == (new.article, new.summary)
    if not same or [one.key for one in old.actors] != [one.key for one in new.actors]:
        return new
    return replace(
        new,
        translations={**old.translations, **new.translations},
        actors=tuple(_merged_actor(*both) for both in zip(old.actors, new.actors, strict=True)),
    )


def _merged_actor(old: Actor, new: Actor) -> Actor:
    # a role that a table says now was not made by a machine, whatever was said before
    machine = {language: backend for language, backend in old.machine_roles.items() if language not in new.roles}
    return replace(
        new,
        names={**old.names, **new.names},
        roles={**old.roles, **new.roles},
        machine_roles={**machine, **new.machine_roles},
    )


def _body(digest: Digest) -> dict[str, Any]:
    return {"version": VERSION, "digest": frozen_json.encode(digest)}


async def _one(connection: AsyncConnection, query: Select[Any]) -> StoredDigest | None:
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> StoredDigest | None:
    version = row.body.get("version") if isinstance(row.body, dict) else None
    if version != VERSION:
        log.warning(
            "Digest %s has version %r; this Khabar reads version %s. It will be made anew.", row.id, version, VERSION
        )
        return None
    try:
        digest = frozen_json.decode(Digest, row.body.get("digest"))
    except frozen_json.NotThisTypeError:
        log.warning("Digest %s cannot be read by this version of Khabar; it will be made anew.", row.id, exc_info=True)
        return None
    return StoredDigest(id=row.id, content=row.content, length=row.length, digest=digest, created_at=row.created_at)
