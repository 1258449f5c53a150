"""Text of a model → the JSON values in it, for models that will not write JSON and nothing else.

Forgiven: thinking before the answer, code fences, prose around, trailing commas, typographic quotes as delimiters, line breaks
inside strings, several values one after another. Not forgiven: a value that is cut or broken. It ends the reading, and nothing
is rescued from inside of it, since that may be a string of the article that looks like an answer.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

CONFLICT: Final = object()
"""Value of a key that an object has twice, with different values."""

_THINKING: Final = re.compile(r"\s*<(think|thinking|reasoning)>(?:.*?(</\1>)|)", re.DOTALL)
_START: Final = re.compile(r"""\{\s*["“”„«}]|\[\s*[{\]]""")
"""Brackets of prose ("[JSON]", "{…}") do not open a value that anybody asked for."""
_COMMA: Final = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_OPENING: Final = re.compile(r"(?<=[{\[,:])(\s*)[“”„«]")
_CLOSING: Final = re.compile(r"[“”»](?=\s*[:,}\]])")


class NotReadableError(ValueError):
    """No JSON value in the text, or a broken one."""


def values(text: str) -> list[Any]:
    """Objects and arrays in ``text``, in order. An object's repeated key keeps lists joined, else ``CONFLICT`` if they differ.

    Raises NotReadableError, whose message completes "the answer …".
    """
    text = _without_thinking(text)
    repairs = [_commas, _quotes]  # each puts one character in the place of one, so that offsets stay true
    readable = text
    found: list[Any] = []
    at = 0
    while start := _START.search(readable, at):
        try:
            value, at = _DECODER.raw_decode(readable, start.start())
        except (ValueError, RecursionError):
            if not repairs:
                raise NotReadableError("is not whole JSON") from None
            readable = repairs.pop(0)(text)
            continue
        found.append(value)
    if not found:
        raise NotReadableError("holds no JSON")
    return found


def _without_thinking(text: str) -> str:
    if match := _THINKING.match(text):
        if not match[2]:
            raise NotReadableError("is thinking without an end")
        return text[match.end() :]
    # Templates that open the thinking themselves leave only its end in the answer
    before, end, after = text.partition("</think>")
    return after if end and not before.lstrip().startswith(("{", "[", "```")) else text


def _commas(text: str) -> str:
    return _COMMA.sub(lambda match: match[1] or " ", text)


def _quotes(text: str) -> str:
    return _commas(_CLOSING.sub('"', _OPENING.sub(r'\1"', text)))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key not in made or made[key] == value:
            made[key] = value
        elif isinstance(made[key], list) and isinstance(value, list):
            made[key] = [*made[key], *value]
        else:
            made[key] = CONFLICT
    return made


_DECODER: Final = json.JSONDecoder(strict=False, object_pairs_hook=_object)
