"""The server's test API over HTTP, for a server in a process of its own: ``POST /control/<operation>`` with a JSON object.

Chats and users are named by id. An operation that fails answers 400 with ``{"error": …}``; what it answers is told in
``tests/telegram/README.md``.
"""

from __future__ import annotations

import base64
import json
import time
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.telegram.fake import faults
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.fake.wire import Request, Response, as_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.telegram.fake.errors import Json
    from tests.telegram.fake.model import Chat, Message, User

PREFIX = "/control/"
FAULTS: dict[str, Callable[..., faults.Fault]] = {
    fault.__name__: fault
    for fault in (
        faults.Status, faults.TooMany, faults.BadGateway, faults.DropBefore, faults.DropAfter, faults.Garbled, faults.Slow,
    )
}  # fmt: skip


class ControlledTelegram(FakeTelegram):
    """A server that also answers ``/control/…``."""

    async def handle(self, request: Request) -> Response:
        if not request.path.startswith(PREFIX):
            return await super().handle(request)
        operation: Callable[..., Awaitable[Any]] | None = getattr(self, f"do_{request.path.removeprefix(PREFIX)}", None)
        if operation is None:
            return as_json({"error": f"no operation {request.path}"}, 404)
        try:
            return as_json(await operation(**json.loads(request.body or b"{}")))
        except (AssertionError, KeyError, StopIteration, TypeError, ValueError) as error:
            return as_json({"error": f"{type(error).__name__}: {error}"}, 400)

    async def do_user(self, name: str = "Zarghuna", username: str | None = None, language: str | None = "en") -> Json:
        user = self.user(name, username=username, language=language)
        self.private(user)
        return {"id": user.id}

    async def do_users(self, count: int, language: str | None = "en") -> list[int]:
        return [(await self.do_user(f"User {number}", language=language))["id"] for number in range(count)]

    async def do_chat(
        self, kind: str, title: str, members: list[int] | None = None, *, forum: bool = False, admin: bool = False
    ) -> Json:
        people = [self.world.users[number] for number in members or []]
        if kind == "supergroup":
            chat = self.supergroup(title, *people, forum=forum)
        else:
            chat = {"group": self.group, "channel": self.channel}[kind](title, *people, bot_inside=True)
        if admin:
            self.promote(chat)
        return {"id": chat.id}

    async def do_say(self, user: int, text: str, chat: int | None = None, thread: int | None = None) -> Json:
        who = self._user(user)
        return _told(self.say(who, self._chat(chat or user), text, thread=thread))

    async def do_say_all(self, said: list[Json]) -> list[Json]:
        """Many messages in one go: ``[{"user": 1, "text": "…"}, …]``."""
        return [await self.do_say(**one) for one in said]

    async def do_document(self, user: int, name: str, mime: str, data: str, chat: int | None = None) -> Json:
        return _told(self.send_document(self._user(user), self._chat(chat or user), base64.b64decode(data), name, mime))

    async def do_press(self, chat: int, message: int, button: str, user: int) -> Json:
        return {"id": self.press(self._chat(chat).messages[message].button(button), self._user(user)).id}

    async def do_expect(self, chat: int, part: str = "", after: int = 0, timeout: float = 10.0) -> Json:  # noqa: ASYNC109
        """Wait for a message of the bot that holds ``part`` and comes after message ``after``."""
        found = await self.expect(self._chat(chat), lambda m: m.id > after and part in m.text, timeout=timeout)
        return _told(found)

    async def do_messages(self, chat: int) -> list[Json]:
        return [_told(message) for message in self.messages(self._chat(chat))]

    async def do_events(self, chat: int) -> list[Json]:
        return [asdict(event) for event in self._chat(chat).events]

    async def do_transcript(self, chat: int) -> str:
        return self.transcript(self._chat(chat))

    async def do_requests(self, since: int = 0) -> list[Json]:
        return [_call(asked) for asked in self.requests[since:]]

    async def do_state(self) -> Json:
        """Counts by method, violations, breaches, updates that wait, queries without an answer, the server's clock and
        the processor time it took so far."""
        return {
            "requests": Counter(asked.method for asked in self.requests),
            "violations": self.violations,
            "breaches": [asdict(breach) for breach in self.breaches],
            "pending": len(self.bot.updates.pending),
            "unanswered": len(self.unanswered()),
            "clock": self.world.clock(),
            "cpu_seconds": time.process_time(),
        }

    async def do_acknowledged(self, timeout: float = 10.0) -> bool:  # noqa: ASYNC109
        await self.acknowledged(timeout=timeout)
        return True

    async def do_fault(
        self,
        kind: str,
        arguments: list[Any] | None = None,
        method: str | None = None,
        chat: int | None = None,
        skip: int = 0,
        times: int = 1,
    ) -> bool:
        where = None if chat is None else self._chat(chat)
        self.fault(FAULTS[kind](*(arguments or [])), method=method, chat=where, skip=skip, times=times)
        return True

    async def do_forget(self, methods: list[str] | None = None) -> bool:
        """Answer 404 to these methods; without any, to the rich ones."""
        if methods is None:
            self.forget_rich()
        else:
            self.forget(*methods)
        return True

    def _user(self, number: int) -> User:
        return self.world.users[number]

    def _chat(self, number: int) -> Chat:
        return self.world.find_chat(self.bot, number)


def _told(message: Message) -> Json:
    return {
        "id": message.id,
        "at": message.at,
        "text": message.text,
        "buttons": [[button.text, button.data] for button in message.buttons],
        "edits": len(message.history),
    }


def _call(asked: Any) -> Json:
    params = {name: value for name, value in asked.params.items() if isinstance(value, str | int | list | dict)}
    return {"at": asked.at, "method": asked.method, "params": params, "code": asked.code}
