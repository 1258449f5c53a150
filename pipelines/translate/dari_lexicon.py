"""The Persian → Dari lexicon of ``pipelines/data/dari`` and its index.

TSV rows → ``Entry`` values, found by the first part of a phrase or by the stem of a word. A *part* is a run of letters:
ZWNJ and spaces separate parts, so that نخست‌وزیر and نخست وزیر are one entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from pipelines.tables import cell_list, table

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["noun", "person", "name", "word", "keep", "suffix"]
"""How a row bends: ``noun`` takes plural -hā, ezafe, article and possessives; ``person`` -ān as well; ``name`` the ezafe
only; ``word`` nothing. ``keep`` stays as it is, so that a shorter row does not break it; ``suffix`` is the end of a word."""

FILES: Final = ("state", "society", "health", "technology", "places", "calendar", "function")

HAMZA: Final = "\u0654"
# Harakat vanish from keys; the hamza of "خانهٔ" stays, it is an ezafe.
_KEY: Final = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ؤ": "و",
        "أ": "ا",
        "إ": "ا",
        "ة": "ه",
        "ۀ": f"ه{HAMZA}",
        "ﺁ": "آ",
        "ﺂ": "آ",
    }
    | dict.fromkeys((*range(0x064B, 0x0654), 0x0655, 0x0670, 0x0640))
)
_SEPARATORS: Final = re.compile("[ \u200c]+")


def key(part: str) -> str:
    """Comparison key of one part: Arabic letters as Persian ones, ئ as ی, no harakat. آ and ا stay apart."""
    return part.translate(_KEY)


@dataclass(frozen=True, slots=True)
class Context:
    """Neighbours that a row asks for, or refuses when ``negated``; ``words`` holds keys and ``<class>`` names."""

    words: frozenset[str]
    negated: bool

    def allows(self, seen: frozenset[str]) -> bool:
        """Whether a neighbour that answers to the key and classes ``seen`` fits."""
        return self.words.isdisjoint(seen) == self.negated


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``parts`` are the keys of ``fa``; ``plural`` is the plural to use instead of a regular one."""

    fa: str
    prs: str
    kind: Kind
    parts: tuple[str, ...]
    plural: str | None = None
    left: Context | None = None
    right: Context | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by their first part (phrases, longest first) and by their stem (single words, file order)."""

    phrases: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    suffixes: tuple[Entry, ...] = ()
    longest: int = 0
    """Letters of the longest single word."""


@cache
def entries() -> tuple[Entry, ...]:
    """All rows in file order. Raises ValueError for an unknown kind or class of neighbours."""
    return tuple(_entry(row) for name in FILES for row in table(f"dari/{name}.tsv"))


@cache
def lexicon() -> Lexicon:
    """The index that matching uses."""
    phrases: dict[str, list[Entry]] = {}
    words: dict[str, list[Entry]] = {}
    for entry in entries():
        if entry.kind != "suffix":
            (phrases if len(entry.parts) > 1 else words).setdefault(entry.parts[0], []).append(entry)
            # a Dari word may look like a Persian one with an ending: رستورانت, "your restaurant"
            dari = key(entry.prs)
            if _SEPARATORS.search(dari) is None and dari not in words:
                words[dari] = [Entry(fa=entry.prs, prs=entry.prs, kind="keep", parts=(dari,))]
    return Lexicon(
        phrases={first: tuple(sorted(found, key=_longest_first)) for first, found in phrases.items()},
        words={stem: tuple(found) for stem, found in words.items()},
        suffixes=tuple(entry for entry in entries() if entry.kind == "suffix"),
        longest=max(map(len, words)),
    )


@cache
def classes() -> dict[str, frozenset[str]]:
    """Key of a neighbour → the ``<class>`` names it belongs to."""
    found: dict[str, set[str]] = {}
    for row in table("dari/contexts.tsv"):
        for word in row["words"].split():
            found.setdefault(key(word.replace("\u200c", "")), set()).add(f"<{row['class']}>")
    return {word: frozenset(names) for word, names in found.items()}


_BUILT_IN_CLASSES: Final = frozenset({"<number>", "<count>", "<pause>", "<comma>"})
"""Digits, a number below a thousand, any punctuation or an end of the text, a comma."""


def _entry(row: dict[str, str]) -> Entry:
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"{row['fa']}: unknown kind {row['kind']}")
    singular, *plural = cell_list(row["prs"])
    return Entry(
        fa=row["fa"],
        prs=singular,
        kind=cast("Kind", row["kind"]),
        parts=tuple(key(part) for part in _SEPARATORS.split(row["fa"])),
        plural=plural[0] if plural else None,
        left=_context(row["left"]),
        right=_context(row["right"]),
    )


def _context(cell: str) -> Context | None:
    if not cell:
        return None
    words = frozenset(word if word.startswith("<") else key(word) for word in cell_list(cell.removeprefix("!")))
    known = _BUILT_IN_CLASSES | {f"<{row['class']}>" for row in table("dari/contexts.tsv")}
    if unknown := {word for word in words if word.startswith("<")} - known:
        raise ValueError(f"unknown class of neighbours: {', '.join(sorted(unknown))}")
    return Context(words=words, negated=cell.startswith("!"))


def _longest_first(entry: Entry) -> tuple[int, int]:
    return -len(entry.parts), -len(entry.parts[-1])
