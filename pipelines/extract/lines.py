"""Which lines of a page are furniture: one line of text in -> the kind of boilerplate that it is, or nothing.

The phrases stand in ``pipelines/data/boilerplate/<language>.tsv``. All languages are asked at once, because the language of
a page is not known before its furniture is gone, and because a Pashto page says "Getty Images" in English. Phrases are
found by their first word, so that the time grows with the words of a line and not with the number of phrases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pipelines import tables
from pipelines.text import fold

Place = Literal["line", "label", "start", "part", "end"]
Kind = Literal[
    "advert",
    "caption",
    "comments",
    "consent",
    "credit",
    "footer",
    "navigation",
    "newsletter",
    "note",
    "related",
    "share",
]

LISTS: Final = ("en", "ru", "fa", "ps")

MAX_START_WORDS: Final = 45
"""A line longer than this is prose, however it opens."""
MAX_PART_WORDS: Final = 60
MAX_CREDIT_WORDS: Final = 30
MAX_CREDIT_SENTENCE: Final = 12
MAX_LABEL_WORDS: Final = 30
_SOFT_START_WORDS: Final = 8
_MAX_SENTENCE: Final = {"share": 8, "related": 20}
"""Words of a whole sentence that such a phrase may open: "On Facebook" opens news too."""

# Chinese and Japanese put no space between words; two characters are about one word
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_LABEL_END: Final = re.compile(r"[\s\u200c]*(?:[:：|›»>→/…\[(]|[-–—](?=\s)|\.{2,}|$)")
_TERMINAL: Final = re.compile(r"[.!?…؟۔。！？;؛:：][\"'”’»›)\]）】*\u200c\u200f]*$")
_FULL_STOP: Final = re.compile(r"[.!?…؟۔。！？][\"'”’»›)\]*\u200c\u200f]*$")
_BULLET: Final = re.compile(r"^(?:[•◦▪▫■□●○◆◇►▸▶▷‣⁃∙✓✔➤➢–—*+·-]|\(?\d{1,2}[.)]|\[\s*\]|#)(?:\s+|$)")
_BRACKET_ONLY: Final = re.compile(r"^(?:\[[^\]]{0,120}\]\s*)+$")
_FILE_NAME: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp4)\b", re.IGNORECASE)
_ONE_OF: Final = re.compile(r"^(?:\w+[:\s]*){0,2}\d{1,3}\s*(?:of|/|из|از|له)\s*\d{1,3}\b")
_LAST_BRACKET: Final = re.compile(r"\(([^()]{2,80})\)\s*$")
# Each stands for one character, so that offsets hold
_TYPOGRAPHY: Final = str.maketrans("‘’“”–—\u00a0•", "''\"\"-- .")
_SYMBOLS_ONLY: Final = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lists found in a line: what kind of furniture, and where in the line."""

    kind: Kind
    place: Place
    words: int
    """Words of the phrase that was found, or of what the shape was seen in."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    place: Place
    kind: Kind


def squeeze(line: str) -> str:
    """``line`` with every run of white space as one space, stripped. Bidi marks at its ends go, ZWNJ inside stays."""
    return " ".join(line.split()).strip("\u200b\u200c\u200e\u200f\ufeff\u00ad ")


def words(line: str) -> list[str]:
    """Comparison keys of the words of ``line``; punctuation, symbols and ZWNJ separate words."""
    return _WORD.findall(_folded(line))


def _folded(line: str) -> str:
    """``fold``; English with curly quotes, which is most of what comes, takes a short way of a tenth of the time."""
    plain = line if line.isascii() else line.translate(_TYPOGRAPHY)
    return plain.casefold() if plain.isascii() else fold(line)


def closes_sentence(line: str) -> bool:
    """True where ``line`` ends as a sentence does, in any of the scripts, closing quotes and brackets aside."""
    return _FULL_STOP.search(line[-8:]) is not None


def closes_clause(line: str) -> bool:
    """True also for a line that ends with a colon or a semicolon, as the one before a list or a quotation."""
    return _TERMINAL.search(line[-8:]) is not None


def bulleted(line: str) -> bool:
    """True where ``line`` opens as an item of a list."""
    return _BULLET.match(line) is not None


def without_bullet(line: str) -> str:
    """``line`` after its bullet or number."""
    return _BULLET.sub("", line, count=1)


def blank_like(line: str) -> bool:
    """True for a line without any letter, and for one that is only bracketed names of pictures or form fields."""
    return _SYMBOLS_ONLY.match(line) is not None or (line.startswith("[") and _BRACKET_ONLY.match(line) is not None)


def hit(line: str) -> Hit | None:
    """The most telling phrase in ``line``: the whole line, then a label, then an opening, then any part of it."""
    if line.count(" ") > MAX_PART_WORDS + 5 or len(line) > 60 * MAX_PART_WORDS:
        return None
    folded = _folded(line)
    found = list(_WORD.finditer(folded))
    if not found or len(found) > MAX_PART_WORDS:
        return None
    keys = [match.group() for match in found]
    best = _at_start(folded, found, keys, line)
    if best is None and len(keys) > 1 and keys[0].isdigit():
        best = _counted(tuple(keys[1:]))
    sentence = closes_sentence(line) and len(keys) > MAX_CREDIT_SENTENCE
    return best or _inside(keys, sentence=sentence) or _by_shape(line, keys)


def _at_start(folded: str, found: list[re.Match[str]], keys: list[str], line: str) -> Hit | None:
    best: Hit | None = None
    for phrase in _phrases().get(keys[0], ()):
        size = len(phrase.words)
        if phrase.place in ("line", "label", "start") and tuple(keys[:size]) == phrase.words:
            candidate = _opening(phrase, folded, found[size - 1].end(), len(keys), line)
            if candidate is not None and (best is None or _RANK[candidate.place] < _RANK[best.place]):
                best = candidate
    return best


def _counted(rest: tuple[str, ...]) -> Hit | None:
    """ "34 comments", "5 комментариев", "12 Shares"."""
    for phrase in _phrases().get(rest[0], ()):
        whole = phrase.words == rest or (phrase.kind == "comments" and phrase.words == rest[:1])
        if phrase.place == "line" and phrase.kind in ("comments", "share") and whole:
            return Hit(phrase.kind, "line", len(rest))
    return None


def _inside(keys: list[str], *, sentence: bool) -> Hit | None:
    for index, key in enumerate(keys):
        for phrase in _phrases().get(key, ()):
            size = len(phrase.words)
            if phrase.place == "part" and tuple(keys[index : index + size]) == phrase.words:
                if phrase.kind in ("credit", "caption") and (sentence or len(keys) > MAX_CREDIT_WORDS):
                    continue  # "МОСКВА, 29 июня. /ТАСС/. Движение открыто": the dateline of a paragraph
                return Hit(phrase.kind, "part", size)
    return None


def _by_shape(line: str, keys: list[str]) -> Hit | None:
    """Furniture that is seen and not worded: copyright signs, names of picture files, "2 of 14", a credit at the end."""
    if len(keys) > MAX_CREDIT_WORDS + 15:
        return None
    if ("©" in line or "(c)" in line[:4].lower()) and len(keys) <= MAX_CREDIT_WORDS:
        return Hit("footer" if re.search(r"\d{4}", line) else "credit", "part", 1)
    if _FILE_NAME.search(line) and len(keys) <= MAX_CREDIT_WORDS and not closes_sentence(line):
        return Hit("caption", "part", 1)
    if _ONE_OF.match(line) and len(keys) <= _SOFT_START_WORDS:
        return Hit("caption", "line", len(keys))
    bracket = _LAST_BRACKET.search(line)
    tail = words(bracket[1]) if bracket else keys if not closes_sentence(line) else []
    for size in range(1, min(3, len(tail)) + 1):
        for phrase in _phrases().get(tail[-size], ()):
            if (
                phrase.place == "end"
                and list(phrase.words) == tail[-size:]
                and (bracket or len(keys) <= MAX_CREDIT_WORDS)
            ):
                return Hit(phrase.kind, "end", size)
    return None


_RANK: Final[dict[Place, int]] = {"line": 0, "label": 1, "start": 2, "part": 3, "end": 4}


def _opening(phrase: _Phrase, folded: str, stop: int, total: int, line: str) -> Hit | None:
    size = len(phrase.words)
    match phrase.place:
        case "line":
            fits = size == total
        case "label":
            fits = _LABEL_END.match(folded, stop) is not None and total <= MAX_LABEL_WORDS
        case _:
            fits = total <= (
                _MAX_SENTENCE.get(phrase.kind, MAX_START_WORDS) if closes_sentence(line) else MAX_START_WORDS
            )
            if size == 1:
                # "Автор" opens a byline and also many a sentence
                short = total <= _SOFT_START_WORDS and not closes_sentence(line)
                fits = short or (_LABEL_END.match(folded, stop) is not None and total <= MAX_CREDIT_WORDS)
    return Hit(phrase.kind, phrase.place, size) if fits else None


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    index: dict[str, list[_Phrase]] = {}
    for language in LISTS:
        for row in tables.table(f"boilerplate/{language}.tsv"):
            for text in tables.cell_list(row["phrases"]):
                keys = tuple(words(text))
                if keys:
                    index.setdefault(keys[0], []).append(_Phrase(keys, _place(row["place"]), _kind(row["kind"])))
    return {key: tuple(sorted(found, key=lambda p: -len(p.words))) for key, found in index.items()}


def _place(text: str) -> Place:
    for place in _RANK:
        if place == text:
            return place
    raise ValueError(f"unknown place in a boilerplate list: {text}")


def _kind(text: str) -> Kind:
    for kind in _KINDS:
        if kind == text:
            return kind
    raise ValueError(f"unknown kind in a boilerplate list: {text}")


_KINDS: Final[tuple[Kind, ...]] = (
    "advert", "caption", "comments", "consent", "credit", "footer", "navigation", "newsletter", "note", "related", "share",
)  # fmt: skip
