"""A public Telegram channel from its web preview, ``t.me/s/NAME``: the page → ``Feed``. No account and no API is needed.

The preview has a channel's last twenty posts. Posts without text (a picture alone, a poll) and service messages say no news.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pipelines.errors import NotAFeedError
from pipelines.feeds.models import Feed, FeedItem
from pipelines.feeds.plain import headline, text_within

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
"""Hosts of Telegram's web pages."""
_POST: Final = re.compile(r"[A-Za-z0-9_]{3,64}/\d{1,18}")


def is_preview(url: str) -> bool:
    """True for an address of Telegram's web pages, where no feed of another kind can be."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") in HOSTS
    except ValueError:
        return False


def read_preview(body: bytes, *, url: str, now: datetime) -> Feed:
    """The posts of a channel in the page's order, oldest first. Raises ``NotAFeedError`` where there is no preview to read."""
    from lxml import etree, html  # noqa: PLC0415

    name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _none(name) from None
    titles = _of_class(tree, "tgme_channel_info_header_title")
    title = next((" ".join(text_within(one).split()) for one in titles), "")
    items = [_item(post, now) for post in _of_class(tree, "tgme_widget_message")]
    # a private or missing channel answers with a page that offers to open the app: it has neither
    if not items and not title:
        raise _none(name)
    return Feed(
        url=url,
        title=title or name,
        home_url=f"https://t.me/{name}",
        items=tuple(one for one in items if one is not None),
    )


def _item(post: Any, now: datetime) -> FeedItem | None:
    number = post.get("data-post") or ""
    if "service_message" in _classes(post) or not _POST.fullmatch(number):
        return None
    # a reply quotes the message that it answers, whose text has the same class
    quoted = {inner for quote in _of_class(post, "tgme_widget_message_reply") for inner in quote.iter()}
    texts = (one for one in _of_class(post, "tgme_widget_message_text") if one not in quoted)
    text = next((said for one in texts if (said := text_within(one))), "")
    if not text:
        return None
    stamps = (stamp for date in _of_class(post, "tgme_widget_message_date") for stamp in date.iter("time"))
    author = next((text_within(one) for one in _of_class(post, "tgme_widget_message_from_author")), "")
    return FeedItem(
        guid=f"t.me/{number}",
        url=f"https://t.me/{number}",
        title=headline(text),
        text=text,
        published_at=next((moment for stamp in stamps if (moment := _moment(stamp.get("datetime") or "", now))), None),
        author=author or None,
    )


def _moment(written: str, now: datetime) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return min(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _of_class(tree: Any, name: str) -> Iterator[Any]:
    return (element for element in tree.iter("div", "a", "span") if name in _classes(element))


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _none(name: str) -> NotAFeedError:
    return NotAFeedError(
        f"The Telegram channel {name[:64]} has no public preview: it does not exist, is private, or shows its posts in the app "
        "only."
    )
