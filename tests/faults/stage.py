"""A stage for faults: a fake Bot API, a news site, a database, and processes of the bot that die when the test says so."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections import defaultdict
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bot.storage.database import Database
from tests.telegram.fake.process import FakeProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests" / "golden" / "articles").glob("*.txt"))
MARK = "Story number"
Part = Literal["bot", "worker"]


class Site:
    """``/story/N`` is one of the golden articles, marked with its number. ``visits`` are wall-clock times by number."""

    def __init__(self) -> None:
        self.visits: dict[int, list[float]] = defaultdict(list)
        self.edition: dict[int, str] = {}
        """What is added to a story's title: a change at the source."""
        site = self

        class Story(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = int(self.path.rsplit("/", 1)[-1])
                site.visits[number].append(time.time())
                data = site.page(number).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked was killed
                    self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 256
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Story)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        return f"{self.address}/story/{number}"

    def title(self, number: int) -> str:
        first = ARTICLES[number % len(ARTICLES)].read_text("utf-8").splitlines()[0]
        return f"{first} — {MARK} {number}.{self.edition.get(number, '')}"

    def page(self, number: int) -> str:
        _, *paragraphs = [line for line in ARTICLES[number % len(ARTICLES)].read_text("utf-8").splitlines() if line]
        told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        title = escape(self.title(number))
        return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass(slots=True)
class Stage:
    """Everything at hand. ``deaths`` are the moments of kills by the fake's clock (``time.monotonic``)."""

    api: FakeProcess
    site: Site
    database: Database
    home: Path
    deaths: list[float] = field(default_factory=list)
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, part: Part = "bot", *, ready: bool = True) -> asyncio.subprocess.Process:
        """A process; with ``ready``, one that runs."""
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "KHABAR_BOT_TOKEN": self.api.token,
            "KHABAR_BOT_API": self.api.address,
            "KHABAR_BOT_QUOTA_PERSON": "0",
            "KHABAR_BOT_QUOTA_CHAT": "0",
            "KHABAR_DATABASE": self.database.url.render_as_string(hide_password=False),
            "KHABAR_OFFLINE": "1",
        }
        log = (self.home / "log").open("ab")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.process", part, cwd=ROOT, env=environment,
            stdout=asyncio.subprocess.PIPE, stderr=log,
        )  # fmt: skip
        log.close()
        self.running.append(process)
        if ready:
            assert process.stdout is not None
            line = await asyncio.wait_for(process.stdout.readline(), 60)
            assert line.strip() == b"ready", self.log()
        return process

    async def kill(self, process: asyncio.subprocess.Process) -> None:
        self.deaths.append(time.monotonic())
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.running.remove(process)

    async def stop(self, process: asyncio.subprocess.Process) -> None:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0, self.log()
        self.running.remove(process)

    def log(self) -> str:
        return (self.home / "log").read_text()[-4_000:]


@asynccontextmanager
async def stage(url: str, home: Path) -> AsyncIterator[Stage]:
    site = Site()
    try:
        async with FakeProcess() as api, Database(url) as database:
            made = Stage(api, site, database, home)
            try:
                yield made
            finally:
                for process in made.running:
                    with suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()
    finally:
        site.close()
