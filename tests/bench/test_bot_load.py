"""200 chats send a link at once: the first answer, the digests, the limits, and the memory of an idle bot.

The bot, the fake Bot API and the web site are processes of their own; times are the fake's monotonic clock. First answer:
what Telegram shows in the chat first (a draft, a typing action or a message), from the moment the update lay ready.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import threading
from contextlib import asynccontextmanager, contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.telegram.fake.process import FakeProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests" / "golden" / "articles").glob("*.txt"))
CHATS = 200
FIRST_ANSWER_P95 = 0.5
IDLE_MEGABYTES = 180
MARK = "Story number"


@contextmanager
def site() -> Iterator[str]:
    """A news site: /story/N is one of the golden articles, marked so that each address has a text of its own."""

    class Story(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = int(self.path.rsplit("/", 1)[-1])
            title, *paragraphs = [
                line for line in ARTICLES[number % len(ARTICLES)].read_text("utf-8").splitlines() if line
            ]
            told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
            head = f"<title>{escape(title)} — {MARK} {number}</title>"
            heading = f"<h1>{escape(title)} — {MARK} {number}</h1>"
            body = f"<html><head>{head}</head><body><article>{heading}{told}</article></body></html>"
            data = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 256

    server = Server(("127.0.0.1", 0), Story)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@asynccontextmanager
async def bot(api: FakeProcess, home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        **os.environ,
        "HOME": str(home),
        "KHABAR_BOT_TOKEN": api.token,
        "KHABAR_BOT_API": api.address,
        "KHABAR_OFFLINE": "1",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bot_process", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 60)
    assert line.strip() == b"ready"
    yield process
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), 60)


def resident_megabytes(pid: int) -> float:
    """Memory of a process and its children (VmRSS)."""
    children = (Path(f"/proc/{pid}/task/{pid}/children").read_text().split()) if Path(f"/proc/{pid}").exists() else []
    own = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(own.split()[1]) / 1024 + sum(resident_megabytes(int(child)) for child in children)


async def test_two_hundred_chats_send_a_link_at_once(tmp_path: Path) -> None:
    with site() as address:
        async with FakeProcess() as api, bot(api, tmp_path) as process:
            users = await api.do("users", count=CHATS, language="en")
            warm = (await api.do("user", name="Warm", language="en"))["id"]
            idle = resident_megabytes(process.pid)
            # the first digest starts the reading processes: a bot that was just started is another question
            await api.do("say", user=warm, text=f"{address}/story/{CHATS}")
            await api.do("expect", chat=warm, part=MARK, timeout=60)
            said = await api.do(
                "say_all", said=[{"user": user, "text": f"{address}/story/{n}"} for n, user in enumerate(users)]
            )
            for user in users:
                await api.do("expect", chat=user, part=MARK, timeout=180)
            await api.do("acknowledged", timeout=30)
            first, whole = [], []
            for number, (user, asked) in enumerate(zip(users, said, strict=True)):
                shown = await api.do("events", chat=user)
                events = [event for event in shown if event["at"] >= asked["at"] and event["who"] == "Khabar"]
                messages = await api.do("messages", chat=user)
                first.append(min(event["at"] for event in events) - asked["at"])
                digests = [message for message in messages if MARK in message["text"]]
                assert len(digests) == 1, f"chat {number}: {len(digests)} digests"
                assert f"{MARK} {number}" in digests[0]["text"], f"chat {number} got another's digest"
                whole.append(digests[0]["at"] - asked["at"])
            state = await api.do("state")
            after = resident_megabytes(process.pid)
    p95 = statistics.quantiles(first, n=20)[-1]
    print(
        f"\n{CHATS} chats: first answer p50 {statistics.median(first):.2f} s, p95 {p95:.2f} s; digest p50 "
        f"{statistics.median(whole):.1f} s, p95 {statistics.quantiles(whole, n=20)[-1]:.1f} s; idle {idle:.0f} MB, "
        f"after {after:.0f} MB; requests {state['requests']}"
    )
    assert state["violations"] == []
    assert state["breaches"] == []
    assert idle <= IDLE_MEGABYTES
    assert p95 <= FIRST_ANSWER_P95
