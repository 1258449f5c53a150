"""Download pages: address -> ``Page``, or an error of the ``FetchError`` family that a person can read.

One deadline covers name look-up, every redirect and the body, so a server that drips bytes gains nothing. The body is
bounded packed and unpacked. Cookies live for one source's redirects only. No environment variable is read.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections import defaultdict
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NoReturn, Self

from pipelines import __version__
from pipelines.errors import (
    HttpStatusError,
    InternalError,
    KhabarError,
    ReadError,
    RedirectError,
    TooLargeError,
    UnreachableError,
)
from pipelines.fetch.guard import Resolver, check_url, system_resolver
from pipelines.fetch.policy import PUBLIC_INTERNET, Clock, FetchPolicy, utc_now
from pipelines.fetch.sentences import shorten
from pipelines.fetch.sniff import PREFIX_BYTES, media_type
from pipelines.fetch.unpack import GZIP_MAGIC, Unpacker
from pipelines.models import Page, StageFailure

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import httpx

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
"""Redirects that say where the page is from now on."""
MAX_FRESH: Final = 31_536_000.0
"""Seconds; the standard asks for no more than a year."""
MAX_RETRY_AFTER: Final = 86_400.0
"""Seconds; a server that asks for more is asked again after a day."""
_HEADERS: Final = {
    "User-Agent": f"Mozilla/5.0 (compatible; Khabar/{__version__}; +https://github.com/khabar-bot/khabar)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.7",
    "Accept-Encoding": "gzip, deflate",
}
_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


class Fetcher:
    """Downloads under one policy; an async context manager, usable for any number of sources at once.

    ``resolver`` looks names up and ``clock`` dates the pages. ``ssl_context`` replaces the usual one (certifi's roots).
    """

    def __init__(
        self,
        policy: FetchPolicy = PUBLIC_INTERNET,
        *,
        resolver: Resolver = system_resolver,
        clock: Clock = utc_now,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy
        self._resolver = resolver
        self._clock = clock
        self._ssl_context = ssl_context
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415

        import httpx  # noqa: PLC0415

        from pipelines.fetch.transport import GuardedTransport  # noqa: PLC0415

        self._client = httpx.AsyncClient(
            transport=GuardedTransport(self._policy, self._resolver, self._ssl_context),
            headers=_HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=None,  # noqa: S113 - the deadline of `fetch` bounds everything
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """Download one address. ``etag`` and ``last_modified`` make the request conditional.

        Raises ``FetchError`` and, where what came is no article or cannot be unpacked, ``ReadError``.
        """
        import httpcore  # noqa: PLC0415

        target = check_url(url, self._policy)
        conditions = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        shown = shorten(url)
        try:
            async with asyncio.timeout(self._policy.deadline):
                return await self._follow(url, target, conditions)
        except TimeoutError:
            seconds = f"{self._policy.deadline:g}"
            raise UnreachableError(f"{shown} did not answer in full within {seconds} s; try again later.") from None
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            _raise_unreachable(shown, error)

    async def fetch_all(self, urls: Sequence[str]) -> list[Page | StageFailure]:
        """Download several at once, answers in the order of ``urls``; one that fails does not stop the others."""
        places = asyncio.Semaphore(self._policy.max_concurrent)
        hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(self._policy.max_per_host))

        async def one(url: str) -> Page | StageFailure:
            # The host's place first: waiting for a slow host must not hold a place that another could use.
            async with hosts[url.partition("://")[2].partition("/")[0].lower()], places:
                try:
                    return await self.fetch(url)
                except KhabarError as error:
                    return StageFailure(source=url, error=error)
                except Exception as error:  # said and logged, not hidden; the others go on
                    # the address may hold a token: the log has the trace alone
                    log.exception("fetch failed")
                    return StageFailure(source=url, error=InternalError.of(error))

        return list(await asyncio.gather(*map(one, urls)))

    async def _follow(self, url: str, target: str, conditions: dict[str, str]) -> Page:
        import httpx  # noqa: PLC0415

        if self._client is None:
            raise RuntimeError("Fetcher is used outside `async with`")
        cookies = httpx.Cookies()
        moves: list[int] = []
        for _ in range(self._policy.max_redirects + 1):
            request = self._client.build_request("GET", target, headers=conditions)
            cookies.set_cookie_header(request)
            try:
                response = await self._client.send(request, stream=True)
            except (httpx.RemoteProtocolError, httpx.InvalidURL, UnicodeError):
                # httpx reads `Location` even when told not to follow it, and so it says that it is no URL: the second
                # of `mailto:` and `javascript:`, the third (idna's) of a host such as `xn--`.
                raise _nowhere(target) from None
            try:
                cookies.extract_cookies(response)
                if response.status_code not in REDIRECTS:
                    page = await self._page(url, target, response, conditional=bool(conditions))
                    return replace(page, moved=True) if moves and PERMANENT.issuperset(moves) else page
                target = self._next(target, response)
                moves.append(response.status_code)
            finally:
                await response.aclose()
        raise RedirectError(
            f"{shorten(url)} redirects more than {self._policy.max_redirects} times; "
            "open it in a browser and give the final address."
        )

    def _next(self, target: str, response: httpx.Response) -> str:
        from httpx import URL, InvalidURL  # noqa: PLC0415

        location = response.headers.get("Location", "")
        try:
            joined = str(URL(target).join(location))
        except InvalidURL:
            location = ""
        if not location:
            raise _nowhere(target)
        return check_url(joined, self._policy)

    async def _page(self, url: str, final_url: str, response: httpx.Response, *, conditional: bool) -> Page:
        status, headers = response.status_code, response.headers
        not_modified = status == HTTPStatus.NOT_MODIFIED and conditional
        if not (not_modified or 200 <= status < 300):
            raise HttpStatusError(
                _status_sentence(shorten(final_url), status),
                status=status,
                retry_after=_retry_after(headers.get("Retry-After"), self._clock) if status in (429, 503) else None,
            )
        declared = headers.get("Content-Type", "")
        content_type = declared.partition(";")[0].strip().lower()
        charset = _CHARSET.search(declared)
        body = b""
        if not not_modified:
            body = await self._body(final_url, response, content_type)
            content_type = media_type(body, declared=content_type, name=response.url.path)
        return Page(
            url=url,
            final_url=final_url,
            content_type=content_type,
            charset=charset[1].lower() if charset else None,
            body=body,
            fetched_at=self._clock(),
            etag=headers.get("ETag"),
            last_modified=headers.get("Last-Modified"),
            not_modified=not_modified,
            fresh_for=_fresh_for(headers.get("Cache-Control", ""), headers.get("Expires"), self._clock),
        )

    async def _body(self, url: str, response: httpx.Response, content_type: str) -> bytes:
        limit = self._policy.max_bytes
        length = response.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > limit:
            _raise_too_large(url, limit)
        unpacker = Unpacker(response.headers.get("Content-Encoding", "").split(","))
        body, packed, known = bytearray(), 0, False
        async for chunk in response.aiter_raw():
            if not packed and not unpacker.layered and chunk.startswith(GZIP_MAGIC):
                # packed once and for all on the server's disk; browsers show it, feeds are found so
                unpacker = Unpacker(["gzip"])
            packed += len(chunk)
            for piece in unpacker.feed(chunk):
                body += piece
                if len(body) > limit:
                    _raise_too_large(url, limit)
            if packed > limit:
                _raise_too_large(url, limit)
            if not known and len(body) >= PREFIX_BYTES:
                # A film or an endless radio stream is refused by its first bytes, not after 10 MB.
                media_type(bytes(body[:PREFIX_BYTES]), declared=content_type, name=response.url.path, whole=False)
                known = True
        if packed and not unpacker.complete:
            raise UnreachableError(f"{shorten(url)} broke off before the page was complete; try again later.")
        if not body.strip():
            raise ReadError(f"{shorten(url)} is an empty page; check the address, or paste the article's text.")
        return bytes(body)


def _nowhere(url: str) -> RedirectError:
    return RedirectError(f"{shorten(url)} redirects to nowhere; open it in a browser and give the final address.")


def _raise_too_large(url: str, limit: int) -> NoReturn:
    raise TooLargeError(f"{shorten(url)} is larger than {limit / 1e6:g} MB; paste the article's text instead.")


def _raise_unreachable(shown: str, error: Exception) -> NoReturn:
    """Say in a sentence why a connection failed; the cause is several links down the exception's chain."""
    import httpcore  # noqa: PLC0415

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError | ConnectionError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"has a certificate that cannot be trusted ({cause.verify_message}); check the address"
    elif isinstance(cause, ssl.SSLError):
        why = f"does not offer a secure connection ({(cause.reason or 'TLS failed').replace('_', ' ').lower()}); try http://"
    elif isinstance(error, httpcore.LocalProtocolError):
        why = "cannot be asked for: the request holds a character that HTTP does not allow; check the address"
    elif isinstance(error, httpcore.ConnectTimeout):
        why = "did not accept a connection in time; try again later"
    elif isinstance(error, httpcore.ConnectError):
        why = "could not be connected to; check the address, or try again later"
    elif isinstance(error, httpcore.RemoteProtocolError):
        why = "broke off before the page was complete, or does not speak HTTP; try again later"
    else:
        why = "broke off the connection; try again later"
    raise UnreachableError(f"{shown} {why}.") from error


def _retry_after(value: str | None, clock: Clock) -> float | None:
    """Seconds that a ``Retry-After`` asks for (RFC 9110, section 10.2.3: a number or a date), at most a day."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_RETRY_AFTER)
    try:
        seconds = (parsedate_to_datetime(text) - clock()).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER)


def _fresh_for(cache_control: str, expires: str | None, clock: Clock) -> float | None:
    """Seconds of freshness (RFC 9111, section 4.2.1), at most a year; None where the server gives none or forbids it."""
    said = {
        part.strip().partition("=")[0].lower(): part.partition("=")[2].strip(' "') for part in cache_control.split(",")
    }
    if "no-store" in said or "no-cache" in said:
        return None
    age = said.get("max-age", "")
    if age.isascii() and age.isdigit():
        return min(float(age[:12]), MAX_FRESH)
    try:
        seconds = (parsedate_to_datetime((expires or "").strip()) - clock()).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(seconds, MAX_FRESH) if seconds > 0 else None


def _status_sentence(shown: str, status: int) -> str:
    try:
        named = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        named = str(status)
    if status in (401, 402, 403, 407, 451):
        advice = "it may want a login or refuse robots; paste the article's text instead"
    elif status in (404, 410):
        advice = "there is no such page; check the address"
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        advice = "it was asked too often; try again later"
    elif status >= 500:
        advice = "the server has trouble; try again later"
    else:
        advice = "check the address, or paste the article's text instead"
    return f"{shown} answered {named}: {advice}."
