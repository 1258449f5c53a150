"""What only matters now: answers, chat actions, drafts, edits of progress. Tried, and forgotten where it fails."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from bot.delivery.caller import Refused
from bot.delivery.errors import TokenRejected
from bot.delivery.limits import Priority
from bot.delivery.outcome import Kind, Outcome
from bot.delivery.parts import deletions, draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.delivery.caller import Caller
    from bot.storage.outbox import PlannedPart
    from bot.storage.values import JsonObject

log = logging.getLogger(__name__)

ANSWER: Final = 200
"""Characters of an answer to a press."""
_TRIES: Final = 3
_MANY: Final = 1024


class Momentary:
    """Calls outside of the outbox. Each says whether it was carried out; only ``TokenRejected`` is raised."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._drafts_off: dict[int, float] = {}
        self._no_drafts_until = 0.0

    async def answer(self, query_id: str, text: str, *, alert: bool) -> bool:
        """Answer a press."""
        said: dict[str, Any] = {"callback_query_id": query_id}
        if text:
            said |= {"text": text[:ANSWER], "show_alert": alert}
        return await self._insist("answerCallbackQuery", said)

    async def answer_inline(self, query_id: str, results: Sequence[JsonObject], options: Mapping[str, Any]) -> bool:
        """Answer an inline query."""
        said = {"inline_query_id": query_id, "results": [dict(one) for one in results], **options}
        return await self._insist("answerInlineQuery", said)

    async def typing(self, chat_id: int, topic_id: int | None) -> bool:
        """Show that the bot is at work."""
        await self._caller.load()
        if self._caller.pacer.blocked(chat_id):
            return False
        await self._caller.turn(None, Priority.LIGHT)
        said = _placed({"chat_id": chat_id, "action": "typing"}, topic_id)
        return await self._try("sendChatAction", said, chat_id) is None

    async def draft(self, chat_id: int, draft_id: int, part: PlannedPart, topic_id: int | None) -> bool:
        """Show a draft. After a failure the chat gets none for a while, after an unknown method no chat does."""
        await self._caller.load()
        if not self.takes_drafts(chat_id) or self._caller.pacer.blocked(chat_id):
            return False
        made = draft(part, draft_id)
        await self._caller.turn(chat_id, Priority.INTERACTIVE)
        outcome = await self._try(made.method, _placed({"chat_id": chat_id, **made.payload}, topic_id), chat_id)
        if outcome is None:
            return True
        now = self._caller.clock()
        if outcome.kind is Kind.NO_METHOD:
            self._no_drafts_until = now + self._caller.limits.rich_off.total_seconds()
        if len(self._drafts_off) >= _MANY:
            self._drafts_off = {chat: until for chat, until in self._drafts_off.items() if until > now}
        self._drafts_off[chat_id] = now + self._caller.limits.drafts_off
        return False

    def takes_drafts(self, chat_id: int) -> bool:
        """True for a private chat in which no draft has failed of late."""
        return chat_id > 0 and max(self._drafts_off.get(chat_id, 0.0), self._no_drafts_until) <= self._caller.clock()

    async def change(self, chat_id: int, message_id: int, part: PlannedPart) -> bool:
        """Edit a message of the bot. False where it is gone or Telegram would not have it edited."""
        await self._caller.turn(chat_id, Priority.INTERACTIVE)
        said = {"chat_id": chat_id, "message_id": message_id, **part.payload}
        outcome = await self._try("editMessageText", said, chat_id)
        return outcome is None or outcome.kind is Kind.SAME

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete messages of the bot."""
        ok = True
        for one in deletions(message_ids):
            ok = await self._insist(one.method, {"chat_id": chat_id, **one.payload}, chat_id=chat_id) and ok
        return ok

    async def _insist(self, method: str, said: Mapping[str, Any], *, chat_id: int | None = None) -> bool:
        """A call that may come twice: a lost connection is no reason to give up at once."""
        for tries in range(1, _TRIES + 1):
            await self._caller.turn(None, Priority.LIGHT)
            outcome = await self._try(method, said, chat_id)
            if outcome is None:
                return True
            if not outcome.kind.passing:
                return False
            if tries < _TRIES and outcome.kind is not Kind.WAIT:
                await self._caller.pause(tries)
        return False

    async def _try(self, method: str, said: Mapping[str, Any], chat_id: int | None) -> Outcome | None:
        """None where the call was carried out."""
        try:
            await self._caller.ask(method, said, chat_id=chat_id)
        except Refused as refused:
            if refused.outcome.kind is Kind.TOKEN:
                raise TokenRejected from None
            log.debug("%s was not carried out: %s", method, refused.outcome.reason)
            return refused.outcome
        return None


def _placed(said: dict[str, Any], topic_id: int | None) -> dict[str, Any]:
    return said if topic_id is None else said | {"message_thread_id": topic_id}
