"""A story's reports → one stored digest: of the best report that can be read, else of what the feed itself says.

A post of a channel is its own text. An article is fetched; where that fails (a wall, a dead link, too little text), the next
report is tried, and at last the first report's own words from its feed are digested, which is always true and mostly short.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.delivery.locks import Locks
from bot.digests.compose import READ_AT
from bot.storage import digests, feeds
from bot.workshop import Work
from pipelines.errors import KhabarError
from pipelines.languages import Language
from pipelines.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.storage.database import Database
    from bot.storage.items import Item
    from bot.storage.subscriptions import Subscription
    from bot.storage.values import Length
    from bot.workshop import Workshop
    from pipelines.fetch.http import Fetcher
    from pipelines.models import Digest

log = logging.getLogger(__name__)

FRESH: Final = timedelta(hours=1)
TRIES: Final = 3
"""Reports of a story whose pages are tried."""
TELEGRAM: Final = frozenset({"t.me", "telegram.me"})


class Reader:
    """Reads reports for issues. One value a process."""

    def __init__(
        self,
        *,
        database: Database,
        workshop: Workshop,
        fetcher: Fetcher,
        summariser: str,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._workshop, self._fetcher = database, workshop, fetcher
        self._summariser, self._now = summariser, now
        self._reading = Locks()

    async def digest(self, items: Sequence[Item], subscription: Subscription, *, anew: bool = False) -> int | None:
        """Number of a digest of the story that ``items`` tell; None where nothing in them can be read.

        An article that was read within the hour, for another channel or for a reader, is not read again, but for ``anew``.
        """
        length = READ_AT[subscription.length]
        ranked = sorted(items, key=lambda item: _rank(item, subscription))
        for item in ranked[:TRIES]:
            if item.url is None or (urlsplit(item.url).hostname or "") in TELEGRAM:
                continue
            # channels that share a feed are due at the same minute: one of them reads, the others find it read
            with self._reading.queued((item.url, length)) as place:
                await place.wait()
                found = None if anew else await self._read(item.url, length)
                if found is not None:
                    return found
                if (made := await self._page(item.url, length)) is not None:
                    return await self._keep(made, length)
        for item in ranked:
            if (made := await self._own(item, length)) is not None:
                return await self._keep(made, length)
        return None

    async def translate(self, digest_ids: Sequence[int | None], subscription: Subscription) -> None:
        """The digests in the subscription's languages, as far as back-ends are there; together, as models like it."""
        async with self._database.connect() as connection:
            stored = [await digests.get(connection, number) for number in digest_ids if number is not None]
        wanting = [
            one
            for one in stored
            if one is not None
            and any(
                language is not one.digest.article.language and language not in one.digest.translations
                for language in subscription.languages
            )
        ]
        if not wanting:
            return
        try:
            translated = await self._workshop.translate_all([one.digest for one in wanting], subscription.languages)
        except KhabarError as error:  # the digests are there, in the languages of their articles
            log.warning("an issue was not translated: %s", error.code)
            return
        for one, digest in zip(wanting, translated, strict=True):
            if digest.translations != one.digest.translations:
                async with self._database.transaction() as tx:
                    await digests.save(tx, digest, content=one.content, length=one.length, now=self._now())

    async def _read(self, url: str, length: Length) -> int | None:
        async with self._database.connect() as connection:
            found = await digests.find_url(connection, url, length=length, newer_than=self._now() - FRESH)
        return found.id if found is not None else None

    async def _page(self, url: str, length: Length) -> Digest | None:
        try:
            page = await self._fetcher.fetch(url)
            return await self._workshop.digest(Work(page=page, length=length))
        except KhabarError as error:
            log.info("an item's page gave no digest: %s", error.code)
            return None

    async def _own(self, item: Item, length: Length) -> Digest | None:
        """The digest of what the feed says of the item."""
        text = item.text.strip() or item.title.strip()
        if not text:
            return None
        async with self._database.connect() as connection:
            feed = await feeds.get(connection, item.feed_id)
        article = Article(
            url=item.url,
            title=item.title.strip() or None,
            outlet=feed.title if feed is not None and feed.title else None,
            author=None,
            published=item.published_at.date(),
            text=text,
            headings=(),
            language=Language(item.language),
            extractor="feed",
        )
        try:
            return await self._workshop.digest_again(article, length)
        except KhabarError as error:
            log.info("an item's own text gave no digest: %s", error.code)
            return None

    async def _keep(self, digest: Digest, length: Length) -> int:
        # a page that names no outlet is known by its feed, whose name stands beside the story anyway
        kept = replace(digest, timings_ms={})
        content = digests.content_of(kept.article.id, length, self._summariser)
        async with self._database.transaction() as tx:
            return await digests.save(tx, kept, content=content, length=length, now=self._now())


def _rank(item: Item, subscription: Subscription) -> tuple[int, int, float]:
    """Reports in the channel's own languages first, whose words need no translation; then the fullest, then the earliest."""
    codes = [language.value for language in subscription.languages]
    spoken = codes.index(item.language) if item.language in codes else len(codes)
    return spoken, -min(len(item.text), 2_000) // 500, item.published_at.timestamp()
