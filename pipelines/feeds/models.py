"""What a feed says, whatever its format: RSS, RDF, Atom, JSON Feed, or the web preview of a Telegram channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry. ``title`` and ``text`` are plain text; ZWNJ and harakat are as the source wrote them."""

    guid: str | None = None
    """As the source has it: it may be missing, shared by all items, or new with every poll."""
    url: str | None = None
    """Absolute, http or https."""
    title: str = ""
    """One line; the beginning of ``text`` where the source has no title."""
    text: str = ""
    """The longest of content, summary and description; paragraphs are parted by a line break."""
    published_at: datetime | None = None
    """UTC, never later than the poll. None where the source says nothing that can be read."""
    updated_at: datetime | None = None
    author: str | None = None
    language: str | None = None
    """BCP 47 tag that the entry or its feed declares, lower case; a hint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as one poll read it; ``items`` are in its order."""

    url: str
    title: str
    home_url: str | None = None
    language: str | None = None
    """BCP 47 tag, lower case; a hint that is often wrong."""
    items: tuple[FeedItem, ...] = ()
    ttl: timedelta | None = None
    """How long the feed says that it need not be read again."""
