"""No text of an address, no answer of a name server and no environment reaches what is not public."""

from __future__ import annotations

import dataclasses
from ipaddress import ip_address, ip_network

import pytest

from pipelines.errors import ForbiddenAddressError, InvalidUrlError, UnreachableError
from pipelines.fetch.guard import check_url, checked_addresses, literal_address
from pipelines.fetch.policy import PUBLIC_INTERNET, FetchPolicy


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        "example.com/article",
        "file:///etc/passwd",
        "data:text/html,hello",
        "ftp://example.com/a",
        "gopher://example.com/",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com/\r\nHost: internal",
        "http://exa mple.com/",
        "http://example.com:22/",
        "http://example.com:25/",
        "http://example.com:6000/",
        "http://example.com:99999/",
        "http://example.com:port/",
        "http://1.2.3.4.5/",
        "http://256.256.256.256/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://127.0.0.%31/",
        "http://256。1。1。1/",
        "http://xn--/",
        "http://" + "a" * 5000,
    ],
)
def test_text_that_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidUrlError) as caught:
        check_url(url, PUBLIC_INTERNET)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_password_is_named_as_the_trouble() -> None:
    with pytest.raises(InvalidUrlError, match="user name or password"):
        check_url("https://user:secret@example.com/", PUBLIC_INTERNET)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "１２７.０.０.１",
        "0.0.0.0",  # noqa: S104
        "0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "2852039166",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::169.254.169.254]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[100::1]",
    ],
)
def test_addresses_that_are_not_public_are_refused_in_every_notation(host: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        check_url(f"http://{host}/", PUBLIC_INTERNET)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("1.1.1.1", "1.1.1.1"),
        ("16843009", "1.1.1.1"),
        ("0x01.01.257", "1.1.1.1"),
        ("[2606:4700::1111]", "2606:4700::1111"),
        ("64.ff.example", None),
        ("example.com", None),
        ("1.example", None),
    ],
)
def test_a_host_is_an_address_exactly_where_a_browser_says_so(host: str, address: str | None) -> None:
    assert literal_address(host) == (None if address is None else ip_address(address))


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("  https://Example.COM/a?b=c#part ", "https://example.com/a?b=c"),
        ("\u200fhttps://example.com/a\u200e", "https://example.com/a"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://пример.рф/новость", "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("https://example.com/کتاب‌ها", "https://example.com/%DA%A9%D8%AA%D8%A7%D8%A8%E2%80%8C%D9%87%D8%A7"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_public_addresses_pass_in_a_normal_form(url: str, normal: str) -> None:
    checked = check_url(url, PUBLIC_INTERNET)
    assert checked.replace("xn--e1afmkfd.xn--p1ai", "пример.рф") == normal.replace("xn--e1afmkfd.xn--p1ai", "пример.рф")


async def test_one_private_answer_among_public_ones_refuses_the_host() -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.5"]

    with pytest.raises(ForbiddenAddressError):
        await checked_addresses("news.example", 443, PUBLIC_INTERNET, mixed)


async def test_answers_keep_their_order_and_lose_repeats() -> None:
    async def public(_host: str, _port: int) -> list[str]:
        return ["2606:4700::1111", "1.1.1.1", "1.1.1.1"]

    found = await checked_addresses("news.example", 443, PUBLIC_INTERNET, public)
    assert list(map(str, found)) == ["2606:4700::1111", "1.1.1.1"]


async def test_a_name_that_is_not_known_is_said_to_be_so() -> None:
    async def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(UnreachableError, match="not known"):
        await checked_addresses("nowhere.invalid", 443, PUBLIC_INTERNET, unknown)


def test_an_allowed_network_opens_itself_and_nothing_else() -> None:
    loopback = FetchPolicy(allow_addresses=frozenset({ip_network("127.0.0.0/8")}))
    assert check_url("http://127.0.0.1:8000/", loopback)
    assert check_url("http://[::ffff:127.0.0.1]:8000/", loopback)
    for other in ("http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/"):
        with pytest.raises(ForbiddenAddressError):
            check_url(other, loopback)


def test_a_policy_can_not_be_changed_after_it_is_made() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLIC_INTERNET.allow_addresses = frozenset({ip_network("0.0.0.0/0")})  # type: ignore[misc]
