"""Where a digest's page comes from: the network, the message itself, or a file of Telegram's.

Source → ``Page``. Addresses go through the guarded fetcher; documents are fetched from Telegram up to its own limit of 20 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram.error import TelegramError

from pipelines.errors import TooLargeError, UnreachableError
from pipelines.fetch.files import read_bytes
from pipelines.models import Page

if TYPE_CHECKING:
    from telegram import Bot

    from bot.intents import Source
    from pipelines.fetch.http import Fetcher
    from pipelines.fetch.policy import Clock

MAX_FILE_BYTES: Final = 20_000_000
"""What the Bot API lets a bot download."""


class Pages:
    """Reads sources. One value a bot."""

    def __init__(self, bot: Bot, fetcher: Fetcher, clock: Clock) -> None:
        self._bot, self._fetcher, self._clock = bot, fetcher, clock

    async def page(self, source: Source) -> Page:
        """The page. Raises ``FetchError`` or ``ReadError``; what Telegram may answer better next time is raised as it came."""
        match source.kind:
            case "link":
                return await self._fetcher.fetch(source.value)
            case "text":
                body = source.value.encode("utf-8", "replace")
                return Page(
                    url=None,
                    final_url=None,
                    content_type="text/plain",
                    charset="utf-8",
                    body=body,
                    fetched_at=self._clock(),
                )
            case "file":
                return await self._document(source)

    async def _document(self, source: Source) -> Page:
        if (source.bytes or 0) > MAX_FILE_BYTES:
            raise TooLargeError(f"The file has {source.bytes} bytes; Telegram gives bots {MAX_FILE_BYTES} at most.")
        try:
            file = await self._bot.get_file(source.value)
            body = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            if "too big" in str(error).lower():
                raise TooLargeError("The file is over the 20 MB that Telegram gives bots.") from error
            raise UnreachableError("Telegram did not give the file; send it again.") from error
        return read_bytes(body, source.name, clock=self._clock, limit=MAX_FILE_BYTES)
