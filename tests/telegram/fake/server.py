"""The fake Bot API: ``async with FakeTelegram() as api`` → a server on loopback that python-telegram-bot talks to unchanged.

async with FakeTelegram() as api:
    ali = api.user("Ali", language="fa")
    api.say(ali, api.private(ali), "https://example.org/a")
    await api.expect(api.private(ali), "…")
    assert not api.violations and not api.breaches
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.telegram.fake.dispatch import Dispatch
from tests.telegram.fake.flood import FloodLimits
from tests.telegram.fake.methods import OURS
from tests.telegram.fake.observe import Observe
from tests.telegram.fake.schema import Schema
from tests.telegram.fake.wire import HttpServer, Request, Response
from tests.telegram.fake.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.fake.faults import Fault
    from tests.telegram.fake.model import Chat
    from tests.telegram.fake.world import Bot

BOT_API = Path(__file__).parents[4] / "shared" / "telegram" / "bot-api-10.1.json"
TOKEN = f"8000000001:{'Khabar-test-token'.ljust(35, '0')}"
RICH_METHODS = frozenset({"sendRichMessage", "sendRichMessageDraft"})


@cache
def schemas() -> list[Schema]:
    """Our table, and the machine-readable Bot API where it lies beside the project."""
    return [OURS, *([Schema.from_json(BOT_API)] if BOT_API.exists() else [])]


class FakeTelegram(Observe):
    """The server; an async context manager. All of it runs in the loop that enters it.

    ``clock`` (seconds) is what flood limits and event times go by, ``wall`` (seconds since 1970) what dates go by. Without
    ``rich`` the server is of a time before rich messages. ``port`` 0 takes a free one.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "khabar_test_bot",
        privacy: bool = True,
        rich: bool = True,
        limits: FloodLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.world = World(clock, wall, limits or FloodLimits(), schemas())
        self.bot: Bot = self.world.add_bot(token, username, privacy=privacy)
        self._dispatch = Dispatch(self.world)
        self._port = port
        self._http = HttpServer(self.handle)
        if not rich:
            self.forget_rich()

    async def __aenter__(self) -> Self:
        await self._http.start(self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._dispatch.faults.clear()
        for bot in self.world.bots.values():
            bot.updates.stop()
        await self._http.stop()

    async def handle(self, request: Request) -> Response:
        """Answer one request."""
        return await self._dispatch.answer(request)

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.bot.token

    @property
    def address(self) -> str:
        """``http://127.0.0.1:port``."""
        return f"http://127.0.0.1:{self._http.port}"

    @property
    def base_url(self) -> str:
        """python-telegram-bot's ``base_url``."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's ``base_file_url``."""
        return f"{self.address}/file/bot"

    def add_bot(self, token: str, username: str, *, privacy: bool = True) -> Bot:
        """A further bot on this server."""
        return self.world.add_bot(token, username, privacy=privacy)

    def fault(
        self, fault: Fault, *, method: str | None = None, chat: Chat | None = None, skip: int = 0, times: int = 1
    ) -> None:
        """Let the next ``times`` calls fail that fit, after ``skip`` that go well. Without ``method`` any but getUpdates fits."""
        self._dispatch.faults.plan(fault, method=method, chat=chat, skip=skip, times=times)

    @property
    def faults_left(self) -> int:
        """Planned faults that no call has met yet."""
        return self._dispatch.faults.waiting

    def forget_rich(self) -> None:
        """Answer 404 to rich methods from now on."""
        self.world.unknown_methods |= RICH_METHODS

    def forget(self, *methods: str) -> None:
        """Answer 404 to these methods from now on."""
        self.world.unknown_methods.update(methods)

    def knows(self, **values: Any) -> list[str]:
        """Where objects do not fit the machine-readable Bot API, by type: ``knows(Message=…)``. Empty without it."""
        return [
            flaw
            for schema in self.world.schemas[1:]
            for kind, value in values.items()
            if (flaw := schema.flaw(value, (kind,), kind))
        ]
