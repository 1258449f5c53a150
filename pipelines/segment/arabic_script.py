"""Persian, Dari and Pashto: own rules. No library knows these languages' abbreviations, initials and glued full stops.

There is no capital to tell a new sentence, so an abbreviation is known by its form or from the lexicon, and a quotation that
ends with its own mark is read on: a connective, or a few words that end in a verb of speech, belong to it.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from pipelines.segment import rules
from pipelines.segment.abbreviations import lexicon
from pipelines.segment.rules import JOIN, SPLIT, Rule, Verdict

if TYPE_CHECKING:
    from pipelines.segment.abbreviations import Lexicon
    from pipelines.segment.split import Split

_LETTER: Final = "[\u0620-\u064a\u066e-\u06d3]"
_SINGLE: Final = re.compile(rf"(?:{_LETTER}\.)*{_LETTER}")
_DOTTED: Final = re.compile(rf"{_LETTER}\.")
_LETTER_NAMES: Final = re.compile(rf"(?:{_LETTER}{{1,3}}\.){{2,}}{_LETTER}{{0,3}}")
_ARABIC_WORD: Final = re.compile(rf"{_LETTER}")
_LATIN_INITIAL: Final = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_NUMBER_BEFORE: Final = re.compile(r"\d\s*$")
_CLAUSE: Final = re.compile(r"[^.؟?!۔،؛:«»\"“”]*")
_LETTER_WORDS: Final = frozenset("دو")
_WORDS_OF_A_SPEAKER: Final = 8


def glued(split: Split) -> Verdict | None:
    """ "است.او", "شو؟هغه": a full stop without a space after a word of two letters or more ends a sentence."""
    if split.spaced or not _ARABIC_WORD.match(split.right_token):
        return None
    left = split.left_token
    if split.ends in ("…", "...") and not split.closes_quotation:
        return JOIN
    if split.closes_quotation or set(split.ends) & set("؟?!۔"):
        return SPLIT if not split.right_marks.strip('«"“(') else JOIN
    if _LETTER_NAMES.fullmatch(f"{left}.{split.right_token}"):
        return JOIN
    return SPLIT if len(left) >= 2 and (len(split.right_token) >= 2 or split.right_token in _LETTER_WORDS) else JOIN


def initial(words: Lexicon, split: Split) -> Verdict | None:
    """ "ب. ن. رحیمی", "ا.گ.ف.", "اف.بی.آی."; not Pashto's verb "و" ("was") before anything but an initial."""
    left = split.left_token
    if split.ends != "." or split.closers or not (_SINGLE.fullmatch(left) or _LETTER_NAMES.fullmatch(left)):
        return None
    if not words.has("letter_word", left):
        return JOIN
    return JOIN if _DOTTED.match(split.after) else None


def abbreviation(words: Lexicon, split: Split) -> Verdict | None:
    """ "سناتور. کریمی", "جان اف. کندی", "۱۳۰۰ ه.ش.", "ص. ۵": by the abbreviation's class."""
    if split.ends != "." or split.closers:
        return None
    classes, digit = words.classes(split.left_token), split.right_token[:1].isdigit()
    if "title" in classes or ("number" in classes and digit):
        return JOIN
    if "letter" in classes and not _NUMBER_BEFORE.search(split.before):
        return JOIN
    if "era" in classes:
        return SPLIT if words.has("starter", split.right_token) else JOIN
    return None


def latin_abbreviation(split: Split) -> Verdict | None:
    """ "Dr. Smith", "U.S. Army", "J. K. Rowling", "Acme Inc. فروخته شد": these languages end a sentence with its verb."""
    left = split.left_token
    if split.ends != "." or split.closers or not left.isascii() or not left[:1].isalpha():
        return None
    known = lexicon("en").classes(left) & {"title", "always", "inside"}
    return JOIN if known or _LATIN_INITIAL.fullmatch(left) else None


def ellipsis(split: Split) -> Verdict | None:
    """Dots join: without capitals nothing tells a pause from an end, and news use them for pauses and cuts."""
    return JOIN if split.ends.endswith(("…", "...")) and not split.closes_quotation else None


def latin_lower(split: Split) -> Verdict | None:
    """A small Latin letter goes on with Latin words only: a sentence may well start with "pajhwok.com"."""
    return rules.lower_right(split) if split.left_token.isascii() else None


def after_quotation(words: Lexicon, split: Split) -> Verdict | None:
    """ "«می‌آید؟» چون …", "«آماده‌اید؟» او پرسید.": a connective or the speaker goes on with the sentence."""
    if not split.closes_quotation:
        return None
    after = split.after.lstrip("\u200e\u200f")
    clause = _CLAUSE.match(after)
    said = clause.group().split() if clause else []
    if not said or not clause:
        return None
    if words.has("link", said[0]) or words.has("link", "_".join(said[:2])):
        return JOIN
    speaks = words.has("speech", said[-1]) or words.has("speech", "_".join(said[-2:]))
    return JOIN if speaks and len(said) <= _WORDS_OF_A_SPEAKER and after[clause.end() :][:1] in ("۔", ".") else None


@cache
def rules_of(code: str) -> tuple[Rule, ...]:
    """Rules of ``fa`` (Dari too) or ``ps``, in order."""
    words = lexicon(code)
    return (
        rules.new_list_item,
        rules.bullet_left,
        rules.nothing_left,
        rules.in_aside,
        rules.aside_closed,
        rules.glued_number,
        rules.glued_address,
        glued,
        rules.glued_word,
        latin_lower,
        rules.dash_right,
        rules.punctuation_right,
        ellipsis,
        partial(after_quotation, words),
        partial(abbreviation, words),
        partial(initial, words),
        latin_abbreviation,
    )
