"""The server as a child process, for benches and for bots that must not share a processor core with it.

async with FakeProcess() as api:
    users = await api.do("users", count=200)
    await api.do("say_all", said=[{"user": user, "text": link} for user in users])
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, Self

import httpx

from tests.telegram.fake.server import TOKEN

ROOT = Path(__file__).parents[3]
START_SECONDS = 30


class FakeProcess:
    """An async context manager. ``base_url`` and ``base_file_url`` are for python-telegram-bot, ``do`` is the test API."""

    def __init__(self, *, token: str = TOKEN, rich: bool = True) -> None:
        self.token = token
        self.address = ""
        self._arguments = ["--token", token, *([] if rich else ["--no-rich"])]
        self._process: asyncio.subprocess.Process | None = None
        self._client = httpx.AsyncClient(timeout=600)

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.telegram.fake", *self._arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        self.address = line.decode().strip()
        assert self.address, "the server did not start"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    async def do(self, operation: str, **arguments: Any) -> Any:
        """One operation of ``control.py``. Raises AssertionError with what it says."""
        answer = await self._client.post(f"{self.address}/control/{operation}", json=arguments)
        said = answer.json()
        assert answer.is_success, f"{operation}: {said['error']}"
        return said
