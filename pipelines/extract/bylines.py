"""Names of authors: a byline or what a page's metadata says -> people, without "By", "Staff", agencies and addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines import tables
from pipelines.extract.dates import month_names
from pipelines.extract.lines import closes_sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYLINE_WORDS: Final = 16
_MAX_NAME_WORDS: Final = 5
_MAX_NAME: Final = 60
_MAX_AUTHORS: Final = 6
_SPLIT: Final = re.compile(r"\s*(?:[,;،|/•·]|\band\b|\s&\s|\s(?:и|و|او)\s(?=\S+\s))\s*")
_ADDRESS: Final = re.compile(r"\S+@\S+|@\w+|https?://\S+|www\.\S+")
_EDGE: Final = ' \t.,:;|/–—-•·()[]"“”«»\u200c\u200f\u200e'
_ENDS_NAME: Final = re.compile(
    r"\s+(?:[-–—|•·]|\bfor\b|\bat\b|\bin\b|\bon\b)\s+.*$|\s*[\d(\[].*$|(?<=[^\W\d_]{3})\.\s.*$"
)


def byline(line: str) -> str | None:
    """What follows "By", "Автор:" or "نویسنده:" in a short line that is no sentence, else None. Not yet cleaned."""
    if len(line) > 160:
        return None
    keys = words(line)
    if not 2 <= len(keys) <= MAX_BYLINE_WORDS or closes_sentence(line):
        return None
    for phrase in _phrases("before"):
        size = len(phrase)
        if size < len(keys) and tuple(keys[:size]) == phrase:
            rest = _after_words(line, size)
            marked = rest[:1] in (":", "：", "|", "-", "–", "—")
            rest = rest.strip(_EDGE)
            # "By" needs a capital after it; the others are nouns that open sentences too, and need their colon
            if rest and (marked or (phrase in _PREPOSITIONS and rest[0].isupper() and people([rest]))):
                return rest
    return None


def role_byline(line: str) -> str | None:
    """The name in "Jane Doe, Staff Writer" or "Meg JamesStaff Writer", else None."""
    keys = words(line)
    if "/" in line or line.startswith("("):  # a photographer and an agency
        return None
    if len(line) > 100 or not 3 <= len(keys) <= 9 or closes_sentence(line):
        return None
    for phrase in _phrases("after"):
        size = len(phrase)
        if tuple(keys[-size:]) == phrase and len(keys) - size in (2, 3, 4):
            name = " ".join(line.replace(",", " ").split()[: len(keys) - size]).strip(_EDGE)
            if all(word[:1].isupper() or not word[:1].isascii() for word in name.split()):
                return name
    return None


def people(names: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """Persons among ``names``, each of which may hold several; order kept, repeats and outlets gone."""
    outlet_keys = words(outlet or "")
    found: dict[str, str] = {}
    for text in names:
        for part in _SPLIT.split(_without_label(_ADDRESS.sub(" ", " ".join(text.split())))):
            name = _until_furniture(_ENDS_NAME.sub("", f" {part}").strip(_EDGE))
            keys = words(name)
            if not _person(name, keys) or (
                outlet_keys and (keys == outlet_keys or " ".join(keys) in " ".join(outlet_keys))
            ):
                continue
            if outlet_keys and " ".join(outlet_keys) in " ".join(keys):
                continue
            found.setdefault(" ".join(keys), name)
    return tuple(found.values())[:_MAX_AUTHORS]


def _person(name: str, keys: list[str]) -> bool:
    if (
        not 2 <= len(keys) <= _MAX_NAME_WORDS
        or len(name) > _MAX_NAME
        or " " not in name
        or any(char.isdigit() for char in name)
    ):
        return False
    whole, parts = _not_people()
    if any(sign in name for sign in "=_<>{}#") or re.search(r"\b(?:https?|png|jpe?g)\b", name, re.IGNORECASE):
        return False
    if ":" in name or re.search(r"\w\.[a-z]{2,4}$", name):
        return False
    if " ".join(keys) in whole or any(key in parts for key in keys):
        return False
    letters = [word for word in name.split() if word[:1].isalpha()]
    cased = [word for word in letters if word[:1].upper() != word[:1].lower()]
    capital = sum(word[:1].isupper() for word in cased)
    # "Lina de la Cruz" has two capitals of four; "how to vote" has none
    return bool(letters) and (not cased or capital * 2 >= len(cased))


def _until_furniture(name: str) -> str:
    """ "Jane Doe Updated Nov" as far as it is a name: months and the words of `bylines.tsv` marked ``until`` end one."""
    kept: list[str] = []
    for word in name.split():
        key = "".join(words(word))
        if kept and (key in month_names() or (key,) in _phrases("until")):
            break
        kept.append(word)
    return " ".join(kept).strip(_EDGE)


def _without_label(text: str) -> str:
    keys = words(text)
    for phrase in _phrases("before"):
        if tuple(keys[: len(phrase)]) == phrase and len(keys) > len(phrase):
            return _after_words(text, len(phrase)).strip(_EDGE)
    return text


def _after_words(text: str, count: int) -> str:
    matches = list(re.finditer(r"[^\W_]+", text))
    return text[matches[count - 1].end() :].lstrip() if len(matches) > count - 1 else ""


_PREPOSITIONS: Final = frozenset(
    {("by",), ("written", "by"), ("story", "by"), ("reported", "by"), ("posted", "by"), ("text", "by")}
)


@cache
def _phrases(place: str) -> tuple[tuple[str, ...], ...]:
    rows = (row for row in tables.table("boilerplate/bylines.tsv") if row["place"] == place)
    found = {tuple(words(text)) for row in rows for text in tables.cell_list(row["phrases"])}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _not_people() -> tuple[frozenset[str], frozenset[str]]:
    entries = tables.words("boilerplate/not_people.txt")
    whole = frozenset(" ".join(words(entry.rstrip("*"))) for entry in entries)
    return whole, frozenset(" ".join(words(entry.rstrip("*"))) for entry in entries if entry.endswith("*"))
