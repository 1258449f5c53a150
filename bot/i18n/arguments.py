"""Arguments of a message as its catalogue takes them: numbers in the reader's digits, texts that stay inside their isolate.

Afghan newsrooms write numbers inside Dari and Pashto text in Persian digits, with ٬ between thousands and ٫ before fractions
(CLDR's default, ``arabext``). Numbers of Telegram are for copying: they are passed as texts and stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TEXT: Final = 1000
"""Longer texts are cut: Fluent refuses arguments over 2,500 characters, and no message needs one."""
_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_OPENERS: Final = "\u2066\u2067\u2068"
_POP: Final = "\u2069"
_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def persian_number(locale: str) -> Callable[..., object]:
    """Fluent's ``NUMBER`` for a language that writes Persian digits. ``useGrouping`` is the one option it knows."""
    from babel.numbers import format_decimal  # noqa: PLC0415
    from fluent.runtime.types import FluentNone  # noqa: PLC0415

    def number(value: object, **options: object) -> object:
        if isinstance(value, FluentNone):
            return value  # an absent argument, which Fluent has noted already
        if not isinstance(value, int | float):
            raise TypeError(f"NUMBER takes a number, not {type(value).__name__}")
        if options.keys() - {"useGrouping"}:
            raise TypeError(f"NUMBER has no option {sorted(options)} in this language")
        grouped = bool(options.get("useGrouping", True))
        text: str = format_decimal(value, locale=locale, group_separator=grouped, numbering_system="arabext")
        return text.translate(_DIGITS)  # Babel takes the separators of the numbering system, not its digits

    return number


def shown(text: str) -> str:
    """A text of at most ``MAX_TEXT`` characters whose directional controls cannot reach beyond it."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    return text if _balanced(text) else _CONTROLS.sub("", text)


def _balanced(text: str) -> bool:
    depth = 0
    for control in _CONTROLS.findall(text):
        if control in _OPENERS:
            depth += 1
        elif control == _POP and depth:
            depth -= 1
        else:
            return False  # an end without its beginning, or an embedding, which Telegram drops
    return depth == 0
