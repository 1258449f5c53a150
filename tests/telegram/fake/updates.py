"""Updates of one bot: pushed in, taken by long polling or sent to a webhook; kept until they are acknowledged.

getUpdates acknowledges by offset, a webhook by answering 200. A second poller ends the first one's call with 409.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import httpx

from tests.telegram.fake.errors import OTHER_POLLER, WEBHOOK_ACTIVE, ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.telegram.fake.errors import Json

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
RETRY_SECONDS = 0.05  # Telegram waits longer; tests need not
MAX_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where updates are pushed to."""

    url: str
    secret: str | None = None
    max_connections: int = 40


def _forget(tasks: dict[int, asyncio.Task[None]], number: int, _: object) -> None:
    tasks.pop(number, None)


@dataclass(slots=True)
class Updates:
    """``changed`` is called whenever something is added or acknowledged."""

    changed: Callable[[], None]
    next_id: int = 900_000_001
    pending: dict[int, Json] = field(default_factory=dict)
    delivered: list[int] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    webhook: Webhook | None = None
    last_error: str | None = None
    _poll: asyncio.Future[None] | None = None
    _pusher: asyncio.Task[None] | None = None
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def polled(self) -> bool:
        """Whether a getUpdates call waits."""
        return self._poll is not None and not self._poll.done()

    def push(self, kind: str, value: Json) -> int | None:
        """Queue an update; its id, or None where the bot did not ask for the kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        number = self.next_id
        self.next_id += 1
        self.pending[number] = {"update_id": number, kind: value}
        self._wake()
        return number

    def repeat(self, update: Json) -> None:
        """Queue an update once more under its old id, as a webhook may see it."""
        self.pending[update["update_id"]] = update
        self._wake()

    async def get(self, *, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - getUpdates' own word
        """Long polling. Raises ``ApiError`` 409 when another call comes or a webhook is set."""
        if self.webhook:
            raise ApiError(*WEBHOOK_ACTIVE)
        if self._poll and not self._poll.done():
            self._poll.set_exception(ApiError(*OTHER_POLLER))
        if offset < 0:
            offset = max(self.pending, default=0) + 1 + offset
        self._acknowledge([number for number in self.pending if number < offset])
        if not self.pending and timeout > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            self.changed()
            with suppress(TimeoutError):
                await asyncio.wait_for(poll, timeout)
        taken = sorted(self.pending)[: max(1, min(limit, MAX_LIMIT))]
        return [self.pending[number] for number in taken]

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Push from now on; None goes back to polling."""
        self.stop()
        self.webhook = webhook
        if self._poll and not self._poll.done():
            self._poll.set_exception(ApiError(*(WEBHOOK_ACTIVE if webhook else OTHER_POLLER)))
        if webhook:
            self._pusher = asyncio.get_running_loop().create_task(self._push_all(webhook))

    def drop_pending(self) -> None:
        """Forget what waits."""
        self.pending.clear()
        self.changed()

    def stop(self) -> None:
        """Push no more."""
        if self._pusher:
            self._pusher.cancel()
            self._pusher = None

    def _acknowledge(self, numbers: list[int]) -> None:
        for number in numbers:
            self.delivered.append(number)
            self.pending.pop(number, None)
        if numbers:
            self.changed()

    def _wake(self) -> None:
        self._woken.set()
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        self.changed()

    async def _push_all(self, webhook: Webhook) -> None:
        under_way: dict[int, asyncio.Task[None]] = {}
        try:
            async with httpx.AsyncClient(verify=False, timeout=60) as client:  # noqa: S501 - a test's own certificate
                gate = asyncio.Semaphore(webhook.max_connections)
                while True:
                    self._woken.clear()
                    for number in [n for n in sorted(self.pending) if n not in under_way]:
                        task = asyncio.create_task(self._push_one(client, gate, webhook, self.pending[number]))
                        under_way[number] = task
                        task.add_done_callback(partial(_forget, under_way, number))
                    await self._woken.wait()
        finally:
            for task in under_way.values():
                task.cancel()

    async def _push_one(
        self, client: httpx.AsyncClient, gate: asyncio.Semaphore, webhook: Webhook, update: Json
    ) -> None:
        """Send one update again and again until the bot takes it."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        async with gate:
            while update["update_id"] in self.pending:
                try:
                    answer = await client.post(webhook.url, json=update, headers=headers)
                except httpx.HTTPError as error:
                    self.last_error = f"Connection failed: {type(error).__name__}"
                else:
                    if answer.is_success:
                        self._acknowledge([update["update_id"]])
                        return
                    self.last_error = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
                self.changed()
                await asyncio.sleep(RETRY_SECONDS)
