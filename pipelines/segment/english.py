"""English: own rules about abbreviations, initials and quotations, then sentencex for abbreviations they do not know.

sentencex holds a whole quotation for one sentence ("“We go. We stay,” he said."), cuts off the speaker of a question and
breaks "Dr. Who", so it is asked last, about a full stop outside of quotations only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.segment import rules
from pipelines.segment.abbreviations import lexicon
from pipelines.segment.rules import JOIN, SPLIT, Rule, Verdict
from pipelines.segment.split import WINDOW

if TYPE_CHECKING:
    from pipelines.segment.split import Split

_INITIAL: Final = re.compile(r"(?:[A-Z]\.-?)*[A-Z]")
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_LAST_WORD: Final = re.compile(r"([A-Za-z]+)\s*$")
_CLAUSE: Final = re.compile(r"[^.?!,;:\"“”]*")
_WORDS_TO_THE_VERB: Final = 6


def abbreviation(split: Split) -> Verdict | None:
    """ "Lt. Gen.", "No. 5", "Inc.", "a.m.": by the abbreviation's class and the word that follows."""
    if split.ends != "." or split.closes_quotation:
        return None
    left, right = split.left_token, split.right_token
    classes, digit = lexicon("en").classes(left), right[:1].isdigit()
    written_so = left[:1].isupper() or "." in left
    if "always" in classes or ("number" in classes and digit):
        return JOIN
    if "title" in classes and written_so and (digit or (right[:1].isupper() and not split.right_marks.strip("\"“‘'"))):
        return JOIN
    if ("inside" in classes and written_so) or _ACRONYM.fullmatch(left):
        return SPLIT if _starts(split) else JOIN
    if "end" in classes and lexicon("en").has("after_hour", right):
        return JOIN
    return None


def initial(split: Split) -> Verdict | None:
    """ "J. K. Rowling", "George W. Bush"; but "Plan B. The" and "between you and I. Then"."""
    left, right = split.left_token, split.right_token
    if split.ends != "." or split.closers or not _INITIAL.fullmatch(left):
        return None
    before = _LAST_WORD.search(split.before)
    if before and lexicon("en").has("not_initial", before.group(1)):
        return SPLIT
    if left == "I" and before and before.group(1).islower():
        return SPLIT
    if _INITIAL.fullmatch(right) and split.text[split.right + len(split.right_marks) + len(right) :][:1] == ".":
        return JOIN
    return SPLIT if _starts(split) else JOIN


def attribution(split: Split) -> Verdict | None:
    """ "“Is it true?” President Biden asked.": the words that name the speaker belong to the quotation."""
    if not split.closes_quotation:
        return None
    words = _CLAUSE.match(split.after)
    clause = words.group().split() if words else []
    spoken = [at for at, word in enumerate(clause[:_WORDS_TO_THE_VERB]) if lexicon("en").has("speech", word)]
    # "she asked" would follow a quotation in small letters: "She asked" is a sentence of its own
    if not spoken or lexicon("en").has("starter", clause[0]):
        return None
    after = split.after[words.end() :][:1] if words else ""
    if split.ends[-1] in "?!":
        return None if after == ":" else JOIN
    return JOIN if spoken[-1] == len(clause) - 1 and after == "." else None


def ellipsis(split: Split) -> Verdict | None:
    """Dots before a capital end a sentence, but not before the word that the speaker just stopped at: "I … I do"."""
    if not split.ends.endswith(("…", "...")) or not split.right_token[:1].isupper():
        return None
    before = _LAST_WORD.search(split.text, max(split.sentence_start, split.mark - WINDOW), split.mark)
    return JOIN if before and before.group(1) == split.right_token else SPLIT


RULES: Final[tuple[Rule, ...]] = (
    rules.new_list_item,
    rules.bullet_left,
    rules.nothing_left,
    rules.in_aside,
    rules.aside_closed,
    rules.glued_number,
    rules.glued_address,
    rules.glued_word,
    rules.lower_right,
    rules.dash_right,
    rules.punctuation_right,
    ellipsis,
    attribution,
    abbreviation,
    initial,
)


def sentencex_ends(text: str) -> frozenset[int]:
    """Positions where sentencex starts a new sentence in ``text``."""
    import sentencex  # noqa: PLC0415

    ends, position = set(), 0
    for piece in sentencex.segment("en", text):
        position += len(piece)
        ends.add(position)
    return frozenset(ends)


def doubtful(split: Split) -> bool:
    """True where sentencex should be heard: a short capitalised word before a full stop, outside of quotations."""
    left = split.left_token
    return split.ends == "." and not split.closers and not split.quoted and left[:1].isupper() and len(left) <= 5


def _starts(split: Split) -> bool:
    return lexicon("en").has("starter", split.right_token) or bool(split.right_marks.strip("([$£€#@&"))
