"""What a test sees: it waits for what the bot says or asks, reads transcripts and the list of requests. Nothing here polls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram.fake.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.fake.errors import Json
    from tests.telegram.fake.flood import Breach
    from tests.telegram.fake.model import Chat, Draft, Event, Message
    from tests.telegram.fake.world import Asked, Query

DEADLINE = 10.0
"""Seconds until a test that waits gives up; never reached when all is well."""


class Observe(Groups):
    """People, chats, and what came of it."""

    @property
    def requests(self) -> list[Asked]:
        """All calls of all bots but getUpdates, in the order they ended."""
        return self.world.requests

    @property
    def violations(self) -> list[str]:
        """What no correct bot sends."""
        return self.world.violations

    @property
    def breaches(self) -> list[Breach]:
        """Flood limits that were broken."""
        return [breach for bot in self.world.bots.values() for breach in bot.flood.breaches]

    def asked(self, method: str) -> list[Asked]:
        """The calls of one method."""
        return [asked for asked in self.requests if asked.method == method]

    def messages(self, chat: Chat) -> list[Message]:
        """The bot's messages that stand in a chat, oldest first."""
        return [m for m in chat.messages.values() if m.sender and m.sender.is_bot and not m.via_bot]

    def unanswered(self) -> list[Query]:
        """Queries the bot has not answered."""
        return [query for query in self.world.queries.values() if query.answer is None and not query.expired]

    def transcript(self, chat: Chat) -> str:
        """All that happened in a chat, one event a paragraph: ``[3] Khabar edits: …``."""
        return "\n".join(map(_line, chat.events))

    async def expect(
        self,
        chat: Chat,
        matches: str | Callable[[Message], bool] = "",
        *,
        after: Message | None = None,
        timeout: float = DEADLINE,  # noqa: ASYNC109 - the message of the failure needs it
    ) -> Message:
        """The first message of the bot in a chat that matches: holds a text, or satisfies a function. ``after``: only later ones.

        Raises AssertionError with the transcript after ``timeout`` seconds.
        """
        fits = (lambda message: matches in message.text) if isinstance(matches, str) else matches
        earliest = after.id if after else 0
        return await self.world.until(
            lambda: next((m for m in self.messages(chat) if m.id > earliest and fits(m)), None),
            timeout,
            lambda: f"no message of the bot matches {matches!r}:\n{self.transcript(chat)}",
        )

    async def expect_event(
        self,
        chat: Chat,
        matches: Callable[[Event], bool],
        *,
        timeout: float = DEADLINE,  # noqa: ASYNC109
    ) -> Event:
        """The first line of a chat's transcript that matches: a draft, an action, a deletion."""
        return await self.world.until(
            lambda: next((event for event in chat.events if matches(event)), None),
            timeout,
            lambda: f"no such event:\n{self.transcript(chat)}",
        )

    async def expect_draft(self, chat: Chat, part: str = "", *, timeout: float = DEADLINE) -> Draft:  # noqa: ASYNC109
        """A draft that is shown now and holds ``part``."""
        return await self.world.until(
            lambda: next((draft for draft in chat.drafts.values() if part in draft.text), None),
            timeout,
            lambda: f"no draft holds {part!r}:\n{self.transcript(chat)}",
        )

    async def expect_request(
        self,
        method: str,
        matches: Callable[[Asked], bool] = lambda _: True,
        *,
        timeout: float = DEADLINE,  # noqa: ASYNC109
    ) -> Asked:
        """The first call of a method that matches, answered or not."""
        return await self.world.until(
            lambda: next((asked for asked in self.asked(method) if matches(asked)), None),
            timeout,
            lambda: f"no {method} that matches among {[asked.method for asked in self.requests]}",
        )

    async def expect_answer(self, query: Query, *, timeout: float = DEADLINE) -> Json:  # noqa: ASYNC109
        """The parameters of the bot's answer to a press or an inline query."""
        return await self.world.until(lambda: query.answer, timeout, lambda: f"{query.data!r} was not answered")

    async def polled(self, *, timeout: float = DEADLINE) -> None:  # noqa: ASYNC109
        """Wait until a getUpdates call of the bot waits."""
        await self.world.until(lambda: self.bot.updates.polled or None, timeout, lambda: "the bot does not poll")

    async def acknowledged(self, *, timeout: float = DEADLINE) -> None:  # noqa: ASYNC109
        """Wait until the bot has acknowledged every update."""
        pending = self.bot.updates.pending
        await self.world.until(
            lambda: None if pending else True, timeout, lambda: f"not acknowledged: {list(pending.values())}"
        )


def _line(event: Event) -> str:
    number = f"[{event.message_id}] " if event.message_id else ""
    text = f": {event.text}" if event.text else ""
    return f"{number}{event.who} {event.kind}{text}"
