"""One planned delivery → sent, part by part: its turn, the claim in the outbox, the call, the message's number in the outbox.

All or nothing: what ``remedies`` cannot mend ends the delivery, and the messages it has become are deleted again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.delivery.caller import Refused
from bot.delivery.errors import ChatGone, DeliveryFailed, TokenRejected
from bot.delivery.limits import Priority
from bot.delivery.outcome import Kind, Outcome
from bot.delivery.parts import DELETE, deletions, is_rich, memo, parameters, remembering
from bot.delivery.remedies import remedy, unsent
from bot.delivery.waiting import finish
from bot.storage import chats, incidents, outbox
from bot.storage.errors import StorageError
from bot.storage.outbox import Delivery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.delivery.caller import Caller
    from bot.delivery.rich_support import RichSupport
    from bot.storage.database import Database
    from bot.storage.outbox import Part, PlannedPart

log = logging.getLogger(__name__)

GONE: Final[dict[str, Literal["blocked", "kicked", "deleted"]]] = {
    "blocked": "blocked",
    "kicked": "kicked",
    "deleted": "deleted",
}
"""Reasons by which a delivery's chat is gone, as ``chats.gone`` takes them."""
TOO_OLD: Final = "too old"
UNCERTAIN: Final = "it may or may not have arrived"
_EXPECTED: Final = frozenset({"topic closed", "no right to write"})
"""Reasons that are nobody's fault: no incident."""
_STORE_TRIES: Final = 6


