"""The bot's work on a digest, one request at a time: read, summarise, translate, keep, say.

``Request`` → a stored digest and a card in the chat. A digest of the same address and length that was made within the hour is
shown again; an error of the source is said in the asker's language and gives the digest back to the quota.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bot import cards as faces
from bot.delivery import ChatGone, DeliveryFailed
from bot.i18n import explain, say
from bot.jobs.values import Made
from bot.messages import Said, said, words
from bot.pages import MAX_FILE_BYTES
from bot.render.keyboards import keyboard_payload
from bot.storage import cards, digests, incidents, outbox, usage
from bot.workshop import Work
from pipelines.errors import InternalError, KhabarError, TooLargeError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.delivery import Delivery, Progress, Sent
    from bot.jobs.values import Request
    from bot.pages import Pages
    from bot.storage.cards import Card
    from bot.storage.database import Database
    from bot.storage.digests import StoredDigest
    from bot.storage.values import JsonObject, Length
    from bot.workshop import Workshop
    from pipelines.languages import Language
    from pipelines.models import Digest

log = logging.getLogger(__name__)

FRESH: Final = timedelta(hours=1)
"""A page may be mended after it was published; what is older is read again."""


class Answers:
    """Makes digests and says them. The ``Worker`` of the jobs; one value a bot, on its event loop."""

    def __init__(
        self,
        *,
        database: Database,
        delivery: Delivery,
        workshop: Workshop,
        pages: Pages,
        summariser: str,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._delivery, self._workshop, self._pages = database, delivery, workshop, pages
        self._summariser, self._now = summariser, now
        self.progress: dict[str, Progress] = {}
        """What is shown while a request is worked on, by the request's key; lost with the process, and with it its need."""

    async def make(self, request: Request) -> Made:
        """A stored digest in the languages asked for, or what to tell instead."""
        try:
            stored = await self._fresh(request)
            if stored is None:
                digest = await self._read(request)
                digest_id = await self._keep(digest, request.length)
            else:
                digest, digest_id = stored.digest, stored.id
        except KhabarError as error:
            await self._give_back(request)
            if isinstance(error, InternalError):
                await self._note("internal", "make", str(error))
            return Made(told=_told(request, error))
        try:
            await self._translate(request, digest)
        except KhabarError as error:  # the digest is there, and a reader of the article's language has all of it
            await self._note("translation", "make", f"{error.code}: {error}")
        return Made(digest_id=digest_id)

    async def deliver(self, request: Request, made: Made) -> None:
        """The digest as a card, or the words that stand for it."""
        stored = None
        if made.digest_id is not None:
            async with self._database.connect() as connection:
                stored = await digests.get(connection, made.digest_id)
        try:
            if stored is None:
                told = made.told or say(request.speech, "error-internal")
                await self._say(request, told)
            else:
                await self._show(request, stored)
        except ChatGone:
            log.info("a digest was not delivered: the chat is gone")
        except DeliveryFailed as error:
            await self._note("delivery", "deliver", error.reason)

    async def give_up(self, request: Request, error: BaseException) -> None:
        """The job failed for good."""
        await self._note("job", "answer", f"{type(error).__name__}: {error}"[:300])
        await self._give_back(request)
        try:
            await self._say(request, say(request.speech, "error-internal"))
        except DeliveryFailed:
            log.info("an apology was not delivered")

    async def in_language(self, stored: StoredDigest, language: Language) -> StoredDigest | None:
        """The digest with a translation into ``language``; None where no back-end reaches it."""
        digest = stored.digest
        if language is digest.article.language or language in digest.translations:
            return stored
        translated = await self._workshop.translate(digest, [language])
        if language not in translated.translations:
            return None
        await self._keep(translated, stored.length)
        return replace(stored, digest=translated)

    async def at_length(self, stored: StoredDigest, length: Length, language: Language) -> StoredDigest:
        """The same article at another length, in the language that is shown if that can be had."""
        content = self._content(stored.digest, length)
        async with self._database.connect() as connection:
            found = await digests.find(connection, content)
        if found is None:
            digest = await self._workshop.digest_again(stored.digest.article, length)
            digest_id = await self._keep(digest, length)
            found = replace(stored, id=digest_id, content=content, length=length, digest=digest)
        return await self.in_language(found, language) or found

    async def _fresh(self, request: Request) -> StoredDigest | None:
        if request.source.kind != "link":
            return None
        async with self._database.connect() as connection:
            return await digests.find_url(
                connection, request.source.value, length=request.length, newer_than=self._now() - FRESH
            )

    async def _read(self, request: Request) -> Digest:
        progress = self.progress.get(request.key)
        page = await self._pages.page(request.source)
        if progress is not None:
            await progress.say(say(request.speech, "reading"))
        return await self._workshop.digest(Work(page=page, length=request.length))

    async def _translate(self, request: Request, digest: Digest) -> None:
        missing = [
            language
            for language in dict.fromkeys(request.languages)
            if language is not digest.article.language and language not in digest.translations
        ]
        if not missing:
            return
        progress = self.progress.get(request.key)
        if progress is not None:
            await progress.say(say(request.speech, "translating", language=missing[0]))
        translated = await self._workshop.translate(digest, missing)
        if translated.translations != digest.translations:
            await self._keep(translated, request.length)

    async def _show(self, request: Request, stored: StoredDigest) -> None:
        digest = stored.digest
        language = faces.shown_language(digest, request.languages)
        async with self._database.transaction() as tx:
            card = await cards.create(
                tx,
                cards.NewCard(
                    digest_id=stored.id,
                    chat_id=request.chat_id,
                    topic_id=request.topic_id,
                    asker_id=request.person_id,
                    language=language,
                    length=request.length,
                    delivery=request.key,
                ),
                now=self._now(),
            )
        message = said(faces.document(digest, card, wanted=request.languages))
        buttons = keyboard_payload(faces.keyboard(digest, card, request.speech))
        sent = await self._put(request, message, buttons)
        async with self._database.transaction() as tx:
            await cards.show(tx, card.id, messages=sent.message_ids)

    async def _put(self, request: Request, message: Said, buttons: JsonObject | None = None) -> Sent:
        """The message in the place of the one that showed progress, or below the asker's."""
        progress = self.progress.pop(request.key, None) or self._progress(request)
        shown = await progress.end()
        if shown is not None:
            return await self._delivery.edit(
                request.key,
                request.chat_id,
                [shown],
                message.rich,
                buttons,
                fallback=message.plain,
                topic_id=request.topic_id,
            )
        return await self._delivery.send(
            request.key,
            request.chat_id,
            message.rich,
            fallback=message.plain,
            topic_id=request.topic_id,
            reply_to=None if request.private else request.message_id,
            keyboard=buttons,
        )

    async def begin(self, request: Request) -> None:
        """Show at once that somebody works on the request."""
        progress = self._progress(request)
        self.progress[request.key] = progress
        host = request.source.host
        await progress.start()
        await progress.say(say(request.speech, "fetching", host=host) if host else say(request.speech, "reading"))

    async def drop(self, prefix: str) -> None:
        """Show nothing more of the requests whose key begins so: their jobs were cancelled."""
        for key in [key for key in self.progress if key.startswith(prefix)]:
            progress = self.progress.pop(key)
            shown = await progress.end()
            if shown is not None:
                await self._delivery.delete(progress.chat_id, [shown])

    async def settle(self) -> None:
        """Show nothing more of requests that another process has answered."""
        for key in list(self.progress):
            async with self._database.connect() as connection:
                state = await outbox.state(connection, key)
            if state is not None and (progress := self.progress.pop(key, None)) is not None:
                await progress.pause()

    async def close(self) -> None:
        """Show nothing more; what was not ended is said by the next process."""
        progresses, self.progress = list(self.progress.values()), {}
        for progress in progresses:
            await progress.pause()

    def _progress(self, request: Request) -> Progress:
        return self._delivery.progress(
            f"{request.key}:p",
            request.chat_id,
            topic_id=request.topic_id,
            reply_to=None if request.private else request.message_id,
        )

    async def show_again(
        self, card: Card, stored: StoredDigest, speech: Language, *, key: str, pressed: int
    ) -> Card | None:
        """The card's messages as ``card`` now says, then the card; ``pressed`` is the message under which a button was pressed.

        In this order: a press that is repeated after a crash finds the old card and does what is left to do. None where the
        card is gone. Raises ``DeliveryError``.
        """
        message = said(faces.document(stored.digest, card))
        sent = await self._delivery.edit(
            key,
            card.chat_id,
            card.messages if pressed in card.messages else (pressed,),
            message.rich,
            keyboard_payload(faces.keyboard(stored.digest, card, speech)),
            fallback=message.plain,
            topic_id=card.topic_id,
        )
        async with self._database.transaction() as tx:
            return await cards.show(
                tx,
                card.id,
                language=card.language,
                length=card.length,
                digest_id=card.digest_id,
                shows=card.shows,
                messages=sent.message_ids,
            )

    async def _say(self, request: Request, text: str) -> None:
        told = words(text, request.speech)
        await self._put(request, Said(rich=told, plain=told))

    async def _keep(self, digest: Digest, length: Length) -> int:
        async with self._database.transaction() as tx:
            return await digests.save(tx, digest, content=self._content(digest, length), length=length, now=self._now())

    def _content(self, digest: Digest, length: Length) -> str:
        return digests.content_of(digest.article.id, length, self._summariser)

    async def _give_back(self, request: Request) -> None:
        if request.usage_day:
            async with self._database.transaction() as tx:
                await usage.give_back(
                    tx,
                    person_id=request.person_id,
                    chat_id=request.chat_id,
                    day=date.fromisoformat(request.usage_day),
                )

    async def _note(self, code: str, place: str, detail: str) -> None:
        async with self._database.transaction() as tx:
            await incidents.record(tx, incidents.Incident(at=self._now(), code=code, place=place, detail=detail))


def _told(request: Request, error: KhabarError) -> str:
    """The error in the asker's words. A file has no host that could be named."""
    if request.source.kind == "file" and isinstance(error, UnreachableError):
        return say(request.speech, "error-file-lost")
    if request.source.kind == "file" and isinstance(error, TooLargeError):
        return say(request.speech, "error-file-too-big", most=MAX_FILE_BYTES // 1_000_000)
    return explain(request.speech, error, host=request.source.host)
