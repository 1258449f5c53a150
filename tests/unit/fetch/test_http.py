"""``Fetcher`` against a server that is really there, for what servers do wrong."""

from __future__ import annotations

import asyncio
import gzip
import time
from datetime import UTC, datetime

import pytest

from pipelines.errors import (
    FetchError,
    ForbiddenAddressError,
    HttpStatusError,
    InvalidUrlError,
    KhabarError,
    ReadError,
    RedirectError,
    TooLargeError,
    UnreachableError,
    UnsupportedTypeError,
)
from pipelines.fetch.charset import decode
from pipelines.fetch.http import Fetcher
from pipelines.fetch.policy import PUBLIC_INTERNET
from pipelines.models import Page, StageFailure
from tests.unit.fetch.conftest import ARTICLE, SecureSite, Site, policy, reply

NOW = datetime(2021, 2, 1, 12, 0, 0, tzinfo=UTC)


def fetcher(**limits: float) -> Fetcher:
    return Fetcher(policy(**limits), clock=lambda: NOW)  # type: ignore[arg-type]


async def fails(url: str, kind: type[KhabarError], **limits: float) -> str:
    """The sentence of the one failure that fetching ``url`` ends in."""
    async with fetcher(**limits) as opened:
        with pytest.raises(kind) as caught:
            await opened.fetch(url)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


async def test_a_page_comes_with_its_type_charset_and_time(site: Site) -> None:
    async with fetcher() as opened:
        page = await opened.fetch(site.url("/article#part"))
    assert page.body.decode() == ARTICLE
    assert (page.content_type, page.charset, page.fetched_at) == ("text/html", "utf-8", NOW)
    assert (page.url, page.final_url) == (site.url("/article#part"), site.url("/article"))


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/raw-deflate"])
async def test_packed_pages_are_unpacked(site: Site, path: str) -> None:
    async with fetcher() as opened:
        assert (await opened.fetch(site.url(path))).body.decode() == ARTICLE


async def test_redirects_are_followed_up_to_the_limit_and_no_further(site: Site) -> None:
    async with fetcher() as opened:
        page = await opened.fetch(site.url("/hop/4"))
        assert page.final_url == site.url("/article")
        assert page.url == site.url("/hop/4")
    site.asked.clear()
    assert "more than 5 times" in await fails(site.url("/hop/9"), RedirectError)
    assert len(site.asked) == 6


async def test_a_redirect_loop_ends(site: Site) -> None:
    await fails(site.url("/loop"), RedirectError)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("http://10.0.0.1/", ForbiddenAddressError),
        ("http://169.254.169.254/latest/meta-data/", ForbiddenAddressError),
        ("http://[::ffff:10.0.0.1]/", ForbiddenAddressError),
        ("http://2852039166/", ForbiddenAddressError),
        ("//192.168.0.1/router", ForbiddenAddressError),
        ("file:///etc/passwd", InvalidUrlError),
        ("http://user:pass@127.0.0.1/", InvalidUrlError),
        ("http://[bad/", InvalidUrlError),
        ("http://[::g]/", RedirectError),
        ("http://example.com:99999/", InvalidUrlError),
        ("", RedirectError),
    ],
)
async def test_a_redirect_is_judged_like_an_address_of_the_user(
    site: Site, target: str, kind: type[FetchError]
) -> None:
    site.replies["/go"] = reply(b"", f"Location: {target}", status="302 Found")
    await fails(site.url("/go"), kind)


async def test_a_redirect_without_a_target_is_no_loop(site: Site) -> None:
    site.replies["/go"] = reply(b"", status="302 Found")
    assert "nowhere" in await fails(site.url("/go"), RedirectError)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "target",
    [
        "mailto:editor@example.com",
        "javascript:alert(1)",
        "data:text/plain,hello",
        "http:\\\\a",
        "//256.1。1.1",
        "http://xn--/",
    ],
)
async def test_a_redirect_to_what_is_no_web_address_fails_its_own_source_alone(site: Site, target: str) -> None:
    site.replies["/bad"] = reply(b"", f"Location: {target}", status="302 Found")
    async with fetcher() as opened:
        bad, good = await opened.fetch_all([site.url("/bad"), site.url("/article")])
    assert isinstance(bad, StageFailure)
    assert isinstance(bad.error, FetchError)
    assert isinstance(good, Page)


