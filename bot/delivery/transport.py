"""HTTP to the Bot API for python-telegram-bot, on aiohttp.

Its own transport takes 2 ms of the event loop for a request, aiohttp 0.3 (200 at once on loopback: 0.40 s and 0.06 s): where
200 chats ask in one moment, that is the difference between a sign of life at once and one after a second. Proxies are those of
the environment (``HTTPS_PROXY``, ``NO_PROXY``), as for every other tool.
"""

from __future__ import annotations

from typing import Any, Final, cast

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

KEEP_ALIVE: Final = 50.0
"""Seconds for which an idle connection is kept: Telegram's servers close theirs after a minute."""


class NotSentError(NetworkError):
    """The request never left: it may be tried again and cannot have been carried out."""


class Transport(BaseRequest):
    """One pool of ``connections``; the seconds are for calls that name none. Raises ``NetworkError`` and its kinds."""

    __slots__ = ("_connect", "_connections", "_read", "_session")

    def __init__(self, *, connections: int, read_seconds: float, connect_seconds: float = 10.0) -> None:
        super().__init__()
        self._connections, self._read, self._connect = connections, read_seconds, connect_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE),
                trust_env=True,
                auto_decompress=True,
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer, whatever the status. Neither sending nor waiting for a connection is timed apart."""
        del write_timeout, pool_timeout
        if self._session is None or self._session.closed:
            raise RuntimeError("the transport is not initialized")
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_seconds(connect_timeout, self._connect),
            sock_read=_seconds(read_timeout, self._read),
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSentError("no connection in time") from error
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotSentError("no connection") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # the class only: an error's text may hold the address, and with it the token
            raise NetworkError(f"connection lost ({type(error).__name__})") from error


def _seconds(given: object, default: float) -> float | None:
    return default if given is BaseRequest.DEFAULT_NONE else cast("float | None", given)


def _body(data: RequestData | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, file in (data.multipart_data or {}).items():
        filename, content, mime = file
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
