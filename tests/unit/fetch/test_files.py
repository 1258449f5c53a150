"""Files are told by what they hold, and each that cannot be read says why in one line."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document

from pipelines.errors import KhabarError, ReadError, TooLargeError, UnsupportedTypeError
from pipelines.fetch.files import read_bytes, read_path, read_stream

if TYPE_CHECKING:
    from collections.abc import Generator

HTML = "<!DOCTYPE html><html><body><p>Талибан</p></body></html>".encode()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOW = datetime(2021, 2, 1, tzinfo=UTC)


def docx() -> bytes:
    document = Document()
    document.add_paragraph("Words.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.html", HTML, "text/html"),
        ("a.htm", b"<p>Just a piece</p>", "text/html"),
        ("a.html", b"\n\n<!-- saved from url=(0014)about:internet -->\n<HTML>", "text/html"),
        ("a", HTML, "text/html"),
        ("a.txt", b"Plain words.", "text/plain"),
        ("a.txt", b"<p> is the tag of a paragraph.", "text/plain"),
        ("a.md", b"# Head\n\nWords.", "text/markdown"),
        ("-", b"Pasted words.", "text/plain"),
        ("-", HTML, "text/html"),
        ("wrong.txt", b"%PDF-1.4\n...", "application/pdf"),
        ("wrong.pdf", b"Plain words.", "text/plain"),
        ("a.docx", docx(), DOCX),
        ("wrong.html", docx(), DOCX),
        ("a.txt", "Президент сказал".encode("utf-16-le"), "text/plain"),
        ("a.html", HTML.decode().encode("utf-16"), "text/html"),
        ("a.txt", "Президент сказал".encode("koi8-r"), "text/plain"),
        ("a.json", b'{"a": 1}', "application/json"),
    ],
)
def test_content_tells_the_type_and_the_name_what_content_leaves_open(
    tmp_path: Path, name: str, body: bytes, kind: str
) -> None:
    page = read_bytes(body, name, clock=lambda: NOW)
    assert (page.content_type, page.body, page.fetched_at, page.url) == (kind, body, NOW, None)
    if name != "-":
        packed = tmp_path / f"{name}.gz"
        packed.write_bytes(gzip.compress(body[:9]) + gzip.compress(body[9:]))
        assert (read_path(packed).content_type, read_path(packed).body) == (kind, body)


def test_standard_input_is_read_no_further_than_the_limit() -> None:
    stream = io.BytesIO(b"word " * 1000)
    with pytest.raises(TooLargeError, match="The input"):
        read_stream(stream, limit=100)
    assert stream.tell() == 101
    assert read_stream(io.BytesIO(b"Some words.")).body == b"Some words."


@pytest.mark.parametrize(
    ("name", "body", "kind", "words"),
    [
        ("a.txt", b"", ReadError, "empty"),
        ("a.txt", b" \n\t ", ReadError, "empty"),
        ("a.txt.gz", gzip.compress(b""), ReadError, "empty"),
        ("a.txt", bytes(range(256)) * 20, UnsupportedTypeError, "binary"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(50), UnsupportedTypeError, "image"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedTypeError, "old Office"),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml" + bytes(100), UnsupportedTypeError, "archive"),
        ("a.rtf", rb"{\rtf1\ansi words}", UnsupportedTypeError, "RTF"),
        ("a.gz", b"\x1f\x8b\x08nonsense that is no gzip", ReadError, "damaged"),
        ("a.gz", gzip.compress(HTML)[:-10], ReadError, "breaks off"),
        ("a.gz", gzip.compress(bytes(2_000_000)), TooLargeError, "more than 1 MB"),
        ("a.gz", gzip.compress(gzip.compress(HTML)), UnsupportedTypeError, "archive"),
        ("a.txt", b"word " * 300_000, TooLargeError, "more than 1 MB"),
    ],
)
def test_what_cannot_be_read_says_what_and_which(name: str, body: bytes, kind: type[KhabarError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        read_bytes(body, name, limit=1_000_000)
    assert type(caught.value) is kind
    assert str(caught.value).startswith(f"'{name}'")
    assert "\n" not in str(caught.value)


def test_a_path_that_is_missing_or_a_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file"):
        read_path(tmp_path / "none.html")
    with pytest.raises(ReadError, match="folder"):
        read_path(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        read_path(tmp_path / ("a" * 5000))
    with pytest.raises(ReadError, match="cannot be read"):
        read_path(Path("nul\x00byte"))


@pytest.fixture
def nobody() -> Generator[None, None, None]:
    """Root may read everything, so root becomes nobody for the test."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield
    os.seteuid(was)


@pytest.mark.usefixtures("nobody")
def test_a_file_without_permission_is_said_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secret.txt"
        path.write_text("words")
        path.chmod(0)
        with pytest.raises(ReadError, match="permissions"):
            read_path(path)


def test_an_endless_device_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(TooLargeError):
        read_path(Path("/dev/zero"), limit=1_000_000)
