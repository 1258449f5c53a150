"""JSON Feed 1.0 and 1.1 (jsonfeed.org): bytes → ``Feed``. Values of a wrong type are read as absent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipelines.errors import NotAFeedError
from pipelines.feeds import moments
from pipelines.feeds.links import absolute
from pipelines.feeds.models import Feed, FeedItem
from pipelines.feeds.plain import headline, line_of, text_of, tidy
from pipelines.feeds.tags import language_tag
from pipelines.fetch.charset import decode

if TYPE_CHECKING:
    from datetime import datetime


def read_json_feed(body: bytes, *, url: str, now: datetime) -> Feed:
    """The feed. Raises ``NotAFeedError`` for JSON of any other kind and for what is no JSON, ``ReadError`` for no text."""
    try:
        # line breaks inside a text are an error to JSON, and common
        said = json.loads(decode(body), strict=False)
    except (ValueError, RecursionError):
        raise NotAFeedError("This is damaged JSON, not a feed.") from None
    # its version is not asked for: some writers leave it out
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise NotAFeedError("This is JSON, but no JSON Feed.")
    language = language_tag(_text(said, "language"))
    home = absolute(_text(said, "home_page_url"), url)
    items = (_item(one, url, language, now) for one in said["items"] if isinstance(one, dict))
    return Feed(
        url=url,
        title=line_of(_text(said, "title")),
        home_url=home,
        language=language,
        items=tuple(one for one in items if one is not None),
    )


def _item(said: dict[str, Any], feed_url: str, language: str | None, now: datetime) -> FeedItem | None:
    content = (
        text_of(_text(said, "content_html")) or tidy(_text(said, "content_text")) or line_of(_text(said, "summary"))
    )
    title = line_of(_text(said, "title")) or headline(content)
    if not title:
        return None
    return FeedItem(
        guid=_text(said, "id") or None,
        # the article itself, where the entry only points at it
        url=absolute(_text(said, "url") or _text(said, "external_url"), feed_url),
        title=title,
        text=content,
        published_at=moments.at(None, _text(said, "date_published"), now=now),
        updated_at=moments.at(None, _text(said, "date_modified"), now=now),
        author=_author(said),
        language=language_tag(_text(said, "language")) or language,
    )


def _author(said: dict[str, Any]) -> str | None:
    authors = said.get("authors")
    listed = authors if isinstance(authors, list) else [said.get("author")]
    names = [line_of(_text(one, "name")) for one in listed if isinstance(one, dict)]
    return ", ".join(filter(None, names)) or None


def _text(said: dict[str, Any], name: str) -> str:
    """A text; a number too, since ids are written so against the standard."""
    value = said.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
