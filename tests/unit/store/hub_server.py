"""A model hub on the loopback interface: the API, ``resolve`` with its redirect to a CDN, ranges, and faults on order.

It also serves Mozilla's Remote Settings. The hub is ``127.0.0.1``, the CDN ``localhost``: two hosts for whoever compares names.
"""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

COMMIT = "c0ffee" * 6 + "beef"
Fault = Callable[["Handler", bytes], bool]
"""Answers instead of the server (True), or lets it go on (False); told the body that would be sent."""


@dataclass
class Repository:
    """Files of one repository; those in ``lfs`` are announced with sha256 and served by the CDN."""

    files: dict[str, bytes]
    lfs: frozenset[str] = frozenset({"model.bin"})
    sha: str = COMMIT


@dataclass
class Seen:
    """A request as it came."""

    path: str
    host: str
    headers: dict[str, str]


@dataclass
class Hub:
    """The server's state; tests fill and read it."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    ranges: bool = True
    etags: bool = True
    stop: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def __enter__(self) -> Self:
        bound = type("Bound", (Handler,), {"state": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fail(self, path: str, *faults: Fault) -> None:
        """The next requests whose path ends in ``path`` meet ``faults``, one each."""
        self.faults.setdefault(path, deque()).extend(faults)

    def requests(self, end: str) -> list[Seen]:
        return [seen for seen in self.seen if urlsplit(seen.path).path.endswith(end)]


class Handler(BaseHTTPRequestHandler):
    state: Hub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        hub = self.state
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        hub.seen.append(Seen(path=self.path, host=headers["host"].split(":")[0], headers=headers))
        self.close_connection = True
        body = self._body(url.path, url.query)
        for end, faults in hub.faults.items():
            # a redirect is no file: faults of a file wait for the answer that carries its bytes
            if url.path.endswith(end) and faults and not isinstance(body, str) and faults.popleft()(self, body or b""):
                return
        if body is None:
            self.answer(404, b"", {"X-Error-Code": "EntryNotFound"})
        elif isinstance(body, str):
            self.answer(302, b"", {"Location": body})
        else:
            self.give(body)

    def _body(self, path: str, query: str) -> bytes | str | None:
        hub = self.state
        if path in hub.pages:
            return hub.pages[path]
        for name, repository in hub.repositories.items():
            if path.startswith(f"/api/models/{name}/revision/") and parse_qs(query).get("blobs") == ["true"]:
                return json.dumps(_listing(name, repository)).encode()
            for prefix, cdn in ((f"/{name}/resolve/{repository.sha}/", False), (f"/cdn/{name}/", True)):
                if path.startswith(prefix):
                    file = path.removeprefix(prefix)
                    if not cdn and file in repository.lfs:
                        return f"http://localhost:{hub.port}/cdn/{name}/{file}?Signature=secret"
                    return repository.files.get(file)
        return None

    def give(self, body: bytes) -> None:
        """``body``, or the range of it that was asked for."""
        start, headers = 0, {}
        asked = self.headers.get("Range")
        etag = '"' + hashlib.md5(body, usedforsecurity=False).hexdigest() + '"'
        if self.state.etags:
            headers["ETag"] = etag
        if asked and self.state.ranges and self.headers.get("If-Range", etag) == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                self.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
                return
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.answer(206, body[start:], headers)
            return
        self.answer(200, body, headers)

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def _listing(name: str, repository: Repository) -> dict[str, object]:
    siblings = []
    for file, content in repository.files.items():
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        entry: dict[str, object] = {"rfilename": file, "size": len(content), "blobId": blob}
        if file in repository.lfs:
            entry["blobId"] = "0" * 40
            entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
        siblings.append(entry)
    return {"id": name, "sha": repository.sha, "siblings": siblings}


def cut_after(count: int) -> Fault:
    """The right length is announced, ``count`` bytes come, the line breaks."""

    def fault(handler: Handler, body: bytes) -> bool:
        asked = handler.headers.get("Range")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        rest = body[start:]
        headers = {"ETag": '"' + hashlib.md5(body, usedforsecurity=False).hexdigest() + '"'}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        handler.send_response(206 if start else 200)
        for name, value in {"Content-Length": str(len(rest)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(rest[:count])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
        return True

    return fault


def status(code: int, **headers: str) -> Fault:
    """An answer without a body; ``x_error_code`` becomes ``X-Error-Code``."""

    def fault(handler: Handler, body: bytes) -> bool:
        del body
        handler.answer(code, b"", {name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return fault


def send(content: bytes) -> Fault:
    """Other bytes than the right ones, honestly announced."""

    def fault(handler: Handler, body: bytes) -> bool:
        del body
        handler.answer(200, content)
        return True

    return fault


def drip(handler: Handler, body: bytes) -> bool:
    """One byte at a time until the server is taken down or nobody listens."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    try:
        for byte in body:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if handler.state.stop.wait(0.02):
                break
    except OSError:
        pass
    return True


def hang_after(count: int, started: threading.Event | None = None) -> Fault:
    """``count`` bytes come, then nothing until the server is taken down."""

    def fault(handler: Handler, body: bytes) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", '"' + hashlib.md5(body, usedforsecurity=False).hexdigest() + '"')
        handler.end_headers()
        handler.wfile.write(body[:count])
        handler.wfile.flush()
        if started is not None:
            started.set()
        handler.state.stop.wait(30)
        return True

    return fault
