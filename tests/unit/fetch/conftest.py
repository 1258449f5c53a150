"""A real web server on loopback whose paths misbehave, each in one way; sockets, not mocks."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest

from pipelines.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = frozenset({ip_network("127.0.0.0/8"), ip_network("::1/128")})
ARTICLE = "<!doctype html><html><head><title>Талибан</title></head><body><p>Переговоры идут.</p></body></html>"


def policy(*, deadline: float = 5.0, max_bytes: int = 200_000, max_redirects: int = 5) -> FetchPolicy:
    return FetchPolicy(allow_addresses=LOOPBACK, deadline=deadline, max_bytes=max_bytes, max_redirects=max_redirects)


def reply(body: bytes, *headers: str, status: str = "200 OK", kind: str | None = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Site:
    """A running server: where it is and what it was asked (path and headers, lower case)."""

    port: int = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    replies: dict[str, bytes] = field(default_factory=dict)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


Endless = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def _drip(writer: asyncio.StreamWriter) -> None:
    """A byte of header now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _drip_body(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    while True:
        writer.write(b"words " * 2000)
        await writer.drain()


async def _endless_film(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\x00\x00\x00\x18ftypmp42")
    while True:
        writer.write(bytes(4096))
        await writer.drain()


async def _endless_gzip(writer: asyncio.StreamWriter) -> None:
    """Empty gzip members without end: nothing ever comes out."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    empty = gzip.compress(b"") * 500
    while True:
        writer.write(empty)
        await writer.drain()


async def _reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _truncated(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>only this")
    await writer.drain()


async def _not_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await writer.drain()


_STREAMS: dict[str, Endless] = {
    "/drip": _drip,
    "/drip-body": _drip_body,
    "/endless": _endless,
    "/endless-film": _endless_film,
    "/endless-gzip": _endless_gzip,
    "/reset": _reset,
    "/truncated": _truncated,
    "/not-http": _not_http,
}


async def _serve(site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        site.asked.append((path, headers))
        if path in _STREAMS:
            await _STREAMS[path](writer)
        else:
            writer.write(site.replies.get(path) or _PACKED.get(path) or _answer(path, headers))
            await writer.drain()


_PACKED: dict[str, bytes] = {
    "/gzip": reply(gzip.compress(ARTICLE.encode()), "Content-Encoding: gzip"),
    "/deflate": reply(zlib.compress(ARTICLE.encode()), "Content-Encoding: deflate"),
    "/raw-deflate": reply(zlib.compress(ARTICLE.encode())[2:-4], "Content-Encoding: deflate"),
    "/gzip-bomb": reply(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
    "/double-bomb": reply(gzip.compress(gzip.compress(bytes(50_000_000))), "Content-Encoding: gzip, gzip"),
}


def _answer(path: str, headers: dict[str, str]) -> bytes:
    name, _, rest = path.lstrip("/").partition("/")
    match name:
        case "status":
            return reply(b"no", status=f"{rest} Whatever")
        case "hop":
            target = f"/hop/{int(rest) - 1}" if int(rest) else "/article"
            return reply(b"", f"Location: {target}", status="302 Found")
        case "loop":
            return reply(b"", "Location: /loop", status="301 Moved")
        case "conditional" if headers.get("if-none-match") == '"v1"':
            return reply(b"", 'ETag: "v1"', status="304 Not Modified", kind=None)
        case "conditional":
            return reply(ARTICLE.encode(), 'ETag: "v1"', "Last-Modified: Mon, 01 Feb 2021 10:00:00 GMT")
        case "cookie" if "cookie" not in headers:
            return reply(b"", "Location: /cookie", "Set-Cookie: seen=1", status="302 Found")
    return reply(ARTICLE.encode(), kind="text/html; charset=utf-8")


@asynccontextmanager
async def serving(running: Site, context: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    """Serve ``running`` on a free port; on leaving, what still drips is cut off."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await _serve(running, reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    running.port = server.sockets[0].getsockname()[1]
    yield
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    running = Site()
    async with serving(running):
        yield running


@dataclass
class SecureSite(Site):
    """A TLS server; ``names`` are the server names (SNI) that clients asked for, ``trust`` a context that trusts it."""

    names: list[str | None] = field(default_factory=list)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@pytest.fixture
async def secure_site(tmp_path: Path) -> AsyncIterator[SecureSite]:
    """A site whose certificate is for ``news.example`` alone, made on the spot."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=news.example"]
    command += ["-addext", "subjectAltName=DNS:news.example"]
    try:
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs the openssl command to make a certificate")
    running = SecureSite(trust=ssl.create_default_context(cafile=str(certificate)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda _socket, name, _context: running.names.append(name)
    async with serving(running, context):
        yield running
