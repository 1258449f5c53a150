"""Persian of Iran → Dari usage, without a model: دانشگاه‌ها → پوهنتون‌ها, نخست‌وزیر → صدراعظم, ۱۲ تیر ۱۴۰۳ → ۱۲ سرطان ۱۴۰۳.

Text → replacements with offsets, by the lexicon in ``pipelines/data/dari``; whole words with their endings, the longest
row first, neighbours asked where a word has two meanings. Names of people are for the caller to protect. Applied to the
output of en → fa models and to Persian articles; adapting a second time changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pipelines.translate.dari_endings import BARE, ZWNJ, Ending, put, read
from pipelines.translate.dari_lexicon import classes, key, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.translate.dari_lexicon import Entry

ZwnjUsage = Literal["keep", "space"]

_TOKEN: Final = re.compile("(?P<number>\\d+(?:[.,٫٬/]\\d+)*)|[^\\W\\d_](?:[^\\W\\d_]|[\u064b-\u0655\u0670])*")
_GAP: Final = re.compile("[ \u00a0\u200c]*")
_PREFIXES: Final = frozenset({"ضد", "غیر", "شبه", "فرا", "پان", "نیمه"})
"""Parts before a ZWNJ that leave the word behind them a word of its own: ضد‌آمریکایی, but پیش‌درمان."""
_START: Final = frozenset({"<pause>"})
_SHORTEST_STEM: Final = 3
"""Letters before a suffix such as -یسم: پلیسم ("my police") is no -ism."""
_COUNT_DIGITS: Final = 3
"""Digits of a number of people; "۱۰۰۰۰۰ تن" would be read as tonnes."""
_NOT_STEMS: Final = ("نو",)
"""می‌نویسم, رونویسم: "I write"."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``text[start:stop] == before`` becomes ``after``; ``entry`` is the Persian side of the row that says so."""

    start: int
    stop: int
    before: str
    after: str
    entry: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    stop: int
    key: str
    number: bool


def adapt(text: str, protected: Sequence[tuple[int, int]] = (), *, zwnj: ZwnjUsage = "keep") -> str:
    """``text`` in Dari usage. ``protected`` holds half-open code points that stay as they are (names, quotations).

    ``zwnj="space"`` also writes a space for each ZWNJ outside of them, as many Afghan newsrooms do; the default keeps
    every ZWNJ, since shown text never loses one unasked.
    """
    pieces, done = [], 0
    for replacement in [*adaptations(text, protected), Replacement(len(text), len(text), "", "", "")]:
        pieces.append(
            _spaced(text, done, replacement.start, protected) if zwnj == "space" else text[done : replacement.start]
        )
        pieces.append(replacement.after.replace(ZWNJ, " ") if zwnj == "space" else replacement.after)
        done = replacement.stop
    return "".join(pieces)


def adaptations(text: str, protected: Sequence[tuple[int, int]] = ()) -> list[Replacement]:
    """Replacements of ``text`` in order, without overlaps; offsets are code points of ``text``."""
    return list(_Matcher(text, protected).replacements())


def _spaced(text: str, start: int, stop: int, protected: Sequence[tuple[int, int]]) -> str:
    if ZWNJ not in text[start:stop]:
        return text[start:stop]
    return "".join(
        " " if character == ZWNJ and not any(a <= place < b for a, b in protected) else character
        for place, character in enumerate(text[start:stop], start)
    )


