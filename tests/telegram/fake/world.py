"""The state of the server and its bookkeeping: bots, chats, files, queries, what was asked; and who waits for a change.

One ``World`` a server. Methods of the Bot API (``calls_*.py``) and the test's people (``people.py``) work on it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from tests.telegram.fake.errors import Json, bad_request
from tests.telegram.fake.flood import Flood, FloodLimits
from tests.telegram.fake.model import Chat, ChatKind, Event, Member, Message, User
from tests.telegram.fake.updates import Updates

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.fake.schema import Schema

Found = TypeVar("Found")
FIRST_USER, FIRST_BOT, FIRST_GROUP, FIRST_SUPERGROUP = 7_000_000_001, 8_000_000_001, -4_000_000_001, -1_003_000_000_001


@dataclass(slots=True, kw_only=True, eq=False)
class Bot:
    """A bot of the server; ``privacy`` hides a group's talk that does not concern it."""

    user: User
    token: str
    updates: Updates
    flood: Flood
    privacy: bool = True
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call of the bot at ``at`` (server clock). ``code`` is the status it was answered with, 0 for a broken connection."""

    at: float
    method: str
    params: Json
    code: int
    description: str = ""

    @property
    def chat_id(self) -> int | None:
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None


@dataclass(slots=True, kw_only=True, eq=False)
class Query:
    """A callback query or an inline query; ``answer`` holds the parameters of the bot's answer once there is one."""

    id: str
    user: User
    bot: Bot
    data: str
    message: Message | None = None
    at: float = 0.0
    expired: bool = False
    answer: Json | None = None
    chosen: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that can be fetched."""

    id: str
    path: str
    name: str
    mime: str
    data: bytes


@dataclass(slots=True, eq=False)
class World:
    """Everything. ``clock`` is monotonic seconds (flood limits, times of events), ``wall`` is seconds since 1970 (dates)."""

    clock: Callable[[], float]
    wall: Callable[[], float]
    limits: FloodLimits
    schemas: list[Schema]
    bots: dict[str, Bot] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    private: dict[tuple[int, int], Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    prepared: dict[str, Json] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    unknown_methods: set[str] = field(default_factory=set)
    counter: int = 0
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def changed(self) -> None:
        """Let those who wait look again."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def until(self, look: Callable[[], Found | None], seconds: float, what: Callable[[], str]) -> Found:
        """What ``look`` finds, as soon as it finds something. Raises AssertionError with ``what`` after ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self._event.wait()
                return found
        except TimeoutError:
            raise AssertionError(what()) from None

    def number(self) -> int:
        """A number that was not given before."""
        self.counter += 1
        return self.counter

    def add_bot(self, token: str, username: str, *, privacy: bool) -> Bot:
        user = User(id=int(token.split(":", maxsplit=1)[0]), first_name="Khabar", username=username, is_bot=True)
        self.users[user.id] = user
        flood = Flood(self.limits, self.clock)
        bot = Bot(user=user, token=token, updates=Updates(self.changed), flood=flood, privacy=privacy)
        self.bots[token] = bot
        return bot

    def add_user(self, first_name: str, username: str | None, language_code: str | None) -> User:
        user = User(
            id=FIRST_USER + self.number(), first_name=first_name, username=username, language_code=language_code
        )
        self.users[user.id] = user
        return user

    def add_chat(self, kind: ChatKind, title: str, *, username: str | None = None, is_forum: bool = False) -> Chat:
        first = FIRST_GROUP if kind == "group" else FIRST_SUPERGROUP
        chat = Chat(id=first - self.number(), kind=kind, title=title, username=username, is_forum=is_forum)
        self.chats[chat.id] = chat
        return chat

    def private_chat(self, bot: Bot, user: User) -> Chat:
        """The chat of a user with a bot; it is there from the first look, but ``started`` only once the user spoke."""
        key = (bot.user.id, user.id)
        if key not in self.private:
            chat = Chat(id=user.id, kind="private", owner=user)
            chat.members = {user.id: Member(user=user), bot.user.id: Member(user=bot.user)}
            self.private[key] = chat
        return self.private[key]

    def find_chat(self, bot: Bot, chat_id: int | str) -> Chat:
        """The chat of an id or an @name, as the bot sees it. Raises ``ApiError`` 400."""
        if isinstance(chat_id, str):
            named = [chat for chat in self.chats.values() if chat.username and f"@{chat.username}" == chat_id]
            if named:
                return named[0]
        elif chat := self.chats.get(chat_id) or self.private.get((bot.user.id, chat_id)):
            return chat
        raise bad_request("chat not found")

    def new_message(self, chat: Chat, sender: User | None, content: Json, plain: str, **more: Any) -> Message:
        """Add a message to a chat and to its transcript."""
        message = Message(
            chat=chat, id=chat.next_message_id, date=int(self.wall()), at=self.clock(), sender=sender, content=content,
            plain=plain, **more,
        )  # fmt: skip
        chat.next_message_id += 1
        chat.messages[message.id] = message
        self.record(chat, sender, "says", message.id, plain)
        return message

    def record(self, chat: Chat, who: User | None, kind: str, message_id: int | None = None, text: str = "") -> None:
        """Add a line to a chat's transcript."""
        name = who.first_name if who else chat.title
        chat.events.append(Event(at=self.clock(), who=name, kind=kind, message_id=message_id, text=text))
        self.changed()

    def add_file(self, data: bytes, name: str, mime: str) -> File:
        number = self.number()
        ending = PurePosixPath(name).suffix or ".bin"
        file = File(
            id=f"BQACAgIAAxkB{number:08d}", path=f"documents/file_{number}{ending}", name=name, mime=mime, data=data
        )
        self.files[file.id] = file
        return file
