"""What the command line reads: addresses, files and standard input, as pages or as plain text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.errors import KhabarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from pipelines.models import Page, StageFailure

_URL_START: Final = ("http://", "https://")


def is_address(source: str) -> bool:
    """True for an http or https address."""
    return source.lower().startswith(_URL_START)


def pages(sources: tuple[str, ...], settings: Settings) -> Iterator[tuple[str, Page | StageFailure]]:
    """Pages in the order of the sources; addresses are fetched together, files one at a time as they are needed."""
    from pipelines.models import StageFailure  # noqa: PLC0415

    addresses = [source for source in sources if is_address(source)]
    fetched = iter(_fetch(addresses, settings))
    for source in sources:
        if is_address(source):
            yield source, next(fetched)
            continue
        try:
            yield source, read_page(source)
        except KhabarError as error:
            yield source, StageFailure(source=source, error=error)


def _fetch(addresses: list[str], settings: Settings) -> list[Page | StageFailure]:
    if not addresses:
        return []
    import asyncio  # noqa: PLC0415

    from pipelines.fetch.http import Fetcher  # noqa: PLC0415
    from pipelines.fetch.policy import FetchPolicy  # noqa: PLC0415

    policy = FetchPolicy(deadline=settings.fetch_seconds, max_bytes=int(settings.fetch_megabytes * 1_000_000))

    async def run() -> list[Page | StageFailure]:
        async with Fetcher(policy) as fetcher:
            return await fetcher.fetch_all(addresses)

    return asyncio.run(run())


def read_page(source: str) -> Page:
    """A file or standard input (``-``) as a page. Raises ``ReadError`` or ``InvalidUrlError``."""
    from pipelines.errors import InvalidUrlError, ReadError  # noqa: PLC0415
    from pipelines.fetch.files import read_path, read_stream  # noqa: PLC0415

    if source == "-":
        return read_stream(sys.stdin.buffer)
    if not source:
        raise ReadError("The name of a source is empty; give an address, a file or - for standard input.")
    path = Path(source)
    if not path.exists() and ("://" in source or source.startswith(("www.", "//"))):
        raise InvalidUrlError(f"“{source}” is no web address; it must begin with http:// or https://.")
    return read_path(path)


def read_text(source: str) -> str:
    """Text of a file or of standard input (``-``); PDF and Word files give the text in them. Raises ``ReadError``."""
    from pipelines.digest import extract  # noqa: PLC0415
    from pipelines.fetch.charset import decode  # noqa: PLC0415
    from pipelines.fetch.sniff import DOCX, PDF  # noqa: PLC0415

    page = read_page(source)
    if page.content_type in (PDF, DOCX):
        return extract(page).text
    return decode(page.body, declared=page.charset, html=False)
