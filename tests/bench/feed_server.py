"""A thousand feeds on many hosts, as one process on loopback: ``python -m tests.bench.feed_server``.

Answers ``If-None-Match`` with 304. Every host name leads here, by the ``Host`` header; prints its port when it listens.
``/control/edition/N`` makes every feed publish its N-th edition, ``/control/told`` says what was asked, as JSON.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

LATENCY = 0.005
"""Seconds that an answer takes, so that questions to one host overlap where nothing holds them back."""
KEPT = 3
"""Items of a feed: each edition adds one and drops the oldest."""
PLACES = ("Kabul", "Herat", "Kandahar", "Balkh", "Kunduz", "Nangarhar", "Ghazni", "Bamyan", "Farah", "Zabul")
TEXTS = (
    "The governor of {place} said on Tuesday that {number} families received help and that road {number} would open in spring.",
    "Губернатор провинции {place} сообщил во вторник, что {number} семей получили помощь, а дорога {number} откроется весной.",
    "والی {place} روز سه‌شنبه گفت که به {number} خانواده کمک شده است و سرک شماره {number} در بهار باز خواهد شد.",
)


@dataclass(slots=True)
class Told:
    """What was asked: connections open at once by host, the most there were, answers by status."""

    open: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    edition: int = 1


def feed(path: str, host: str, edition: int) -> bytes:
    """The feed at ``path``: its items are numbered through all editions."""
    number = int(path.rsplit("/", 1)[-1])
    items = "".join(_item(number, at, host) for at in range(edition + KEPT - 1, edition - 1, -1))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Outlet {number}</title>'
        f"<link>http://{host}/</link><description>News</description>{items}</channel></rss>"
    ).encode()


def _item(number: int, at: int, host: str) -> str:
    place, told = PLACES[(number + at) % len(PLACES)], number * 100 + at
    text = TEXTS[number % len(TEXTS)].format(place=place, number=told)
    return (
        f"<item><guid>{number}-{at}</guid><link>http://{host}/news/{told}?utm_source=rss</link><title>{text[:60]}</title>"
        f"<description>{text}</description><pubDate>Tue, 24 Nov 2026 {at % 24:02d}:00:00 GMT</pubDate></item>"
    )


async def serve(told: Told, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, for as many requests as it brings."""
    host = ""
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        for asked in count():
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            if asked == 0 and not path.startswith("/control"):
                host = headers["host"]
                told.open[host] += 1
                told.most[host] = max(told.most[host], told.open[host])
            writer.write(await _answer(told, path, headers))
            await writer.drain()
    if host:
        told.open[host] -= 1
    writer.close()


async def _answer(told: Told, path: str, headers: dict[str, str]) -> bytes:
    if path.startswith("/control/edition/"):
        told.edition = int(path.rsplit("/", 1)[-1])
        return _reply(b"{}", "application/json")
    if path == "/control/told":
        said = {"most": max(told.most.values(), default=0), "hosts": len(told.most), "answers": told.answers}
        told.answers = Counter()
        return _reply(json.dumps(said).encode(), "application/json")
    await asyncio.sleep(LATENCY)
    tag = f'"{told.edition}"'
    if headers.get("if-none-match") == tag:
        told.answers[304] += 1
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    told.answers[200] += 1
    return _reply(feed(path, headers["host"], told.edition), "application/rss+xml", f"ETag: {tag}")


def _reply(body: bytes, kind: str, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def main() -> None:
    """Serve until killed."""
    told = Told()
    server = await asyncio.start_server(lambda reader, writer: serve(told, reader, writer), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
