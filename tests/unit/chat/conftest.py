"""Clients whose time is a number: sleeping moves it, nothing waits."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pipelines.chat.client import ChatClient, ChatOptions, Prompt
from pipelines.translate.chat import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.chat_server import ChatServer

KEY = "sk-secret-key-4711"
MODEL = "test-model"
PHRASE = "Тайная фраза статьи"
ANSWER = '{"translations": [{"id": 1, "text": "ok"}]}'
PROMPT = Prompt(system="Answer in JSON.", user=f'{{"sentences": "{PHRASE}"}}', name="translations", schema=SCHEMA)


class Connect(Protocol):
    """Makes clients of a server, with options by name."""

    def __call__(self, server: ChatServer, **options: Any) -> ChatClient: ...


@dataclass
class Time:
    """A clock that only sleeping moves, by exactly what was slept; ``steps`` move it at every look besides."""

    now: float = 0.0
    step: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def connect(time: Time) -> Iterator[Connect]:
    """The draw of the jitter is always 1, so waits are known."""
    with ExitStack() as stack:

        def client(server: ChatServer, **options: Any) -> ChatClient:
            chosen = {"url": server.url, "model": MODEL, "key": KEY, "timeout": 20.0, **options}
            made = ChatClient(ChatOptions(**chosen), sleep=time.sleep, clock=time.clock, draw=lambda: 1.0)
            stack.callback(made.close)
            return made

        yield client
