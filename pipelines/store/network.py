"""How servers of models are reached: one frozen value, and one httpx client made of it.

Nothing is read from the environment (``.netrc`` and proxy variables included): the settings say it all. Redirects are followed
by hand, so that the token goes to the endpoint's own host and to no other.
"""

from __future__ import annotations

import time
from collections.abc import Callable  # noqa: TC003 - a dataclass's types are read at run time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from pipelines import __version__
from pipelines.errors import HubError, HubRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

HUB: Final = "https://huggingface.co"
MAX_REDIRECTS: Final = 5
CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 20.0
STALL_SECONDS: Final = 30.0
STALL_BYTES: Final = 30_000
"""Fewer bytes than this in ``STALL_SECONDS`` (8 kbit/s) is no download: a server that drips would otherwise never end."""
_WHAT_TO_DO: Final = (
    "Set a mirror (KHABAR_MODELS_ENDPOINT; KHABAR_MODELS_RECORDS for Mozilla's models) or a proxy (KHABAR_MODELS_PROXY), or "
    "bring the files yourself: `khabar models import NAME PATH`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Servers, credentials and patience. ``endpoint`` is the hub or its mirror.

    ``records_url`` lists Mozilla's models (None: Mozilla's own), ``attachments_url`` is where their files stand (None: where that
    server says). Seconds throughout; ``sleep`` and ``clock`` are arguments so that tests need not wait.
    """

    endpoint: str = HUB
    records_url: str | None = None
    attachments_url: str | None = None
    proxy: str | None = None
    token: str | None = field(default=None, repr=False)
    offline: bool = False
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    stall_seconds: float = STALL_SECONDS
    stall_bytes: int = STALL_BYTES
    retries: int = 5
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    transport: httpx.BaseTransport | None = None

    def client(self) -> httpx.Client:
        """A client for one pull. Raises ``HubError`` where the offline switch is on, before any socket is opened."""
        import httpx  # noqa: PLC0415

        if self.offline:
            raise HubError(
                "The offline switch is on (KHABAR_OFFLINE): no model is fetched. Turn it off, or bring the files yourself: "
                "`khabar models import NAME PATH`."
            )
        try:
            return httpx.Client(
                trust_env=False,
                proxy=self.proxy or None,
                transport=self.transport,
                timeout=httpx.Timeout(self.read_seconds, connect=self.connect_seconds),
                headers={"User-Agent": f"khabar/{__version__}", "Accept-Encoding": "identity"},
            )
        except (ValueError, httpx.InvalidURL, ImportError) as error:
            # ImportError: a SOCKS proxy without its package
            raise HubError(f"KHABAR_MODELS_PROXY cannot be used: {error}.") from error

    def headers_for(self, url: str) -> dict[str, str]:
        """The token, if ``url`` is on the endpoint's own scheme, host and port."""
        if self.token and _origin(url) == _origin(self.endpoint):
            return {"Authorization": f"Bearer {self.token}"}
        return {}


@contextmanager
def get(network: Network, client: httpx.Client, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
    """The response at the end of the redirects, its body unread. Raises ``HubRefusedError`` and httpx's own errors."""
    import httpx  # noqa: PLC0415

    for _ in range(MAX_REDIRECTS + 1):
        request = client.build_request("GET", url, headers={**headers, **network.headers_for(url)})
        response = client.send(request, stream=True)
        try:
            if not response.is_redirect:
                yield response
                return
            target = urljoin(url, response.headers["location"])
        finally:
            response.close()
        scheme = urlsplit(target).scheme
        if scheme not in ("http", "https") or (scheme == "http" and urlsplit(url).scheme == "https"):
            raise HubRefusedError(f"{host(url)} sends on to an address that is not safe.", status=response.status_code)
        url = target
    raise httpx.TooManyRedirects("too many redirects", request=request)


def host(url: str) -> str:
    """Host of an address, all of it that an error message may show: a signed address is a secret."""
    parts = urlsplit(url)
    return parts.hostname or url


def unreachable(url: str, why: str) -> HubError:
    """``HubError`` for a server that did not answer as it should, with what to do."""
    return HubError(f"{host(url)} could not be used: {why}. {_WHAT_TO_DO}")


def refused(url: str, what: str, response: httpx.Response) -> HubRefusedError:
    """``HubRefusedError`` for a 4xx, by the hub's ``X-Error-Code`` where there is one."""
    status, code = response.status_code, response.headers.get("x-error-code", "")
    if code == "GatedRepo":
        why = (
            f"{what} is gated: accept its terms on its page at {host(url)}, then set KHABAR_MODELS_TOKEN to a token of "
            "your account."
        )
    elif code in ("RepoNotFound", "RevisionNotFound", "EntryNotFound") or status in (404, 410):
        why = f"{host(url)} does not have {what}. If this is a mirror, it may not be complete."
    elif status == 401:
        why = f"{host(url)} asks for a token to give {what}: set KHABAR_MODELS_TOKEN, or correct it."
    elif status == 403:
        why = (
            f"{host(url)} does not allow {what}: accept its terms on its page and set KHABAR_MODELS_TOKEN to a token of "
            "an account that may read it."
        )
    else:
        why = f"{host(url)} refused {what} (HTTP {status})."
    return HubRefusedError(why, status=status)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
