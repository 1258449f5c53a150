"""What a long store operation tells whoever waits for it. This one says nothing; the command line draws a bar."""

from __future__ import annotations


class Progress:
    """Told of a pull or an import as it goes on. Bytes throughout."""

    def begin(self, name: str, total: int) -> None:
        """Files of ``name`` are about to come, ``total`` bytes of them."""

    def advanced(self, count: int) -> None:
        """``count`` more bytes are there; negative where a file starts anew."""

    def say(self, message: str) -> None:
        """One line for a person: waiting, retrying, converting."""

    def end(self) -> None:
        """All files are there, or no more will come."""
