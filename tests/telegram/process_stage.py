"""``khabar bot`` as a process of its own, with the fake Bot API and the site in the test's.

Environment variables → a running command whose standard error is kept line by line. ``tests.faults.process`` is the command
with a fetcher that may reach loopback.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.telegram.fake import FakeTelegram
from tests.telegram.stage import Site, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.telegram.fake import Chat, User

ROOT = Path(__file__).parents[2]
LIMIT = 60.0
KHABAR = ("-c", "from bot.cli import main; main()")


class Process:
    """One process; what it says on standard error is kept line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            async with self._news:
                self.said.append(line.decode())
                self._news.notify_all()

    async def says(self, part: str) -> None:
        async with self._news, asyncio.timeout(LIMIT):
            await self._news.wait_for(lambda: any(part in line for line in self.said))

    async def ready(self) -> None:
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), LIMIT)
        assert line.strip() == b"ready", "".join(self.said)

    async def ended(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), LIMIT)
        await self._reading
        return code

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()


@asynccontextmanager
async def running(home: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    environment = {**os.environ, "HOME": str(home), "KHABAR_OFFLINE": "1", "KHABAR_BOT_READERS": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *(arguments or ("-m", "tests.faults.process", "bot")), cwd=ROOT,
        env=environment | {f"KHABAR_{name}": value for name, value in settings.items()},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    made = Process(process)
    try:
        yield made
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await made._reading


@asynccontextmanager
async def around() -> AsyncIterator[tuple[FakeTelegram, Site, User, Chat]]:
    """The fake with somebody who has spoken to nobody yet, and the site."""
    async with web() as site, FakeTelegram() as api:
        user = api.user()
        yield api, site, user, api.private(user)
        for gate in site.gates.values():
            gate.set()
        assert api.violations == []
        assert api.breaches == []
