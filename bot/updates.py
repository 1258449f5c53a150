"""Updates are stored before they are acknowledged.

Long polling acknowledges a batch with the next ``getUpdates``, a webhook one update with its answer. ``StoringBot`` stores a
batch as it comes in, ``StoringQueue`` an update that a webhook brought, and only what is new passes the queue: Telegram repeats
whatever it does not know to be received.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.delivery.outcome import Kind, classify
from bot.storage import inbox
from bot.storage.errors import StorageError
from bot.storage.inbox import StoredUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from telegram import Bot
    from telegram._utils.types import TimePeriod

    from bot.storage.database import Database
    from bot.storage.values import JsonObject

log = logging.getLogger(__name__)

UPDATES: Final = ["message", "callback_query", "inline_query", "my_chat_member"]
ANSWER_SECONDS: Final = 20.0
"""What an answer to a long poll may take beyond the poll itself."""
_MOST_SEEN: Final = 20_000


class Store:
    """Puts updates into the inbox. ``admitted`` are stored and not yet on their way to the handlers."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self.greet: Callable[[Sequence[Update]], None] = lambda _: None
        """Hears of updates before they are stored."""
        self._seen: set[int] = set()
        self._admitted: set[int] = set()

    async def new(self, updates: Sequence[Update], payloads: Sequence[JsonObject] | None = None) -> None:
        """Store ``updates``; those that were not here before are admitted. ``payloads`` are what they came as, where known."""
        given = payloads if payloads is not None else [update.to_dict() for update in updates]
        fresh = [
            (update, payload)
            for update, payload in zip(updates, given, strict=True)
            if update.update_id not in self._seen
        ]
        if not fresh:
            return
        self.greet([update for update, _ in fresh])
        rows = [
            StoredUpdate(update_id=update.update_id, payload=payload, person_id=_sender(update))
            for update, payload in fresh
        ]
        async with self._database.transaction() as tx:
            self._admitted.update(await inbox.accept(tx, rows, now=self._now()))
        self._seen.update(update.update_id for update, _ in fresh)
        if len(self._seen) > _MOST_SEEN:
            self._seen = set(sorted(self._seen)[-_MOST_SEEN // 2 :])

    def again(self, update_id: int) -> None:
        """Admit an update that an earlier process has stored and not ended."""
        self._seen.add(update_id)
        self._admitted.add(update_id)

    async def admits(self, update: Update) -> bool:
        """True once for each update: what came before, by polling or by the webhook, is a repetition."""
        if update.update_id not in self._admitted:
            await self.new([update])
        if update.update_id not in self._admitted:
            return False
        self._admitted.remove(update.update_id)
        return True


def parsed(payload: JsonObject, bot: Bot | None) -> Update:
    """The update, or one of its number alone where python-telegram-bot cannot read it.

    It raises for what a newer Bot API has and an older one lacks, and would then ask for the same batch for ever.
    """
    try:
        return Update.de_json(dict(payload), bot)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
        log.warning("an update of a kind that cannot be read is ignored: %s", type(error).__name__)
        return Update(update_id=payload["update_id"])


class StoringBot(ExtBot[Any]):
    """PTB's bot, whose ``get_updates`` returns once the updates are stored. ``rejected`` hears that the token is."""

    __slots__ = ("_rejected", "_store")

    def __init__(self, *args: Any, store: Store, rejected: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._store, self._rejected = store, rejected

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: TimePeriod | None = None,  # noqa: ASYNC109 - PTB's own name
        allowed_updates: Sequence[str] | None = None,
        *,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
        api_kwargs: dict[str, Any] | None = None,
    ) -> tuple[Update, ...]:
        """All updates that came, stored; see ``telegram.Bot.get_updates``. Raises ``NetworkError`` if they cannot be stored now.

        PTB then asks again later, and Telegram still has them: what is not stored is not acknowledged. What was stored before
        is returned as well, since PTB counts its offset from what it gets; the queue drops it.
        """
        del read_timeout, write_timeout, connect_timeout, pool_timeout
        waits = timeout.total_seconds() if isinstance(timeout, timedelta) else float(timeout or 0)
        asked = {"offset": offset, "limit": limit, "timeout": int(waits), "allowed_updates": allowed_updates}
        try:
            payloads = await self.do_api_request(
                "GetUpdates",  # python-telegram-bot warns of methods it has a function for; Telegram takes any case
                api_kwargs={name: value for name, value in (asked | (api_kwargs or {})).items() if value is not None},
                read_timeout=waits + ANSWER_SECONDS,
            )
            came = tuple(parsed(payload, self) for payload in payloads)
            await self._store.new(came, payloads)
        except StorageError as error:
            raise NetworkError(f"updates cannot be stored: {error}") from error
        except InvalidToken as error:
            if classify(error).kind is not Kind.TOKEN:
                raise
            self._rejected()  # PTB ends its polling with an error that nobody sees
            raise InvalidToken from error
        return came


class StoringQueue(asyncio.Queue[object]):
    """The queue between PTB's updater and its application: ``put`` returns once the update is stored."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    async def put(self, item: object) -> None:
        """Queue an update that is new, and whatever is no update."""
        if not isinstance(item, Update) or await self._store.admits(item):
            await super().put(item)


def _sender(update: Update) -> int | None:
    return update.effective_user.id if update.effective_user is not None else None
