"""Read files, pipes and uploads: path or bytes -> ``Page``, packed ones unpacked, told by content before name."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final

from pipelines.errors import ReadError, TooLargeError
from pipelines.fetch.policy import MAX_FILE_BYTES, Clock, utc_now
from pipelines.fetch.sentences import shorten
from pipelines.fetch.sniff import media_type
from pipelines.fetch.unpack import GZIP_MAGIC, PIECE_BYTES, Unpacker
from pipelines.models import Page

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT: Final = "-"


def read_path(path: Path, *, clock: Clock = utc_now, limit: int = MAX_FILE_BYTES) -> Page:
    """Page of a file: ``.html .htm .txt .md .pdf .docx .json``, each also gzipped.

    ``limit`` is bytes, packed and unpacked. Raises ``ReadError``, ``UnsupportedTypeError`` or ``TooLargeError``.
    """
    shown = shorten(str(path))
    try:
        with path.open("rb") as stream:
            return read_stream(stream, path.name, clock=clock, limit=limit)
    except FileNotFoundError:
        raise ReadError(f"There is no file {shown}; check the path.") from None
    except IsADirectoryError:
        raise ReadError(f"{shown} is a folder; name the files in it.") from None
    except PermissionError:
        raise ReadError(f"{shown} may not be read by this user; change its permissions.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise ReadError(f"{shown} cannot be read ({reason or error}); check the path.") from None


def read_stream(
    stream: BinaryIO, name: str = STANDARD_INPUT, *, clock: Clock = utc_now, limit: int = MAX_FILE_BYTES
) -> Page:
    """Page of what is left in ``stream``, as standard input; never more than ``limit`` bytes and one are taken."""
    return read_bytes(stream.read(limit + 1), name, clock=clock, limit=limit)


def read_bytes(data: bytes, name: str, *, clock: Clock = utc_now, limit: int = MAX_FILE_BYTES) -> Page:
    """Page of bytes at hand; ``name`` is a file name, or ``-``. Errors as for ``read_path``."""
    shown = "The input" if name == STANDARD_INPUT else shorten(name)
    if len(data) > limit:
        _raise_too_large(shown, limit)
    if data.startswith(GZIP_MAGIC):
        data = _gunzip(data, shown, limit)
        name = name.removesuffix(".gz")
    if not data.strip():
        raise ReadError(f"{shown} is empty; give a file with an article in it.")
    try:
        content_type = media_type(data, name=PurePath(name).name)
    except ReadError as error:
        raise type(error)(f"{shown}: {error}") from None
    return Page(url=None, final_url=None, content_type=content_type, body=data, fetched_at=clock())


def _gunzip(data: bytes, shown: str, limit: int) -> bytes:
    unpacker = Unpacker(["gzip"])
    body = bytearray()
    try:
        for start in range(0, len(data), PIECE_BYTES):
            for piece in unpacker.feed(data[start : start + PIECE_BYTES]):
                body += piece
                if len(body) > limit:
                    _raise_too_large(shown, limit)
    except ReadError:
        raise ReadError(f"{shown} is a damaged gzip file; pack or download it again.") from None
    if not unpacker.complete:
        raise ReadError(f"{shown} is a gzip file that breaks off; pack or download it again.")
    return bytes(body)


def _raise_too_large(shown: str, limit: int) -> None:
    raise TooLargeError(f"{shown} holds more than {limit / 1e6:g} MB; give the article alone.")
