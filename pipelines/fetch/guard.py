"""Keep a server from being used to reach what only it can reach (SSRF): url or host -> addresses safe to connect to.

``check_url`` judges the text of an address; ``checked_addresses`` resolves a host *once* and answers the very addresses
to connect to, so that a name that answers public now and private a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pipelines.errors import ForbiddenAddressError, InvalidUrlError, UnreachableError
from pipelines.fetch.sentences import shorten

if TYPE_CHECKING:
    from pipelines.fetch.policy import FetchPolicy

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port in, literal addresses out, best first. Raises ``OSError`` where the name is not known."""

MAX_URL_LENGTH: Final = 4096
MAX_ADDRESSES: Final = 4
"""Addresses of one host that are tried; more would spend the deadline on a host that is down."""

# Not `is_global`: what it answers changed between patch releases (3.11.10, gh-113171), and a guard must not change with
# the interpreter. Rows are the IANA special-purpose registries, plus addresses of cloud hosts that look public.
_NOT_PUBLIC: Final = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's private network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a cloud host's own service"),
        ("169.254.0.0/16", "the local link or a cloud host's own service"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved network"),
        ("192.0.2.0/24", "a documentation network"),
        ("192.88.99.0/24", "a reserved network"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a test network"),
        ("198.51.100.0/24", "a documentation network"),
        ("203.0.113.0/24", "a documentation network"),
        ("224.0.0.0/4", "a multicast group"),
        ("240.0.0.0/4", "a reserved network"),
        ("::/128", "this network"),
        ("::1/128", "this machine"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("ff00::/8", "a multicast group"),
        # 6to4 and Teredo carry an IPv4 address that the tunnel's far end reaches; both are retired (RFC 7526).
        ("2001::/23", "a reserved network"),
        ("2001:db8::/32", "a documentation network"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "a documentation network"),
    )
)
_IPV6_PUBLIC: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_HOST_NAME: Final = re.compile(r"[a-z0-9_.-]{1,253}", re.IGNORECASE)
# Below 1024 only the web's own; above, the ports that the Fetch standard (section 2.9, "bad port") blocks.
_WEB_PORTS: Final = frozenset({80, 443})
_BAD_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)
# Invisible marks that come along when an address is copied out of right-to-left text.
_EDGE_MARKS: Final = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"


def check_url(url: str, policy: FetchPolicy) -> str:
    """Normalised http(s) address, without its fragment.

    Raises ``InvalidUrlError`` for any other text and for user names, odd ports and control characters;
    ``ForbiddenAddressError`` where the host is a literal address, in whatever notation, that must not be reached.
    """
    from httpx import URL, InvalidURL  # noqa: PLC0415

    text = url.strip().strip(_EDGE_MARKS).strip()
    shown = shorten(text)
    if not text or len(text) > MAX_URL_LENGTH:
        raise InvalidUrlError(f"{shown} is not a web address: it must have 1 to {MAX_URL_LENGTH} characters.")
    if any(char == "\\" or char.isspace() or unicodedata.category(char) == "Cc" for char in text):
        raise InvalidUrlError(f"{shown} is not a web address: it holds a space, backslash or control character.")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host:
            raise InvalidUrlError(
                f"{shown} is not a web address: it must start with http:// or https:// and name a host."
            )
        if "@" in parts.netloc:
            raise InvalidUrlError(f"{shown} carries a user name or password; give the address without it.")
        literal = literal_address(unicodedata.normalize("NFKC", host))
        if literal is not None:
            refuse_private(literal, host, policy)
        # httpx does not read what it maps a host to: 256。1。1。1 fails at the second reading, xn-- when `host` is asked for.
        parsed = URL(str(URL(text)))
        name = parsed.host and parsed.raw_host.decode("ascii")
    except (ValueError, InvalidURL):
        raise InvalidUrlError(f"{shown} is not a web address; check it for typing errors.") from None
    if literal is None and not _HOST_NAME.fullmatch(name):
        raise InvalidUrlError(f"{shown} is not a web address: no host can have that name.")
    if port is not None and (port in _BAD_PORTS or (port < 1024 and port not in _WEB_PORTS)):
        raise InvalidUrlError(f"{shown} names port {port}, where no web page is; leave the port out.")
    return str(parsed.copy_with(fragment=None))


def literal_address(host: str) -> IPAddress | None:
    """Address that a host *is* (no name is looked up), or None for a name.

    Reads what ``inet_aton`` and browsers read: ``2130706433``, ``0x7f.1``, ``0177.0.0.1`` are 127.0.0.1 (URL standard,
    section 3.5). Raises ``ValueError`` for what ends in a number and is no address, as ``1.2.3.4.5`` or ``256.1.1.1``.
    """
    bare = host.removeprefix("[").removesuffix("]")
    if ":" in bare:
        address = ip_address(bare)
        if isinstance(address, IPv6Address) and address.scope_id is not None:
            raise ValueError("an address with a zone means something on one machine only")
        return address
    labels = bare.removesuffix(".").split(".")
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1], re.IGNORECASE):
        return None
    numbers = [_number(label) for label in labels]
    last = numbers.pop()
    if len(numbers) > 3 or any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        raise ValueError(f"{host} is no IPv4 address")
    return IPv4Address(sum(number << 8 * (3 - index) for index, number in enumerate(numbers)) + last)


def _number(label: str) -> int:
    """One part of an IPv4 address: decimal, octal after ``0``, hexadecimal after ``0x``. Raises ``ValueError``."""
    if len(label) > 16 or not label.isascii() or not label.isalnum():
        raise ValueError(f"{label!r} is no number")
    if label[:2].lower() == "0x":
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") and label != "0" else 10)


def refuse_private(address: IPAddress, host: str, policy: FetchPolicy) -> None:
    """Raise ``ForbiddenAddressError`` unless ``address`` is public or ``policy`` names it."""
    kind = _not_public(address, policy.allow_addresses)
    if kind is not None:
        raise ForbiddenAddressError(
            f"{shorten(host)} leads to {kind} ({address}), which is not read; give a public address."
        )


def _not_public(address: IPAddress, allow: frozenset[IPNetwork]) -> str | None:
    # An IPv6 address can carry the IPv4 address that is reached in the end; the judgement is of that one.
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in allow):
        return None
    for network, kind in _NOT_PUBLIC:
        if address in network:
            return kind
    return "a reserved network" if isinstance(address, IPv6Address) and address not in _IPV6_PUBLIC else None


async def checked_addresses(host: str, port: int, policy: FetchPolicy, resolver: Resolver) -> list[IPAddress]:
    """Addresses to connect to, best first, resolved once. One that must not be reached refuses the whole host.

    Raises ``ForbiddenAddressError`` and, where the name is not known, ``UnreachableError``.
    """
    literal = literal_address(host)
    if literal is not None:
        addresses: list[IPAddress] = [literal]
    else:
        try:
            answers = await resolver(host, port)
        except (OSError, UnicodeError):
            answers = ()
        addresses = [ip_address(answer) for answer in dict.fromkeys(answers)]
    if not addresses:
        raise UnreachableError(f"The host {shorten(host)} is not known; check the address, or try again later.")
    for address in addresses:
        refuse_private(address, host, policy)
    return addresses[:MAX_ADDRESSES]


async def system_resolver(host: str, port: int) -> list[str]:
    """Ask the operating system (the usual ``Resolver``); answers in the order it prefers (RFC 6724)."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in answers]