class Runner:
    """Completes deliveries. Whoever calls it holds the locks of the delivery's key and chat."""

    def __init__(self, caller: Caller, database: Database, rich: RichSupport) -> None:
        self._caller, self._database, self._rich = caller, database, rich

    async def complete(self, key: str, priority: Priority) -> Delivery:
        """The delivery, sent. Raises ``DeliveryError``."""
        tries = 0
        planned: Delivery | None = None
        while True:
            if planned is None or not unsent(planned):
                planned = await self._read(key)
            if planned.state == "sent":
                return planned
            if planned.state == "failed":
                raise _failure(planned.reason)
            part = unsent(planned)[0]
            if self._caller.wall() - planned.created_at > self._caller.limits.stale:
                await self._fail(planned, TOO_OLD)
            if part.state == "sending":
                await self._once_more(planned, part)
                planned = None
                continue
            await self._caller.turn(None if part.method == DELETE else planned.chat_id, priority)
            came = await finish(self._send(planned, part))
            if isinstance(came, Delivery):
                tries, planned = 0, came
                continue
            if came is not None and came.kind.passing and came.kind is not Kind.WAIT:  # of a flood wait the pacer knows
                tries += 1
                log.info("%s: %s; try %d follows", part.method, came.reason, tries + 1)
                await self._caller.pause(tries)
            elif came is not None and not came.kind.passing:
                await self._mend(planned, part, came)
            planned = None

    async def _send(self, planned: Delivery, part: Part) -> Delivery | Outcome | None:
        """Claim, call, note. The delivery with the part sent; None where the part was not ours any more."""
        async with self._database.transaction() as tx:
            if not await outbox.claim_part(tx, planned.key, part.number):
                return None
        said: dict[str, Any] = {"chat_id": planned.chat_id, **parameters(part)}
        if planned.topic_id is not None and part.method.startswith("send") and not memo(part).topicless:
            said["message_thread_id"] = planned.topic_id
        try:
            result = await self._caller.ask(part.method, said, chat_id=planned.chat_id)
        except Refused as refused:
            outcome = refused.outcome
            if not _done(part, outcome):
                if outcome.kind is not Kind.UNKNOWN:
                    await self._note(planned, part, sent=False)
                return outcome
            result = None
        message_id = result.get("message_id") if isinstance(result, dict) else part.payload.get("message_id")
        await self._note(planned, part, sent=True, message_id=message_id)
        if is_rich(part):
            await self._rich.worked()
        sent = replace(part, state="sent", message_id=message_id)
        return replace(planned, parts=tuple(sent if one.number == part.number else one for one in planned.parts))

    async def _note(self, planned: Delivery, part: Part, *, sent: bool, message_id: int | None = None) -> None:
        """Write down what became of a call. It cannot be undone, so a busy database is asked again."""
        for tries in range(1, _STORE_TRIES + 1):
            try:
                async with self._database.transaction() as tx:
                    if sent:
                        now = self._caller.wall()
                        await outbox.part_sent(tx, planned.key, part.number, message_id=message_id, now=now)
                    else:
                        await outbox.release(tx, planned.key, part.number)
            except StorageError as error:
                if not error.retryable or tries == _STORE_TRIES:
                    raise
                await self._caller.pause(tries)
            else:
                return

    async def _once_more(self, planned: Delivery, part: Part) -> None:
        """A call that was on its way when the process or the connection broke: again, but for new messages only so often."""
        if not part.method.startswith("send"):  # edits and deletions may come twice
            await self._note(planned, part, sent=False)
            return
        sends = memo(part).sends + 1
        if sends > self._caller.limits.resends:
            await self._fail(planned, UNCERTAIN)
        self._caller.counts["resent"] += 1
        log.warning("%s may have arrived and is sent once more", part.method)
        first, *others = unsent(planned)
        await self._replan(planned, [remembering(first, sends=sends), *map(remembering, others)])

    async def _mend(self, planned: Delivery, part: Part, outcome: Outcome) -> None:
        """Change the plan so that Telegram takes it, or end it. Raises ``DeliveryError`` where it ends."""
        kind = outcome.kind
        if kind is Kind.TOKEN or (kind is Kind.NO_METHOD and not is_rich(part)):
            raise TokenRejected
        if kind is Kind.GONE:
            await self._gone(planned, outcome)
        if kind is Kind.MOVED and outcome.chat_id not in {None, planned.chat_id}:
            async with self._database.transaction() as tx:
                await chats.move(tx, planned.chat_id, int(outcome.chat_id or 0), now=self._caller.wall())
            return
        if kind is Kind.NO_METHOD or (part.method == "editMessageText" and outcome.reason == "empty" and is_rich(part)):
            # an older server passes over the parameter it does not know, and then misses the text
            await self._rich.refused()
        elif kind in {Kind.TEXT, Kind.BUTTONS}:
            await self._incident(kind, part, outcome)
        mended = remedy(planned, outcome)
        if mended is None:
            await self._fail(planned, outcome.reason, part=part, detail=outcome.detail)
            return
        log.info("%s: %s; sent in another form", part.method, outcome.reason)
        await self._replan(planned, mended)

    async def _gone(self, planned: Delivery, outcome: Outcome) -> None:
        reason = GONE.get(outcome.reason, "deleted")
        async with self._database.transaction() as tx:
            ended = await chats.gone(tx, planned.chat_id, reason, now=self._caller.wall())
        log.info("a chat is gone (%s): %d deliveries end", reason, ended)
        raise _failure(reason)

    async def _fail(self, planned: Delivery, reason: str, *, part: Part | None = None, detail: str = "") -> None:
        """End the delivery: delete what was sent of it, then say so. Always raises."""
        messages = [one.message_id for one in planned.parts if one.method.startswith("send") and one.message_id]
        for deletion in deletions(messages):
            await self._caller.turn(None, Priority.LIGHT)
            try:
                await self._caller.ask(
                    deletion.method, {"chat_id": planned.chat_id, **deletion.payload}, chat_id=planned.chat_id
                )
            except Refused as refused:
                log.info("parts of a failed delivery stay: %s", refused.outcome.reason)
        async with self._database.transaction() as tx:
            await outbox.failed(tx, planned.key, reason=reason, now=self._caller.wall())
        self._caller.counts["failed"] += 1
        if reason not in _EXPECTED:
            failed = Outcome(kind=Kind.REFUSED, reason=reason, detail=detail)
            await self._incident("failed", part or unsent(planned)[0], failed)
        raise _failure(reason)

    async def _incident(self, code: str, part: Part, outcome: Outcome) -> None:
        log.warning("%s: %s", part.method, outcome.reason)
        one = incidents.Incident(
            at=self._caller.wall(),
            code=f"delivery: {code}",
            place=part.method,
            detail=f"{outcome.reason}: {outcome.detail}" if outcome.detail else outcome.reason,
        )
        async with self._database.transaction() as tx:
            await incidents.record(tx, one)

    async def _replan(self, planned: Delivery, parts: Sequence[PlannedPart]) -> None:
        async with self._database.transaction() as tx:
            await outbox.replan(tx, planned.key, parts)

    async def _read(self, key: str) -> Delivery:
        async with self._database.connect() as connection:
            planned = await outbox.get(connection, key)
        if planned is None:
            raise DeliveryFailed("forgotten")  # purged while it waited
        return planned


def _done(part: Part, outcome: Outcome) -> bool:
    """True where the refusal means that nothing is left to do."""
    if outcome.kind is Kind.SAME:
        return True
    # a message that cannot be deleted is gone, or too old: either way it stays as it is
    return part.method == DELETE and outcome.kind in {Kind.REFUSED, Kind.NOT_EDITABLE, Kind.NO_METHOD}


def _failure(reason: str) -> DeliveryFailed:
    return ChatGone(reason) if reason in GONE else DeliveryFailed(reason)
