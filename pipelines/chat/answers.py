"""A model's answer → what it says for every id that was asked, or what is wrong with it.

An answer that speaks of ids nobody asked for, or has another shape, is wrong as a whole: the model followed something other
than its task, and nothing in it is believed. An id that is missing, given twice or empty is wrong alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.chat.lenient import CONFLICT, NotReadableError, values

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_BREAK: Final = re.compile(r"[ \t]*[\r\n\t\v\f\x85\u2028\u2029]+[ \t]*")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class AnswerError(ValueError):
    """The answer as a whole is wrong. ``str()`` completes "the answer …"; it holds nothing of the text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``texts`` by id, for what is right; ``problems`` by id, each completing "the answer …", for the rest."""

    texts: Mapping[int, str]
    problems: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A sentence of a summary and the ids that it rests on: at least one, rising, each once."""

    text: str
    sources: tuple[int, ...]


def read_translations(answer: str, ids: Collection[int]) -> Checked:
    """``{"translations": [{"id", "text"}]}`` for each of ``ids``. Raises AnswerError where the whole is wrong."""
    said: dict[int, list[object]] = {}
    for item in _items(answer, "translations"):
        number = _id(item.get("id"))
        if number is None:
            raise AnswerError("has a sentence without an id")
        said.setdefault(number, []).append(item.get("text"))
    if extra := said.keys() - set(ids):
        raise AnswerError(f"has {len(extra)} sentences that were not asked for")
    texts: dict[int, str] = {}
    problems: dict[int, str] = {}
    for number in ids:
        given = said.get(number, [])
        text = clean(given[0]) if len(given) == 1 else None
        if text:
            texts[number] = text
        else:
            problems[number] = _problem(given)
    return Checked(texts, problems)


def read_summary(answer: str, ids: Collection[int], most: int) -> list[Sourced]:
    """``{"summary": [{"text", "sources": [id, …]}]}``, at most ``most`` sentences, in the order given.

    Raises AnswerError: a draft with one unusable sentence is drafted anew.
    """
    drafts = []
    for item in _items(answer, "summary"):
        text = clean(item.get("text"))
        if not text:
            raise AnswerError("has a sentence without text")
        sources = item.get("sources")
        numbers = [_id(source) for source in (sources if isinstance(sources, list) else [sources])]
        known = {number for number in numbers if number in ids}
        if not numbers or len(known) != len(set(numbers)):
            raise AnswerError("rests on sentences that were not given")
        drafts.append(Sourced(text, tuple(sorted(number for number in known if number is not None))))
    if not drafts:
        raise AnswerError("has no sentence")
    if len(drafts) > most:
        raise AnswerError(f"has {len(drafts)} sentences where {most} were asked for")
    return drafts


def clean(text: object) -> str | None:
    """``text`` on one line, stripped; None where it is no text, is empty or could not be written as UTF-8."""
    if not isinstance(text, str):
        return None
    line = _BREAK.sub(" ", text).strip()
    # A lone surrogate ("\\ud83d" cut from its pair) passes JSON and fails wherever the text is written
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in line):
        return None
    return line if any(char.isalnum() for char in line) else None


def _problem(given: list[object]) -> str:
    if not given:
        return "lacks this sentence"
    return (
        "has this sentence twice" if len(given) > 1 or given[0] is CONFLICT else "has no usable text for this sentence"
    )


def _items(answer: str, name: str) -> list[dict[str, Any]]:
    """Items of the list called ``name``, of a bare list, or of objects one after another."""
    try:
        found = values(answer)
    except NotReadableError as error:
        raise AnswerError(str(error)) from None
    items: list[dict[str, Any]] = []
    for value in found:
        entries = value.get(name, value) if isinstance(value, dict) else value
        if isinstance(entries, dict):
            entries = _by_id(entries) or [entries]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) and "text" in entry for entry in entries):
            raise AnswerError("has another shape than the one asked for")
        items += entries
    return items


def _by_id(entries: dict[str, Any]) -> list[dict[str, Any]]:
    """``{"1": "…", "2": "…"}``: how some small models write a list with ids."""
    if entries and all(_id(key) is not None and isinstance(text, str) for key, text in entries.items()):
        return [{"id": key, "text": text} for key, text in entries.items()]
    return []


def _id(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    return value if isinstance(value, int) else None
