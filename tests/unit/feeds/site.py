"""A server on loopback that answers each path with what a test wrote, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

from pipelines.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

POLICY: Final = FetchPolicy(allow_addresses=frozenset({ip_network("127.0.0.0/8")}), deadline=10)


@dataclass(slots=True)
class Asked:
    """A request: path and headers, names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class Site:
    """Answers by path. An answer that is a function is asked for each request."""

    port: int = 0
    answers: dict[str, bytes | Callable[[Asked], bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str | bytes = b"", *headers: str, status: str = "200 OK", etag: str = "") -> str:
        """Answer ``path``, with 304 where ``etag`` is asked for; its address."""
        content = body.encode() if isinstance(body, str) else body
        whole = answer(content, *headers, *([f"ETag: {etag}"] if etag else []), status=status)

        def conditional(asked: Asked) -> bytes:
            same = etag and asked.headers.get("if-none-match") == etag
            return answer(b"", *headers, status="304 Not Modified") if same else whole

        self.answers[path] = conditional
        return self.url(path)


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/rss+xml", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """The server, for as long as it lasts."""
    made = Site()
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode("latin-1").split("\r\n")
                pairs = (line.partition(":") for line in lines if ":" in line)
                asked = Asked(first.split()[1], {name.lower(): value.strip() for name, _, value in pairs})
                made.asked.append(asked)
                found = made.answers.get(asked.path, answer(b"<p>none</p>", status="404 Not Found"))
                writer.write(found if isinstance(found, bytes) else found(asked))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writers.discard(writer)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for writer in list(writers):
            writer.close()
        await server.wait_closed()
