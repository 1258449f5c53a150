"""httpx transport whose every connection goes to an address that the guard has just checked.

httpcore asks its network backend to connect to a *host*; ours resolves it once, judges the addresses and connects to
one of those. The URL keeps the name, so ``Host``, TLS server name and certificate check are as ever. Because the guard
sits under httpx's own reading of the URL, no difference between two URL parsers can get round it. Proxies of the
environment are never asked: a proxy would resolve for itself. Imports httpx; loaded by ``Fetcher`` on entering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore
import httpx

from pipelines.fetch.guard import Resolver, checked_addresses

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterable

    from httpcore import SOCKET_OPTION

    from pipelines.fetch.policy import FetchPolicy


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Network backend that connects only to addresses checked in the same call."""

    def __init__(self, policy: FetchPolicy, resolver: Resolver) -> None:
        self._policy = policy
        self._resolver = resolver
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, judge, connect. Raises the guard's errors, or the last address's ``httpcore`` error."""
        addresses = await checked_addresses(host, port, self._policy, self._resolver)
        limits = [limit for limit in (timeout, self._policy.connect_timeout) if limit is not None]
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                return await self._plain.connect_tcp(str(address), port, min(limits), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None  # noqa: S101 - checked_addresses answers at least one
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's signature
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Never: a socket file is this machine."""
        raise httpcore.ConnectError(f"socket files are not read: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait between httpcore's retries."""
        await self._plain.sleep(seconds)


class GuardedTransport(httpx.AsyncBaseTransport):
    """Transport over a ``PinnedBackend``. Errors are httpcore's and the guard's own, not httpx's."""

    def __init__(self, policy: FetchPolicy, resolver: Resolver, ssl_context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(trust_env=False),
            max_connections=policy.max_concurrent,
            # a source is asked once; what is kept open would be one connection more to a host than its limit while it is closed
            max_keepalive_connections=0,
            network_backend=PinnedBackend(policy, resolver),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are the caller's."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = await self._pool.handle_async_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()