class _Matcher:
    def __init__(self, text: str, protected: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._protected = protected
        self._tokens = [
            _Token(match.start(), match.end(), key(match.group()), match["number"] is not None)
            for match in _TOKEN.finditer(text)
        ]
        # what stands before each token and behind the last one
        stops = [0, *(token.stop for token in self._tokens)]
        starts = [*(token.start for token in self._tokens), len(text)]
        self._gaps = [text[stop:start] for stop, start in zip(stops, starts, strict=True)]

    def replacements(self) -> Iterator[Replacement]:
        index = 0
        while index < len(self._tokens):
            found = None if self._inside_word(index) else self._match(index)
            if found is None:
                index += 1
                continue
            entry, after, stop_index = found
            start, stop = self._tokens[index].start, self._tokens[stop_index - 1].stop
            before = self._text[start:stop]
            if ZWNJ in entry.fa and ZWNJ not in before and " " in before:  # the text's habit: دانش آموز, پیش نویس
                after = after.replace(ZWNJ, " ")
            if entry.kind != "keep" and after != before:
                yield Replacement(start, stop, before, after, entry.fa)
            index = stop_index

    def _match(self, index: int) -> tuple[Entry, str, int] | None:
        """Entry that fits at a token, its Dari text and the index behind it; phrases first, then the longest stem."""
        token = self._tokens[index]
        for entry in lexicon().phrases.get(token.key, ()):
            last = index + len(entry.parts) - 1
            if last < len(self._tokens) and all(
                self._tokens[index + i].key == part and self._near(index + i)
                for i, part in enumerate(entry.parts[1:-1], 1)
            ):
                ahead, stem = self._tokens[last].key, entry.parts[-1]
                if (
                    self._near(last)
                    and ahead.startswith(stem)
                    and (fit := self._fit(entry, index, last, ahead[len(stem) :]))
                ):
                    return fit
        for cut in range(min(len(token.key), lexicon().longest), 1, -1):
            for entry in lexicon().words.get(token.key[:cut], ()):
                if fit := self._fit(entry, index, index, token.key[cut:]):
                    return fit
        return self._suffix(index)

    def _fit(self, entry: Entry, first: int, last: int, attached: str) -> tuple[Entry, str, int] | None:
        """The entry over tokens ``first`` to ``last`` with the longest ending that its grammar and neighbours allow."""
        for ending, stop in self._endings(entry, last, attached):
            if (
                not self._protects(self._tokens[first].start, self._tokens[stop - 1].stop)
                and (entry.left is None or entry.left.allows(self._neighbour(first - 1, first)))
                and (entry.right is None or entry.right.allows(self._neighbour(stop, stop)))
            ):
                return entry, put(entry, ending), stop
        return None

    def _endings(self, entry: Entry, last: int, attached: str) -> Iterator[tuple[Ending, int]]:
        following = last + 1
        gap = self._gaps[following]
        if following < len(self._tokens) and gap and _GAP.fullmatch(gap):
            joiner = " " if gap.strip(ZWNJ) else ZWNJ
            # a ZWNJ behind the ending would make it the middle of a longer word
            if self._gaps[following + 1] != ZWNJ and (
                ending := read(entry, attached, self._tokens[following].key, joiner)
            ):
                yield ending, following + 1
            if joiner == ZWNJ:
                return
        if (ending := read(entry, attached, "", "")) is not None:
            yield ending, following

    def _suffix(self, index: int) -> tuple[Entry, str, int] | None:
        """Rows such as -یسم → -یزم on any long enough word."""
        token = self._tokens[index]
        vocalised = token.stop - token.start != len(token.key)
        if vocalised or self._protects(token.start, token.stop) or self._gaps[index + 1] == ZWNJ:
            return None
        for entry in lexicon().suffixes:
            stem, suffix, ending = token.key.rpartition(entry.parts[0])
            if suffix and ending in ("", "ی") and len(stem) >= _SHORTEST_STEM and not stem.endswith(_NOT_STEMS):
                written = self._text[token.start : token.stop]
                kept = written[: len(written) - len(suffix + ending)]
                return entry, kept + put(entry, BARE) + ending, index + 1
        return None

    def _inside_word(self, index: int) -> bool:
        token = self._tokens[index]
        hashtag = self._gaps[index].endswith(("#", "_", "@")) or self._gaps[index + 1].startswith("_")
        if token.number or hashtag:
            return True
        return index > 0 and self._gaps[index] == ZWNJ and self._tokens[index - 1].key not in _PREFIXES

    def _near(self, index: int) -> bool:
        """Nothing but spaces or ZWNJ stands before the token."""
        return bool(self._gaps[index]) and _GAP.fullmatch(self._gaps[index]) is not None

    def _neighbour(self, index: int, gap_index: int) -> frozenset[str]:
        """Key and classes of the token at ``index``, or of the punctuation in the gap between."""
        gap = self._gaps[gap_index]
        if not 0 <= index < len(self._tokens):
            return _START
        if not _GAP.fullmatch(gap):
            return _START | {"<comma>"} if gap.strip() in ("،", ",") else _START
        token = self._tokens[index]
        if token.number:
            return frozenset({"<number>", "<count>"} if len(token.key) <= _COUNT_DIGITS else {"<number>"})
        return classes().get(token.key, frozenset()) | {token.key}

    def _protects(self, start: int, stop: int) -> bool:
        return any(start < b and a < stop for a, b in self._protected)