async def test_loopback_is_refused_by_the_policy_of_production(site: Site) -> None:
    async def loopback(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with Fetcher(PUBLIC_INTERNET, resolver=loopback) as opened:
        for url in (site.url("/article"), site.url("/article", "localhost"), site.url("/article", "news.example")):
            with pytest.raises(ForbiddenAddressError):
                await opened.fetch(url)
    assert site.asked == []


async def test_a_name_that_turns_private_after_the_check_gains_nothing(site: Site) -> None:
    """The connection goes to the answer that was judged: the second answer is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    asked = []

    async def turning(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    async with Fetcher(policy(), resolver=turning) as opened:
        page = await opened.fetch(site.url("/article", "rebind.example"))
        assert page.body.decode() == ARTICLE
        assert asked == ["rebind.example"]
        with pytest.raises(ForbiddenAddressError):
            await opened.fetch(site.url("/article", "rebind.example"))
    assert site.asked[0][1]["host"] == f"rebind.example:{site.port}"
    assert len(site.asked) == 1


async def test_a_host_whose_first_address_is_dead_is_reached_at_its_second(site: Site) -> None:
    async def two(_host: str, _port: int) -> list[str]:
        return ["127.0.0.9", "127.0.0.1"]

    async with Fetcher(policy(), resolver=two) as opened:
        assert (await opened.fetch(site.url("/article", "news.example"))).body.decode() == ARTICLE


async def test_no_environment_variable_opens_a_way_round(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect for us, unpinned: it is not asked, and nothing else widens the policy."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, site.url("/"))
        monkeypatch.setenv(name.lower(), site.url("/"))
    for name in (
        "NO_PROXY",
        "ALLOW_ADDRESSES",
        "FETCH_ALLOW_ADDRESSES",
        "KHABAR_ALLOW_ADDRESSES",
        "KHABAR_FETCH_ALLOW",
    ):
        monkeypatch.setenv(name, "127.0.0.0/8")

    async def public(_host: str, _port: int) -> list[str]:
        return ["10.11.12.13"]

    async with Fetcher(resolver=public) as opened:
        for url in ("http://news.example/", "https://news.example/", site.url("/article?allow_addresses=127.0.0.0/8")):
            with pytest.raises(ForbiddenAddressError):
                await opened.fetch(url)
    assert site.asked == []


@pytest.mark.parametrize("path", ["/endless", "/endless-gzip", "/gzip-bomb", "/double-bomb"])
async def test_more_bytes_than_the_limit_end_the_download(site: Site, path: str) -> None:
    assert "larger than 0.2 MB" in await fails(site.url(path), TooLargeError)


async def test_a_length_over_the_limit_is_believed_at_once(site: Site) -> None:
    site.replies["/big"] = reply(b"x", status="200 OK").replace(b"Content-Length: 1\r", b"Content-Length: 999999999\r")
    await fails(site.url("/big"), TooLargeError)


@pytest.mark.parametrize("path", ["/drip", "/drip-body"])
async def test_a_server_that_drips_is_left_at_the_deadline(site: Site, path: str) -> None:
    started = time.monotonic()
    assert "within 0.4 s" in await fails(site.url(path), UnreachableError, deadline=0.4)
    assert time.monotonic() - started < 3


async def test_the_deadline_covers_the_name_look_up(site: Site) -> None:
    async def silent(_host: str, _port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    async with Fetcher(policy(deadline=0.2), resolver=silent) as opened:
        with pytest.raises(UnreachableError):
            await opened.fetch(site.url("/article", "news.example"))


@pytest.mark.parametrize("path", ["/reset", "/truncated", "/not-http"])
async def test_a_broken_connection_is_unreachable(site: Site, path: str) -> None:
    await fails(site.url(path), UnreachableError)


async def test_a_closed_port_is_unreachable() -> None:
    assert "could not be connected to" in await fails("http://127.0.0.1:1025/", UnreachableError)


async def test_a_packed_body_that_breaks_off_or_is_damaged_is_said_so(site: Site) -> None:
    packed = gzip.compress(ARTICLE.encode())
    site.replies["/short"] = reply(packed[:-12], "Content-Encoding: gzip")
    site.replies["/damaged"] = reply(b"not gzip at all", "Content-Encoding: gzip")
    site.replies["/brotli"] = reply(packed, "Content-Encoding: br")
    await fails(site.url("/short"), UnreachableError)
    assert "damaged" in await fails(site.url("/damaged"), ReadError)
    assert "br" in await fails(site.url("/brotli"), ReadError)
    assert site.asked[0][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "paste"),
        (403, "paste"),
        (404, "no such page"),
        (410, "no such page"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ],
)
async def test_an_error_status_says_what_to_do(site: Site, status: int, advice: str) -> None:
    async with fetcher() as opened:
        with pytest.raises(HttpStatusError, match=advice) as caught:
            await opened.fetch(site.url(f"/status/{status}"))
    assert (caught.value.status, caught.value.retry_after) == (status, None)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 01 Feb 2021 12:05:00 GMT", 300.0),
        ("Mon, 01 Feb 2021 11:00:00 GMT", 0.0),
        ("9999999999999", 86_400.0),
        ("soon", None),
        ("-5", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_read_as_seconds_or_date(
    site: Site, header: str, seconds: float | None, status: int
) -> None:
    site.replies["/busy"] = reply(b"", f"Retry-After: {header}", status=f"{status} Busy")
    async with fetcher() as opened:
        with pytest.raises(HttpStatusError) as caught:
            await opened.fetch(site.url("/busy"))
    assert caught.value.retry_after == seconds


async def test_an_unchanged_page_answers_not_modified(site: Site) -> None:
    async with fetcher() as opened:
        first = await opened.fetch(site.url("/conditional"))
        second = await opened.fetch(site.url("/conditional"), etag=first.etag, last_modified=first.last_modified)
    assert (first.etag, first.last_modified, first.not_modified) == ('"v1"', "Mon, 01 Feb 2021 10:00:00 GMT", False)
    assert (second.not_modified, second.body, second.etag) == (True, b"", '"v1"')
    assert site.asked[1][1]["if-modified-since"] == "mon, 01 feb 2021 10:00:00 gmt"


async def test_not_modified_that_was_not_asked_for_is_an_error(site: Site) -> None:
    site.replies["/stale"] = reply(b"", status="304 Not Modified")
    await fails(site.url("/stale"), HttpStatusError)


async def test_cookies_serve_one_source_and_are_forgotten(site: Site) -> None:
    """Sites that set a cookie and redirect to themselves can be read; the next request knows nothing of it."""
    async with fetcher() as opened:
        assert (await opened.fetch(site.url("/cookie"))).body.decode() == ARTICLE
        await opened.fetch(site.url("/article"))
    assert [headers.get("cookie") for _, headers in site.asked] == [None, "seen=1", None]


@pytest.mark.parametrize("body", [b"", b"  \r\n\t "])
async def test_an_empty_page_is_said_to_be_empty(site: Site, body: bytes) -> None:
    site.replies["/empty"] = reply(body)
    assert "empty" in await fails(site.url("/empty"), ReadError)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0" + bytes(100)),
        ("text/html", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100)),
        ("application/octet-stream", b"\x7fELF" + bytes(100)),
        ("application/zip", b"PK\x03\x04" + bytes(100)),
        ("application/javascript", b"var a = 1;"),
        (None, bytes(range(256))),
    ],
)
async def test_what_holds_no_article_is_refused_by_kind(site: Site, kind: str | None, body: bytes) -> None:
    site.replies["/x"] = reply(body, kind=kind)
    await fails(site.url("/x"), UnsupportedTypeError)


async def test_a_film_is_refused_by_its_first_bytes(site: Site) -> None:
    await fails(site.url("/endless-film"), UnsupportedTypeError)


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        (None, ARTICLE.encode(), "text/html"),
        ("application/octet-stream", ARTICLE.encode(), "text/html"),
        ("image/gif", ARTICLE.encode(), "text/html"),
        ("text/plain", b"<!-- saved -->\n<html><p>words</p></html>", "text/html"),
        ("text/html", b"%PDF-1.7 ...", "application/pdf"),
        ("application/pdf", ARTICLE.encode(), "text/html"),
        ("text/plain", b"Plain words.", "text/plain"),
        ("TEXT/HTML ; charset=x", b"<p>Words</p>", "text/html"),
        ("application/rss+xml", b"<?xml version='1.0'?><rss/>", "application/rss+xml"),
        ("application/feed+json", b'{"version": "1"}', "application/feed+json"),
        ("", b"<?xml version='1.0'?><feed/>", "application/xml"),
        (None, b"Words only, with no tag.", "text/plain"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html/>", "application/xhtml+xml"),
    ],
)
async def test_content_beats_a_header_that_is_missing_or_wrong(
    site: Site, kind: str | None, body: bytes, found: str
) -> None:
    site.replies["/x"] = reply(body, kind=kind)
    async with fetcher() as opened:
        assert (await opened.fetch(site.url("/x"))).content_type == found


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("windows-1251", "windows-1251"),
        ("utf-8", "windows-1251"),
        ("iso-8859-1", "utf-8"),
        ("windows-1251", "koi8-r"),
        (None, "utf-16"),
        ("utf-8", "utf-16-le"),
    ],
)
async def test_a_charset_that_lies_is_seen_through(site: Site, declared: str | None, actual: str) -> None:
    text = ARTICLE.replace("идут", "идут. Представитель министерства сообщил о встрече в Москве")
    kind = "text/html" + (f"; charset={declared}" if declared else "")
    site.replies["/x"] = reply(text.encode(actual), kind=kind)
    async with fetcher() as opened:
        page = await opened.fetch(site.url("/x"))
    assert page.content_type == "text/html"
    assert page.charset == declared
    assert decode(page.body, declared=page.charset, html=True) == text


async def test_several_sources_answer_in_order_and_one_failure_stands_alone(site: Site) -> None:
    urls = [site.url("/article"), "http://10.0.0.1/", "no url", site.url("/status/404"), *[site.url("/gzip")] * 20]
    async with fetcher() as opened:
        answers = await opened.fetch_all(urls)
    failures = [(answer.source, answer.error.code) for answer in answers if isinstance(answer, StageFailure)]
    assert failures == [("http://10.0.0.1/", "forbidden_address"), ("no url", "bad_url"), (urls[3], "http_status")]
    assert [answer.url for answer in answers if isinstance(answer, Page)] == [urls[0], *urls[4:]]


async def test_tls_keeps_the_name_though_the_address_is_pinned(secure_site: SecureSite) -> None:
    async def pinned(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with Fetcher(policy(), resolver=pinned, ssl_context=secure_site.trust) as opened:
        page = await opened.fetch(f"https://news.example:{secure_site.port}/article")
        assert page.body.decode() == ARTICLE
        assert secure_site.names == ["news.example"]
        with pytest.raises(UnreachableError, match="certificate that cannot be trusted"):
            await opened.fetch(f"https://other.example:{secure_site.port}/article")
    async with Fetcher(policy(), resolver=pinned) as opened:
        with pytest.raises(UnreachableError, match="self-signed"):
            await opened.fetch(f"https://news.example:{secure_site.port}/article")


async def test_a_plain_server_asked_for_tls_is_named_as_such() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert "secure connection" in await fails(f"https://127.0.0.1:{port}/", UnreachableError)
