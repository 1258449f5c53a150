"""A web of feeds on loopback, in a thread since commands run an event loop of their own; ``khabar`` on a test database."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any, Final

from pipelines.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Generator

POLICY: Final = FetchPolicy(allow_addresses=frozenset({ip_network("127.0.0.0/8")}), deadline=10)


@dataclass(slots=True)
class Web:
    """Pages by path: content type and body."""

    port: int = 0
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, path: str, body: str, kind: str = "text/html") -> str:
        """Publish a page; its address."""
        self.pages[path] = (kind, body)
        return self.url(path)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def rss(self, path: str, title: str, *items: str) -> str:
        """Publish a feed of ``items``, which are XML."""
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
            f"<link>{self.url('/')}</link><description>d</description>{''.join(items)}</channel></rss>"
        )
        return self.put(path, body, "application/rss+xml")

    def site(self, path: str, *feeds_of_it: str) -> str:
        """Publish a page that names feeds."""
        links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{one}">' for one in feeds_of_it)
        return self.put(
            path, f"<!doctype html><html><head><title>t</title>{links}</head><body><p>News</p></body></html>"
        )


def item(number: int, title: str, date: str = "Tue, 24 Nov 2026 10:00:00 GMT") -> str:
    """An item of a feed."""
    said = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><guid>{number}</guid><title>{title}</title><link>http://news.example/{number}</link>{said}</item>"


@contextmanager
def web() -> Generator[Web]:
    """The web, for as long as it lasts."""
    made = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = 200 if self.path in made.pages else 404
            kind, body = made.pages.get(self.path, ("text/html", "<p>none</p>"))
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
