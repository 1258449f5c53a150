"""Article text → sentences with exact offsets.

Paragraphs stand between blank lines and no sentence spans two. Inside a paragraph, candidate ends are put to the
language's named rules; what they leave open is put to the library that knows the language.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.models import Sentence
from pipelines.segment import arabic_script, english, russian
from pipelines.segment.rules import JOIN, Rule, Verdict, decide
from pipelines.segment.split import Split, candidates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.models import Span

LONGEST: Final = 1500
"""Code points from which a sentence is cut at a comma or a space. Nobody writes one so long: it is a list, a table or a text
without punctuation, and what follows here works on sentences."""

_PARAGRAPH: Final = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*")
_HAS_WORD: Final = re.compile(r"\w")


def segment(article_text: str, language: Language, headings: Sequence[Span] = ()) -> list[Sentence]:
    """Sentences of ``article_text`` in order; ``text == article_text[start:stop]``, stripped, nothing but space between them.

    A heading's span is one sentence with ``heading`` set. ``Language.UNKNOWN`` is cut by the rules of English.
    """
    found: list[Sentence] = []
    heads = sorted(headings, key=lambda span: span.start)
    for number, match in enumerate(_paragraphs(article_text, heads)):
        start, stop, heading = match
        spans = [(start, stop)] if heading else _sentences(article_text[start:stop], start, language)
        first = len(found)
        found.extend(
            Sentence(
                index=first + offset,
                start=at,
                stop=end,
                text=article_text[at:end],
                paragraph=number,
                heading=heading,
            )
            for offset, (at, end) in enumerate(spans)
        )
    return found


def _paragraphs(text: str, headings: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Start, stop, and whether it is a heading, of each paragraph; a heading's span is cut out of what is round it."""
    position = 0
    for heading in headings:
        if heading.start < position:
            continue
        yield from _plain(text, position, heading.start)
        start, stop = _strip(text, heading.start, heading.stop)
        if start < stop:
            yield start, stop, True
        position = max(position, heading.stop)
    yield from _plain(text, position, len(text))


def _plain(text: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    for match in _PARAGRAPH.finditer(text, start, stop):
        yield match.start(), match.end(), False


def _sentences(paragraph: str, offset: int, language: Language) -> list[tuple[int, int]]:
    """Half-open positions of the sentences of one paragraph, moved by ``offset``."""
    rules = _rules(paragraph, language)
    spans: list[tuple[int, int]] = []
    start = 0
    for split in candidates(paragraph):
        split.sentence_start = start
        if split.left > start and decide(split, rules) is not JOIN:
            spans.append((start, split.left))
            start = split.right
    spans.append((start, len(paragraph)))
    whole = _with_words(paragraph, spans)
    return [(at + offset, end + offset) for span in whole for at, end in _cut(paragraph, *span)]


def _rules(paragraph: str, language: Language) -> tuple[Rule, ...]:
    if language.persian:
        return arabic_script.rules_of("fa")
    if language is Language.PASHTO:
        return arabic_script.rules_of("ps")
    if language is Language.RUSSIAN:
        return (*russian.RULES, partial(_library, russian.razdel_ends(paragraph)))
    return (*english.RULES, partial(_sentencex, english.sentencex_ends(paragraph)))


def _library(ends: frozenset[int], split: Split) -> Verdict | None:
    """What the library says: it ends a sentence somewhere between the two sides of the candidate, or it does not."""
    return None if any(at in ends for at in range(split.mark + len(split.ends), split.right + 1)) else JOIN


def _sentencex(ends: frozenset[int], split: Split) -> Verdict | None:
    return _library(ends, split) if english.doubtful(split) else None


def _with_words(paragraph: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of closing marks and bullets alone go to the sentence before them, or after the paragraph's start."""
    joined: list[tuple[int, int]] = []
    wordless: int | None = None
    for start, stop in spans:
        if _HAS_WORD.search(paragraph, start, stop):
            joined.append((start if wordless is None else wordless, stop))
            wordless = None
        elif joined:
            joined[-1] = (joined[-1][0], stop)
        else:
            wordless = start if wordless is None else wordless
    return joined or [(spans[0][0], spans[-1][1])]


def _cut(paragraph: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its pieces where it is longer than ``LONGEST``: cut after a comma or semicolon, else at a space."""
    while stop - start > LONGEST:
        window = paragraph[start : start + LONGEST]
        at = max(window.rfind(mark, LONGEST // 2) for mark in (", ", "، ", "؛ ", "; ", "\n")) + 1
        if not at:
            at = window.rfind(" ", LONGEST // 2) + 1 or LONGEST
        yield _strip(paragraph, start, start + at)
        start = _strip(paragraph, start + at, stop)[0]
    yield _strip(paragraph, start, stop)


def _strip(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop
