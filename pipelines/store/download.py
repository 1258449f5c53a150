"""One file over HTTP, however often the line breaks: resumed, bounded in time, checked before it counts.

A file's address and hashes → the file in a folder. What has come so far waits beside it as ``NAME.part`` (with the entity tag
that it belongs to), across processes too; a server whose file has changed since, or that knows no ranges, starts it anew.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from pipelines.errors import ModelDamagedError
from pipelines.store.manifest import StoredFile, git_blob_of, sha256_of
from pipelines.store.network import Network, get, refused, unreachable
from pipelines.store.paths import disk_errors, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from pipelines.store.progress import Progress

PROGRESS_BYTES: Final = 1 << 20
"""An attempt that brought a megabyte was not in vain: bad lines may break hundreds of times in a gigabyte."""
MAX_TEXT: Final = 64 << 20
"""Largest JSON answer; Mozilla's whole list has under 2 MB."""
MAX_WAIT: Final = 60.0
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_BUSY: Final = frozenset({408, 425, 429})

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """A file to fetch. ``path`` is its name in the model's folder; ``git_blob`` Git's sha1, for files outside of LFS."""

    path: str
    url: str
    bytes: int | None = None
    sha256: str | None = None
    git_blob: str | None = None


class _Again(Exception):  # noqa: N818 - no error yet: the attempt is repeated
    """This attempt failed, the next may not. ``after`` is what the server asked to wait, in seconds."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Downloader:
    """Fetches files with one client. Not for several threads."""

    def __init__(self, network: Network, client: httpx.Client, progress: Progress) -> None:
        self._network, self._client, self._progress = network, client, progress
        self._reached: set[str] = set()

    def text(self, url: str, what: str) -> str:
        """A small document. Raises ``HubError`` and ``HubRefusedError``; ``what`` names it in the message."""

        def read() -> str:
            with self._response(url, what, {}) as response:
                body = bytearray()
                for chunk in self._chunks(response):
                    body += chunk
                    if len(body) > MAX_TEXT:
                        raise unreachable(url, f"its answer for {what} is far too long")
                return body.decode("utf-8", "replace")

        return self._attempts(url, read, lambda: 0)

    def fetch(self, file: RemoteFile, folder: Path) -> StoredFile:
        """``folder/file.path``, whole and checked; what is there already is not fetched again.

        Raises ``HubError``, ``HubRefusedError``, ``DiskFullError``, and ``ModelDamagedError`` for other bytes than announced:
        they are then thrown away.
        """
        target = inside(folder, file.path)
        part = target.with_name(target.name + ".part")
        tag = target.with_name(target.name + ".part.json")
        with disk_errors(folder, needed=file.bytes or 0):
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                stored, why = _inspect(file, target)
                if why is None:
                    self._progress.advanced(stored.bytes)
                    return stored
                target.unlink()
            self._progress.advanced(_size(part))
            self._attempts(file.url, lambda: self._receive(file, part, tag), lambda: _size(part))
            tag.unlink(missing_ok=True)
            stored, why = _inspect(file, part)
            if why is not None:
                part.unlink()
                raise ModelDamagedError(
                    f"{file.path} is not the file that was announced ({why}). It was thrown away; try again, or another mirror."
                )
            part.replace(target)
            return stored

    def _attempts(self, url: str, attempt: Callable[[], _Answer], size: Callable[[], int]) -> _Answer:
        """``attempt`` until it answers; ``HubError`` after ``retries`` more in a row that brought next to nothing."""
        import httpx  # noqa: PLC0415

        failures = 0
        while True:
            before = size()
            at = url
            try:
                return attempt()
            except httpx.InvalidURL as error:
                raise unreachable(url, str(error)) from error
            except (httpx.TransportError, httpx.TooManyRedirects) as error:
                at = str(error.request.url)
                slow = isinstance(error, httpx.TimeoutException)
                again = _Again("it does not answer in time" if slow else str(error) or "the connection was cut")
                # A server that has never answered is not there: to say so in seconds beats more tries.
                silent = isinstance(error, httpx.ConnectError | httpx.ProxyError | httpx.UnsupportedProtocol) or slow
                if silent and urlsplit(at).netloc not in self._reached:
                    raise unreachable(at, str(again)) from error
            except _Again as error:
                again = error
            failures = 1 if size() - before >= PROGRESS_BYTES else failures + 1
            if failures > self._network.retries:
                raise unreachable(at, f"{again}, {failures} times in a row")
            wait = min(0.5 * 2 ** (failures - 1) if again.after is None else again.after, MAX_WAIT)
            self._progress.say(f"{again}; trying again in {wait:g} s")
            self._network.sleep(wait)

    @contextmanager
    def _response(self, url: str, what: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """A 200, 206 or 416; everything else is an error or another attempt."""
        with get(self._network, self._client, url, headers) as response:
            self._reached.add(response.url.netloc.decode("ascii"))
            status = response.status_code
            if status in _BUSY or status >= 500:
                after = response.headers.get("retry-after", "")
                raise _Again(f"it answers HTTP {status}", float(after) if after.isdigit() else None)
            if status not in (200, 206, 416):
                raise refused(str(response.url), what, response)
            yield response

    def _receive(self, file: RemoteFile, part: Path, tag: Path) -> None:
        """Bring ``part`` to its full length. Raises ``_Again`` and httpx's errors with what came so far in ``part``."""
        offset, etag = self._resumable(file, part, tag)
        if offset and offset == file.bytes:
            return
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        if offset and etag:
            headers["If-Range"] = etag
        with self._response(file.url, file.path, headers) as response:
            if response.status_code == 416 or not _continues(response, offset, file.bytes):
                self._discard(part, offset)
                raise _Again("it gives another part of the file than asked for")
            if offset and response.status_code == 200:
                self._discard(part, offset)
                offset = 0
            strong = response.headers.get("etag", "")
            tag.write_text(json.dumps({"etag": strong if strong.startswith('"') else "", "file": _identity(file)}))
            with part.open("ab") as out:
                for chunk in self._chunks(response):
                    offset += len(chunk)
                    if file.bytes is not None and offset > file.bytes:
                        break
                    out.write(chunk)
                    self._progress.advanced(len(chunk))
        if file.bytes is not None and offset > file.bytes:
            self._discard(part, _size(part))
            raise ModelDamagedError(
                f"{file.path} is longer than the {file.bytes} bytes that were announced; it was thrown away."
            )
        if file.bytes is not None and offset < file.bytes:
            raise _Again("the connection was cut")

    def _resumable(self, file: RemoteFile, part: Path, tag: Path) -> tuple[int, str]:
        """Bytes that can be kept and their entity tag. Without a tag or hash nothing could prove that the rest fits."""
        offset = _size(part)
        if not offset:
            return 0, ""
        try:
            stored = json.loads(tag.read_text())
            etag, identity = str(stored["etag"]), stored["file"]
        except (OSError, ValueError, KeyError, TypeError):
            etag, identity = "", None
        proven = etag or file.sha256 or file.git_blob
        if identity != _identity(file) or not proven or (file.bytes is not None and offset > file.bytes):
            self._discard(part, offset)
            return 0, ""
        return offset, etag

    def _discard(self, part: Path, offset: int) -> None:
        part.unlink(missing_ok=True)
        part.with_name(part.name + ".json").unlink(missing_ok=True)
        self._progress.advanced(-offset)

    def _chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """The body as it comes. Raises ``_Again`` for a stream that drips."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _Again("it packs what was asked for unpacked")
        network = self._network
        since, count = network.clock(), 0
        for chunk in response.iter_raw():
            yield chunk
            count += len(chunk)
            now = network.clock()
            if now - since >= network.stall_seconds:
                if count < network.stall_bytes:
                    raise _Again("it is too slow")
                since, count = now, 0


def _continues(response: httpx.Response, offset: int, total: int | None) -> bool:
    if response.status_code != 206:
        return True
    found = _RANGE.fullmatch(response.headers.get("content-range", ""))
    if found is None or int(found[1]) != offset:
        return False
    return total is None or found[2] in ("*", str(total))


def _inspect(file: RemoteFile, path: Path) -> tuple[StoredFile, str | None]:
    """What ``path`` is, and how it differs from what ``file`` says, if it does."""
    stored = StoredFile(sha256=sha256_of(path), bytes=path.stat().st_size)
    if file.bytes is not None and stored.bytes != file.bytes:
        return stored, f"{stored.bytes} bytes, not {file.bytes}"
    if file.sha256 is not None and stored.sha256 != file.sha256:
        return stored, "its sha256 is another"
    if file.git_blob is not None and git_blob_of(path) != file.git_blob:
        return stored, "its Git hash is another"
    return stored, None


def _identity(file: RemoteFile) -> str:
    return f"{file.bytes} {file.sha256} {file.git_blob}"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
