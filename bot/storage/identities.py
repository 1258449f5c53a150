"""Which stored item an item of a poll is: the layers of identity, and the ones that tell nothing.

An identity is a key that ``pipelines.feeds.identity`` makes, its layer before the colon. One that a poll has on several items
which nothing else joins (every item links to the front page, every item has the same GUID) is *shared*: it tells none of them,
from then on and for good. Items that have shared ones only are told by all of theirs together. Identities outlive their items:
what a feed holds for a year is new once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, select, update

from bot.storage.schema_digests import item_identity as table
from bot.storage.values import batched, insert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

SEEN_EVERY: Final = timedelta(days=7)
"""``seen_at`` is no finer, so that polls of what is known write nothing."""
MOST_CHARACTERS: Final = 80


@dataclass(slots=True, kw_only=True)
class Resolved:
    """What a poll's items are, by their place in it."""

    new: list[int] = field(default_factory=list)
    """Places of items that are not known, each once."""
    met: dict[int, int] = field(default_factory=dict)
    """Stored item → place of the first one that is it. Of items that were purged neither says anything."""
    owners: dict[str, int | None] = field(default_factory=dict)
    """Identities that are not stored → the stored item, -1 - n for the nth of ``new``, None for a purged one."""
    shared: set[str] = field(default_factory=set)
    """Identities that tell nothing and are not stored so."""
    seen: set[str] = field(default_factory=set)
    """Stored identities that the poll has."""


async def resolve(tx: AsyncConnection, feed_id: int, items: Sequence[tuple[str, ...]]) -> Resolved:
    """What the items of a poll are, each given by its identities, strongest first. Raises ValueError for one that has none."""
    if any(not keys or any(not 0 < len(key) <= MOST_CHARACTERS for key in keys) for keys in items):
        raise ValueError(f"an item has identities, of 1 to {MOST_CHARACTERS} characters each")
    known = await _known(tx, feed_id, {key for keys in items for key in keys})
    shared = {key for key, row in known.items() if row.shared} | _shared(items)
    telling = [tuple(key for key in keys if key not in shared) or (_together(keys),) for keys in items]
    known |= await _known(tx, feed_id, {keys[0] for keys in telling} - known.keys())
    owners: dict[str, int | None] = {key: row.item_id for key, row in known.items() if not row.shared}
    resolved = Resolved(shared={key for key in shared if key not in known or not known[key].shared}, seen=set(known))
    for place, keys in enumerate(telling):
        found = [owners[key] for key in keys if key in owners]
        owner = next((one for one in found if one is not None), None)
        if not found:
            resolved.new.append(place)
            owner = -len(resolved.new)
        elif owner is not None and owner > 0:
            resolved.met.setdefault(owner, place)
        for key in keys:
            owners.setdefault(key, owner)
            if key not in known:
                resolved.owners.setdefault(key, owner)
    return resolved


async def remember(
    tx: AsyncConnection, feed_id: int, resolved: Resolved, new_ids: Sequence[int], *, now: datetime
) -> None:
    """Store what ``resolve`` found; ``new_ids`` are the numbers that ``Resolved.new`` got."""
    rows: list[dict[str, Any]] = [
        {
            "feed_id": feed_id,
            "identity": key,
            "item_id": new_ids[-1 - owner] if owner is not None and owner < 0 else owner,
            "shared": False,
            "seen_at": now,
        }
        for key, owner in resolved.owners.items()
    ]
    common = {"feed_id": feed_id, "item_id": None, "shared": True, "seen_at": now}
    rows += [{**common, "identity": key} for key in sorted(resolved.shared)]
    if rows:
        made = insert(tx, table)
        said = {name: made.excluded[name] for name in ("item_id", "shared", "seen_at")}
        await tx.execute(made.on_conflict_do_update(index_elements=["feed_id", "identity"], set_=said), rows)
    for some in batched(sorted(resolved.seen - resolved.shared)):
        long_ago = table.c.seen_at <= now - SEEN_EVERY
        await tx.execute(
            update(table).where(table.c.feed_id == feed_id, table.c.identity.in_(some), long_ago).values(seen_at=now)
        )


async def purge(tx: AsyncConnection, *, before: datetime) -> int:
    """Forget identities without an item that their feed has not held since ``before``; how many.

    A feed that was not read since keeps what it held last.
    """
    last = await tx.execute(select(table.c.feed_id, func.max(table.c.seen_at)).group_by(table.c.feed_id))
    old = delete(table).where(
        table.c.feed_id == bindparam("of"), table.c.seen_at < bindparam("end"), table.c.item_id.is_(None)
    )
    gone = 0
    for feed_id, seen in last.all():
        gone += (await tx.execute(old, {"of": feed_id, "end": min(before, seen - SEEN_EVERY)})).rowcount
    return gone


def _shared(items: Sequence[tuple[str, ...]]) -> set[str]:
    first: dict[str, set[str]] = {}
    shared = set()
    for keys in items:
        for key in keys:
            others = set(keys) - {key}
            joined = first.setdefault(key, others)
            # the same item twice has more in common than this, or lacks what would tell
            if not joined & others and _layers(joined) & _layers(others):
                shared.add(key)
    return shared


def _layers(keys: set[str]) -> set[str]:
    return {key.partition(":")[0] for key in keys}


def _together(keys: tuple[str, ...]) -> str:
    return "c:" + hashlib.sha256("\n".join(keys).encode("utf-8", "surrogatepass")).hexdigest()


async def _known(tx: AsyncConnection, feed_id: int, keys: set[str]) -> dict[str, Row[Any]]:
    known: dict[str, Row[Any]] = {}
    for some in batched(sorted(keys)):
        rows = await tx.execute(select(table).where(table.c.feed_id == feed_id, table.c.identity.in_(some)))
        known |= {row.identity: row for row in rows}
    return known
