"""Small feeds as news sites of Kabul, Tehran and Moscow serve them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.feeds.read import read_feed

if TYPE_CHECKING:
    from pipelines.feeds.models import Feed, FeedItem

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
URL = "https://news.example/rss/all.xml"

DARI = "وزارت خارجه می‌گوید که مذاکرات صلح در کابل آغاز شده است و هیأت‌ها فردا دوباره دیدار می‌کنند"
PERSIAN = "رئیس‌جمهور در تهران گفت که بودجهٔ سال آینده به مجلس فرستاده می‌شود و مالیات‌ها کم خواهد شد"
PASHTO = "د افغانستان د پوهنې وزارت وايي چې په کندهار کې نوي ښوونځي پرانيستل شول او زده کوونکي ورته راځي"
RUSSIAN = (
    "Министр иностранных дел заявил в Москве, что переговоры с делегацией из Кабула продолжатся на следующей неделе"
)
HARAKAT = "قَالَ مُحَمَّدٌ إِنَّ الْكِتَابَ جَدِيدٌ"


def rss(*items: str, head: str = "", declared: str = "utf-8", title: str = "Wire") -> str:
    """RSS 2.0 of ``items``, which are XML."""
    return (
        f'<?xml version="1.0" encoding="{declared}"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>{title}</title><link>https://news.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(inner: str = "", *, title: str | None = "One", guid: str | None = "1", link: str | None = "/1") -> str:
    """An item of RSS; None leaves an element out."""
    named = (("title", title), ("guid", guid), ("link", link))
    return (
        "<item>"
        + "".join(f"<{name}>{value}</{name}>" for name, value in named if value is not None)
        + f"{inner}</item>"
    )


def read(body: str | bytes, *, url: str = URL, content_type: str = "") -> Feed:
    """Read a feed as of ``NOW``."""
    return read_feed(body.encode() if isinstance(body, str) else body, url=url, content_type=content_type, now=NOW)


def only(body: str | bytes) -> FeedItem:
    """The single item of a feed."""
    (one,) = read(body).items
    return one
