"""Inline queries: ``@bot https://…`` offers the digest that is there, or a button that makes it.

An inline result must be ready within seconds and may not wait for a page; so only a digest that was made before is offered,
and anything else leads to a private chat with the bot.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.cards import ORDER, shown_language
from bot.handlers.desk import Desk, desk_of
from bot.i18n import say
from bot.render.entities import render
from bot.render.split import split
from bot.render.telegram import digest_tree
from bot.render.view import view
from bot.storage import digests, notes, people

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes

    from bot.storage.digests import StoredDigest
    from pipelines.languages import Language

KNOWN_FOR: Final = timedelta(days=1)
CACHE_SECONDS: Final = 30
LINK: Final = "link:"
"""Note by a word for ``/start``: the address that it stands for."""
_WORD: Final = 24


async def inline_query(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer an inline query."""
    desk, query = desk_of(context), update.inline_query
    if query is None:
        return
    asker = query.from_user
    async with desk.database.connect() as connection:
        person = await people.get(connection, asker.id)
    speech = person.ui_language if person else people.ui_language(asker.language_code)
    url = next((word for word in query.query.split() if word.lower().startswith(("https://", "http://"))), "")
    options: dict[str, Any] = {"cache_time": CACHE_SECONDS, "is_personal": True}
    if not await _may_ask(desk, asker.id):
        await desk.delivery.answer_inline(query.id, [], **options)
        return
    if not url:
        button = {"text": say(speech, "inline-none")[:64], "start_parameter": "inline"}
        await desk.delivery.answer_inline(query.id, [], button=button, **options)
        return
    stored = await _known(desk, url)
    if stored is None:
        word = await _remember(desk, url)
        button = {"text": say(speech, "inline-prepare")[:64], "start_parameter": word}
        await desk.delivery.answer_inline(query.id, [], button=button, **options)
        return
    wanted = (*(person.languages if person else ()), speech)
    await desk.delivery.answer_inline(query.id, [_result(stored, wanted)], **options)


async def _may_ask(desk: Desk, asker_id: int) -> bool:
    """False where the bot is not for everybody and the asker not let in: an inline query has no chat that could be."""
    return desk.settings.access == "open" or desk.is_owner(asker_id) or asker_id in await desk.allowed()


async def linked(desk: Desk, word: str) -> str:
    """The address that ``/start word`` stands for; empty where there is none."""
    if not word:
        return ""
    async with desk.database.connect() as connection:
        url = await notes.get(connection, f"{LINK}{word[:_WORD]}")
    return url if isinstance(url, str) else ""


async def _remember(desk: Desk, url: str) -> str:
    word = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:_WORD]
    async with desk.database.transaction() as tx:
        await notes.put(tx, f"{LINK}{word}", url[:2000], now=desk.now())
    return word


async def _known(desk: Desk, url: str) -> StoredDigest | None:
    async with desk.database.connect() as connection:
        for length in ("medium", *ORDER):
            found = await digests.find_url(connection, url, length=length, newer_than=desk.now() - KNOWN_FOR)
            if found is not None:
                return found
    return None


def _result(stored: StoredDigest, wanted: tuple[Language, ...]) -> dict[str, Any]:
    language = shown_language(stored.digest, wanted)
    shown = view(stored.digest, language)
    document = digest_tree(shown)
    # a result is one message: what does not fit stays with the bot
    part = split(document)[0]
    title, _ = render(document)
    return {
        "type": "article",
        "id": str(stored.id),
        "title": (shown.title.text.text if shown.title else title)[:100],
        "description": (shown.sentences[0].text.text if shown.sentences else "")[:200],
        "input_message_content": {
            "message_text": part.text,
            "entities": [entity.payload() for entity in part.entities],
            "link_preview_options": {"is_disabled": True},
        },
    }
