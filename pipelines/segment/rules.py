"""Rules that hold in every language Khabar reads: a candidate → JOIN, SPLIT or nothing.

Rules are asked in order and the first that answers decides; a candidate that nobody answers is split.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from pipelines.segment.split import BIDI_MARKS, DASHES, WINDOW

if TYPE_CHECKING:
    from pipelines.segment.split import Split


class Verdict(Enum):
    """What a rule answers: one sentence, or two."""

    JOIN = "join"
    SPLIT = "split"


JOIN: Final = Verdict.JOIN
SPLIT: Final = Verdict.SPLIT

Rule = Callable[["Split"], Verdict | None]

LONGEST_BULLET: Final = 12
"""Code points of "(VIII). "; only so much of a sentence is looked at, so that a megabyte of dots takes a second."""

_BULLET: Final = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[IVX]{1,5})[.)]")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
_NOT_A_WORD: Final = re.compile(rf"[\W_{BIDI_MARKS}]*")


def decide(split: Split, rules: tuple[Rule, ...]) -> Verdict:
    """The first answer of ``rules``, in order; SPLIT where none answers."""
    for rule in rules:
        verdict = rule(split)
        if verdict is not None:
            return verdict
    return SPLIT


def new_list_item(split: Split) -> Verdict | None:
    """A line break before a bullet, a number or a dash starts an item."""
    return None if split.ends else SPLIT


def bullet_left(split: Split) -> Verdict | None:
    """ "1. Text", "а) Текст", "(2). متن": nothing but a number or letter since the sentence began."""
    if split.left - split.sentence_start > LONGEST_BULLET:
        return None
    head = split.text[split.sentence_start : split.left].strip()
    return JOIN if _BULLET.fullmatch(head) else None


def nothing_left(split: Split) -> Verdict | None:
    """No word on the left: "… and then", "?! What"."""
    head = split.text[split.sentence_start : min(split.left, split.sentence_start + WINDOW)]
    return JOIN if _NOT_A_WORD.fullmatch(head) else None


def in_aside(split: Split) -> Verdict | None:
    """ "(He left. Then he came back.)" is not broken."""
    return JOIN if split.marks.in_aside(split.left) else None


def aside_closed(split: Split) -> Verdict | None:
    """ "губернатор (2004–2006 гг.) Карими": a stop before the end of a bracket that opened inside the sentence ends nothing."""
    if not any(mark in split.closers for mark in ")]"):
        return None
    start = split.marks.aside_start(split.mark)
    inside = start is not None and not _NOT_A_WORD.fullmatch(split.text[split.sentence_start : start][:WINDOW])
    return JOIN if inside else None


def punctuation_right(split: Split) -> Verdict | None:
    """A comma, a colon, a closing bracket or a further end mark goes on with the sentence; so does a lone mark."""
    after = split.after.lstrip("\u200e\u200f")
    if not after or after[0] in ",;:،؛)]}»”!?؟.…%":
        # "... .NET", "... ?": but "…" may open a sentence that is quoted from its middle
        return None if after.startswith(("…", "...")) and not split.ends.endswith(("…", "..")) else JOIN
    return None


def dash_right(split: Split) -> Verdict | None:
    """ "«Нет!» — сказал он", "“Stop!” — a cry": a dash after a quotation goes on with the sentence."""
    if split.after[:1] in DASHES and split.closes_quotation and "\n" not in split.text[split.left : split.right]:
        return JOIN
    return None


def glued_number(split: Split) -> Verdict | None:
    """ "7.55", "۱۲.۰۳.۲۰۲۱", ".5": no space and a digit."""
    return JOIN if not split.spaced and split.after[:1].isdigit() and not split.closes_quotation else None


def glued_address(split: Split) -> Verdict | None:
    """ "pajhwok.com", "example.org/news", "Node.js": no space and Latin letters without a capital after small ones."""
    if split.spaced or split.ends != "." or split.closers:
        return None
    right = split.right_token
    if split.right_marks or not _DOMAIN.fullmatch(right):
        return None
    return JOIN if _DOMAIN.fullmatch(split.left_token) and not _missing_space(split.left_token, right) else None


def glued_word(split: Split) -> Verdict | None:
    """ "said.He", "сказал.Он": split where small letters meet a capital and small letters, joined otherwise."""
    if split.spaced:
        return None
    left, right = split.left_token, split.right_token
    if split.closes_quotation or set(split.ends) & set("?!…؟۔"):
        return SPLIT if right[:1].isupper() and len(split.ends) < 4 else JOIN
    return SPLIT if _missing_space(left, right) else JOIN


def lower_right(split: Split) -> Verdict | None:
    """ "… and": a small letter goes on with the sentence whatever the mark, but "iPhone" and "eBay" are names."""
    right = split.right_token
    if not right[:1].islower() or (len(right) > 1 and right[1].isupper()):
        return None
    # "e.g. this"; but a new list line may start small
    return JOIN


def _missing_space(left: str, right: str) -> bool:
    small = left.rpartition(".")[2]
    return len(small) >= 3 and small.isalpha() and small.islower() and right[:1].isupper() and right[1:].islower()
