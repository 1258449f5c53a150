"""Which sentences a summary may use, and which sentence each of them needs before it.

Article and sentences → ``Candidate`` values. Page leftovers, captions, fragments and halves of quotations are told from running
text here, because a summary shows a sentence without the page around it. ``openers`` says who needs an antecedent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.summarise.openers import depends_on_previous, word_keys
from pipelines.tables import cell_list, table
from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import Article, Sentence
    from pipelines.verify.quotes import Quotation

SPACED_STOPS: Final = 0.8
"""Share of sentences from which " ." is how the text was tokenised, and tells nothing about one of them."""
UNPUNCTUATED: Final = 0.3
"""Share of sentences without a full stop from which that is the writer's habit, and no sign of a caption."""
SHORTEST: Final = 6
"""Words; what is shorter rarely tells anything by itself."""
LONGEST: Final = 60
LONGEST_ARABIC_SCRIPT: Final = 85
"""Words; agencies' longest leads run to 50 in English, and to 70 in Pashto, which writes its case markers as words."""

LONGEST_QUOTATION: Final = 1500
"""Characters; a longer one, or one without its second mark, is likelier a slip of the pen than what everyone inside says."""

_END: Final = re.compile(r"[.!?…؟۔]['’”\"»›)\]\u200e\u200f\u200c\s]*$")
_SPACED_STOP: Final = re.compile(r"\s\.$")
_QUESTION: Final = re.compile(r"[?؟]['’”\"»›)\]\s]*$")
_OPENING_MARKS: Final = " \t\"'“”„«»‹›‘’([•*·—–-…\u200e\u200f\u200b\ufeff"
# "On the beat: Sergeant Sharp at a march": British papers' captions. A speaker's colon has a quotation after it, and
# "ISLAMABAD: The prime minister …" is a dateline, as "New Delhi: …" is in a first sentence
_LABEL: Final = re.compile(r"([A-ZА-Я][\w'’-]{0,30}(?: [\w'’-]{1,30}){0,2}): (?![\"'“‘«])")
_BYLINE: Final = re.compile(r"(?:By|BY) [A-Z][\w.'’-]*(?:,? (?:and |for |in |of |the )?[A-Z][\w.'’-]*){0,7}\W*$")


class Grade(IntEnum):
    """How fit a sentence is. A lower grade is used only where the higher ones run out (``centroid`` says how)."""

    NEVER = 0
    """Headings."""
    LAST_RESORT = 1
    """Captions, leftovers, fragments, half quotations, questions, a few words."""
    WEAK = 2
    """No full stop (a caption or a writer's habit) or very long."""
    FINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence with its grade, and the ``index`` of the sentence that has to stand just before it in a summary.

    ``needs`` is -1 where that sentence does not exist or may not be used; None where the sentence stands alone.
    """

    sentence: Sentence
    grade: Grade
    needs: int | None


def candidates(article: Article, sentences: Sequence[Sentence]) -> list[Candidate]:
    """One candidate per sentence, same order."""
    marks = quotations(article.text)
    unended = _unended(sentences, article.language)
    found: list[Candidate] = []
    previous = -1
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        aside = sentence.index in unended or _between_the_lines(sentence)
        grade = Grade.LAST_RESORT if aside else _grade(sentence, following, marks, article.language)
        grade = Grade.NEVER if sentence.heading else grade
        needs = previous if depends_on_previous(sentence.text, article.language) else None
        found.append(Candidate(sentence=sentence, grade=grade, needs=needs))
        if not aside:
            previous = sentence.index if grade >= Grade.WEAK else -1
    return found


def _grade(sentence: Sentence, following: Sentence | None, marks: Sequence[Quotation], language: Language) -> Grade:
    text = sentence.text
    length = len(text.split())
    unfit = (
        length < SHORTEST
        or _starts_in_the_middle(text, language)
        or (following is not None and _goes_on(sentence, following, language))
        or _QUESTION.search(text) is not None
        or _half_quotation(sentence, marks)
    )
    if unfit:
        return Grade.LAST_RESORT
    longest = LONGEST_ARABIC_SCRIPT if language.arabic_script else LONGEST
    return Grade.WEAK if length > longest or not _END.search(text) else Grade.FINE


def _unended(sentences: Sequence[Sentence], language: Language) -> set[int]:
    """``index`` of sentences that were lines without a full stop, captions mostly, in a text that otherwise has them.

    " ." ends such a line too: tools that join a page's lines put it there. Dari and Pashto writers space theirs and leave
    many out, so nothing follows from it there.
    """
    found: set[int] = set()
    if not language.arabic_script:
        for lacks, habit in ((_SPACED_STOP.search, SPACED_STOPS), (lambda text: not _END.search(text), UNPUNCTUATED)):
            running = [s for s in sentences if not s.heading]
            odd = {s.index for s in running if lacks(s.text)}
            if len(odd) < habit * len(running):
                found |= odd
    return found


def _between_the_lines(sentence: Sentence) -> bool:
    """Captions, bylines, headings, leftovers: they interrupt a text without being part of it."""
    text = sentence.text
    if sentence.heading or _BYLINE.match(text):
        return True
    label = _LABEL.match(text) if sentence.start > 0 else None
    if label and not label[1].isupper():
        return True
    words = word_keys(text)
    joined = f" {' '.join(words)} "
    for place, phrase in _boilerplate():
        if place == "anywhere" and f" {phrase} " in joined:
            return True
        if place != "anywhere" and joined.startswith(f" {phrase} "):
            if place == "start":
                return True
            rest = re.sub(r"^\W*" + r"\W+".join([r"\w+"] * len(phrase.split())), "", text)
            if not rest.strip(" .") or rest.lstrip()[:1] in ":|—–-/©":
                return True
    return False


def _starts_in_the_middle(text: str, language: Language) -> bool:
    first = text.lstrip(_OPENING_MARKS)[:1]
    return not language.arabic_script and first.islower() and not text[:2].isupper()


def _goes_on(sentence: Sentence, following: Sentence, language: Language) -> bool:
    """The next one starts in the middle, so this one was cut: "Gov." | "spokesman said …"."""
    return following.paragraph == sentence.paragraph and _starts_in_the_middle(following.text, language)


def _half_quotation(sentence: Sentence, marks: Sequence[Quotation]) -> bool:
    """A quotation runs over the sentence's edge, or the sentence is from the inside of one; or its own marks do not close."""
    place = bisect_right(marks, sentence.start, key=lambda mark: mark.start) - 1
    for mark in marks[max(0, place) :]:
        if mark.start >= sentence.stop:
            break
        if mark.cut or mark.stop - mark.start > LONGEST_QUOTATION:
            continue
        begins, ends = mark.start >= sentence.start, mark.stop <= sentence.stop
        if (mark.stop > sentence.start and begins != ends) or (not begins and not ends):
            return True
    return any(mark.cut for mark in quotations(sentence.text))


@cache
def _boilerplate() -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["place"], " ".join(word_keys(phrase)))
        for row in table("coherence/boilerplate.tsv")
        for phrase in cell_list(row["phrases"])
    )
