"""What a server sent → ``Feed``: RSS 0.9 to 2.0, RDF and Atom by feedparser, JSON Feed, previews of Telegram channels."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from pipelines.errors import NotAFeedError, ReadError
from pipelines.feeds import moments
from pipelines.feeds.links import absolute
from pipelines.feeds.markup import parsed
from pipelines.feeds.models import Feed, FeedItem
from pipelines.feeds.plain import headline, line_of, text_of
from pipelines.feeds.preview import is_preview, read_preview
from pipelines.feeds.tags import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["NotAFeedError", "read_feed"]

MOST_BYTES: Final = 20_000_000
"""Of a feed that came packed without a word of it."""
MOST_ITEMS: Final = 500
"""Items that are read, a feed's first: an archive is no news."""
MOST_TITLE: Final = 300
"""Code points of a title; a longer one is a text in the wrong place."""
MOST_TTL: Final = timedelta(days=365)
_PERIODS: Final = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_GZIP: Final = b"\x1f\x8b"


def read_feed(body: bytes, *, url: str, content_type: str = "", now: datetime) -> Feed:
    """The feed that ``body``, which came from ``url``, is; what is broken is read as far as it goes.

    What it is is told by its bytes; ``content_type`` is believed where they say nothing. Raises ``NotAFeedError``, and
    ``ReadError`` for bytes that hold no text.
    """
    if body.startswith(_GZIP):
        body = _unpacked(body)
    if is_preview(url):
        return read_preview(body, url=url, now=now)
    start = body[:500].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")) or (content_type.endswith("json") and not start.startswith(b"<")):
        from pipelines.feeds.json_feed import read_json_feed  # noqa: PLC0415

        return read_json_feed(body, url=url, now=now)
    return _read(body, url, now)


def _read(body: bytes, url: str, now: datetime) -> Feed:
    found = parsed(body)
    channel, entries = found["feed"], found["entries"]
    language = language_tag(_get(channel, "language"))
    items = (_item(entry, url, language, now) for entry in entries[:MOST_ITEMS])
    return Feed(
        url=url,
        title=line_of(_get(channel, "title"))[:MOST_TITLE].rstrip(),
        home_url=absolute(_get(channel, "link"), url),
        language=language,
        items=tuple(item for item in items if item is not None),
        ttl=_ttl(channel),
    )


def _item(entry: Any, url: str, language: str | None, now: datetime) -> FeedItem | None:
    text = max((text_of(one) for one in _texts(entry)), key=len, default="")
    title = line_of(_get(entry, "title"))[:MOST_TITLE].rstrip() or headline(text)
    if not title:
        return None
    link = _get(entry, "feedburner_origlink") or _get(entry, "link")
    detail = dict.get(entry, "title_detail") or {}
    return FeedItem(
        guid=_get(entry, "id").strip() or None,
        url=absolute(link, url) or next((found for one in _links(entry) if (found := absolute(one, url))), None),
        title=title,
        text=text,
        published_at=moments.at(
            dict.get(entry, "published_parsed") or dict.get(entry, "created_parsed"), _get(entry, "published"), now=now
        ),
        updated_at=moments.at(dict.get(entry, "updated_parsed"), _get(entry, "updated"), now=now),
        author=line_of(_get(entry, "author")) or None,
        language=language_tag(_get(detail, "language")) or language,
    )


def _texts(entry: Any) -> Iterator[str]:
    """Everything that may be the item's text. feedparser reads ``media:description`` as a summary."""
    for content in dict.get(entry, "content") or ():
        kind = _get(content, "type")
        if not kind or "text" in kind or "html" in kind or "xml" in kind:
            yield _get(content, "value")
    for name in ("summary", "subtitle", "itunes_summary"):
        yield _get(entry, name)


def _links(entry: Any) -> Iterator[str]:
    """Addresses of an item that has no link of its own: what is attached comes last."""
    links = dict.get(entry, "links") or ()
    for wanted in ("alternate", "self", "via", "related", "enclosure"):
        yield from (_get(link, "href") for link in links if _get(link, "rel") == wanted)


def _get(said: Any, name: str) -> str:
    """A text of feedparser's, empty where it has none. Its own look-up answers with a neighbour's value, and warns."""
    value = dict.get(said, name)
    return value if isinstance(value, str) else ""


def _ttl(channel: Any) -> timedelta | None:
    """RSS's minutes, or the period of the syndication module; None where neither says anything."""
    try:
        minutes = float(_get(channel, "ttl") or 0)
        often = max(1.0, float(_get(channel, "sy_updatefrequency") or 1))
    except ValueError:
        return None
    hours = _PERIODS.get(_get(channel, "sy_updateperiod").strip().lower(), 0)
    if not (minutes > 0 or hours):
        return None
    return min(timedelta(minutes=min(minutes, 1e6)) if minutes > 0 else timedelta(hours=hours) / often, MOST_TTL)


def _unpacked(body: bytes) -> bytes:
    """A feed that was packed without a word of it."""
    from pipelines.fetch.unpack import Unpacker  # noqa: PLC0415

    unpacker, plain = Unpacker(["gzip"]), bytearray()
    for piece in unpacker.feed(body):
        plain += piece
        if len(plain) > MOST_BYTES:
            raise ReadError(f"The feed is larger than {MOST_BYTES // 1_000_000} MB.")
    return bytes(plain)
