"""What a button sends back: action, card and argument in at most 64 bytes of ASCII, by hand readable in a log.

``1l5Zx.prs`` is version 1, action ``l`` (language), card ``5Zx`` in base 62, argument ``prs``. A press comes from outside:
clients can send any bytes and old messages keep old buttons, so ``decode`` answers None for all that ``encode`` does not
write. It says nothing on who may press; the handler asks that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VERSION: Final = "1"
MAX_BYTES: Final = 64
MAX_CARD: Final = 2**63 - 1
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DATA: Final = re.compile(
    r"(?P<action>[a-z])(?P<card>0|[1-9A-Za-z][0-9A-Za-z]{0,10})(?:\.(?P<argument>[a-z0-9_-]{1,48}))?"
)
_ARGUMENT: Final = re.compile(r"[a-z0-9_-]{0,48}")


class Action(StrEnum):
    """What a press asks for. Values are stored in messages for ever: never reuse one, never change one."""

    LANGUAGE = "l"
    """Show the card in the language ``argument``."""
    LENGTH = "n"
    """Show it with ``argument`` sentences; a target, not a step, so that a second press changes nothing."""
    SOURCES = "s"
    GOOD = "g"
    BAD = "b"
    WRONG_NAME = "w"
    WRONG_TRANSLATION = "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button pressed. ``card_id`` 0 to 2^63-1; ``argument`` empty where the action has none."""

    action: Action
    card_id: int
    argument: str = ""


def encode(action: Action, card_id: int, argument: str = "") -> str:
    """Callback data. Raises ValueError for a card or an argument (``[a-z0-9_-]``, 48 at most) that it cannot hold."""
    if not 0 <= card_id <= MAX_CARD:
        raise ValueError(f"a card's number is 0 to 2^63-1, not {card_id}")
    if not _ARGUMENT.fullmatch(argument):
        raise ValueError(f"an argument is at most 48 of a-z, 0-9, _ and -, not {argument!r}")
    return f"{VERSION}{action.value}{_base62(card_id)}" + (f".{argument}" if argument else "")


def decode(data: str) -> Press | None:
    """The press that ``data`` stands for; None for anything malformed, old or foreign."""
    match = _DATA.fullmatch(data, 1) if data[:1] == VERSION else None
    if match is None or match["action"] not in _ACTIONS:
        return None
    card_id = 0
    for digit in match["card"]:
        card_id = card_id * len(_DIGITS) + _DIGITS.index(digit)
    if card_id > MAX_CARD:
        return None
    return Press(action=_ACTIONS[match["action"]], card_id=card_id, argument=match["argument"] or "")


def _base62(number: int) -> str:
    digits = _DIGITS[number % len(_DIGITS)]
    while number := number // len(_DIGITS):
        digits = _DIGITS[number % len(_DIGITS)] + digits
    return digits


_ACTIONS: Final = {action.value: action for action in Action}
