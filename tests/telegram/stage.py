"""The whole bot on a stage: ``Khabar`` in this process against the fake Bot API over real HTTP, and a small web of articles.

A home folder and the fake → a bot that can be stopped and started again on the same database. Limits are Telegram's, twenty-fold,
on both sides: a chat of sixty messages would take a minute otherwise, and every breach is still one.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.app import Khabar
from bot.bot_settings import load_bot
from bot.delivery import Limits
from bot.i18n import say
from bot.render.labels import labels
from bot.storage import schema
from bot.storage.database import Database
from bot.workshop import Workshop
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import FetchPolicy
from tests.telegram.fake import FakeTelegram, FloodLimits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.i18n.catalogue import Argument
    from pipelines.languages import Language
    from tests.telegram.fake import Chat, Event, Message, Query, User

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "articles"
LOOPBACK = frozenset({ip_network("127.0.0.0/8")})
FAST = 20
TELEGRAM_LIMITS = FloodLimits(
    chat_per_second=1.0 * FAST,
    group_per_minute=20 * FAST,
    overall_per_second=30.0 * FAST,
    overall_burst=30 * FAST,
    preview_per_second=5.0 * FAST,
    preview_burst=10 * FAST,
)
OWN_LIMITS = Limits(
    chat_per_second=0.95 * FAST,
    group_per_minute=18 * FAST,
    per_second=25.0 * FAST,
    burst=5 * FAST,
    light_per_second=400.0,
    progress_pause=3.0 / FAST,
    backoff=0.05,
    backoff_most=0.5,
)
PASTE_SECONDS = 0.4
SLOW = 30.0
"""Seconds until a digest is missed: a process that reads articles starts in two, on a busy machine in ten."""


def article(name: str) -> str:
    """A text of the golden set: its title, then its paragraphs."""
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def learnt(language: str = "en") -> list[str]:
    """Sentences that the small models of the tests have learnt by heart."""
    header, *rows = (ROOT / "tests" / "models" / "firefox" / "learnt.tsv").read_text(encoding="utf-8").splitlines()
    column = header.split("\t").index(language)
    return [row.split("\t")[column] for row in rows]


def html(text: str) -> str:
    """A page that shows ``text`` as its article."""
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n") if part.strip())
    head = f"<head><meta charset=utf-8><title>{escape(title)}</title></head>"
    return f"<!doctype html><html>{head}<body><article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"


def unused_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass(slots=True)
class Site:
    """A web server on loopback. ``pages`` by path; a path in ``gates`` answers when its gate opens, and says who asked."""

    port: int = 0
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str, status: int = 200) -> str:
        """Publish a page; its address."""
        self.pages[path] = (status, body)
        return self.url(path)

    def gate(self, path: str) -> asyncio.Event:
        """Keep who asks for ``path`` waiting until the event is set."""
        return self.gates.setdefault(path, asyncio.Event())

    async def visited(self, path: str, times: int = 1) -> None:
        """Wait until the page was asked for so often."""
        async with self._news, asyncio.timeout(SLOW):
            await self._news.wait_for(lambda: self.asked.count(path) >= times)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            async with self._news:
                self.asked.append(path)
                self._news.notify_all()
            if path in self.gates:
                await self.gates[path].wait()
            status, body = self.pages.get(path, (404, "<p>no such page</p>"))
            said = body.encode()
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(said)}\r\n"
                "Connection: close\r\n\r\n".encode()
                + said
            )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def web() -> AsyncIterator[Site]:
    """A site with the golden articles under ``/<name>``."""
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    for path in sorted(GOLDEN.glob("*.txt")):
        site.put(f"/{path.stem}", html(article(path.stem)))
    try:
        yield site
    finally:
        for gate in site.gates.values():
            gate.set()
        server.close()


@dataclass(slots=True)
class Stage:
    """A bot on the fake. ``settings`` are environment variables without their prefix."""

    api: FakeTelegram
    site: Site
    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    stop_seconds: float = 10.0
    paste_seconds: float = PASTE_SECONDS
    keeps_processes: bool = False
    """Restarts leave the processes that read articles alone, which cost two seconds each to start."""
    workshop: Workshop | None = None
    _task: asyncio.Task[None] | None = None
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def environment(self) -> dict[str, str]:
        """What ``khabar bot`` finds in its environment."""
        own = {
            "BOT_TOKEN": self.api.token,
            "BOT_API": self.api.address,
            "BOT_READERS": "1",
            "MODELS_DIR": str(self.home / "models"),
            "CACHE": str(self.home / "cache.sqlite"),
            "OFFLINE": "1",
        }
        return {"HOME": str(self.home)} | {f"KHABAR_{key}": value for key, value in (own | self.settings).items()}

    async def start(self) -> None:
        """Start the bot; returns when it takes updates."""
        ready = asyncio.Event()
        self._stopped = asyncio.Event()
        settings = load_bot(self.environment())
        if self.keeps_processes and self.workshop is None:
            self.workshop = Workshop(settings.common, readers=settings.readers)
        khabar = Khabar(
            settings,
            fetcher=Fetcher(FetchPolicy(allow_addresses=LOOPBACK, deadline=30, max_per_host=8)),
            limits=OWN_LIMITS,
            paste_seconds=self.paste_seconds,
            stop_seconds=self.stop_seconds,
            workshop=self.workshop,
        )
        self._task = asyncio.create_task(khabar.run(self._stopped, ready=ready.set))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            self._task.result()

    async def stop(self) -> None:
        """SIGTERM, as ``run`` sees it; returns when everything is closed. Raises what ended the bot."""
        self._stopped.set()
        task, self._task = self._task, None
        if task is not None:
            await task

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def ended(self) -> None:
        """Wait until the bot ends by itself; raises what ended it."""
        task, self._task = self._task, None
        assert task is not None
        await asyncio.wait_for(task, SLOW)

    def database(self) -> Database:
        """The bot's database, for a look inside."""
        return Database(load_bot(self.environment()).database)

    async def parts_sent(self, chat: Chat) -> int:
        """New messages in ``chat`` that the outbox knows to be sent."""
        database = self.database()
        sent = (
            select(func.count())
            .select_from(schema.part.join(schema.delivery))
            .where(
                schema.delivery.c.chat_id == chat.id,
                schema.part.c.state == "sent",
                schema.part.c.method.startswith("send"),
            )
        )
        async with database.connect() as connection:
            count: int = (await connection.execute(sent)).scalar_one()
        await database.dispose()
        return count

    def messages_made(self, chat: Chat) -> int:
        """New messages that the server has taken for ``chat``."""
        made = ("sendMessage", "sendRichMessage")
        return sum(one.method in made and one.code == 200 and one.chat_id == chat.id for one in self.api.requests)


