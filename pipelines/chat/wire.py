"""The HTTP side: one client of the ``openai`` library, bounded in time and bytes → plain JSON values.

Connections, proxies, TLS and server-sent events are the library's (``httpx2``); retries are not (``client``). Its typed responses
are not used: servers answer all sorts of shapes, and ``replies`` reads them by hand anyway.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from pipelines.chat.options import NO_KEY

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    import httpx2
    from openai import OpenAI, RequestOptions

    from pipelines.chat.options import ChatOptions

MAX_BYTES: Final = 8_000_000
"""One answer, unpacked; a token of a stream takes about 250 bytes."""
CONNECT_SECONDS: Final = 5.0
NOISY: Final = ("openai", "httpx2", "httpcore2")

_UNTIL: Final = "khabar.until"


class NotJsonError(Exception):
    """The server answered with a page or with text: its address is likely wrong."""


def open_client(options: ChatOptions, clock: Callable[[], float]) -> OpenAI:
    """A new client. Proxies of the environment are used, but never to reach this machine.

    Redirects are not followed, since they would take the article elsewhere. The loggers of the HTTP libraries are set to
    WARNING: they name addresses at INFO.
    """
    import httpx2  # noqa: PLC0415 - heavy
    import openai  # noqa: PLC0415 - heavy

    for name in NOISY:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))

    class Bounded(httpx2.SyncByteStream):
        """A body that ends in an error when it takes too long as a whole: httpx's time-outs start anew with every chunk."""

        def __init__(self, body: httpx2.SyncByteStream, until: float) -> None:
            self._body, self._until = body, until

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in self._body:
                size += len(chunk)
                if size > MAX_BYTES:
                    raise httpx2.ReadError(f"more than {MAX_BYTES} bytes")
                if clock() > self._until:
                    raise httpx2.ReadTimeout("the whole answer took too long")
                yield chunk

        def close(self) -> None:
            self._body.close()

    def mark(request: httpx2.Request) -> None:
        request.extensions[_UNTIL] = clock() + request.extensions["timeout"]["read"]

    def bound(response: httpx2.Response) -> None:
        body = cast("httpx2.SyncByteStream", response.stream)
        response.stream = Bounded(body, response.request.extensions[_UNTIL])

    trust_env = not options.local
    http = httpx2.Client(
        trust_env=trust_env,
        verify=_certificates(trust_env=trust_env),
        follow_redirects=False,
        limits=httpx2.Limits(max_connections=options.concurrency),
        event_hooks={"request": [mark], "response": [bound]},
    )
    key = options.key or NO_KEY
    client = openai.OpenAI(
        api_key=key,
        base_url=options.url,
        max_retries=0,
        http_client=http,
        # given expressly, since the library would let a header of the environment replace the key
        default_headers={"Authorization": f"Bearer {key}"},
    )
    client.organization = client.project = None  # the library takes them from the environment
    return client


@cache
def _certificates(*, trust_env: bool) -> ssl.SSLContext:
    """The authorities to trust; reading them takes 70 ms, more than all else in opening a client."""
    import httpx2  # noqa: PLC0415 - heavy

    return httpx2.create_ssl_context(trust_env=trust_env)


def post(client: OpenAI, body: Mapping[str, Any], seconds: float) -> list[object]:
    """The answer's JSON: one completion, or the chunks of a stream in order. Raises NotJsonError and the library's errors."""
    import openai  # noqa: PLC0415 - heavy

    options: RequestOptions = {"timeout": _timeout(seconds)}
    path = "/chat/completions"
    if not body.get("stream"):
        return [_json(client.post(path, cast_to=object, body=body, options=options))]
    stream = client.post(
        path, cast_to=object, body=body, options=options, stream=True, stream_cls=openai.Stream[object]
    )
    with stream:
        kind = stream.response.headers.get("content-type", "").partition(";")[0].strip()
        if kind.endswith("json"):  # the server does not stream
            stream.response.read()
            return [stream.response.json()]
        if kind != "text/event-stream":
            raise NotJsonError
        return list(stream)


def get_models(client: OpenAI, seconds: float) -> object:
    """The server's list of models as JSON. Raises NotJsonError and the library's errors."""
    return _json(client.get("/models", cast_to=object, options={"timeout": _timeout(seconds)}))


def _json(answer: object) -> object:
    # the library gives a body of another content type as text
    if isinstance(answer, str):
        raise NotJsonError
    return answer


def _timeout(seconds: float) -> httpx2.Timeout:
    import httpx2  # noqa: PLC0415 - heavy

    return httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
