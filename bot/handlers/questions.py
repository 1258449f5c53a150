"""The question that is open to a person in their private chat: the next text, or file, that they send is its answer.

It is a note of storage, so a restart does not forget it, and ends by itself after an hour: whoever comes back the next day with
a link wants a digest. ``/cancel`` and every other choice end it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.storage import notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.handlers.desk import Desk

NOTE: Final = "question:"
"""Note by a person's number: what they were asked."""
OPEN_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``what`` is asked about the subscription, 0 for none. ``carried`` is what the answer needs again, as JSON says it."""

    what: str
    subscription_id: int = 0
    carried: Mapping[str, Any] = field(default_factory=dict)


async def ask(desk: Desk, person_id: int, question: Question) -> None:
    """Open ``question``, in the place of another one."""
    now = desk.now()
    said: dict[str, Any] = {
        "what": question.what,
        "subscription": question.subscription_id,
        "carried": dict(question.carried),
        "at": now.isoformat(),
    }
    async with desk.database.transaction() as tx:
        await notes.put(tx, f"{NOTE}{person_id}", said, now=now)


async def current(desk: Desk, person_id: int) -> Question | None:
    """The open question; None where there is none any more."""
    async with desk.database.connect() as connection:
        said = await notes.get(connection, f"{NOTE}{person_id}")
    if not isinstance(said, dict) or desk.now() - datetime.fromisoformat(str(said["at"])) > OPEN_FOR:
        return None
    return Question(
        what=str(said["what"]), subscription_id=int(str(said["subscription"])), carried=dict(said.get("carried") or {})
    )


async def close(desk: Desk, person_id: int) -> bool:
    """End the open question; False where there was none."""
    was_open = await current(desk, person_id) is not None
    async with desk.database.transaction() as tx:
        await notes.delete_key(tx, f"{NOTE}{person_id}")
    return was_open
