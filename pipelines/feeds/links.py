"""Links of feeds → absolute http(s) addresses, or None."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

_PAGE: Final = re.compile(r"https?://[\w-]")
_ALERT: Final = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")


def absolute(link: str, base: str) -> str | None:
    """``link`` as a browser on the page ``base`` would open it; None for none, and for mail, scripts and the like.

    The page itself, where Google's alerts name it inside of a link of their own.
    """
    written = "".join(link.split())  # feeds break links over lines
    if not written:
        return None
    try:
        joined = urljoin(base, written)
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    if parts.path == "/url" and _ALERT.fullmatch(host):
        named = dict(pair.partition("=")[::2] for pair in parts.query.split("&"))
        page = unquote(named.get("url") or named.get("q") or "")
        if _PAGE.match(page):
            return page
    return joined
