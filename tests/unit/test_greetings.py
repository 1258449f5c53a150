"""The first sign of life: whom it is shown to, and whom it holds up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import Update

from bot import greetings
from bot.greetings import FEW, Greetings

if TYPE_CHECKING:
    import pytest


def _said(update_id: int, chat_id: int, text: str, *, kind: str = "private", field: str = "message") -> Update:
    chat = {"id": chat_id, "type": kind, "first_name": "A", "title": "A"}
    return Update.de_json(
        {"update_id": update_id, field: {"message_id": 1, "date": 1, "chat": chat, "text": text}}, None
    )


class Signs:
    def __init__(self) -> None:
        self.shown: list[int] = []
        self.go = asyncio.Event()

    async def typing(self, chat_id: int) -> bool:
        self.shown.append(chat_id)
        await self.go.wait()
        return True


def _nothing(_: object) -> None:
    """Nobody asks what became of a sign here."""


async def test_private_messages_get_one_sign_a_chat_and_nothing_else_does() -> None:
    signs = Signs()
    greeted = Greetings(signs.typing, _nothing)
    greeted.greet(
        [
            _said(1, 7, "https://example.org/a"),
            _said(2, 7, "https://example.org/b"),
            _said(3, 8, "/start"),
            _said(4, -9, "https://example.org/c", kind="supergroup"),
            _said(5, 10, "https://example.org/d", field="edited_message"),
            _said(6, 11, "hello"),
        ]
    )
    await asyncio.sleep(0)
    assert signs.shown == [7, 11]
    await greeted.close()


async def test_few_signs_hold_nobody_up_and_many_do_until_they_are_shown() -> None:
    signs = Signs()
    greeted = Greetings(signs.typing, _nothing)
    greeted.greet([_said(n, n + 1, "x") for n in range(FEW)])
    await asyncio.wait_for(greeted.shown(), 0.5)
    greeted.greet([_said(100, 100, "x")])
    waiting = asyncio.ensure_future(greeted.shown())
    await asyncio.sleep(0)
    assert not waiting.done()
    signs.go.set()
    await asyncio.wait_for(waiting, 0.5)


async def test_a_slow_telegram_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greetings, "PATIENCE", 0.01)
    signs = Signs()
    greeted = Greetings(signs.typing, _nothing)
    greeted.greet([_said(n, n + 1, "x") for n in range(FEW + 1)])
    await asyncio.wait_for(greeted.shown(), 5)
    await greeted.close()
