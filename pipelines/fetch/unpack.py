"""Unpack gzip and deflate a little at a time, so that a bomb is seen before it fills memory: bytes -> small pieces."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from pipelines.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PIECE_BYTES: Final = 65_536
MAX_LAYERS: Final = 3
"""Encodings on top of each other; real servers use one, some middleboxes add a second."""
GZIP_MAGIC: Final = b"\x1f\x8b"
UNPACKED: Final = ("gzip", "x-gzip", "deflate")


class Unpacker:
    """Undo ``Content-Encoding``, given in the order in which it was applied. Other names raise ``ReadError``.

    brotli and zstandard are not asked for and so not undone: it would take two more libraries, each with its own way of
    bounding what comes out, to save a fifth of the bytes.
    """

    def __init__(self, encodings: Sequence[str]) -> None:
        layers = [name for name in (encoding.strip().lower() for encoding in encodings) if name not in ("", "identity")]
        unknown = [name for name in layers if name not in UNPACKED]
        if unknown or len(layers) > MAX_LAYERS:
            raise ReadError(
                f"The page is packed as {', '.join(layers)[:60]}, which was not asked for; paste its text instead."
            )
        self._layers = [_Inflater(gzip=name != "deflate") for name in reversed(layers)]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most ``PIECE_BYTES`` (as received where nothing is packed). Raises ``ReadError`` if damaged."""
        return self._through(data, 0)

    @property
    def layered(self) -> bool:
        """True where there is anything to undo."""
        return bool(self._layers)

    @property
    def complete(self) -> bool:
        """True when every layer has seen its end."""
        return all(layer.complete for layer in self._layers)

    def _through(self, data: bytes, layer: int) -> Iterator[bytes]:
        if layer == len(self._layers):
            if data:
                yield data
            return
        for piece in self._layers[layer].feed(data):
            yield from self._through(piece, layer + 1)


class _Inflater:
    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16 if gzip else zlib.MAX_WBITS)
        self._started = False
        self._over = False

    @property
    def complete(self) -> bool:
        return self._over or self._inflate.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._over:
            if self._inflate.eof and not self._next_member(data):
                return
            piece = self._decompress(data)
            # At the end of a member zlib hands back what follows it, else what did not fit into the piece.
            data = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            if piece:
                yield piece
        # All input is taken, but matches that did not fit into the last piece may still be inside.
        while not self._inflate.eof and not self._over and (piece := self._decompress(b"")):
            yield piece

    def _next_member(self, data: bytes) -> bool:
        """Whether another member follows (RFC 1952, section 2.2); any other data is padding, ignored."""
        self._over = not (self._gzip and data.startswith(GZIP_MAGIC[:1]))
        if not self._over:
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return not self._over

    def _decompress(self, data: bytes) -> bytes:
        try:
            piece = self._inflate.decompress(data, PIECE_BYTES)
        except zlib.error:
            if self._gzip or self._started:
                raise ReadError("The packed data is damaged; download it again, or paste the text instead.") from None
            # "deflate" means zlib's format, but some servers send the bare stream (RFC 9110, section 8.4.1.2).
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            self._started = True
            return self._decompress(data)
        self._started = self._started or bool(data)
        return piece
