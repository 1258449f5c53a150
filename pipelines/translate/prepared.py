"""What the store found out about a converted model when it was imported: ``shortlist.json`` beside it → ``Prepared``.

The store writes it, the back-ends read it; a folder without one (put there by hand) is run without a shortlist.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.errors import ModelDamagedError

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "shortlist.json"
WINDOW: Final = 400
"""Tokens of a source that a model is given at once; NLLB was trained on at most 512 (its model card)."""

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """``alphabets`` have a shortlist in ``vmap.txt``; ``window`` is the longest source in tokens.

    ``aliases`` are source tokens that stand for a language and a target alphabet at once: ``eng_Latn>ru``. ``reason`` says why
    no shortlist could be made, where ``alphabets`` is empty.
    """

    alphabets: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    window: int = WINDOW
    reason: str = "This model was not prepared by the store."

    def write(self, folder: Path) -> None:
        """Write the file into ``folder``."""
        value = {
            "format": _FORMAT,
            "alphabets": self.alphabets,
            "aliases": self.aliases,
            "window": self.window,
            "reason": self.reason,
        }
        (folder / FILE).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Prepared:
    """The file of ``folder``; the defaults where it has none. Raises ModelDamagedError where it cannot be read."""
    try:
        value = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if value["format"] != _FORMAT:
            raise ValueError(f"format {value['format']} is unknown")  # noqa: TRY301 - one sentence for all of them
        return Prepared(
            alphabets=tuple(value["alphabets"]),
            aliases=tuple(value["aliases"]),
            window=int(value["window"]),
            reason=value["reason"],
        )
    except FileNotFoundError:
        return Prepared()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamagedError(f"{FILE} of {folder.name} cannot be read ({error}). Import the model anew.") from error


def alias(code: str, alphabet: str) -> str:
    """Name of the source token that says the language ``code`` and the target ``alphabet``."""
    return f"{code}>{alphabet}"