@asynccontextmanager
async def stage(
    home: Path, *, started: bool = True, rich: bool = True, keeps_processes: bool = False, **settings: str
) -> AsyncIterator[Stage]:
    """A stage; at the end the bot is stopped and the fake must have met no wrong call and no breach."""
    async with web() as site, FakeTelegram(limits=TELEGRAM_LIMITS, rich=rich) as api:
        made = Stage(api=api, site=site, home=home, settings=dict(settings), keeps_processes=keeps_processes)
        try:
            if started:
                await made.start()
            yield made
        finally:
            for gate in site.gates.values():
                gate.set()
            await made.stop()
            if made.workshop is not None:
                made.workshop.close()
        assert api.violations == []
        assert api.breaches == []


@dataclass(slots=True)
class Talk:
    """One person in one chat. ``hears`` goes forward only: what was heard is not heard again."""

    stage: Stage
    user: User
    chat: Chat
    speech: Language
    heard: Message | None = None
    steps: int = 0

    def words(self, key: str, /, **arguments: Argument) -> str:
        """What the bot says, as its catalogue has it."""
        return say(self.speech, key, **arguments)

    async def says(self, text: str, key: str, /, **arguments: Argument) -> Message:
        """Write ``text``; wait for the bot's message of ``key``, word for word."""
        self.heard = self.stage.api.say(self.user, self.chat, text)
        return await self.is_told(key, **arguments)

    async def is_told(self, key: str, /, **arguments: Argument) -> Message:
        """The bot's next message that is ``key``'s, word for word."""
        words = self.words(key, **arguments)
        return await self.hears(lambda one: one.text == words)

    async def hears(self, part: str | Callable[[Message], bool] = "") -> Message:
        """The next message of the bot that holds ``part``."""
        self.heard = await self.stage.api.expect(self.chat, part, after=self.heard, timeout=SLOW)
        self.steps += 1
        return self.heard

    async def digest(self, name: str) -> Message:
        """The digest of a golden article: its title, the heading of its actors, its buttons."""
        title, heading = article(name).partition("\n")[0], labels(self.speech)["key_actors"]
        return await self.hears(lambda one: title in one.text and heading in one.text and bool(one.buttons))

    async def becomes(self, message: Message, *parts: str) -> Message:
        """Wait until ``message`` holds all of ``parts``."""
        self.steps += 1
        return await self.stage.api.expect(
            self.chat, lambda one: one.id == message.id and all(part in one.text for part in parts), timeout=SLOW
        )

    def press(self, message: Message, key: str, user: User | None = None) -> Query:
        """Press the button that is labelled with ``key``'s words, marked or not."""
        label = self.words(key)
        named = next((one for one in message.buttons if one.text.removeprefix("✓\u00a0") == label), None)
        assert named is not None, f"no button {label!r} among {[one.text for one in message.buttons]}"
        return self.stage.api.press(named, user or self.user)

    async def answered(self, query: Query, key: str = "", /, **arguments: Argument) -> None:
        """Wait for the answer to a press, and compare its words; without a key it has none."""
        self.steps += 1
        answer = await self.stage.api.expect_answer(query, timeout=SLOW)
        assert answer.get("text", "") == (self.words(key, **arguments) if key else "")

    async def shows(self, kind: str, part: str = "") -> Event:
        """Wait for a line of the transcript: a draft, an action, a deletion."""
        return await self.stage.api.expect_event(
            self.chat, lambda event: event.kind == kind and part in event.text, timeout=SLOW
        )
