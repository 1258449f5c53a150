"""Characters as Telegram counts, cleans and recognises them.

Telegram's server rewrites what it is sent (TDLib's ``clean_input_string``): controls become spaces, U+2028-202E and three
combining marks vanish, of several direction marks in a row only the last survives. ``shown`` does the same beforehand, so that
offsets and limits are counted on the text that arrives. It also turns some text into links unasked; ``guards`` finds where.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import regex  # type: ignore[import-untyped]  # ships no types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.languages import Direction

LRM, RLM = "\u200e", "\u200f"
OPENERS: Final = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
POP: Final = "\u2069"
ISOLATE_CONTROL: Final = re.compile("([\u2066-\u2069])")
"""An opener or a PDI, as a group: ``split`` keeps them."""
GUARD: Final = "\u2060"
"""Word joiner: invisible, joins nothing here, and no part of a mention, command, hashtag or address."""

_ZERO_WIDTH: Final = "\u180e\u200b-\u200f\u2060\u2066-\u2069\ufeff\ufffc"
ZERO_WIDTH: Final = re.compile(f"[{_ZERO_WIDTH}]")
BLANK: Final = re.compile(rf"(?:[\s\u2800]|(?<![^\s\u2800])[{_ZERO_WIDTH}]+(?![^\s\u2800]))+")
"""White space, and zero-width characters that stand alone like a word: a message of nothing else is refused as empty."""
BREAKABLE: Final = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""White space at which a line may end."""
SENTENCE_END: Final = re.compile(r"(?:[.!?؟۔؛…।。]+[\"'”’»›)\]]*)(?=[^\S\u00a0\u2007\u202f])")

_BROKEN: Final = re.compile("[\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKS: Final = re.compile(f"[{LRM}{RLM}]+(?=[{LRM}{RLM}])|(?<=\n)[{LRM}{RLM}]+")
_LONG_INVISIBLE: Final = re.compile(rf"([{_ZERO_WIDTH}]{{8}})[{_ZERO_WIDTH}]+")
_LINE_FEEDS: Final = re.compile(r"\n{3,}")
_CLEANED: Final = {
    **{code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\n")},
    **dict.fromkeys((*range(0x202A, 0x202F), 0x030A, 0x0333, 0x033F)),
    **dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"),
}
_COMMAND: Final = re.compile("/(?=[A-Za-z0-9_])")
_CLICKABLE: Final = re.compile(
    r"""(?<=[@\#])(?=\w)                                  # @mention, #hashtag
    | (?<=\$)(?=[A-Z])                                    # $CASHTAG
    | (?<![\w/<>]/)(?<=/)(?=[A-Za-z0-9_])                 # /command
    | (?<=[\w)\]]\.)(?=[^\W\d_]{2})                       # example.com, an e-mail's domain
    | (?<=\d\.)(?=\d+\.\d+\.\d)                           # 127.0.0.1
    | (?<=:)(?=//)                                        # tg://resolve, http://localhost
    """,
    re.VERBOSE,
)


def utf16(text: str) -> int:
    """Length in UTF-16 code units, Telegram's measure."""
    return len(text.encode("utf-16-le")) // 2


def shown(text: str) -> str:
    """``text`` as Telegram would show it: whole characters, no controls but line feeds. ZWNJ and vowel marks stay."""
    if _BROKEN.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\u030a" in text:  # å in two characters would lose its ring on the way
        text = unicodedata.normalize("NFC", text)
    text = _LINE_ENDS.sub("\n", text).translate(_CLEANED)
    return _MARKS.sub("", _LONG_INVISIBLE.sub(r"\1", _LINE_FEEDS.sub("\n\n", text)))


def visible(text: str) -> bool:
    """True where a reader sees something."""
    return bool(text) and BLANK.fullmatch(text) is None


def guards(text: str, edges: Iterable[int]) -> list[int]:
    """Ascending positions at which a word joiner keeps Telegram from making a link of what stands round it.

    ``edges`` are where isolates begin and end: behind their controls "/start" is a command even after a letter.
    """
    found = {match.start() for match in _CLICKABLE.finditer(text)}
    return sorted(found | {edge + 1 for edge in edges if _COMMAND.match(text, edge)})


def first_strong(characters: Iterable[str]) -> Direction | None:
    """Direction of the first strong character (UAX #9, P2; isolates are the caller's to leave out)."""
    for character in characters:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None


def cluster_ends(text: str) -> frozenset[int]:
    """Positions at which no grapheme cluster is cut (UAX #29), 0 included."""
    return frozenset((0, *(match.end() for match in regex.finditer(r"\X", text))))
