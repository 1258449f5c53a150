"""Where a name begins and ends in Arabic script, and which words of a text are one.

A name runs from an honorific or a given name over given names and particles to one word that nothing else claims. A run
of name-like words without a given name is a name where the language's own evidence says so (``Tagging.vouched``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pipelines.actors.arabic_script import BLANK, everyday
from pipelines.tables import word_class

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pipelines.actors.arabic_script import ScriptText

PARTICLES: Final = word_class("actors/classes_fa.tsv", "name_particle")
_OPENERS: Final = word_class("actors/classes_fa.tsv", "name_opener")
_NO_ORGANISATION: Final = word_class("actors/classes_fa.tsv", "no_organisation")
MAX_NAME_TOKENS: Final = 6
MAX_RUN: Final = 4
MAX_SYLLABLE: Final = 3
MIN_ALONE: Final = 3
_INSIDE: Final = frozenset({"در", "په"})
MIN_LETTERS: Final = 3


def name_end(text: ScriptText, first: int) -> int:
    """Index past the name that begins at ``first``; ``first`` itself where none does."""
    _, high = text.bounds[first]
    at = first
    given, unknown = False, 0
    while at < high and at - first < MAX_NAME_TOKENS:
        if (at > first and not _goes_on(text, at)) or at in text.covered:
            break
        key = text.key(at)
        if at + 1 < high and (key, text.key(at + 1)) in text.lex.compounds and text.joined(at + 1):
            given = True
            at += 2
            continue
        leading = at == first or text.key(at - 1) in text.lex.honorifics
        if not unknown and (key in text.lex.given or (leading and key in text.lex.honorifics)):
            given = given or key in text.lex.given
            at += 1
            continue
        if at > first and text.tokens[at].text in PARTICLES:
            at += 1
            continue
        if not text.namelike(at) and not _hyphened(text, at):
            if given and not unknown and _everyday_surname(text, at):
                at += 1
            break
        # without a known given name the first unknown word is taken for one
        if unknown and _follows(text, at) and not _hyphened(text, at):
            break
        if unknown >= (1 if given else 2) and not _hyphened(text, at) and not _second_surname(text, at):
            break
        unknown += 1
        at += 1
    while at > first and text.tokens[at - 1].text in _OPENERS:
        at -= 1
    return at


def _goes_on(text: ScriptText, index: int) -> bool:
    """Within one name: a space or a hyphen; a hyphen between spaces only before a syllable ("کیم جونگ - اون")."""
    gap = text.gap(index)
    spaced = "-" in gap and gap.strip(BLANK) != gap
    same_script = text.tokens[index].text.isascii() == text.tokens[index - 1].text.isascii()
    return same_script and text.joined(index) and (not spaced or len(text.tokens[index].text) <= MAX_SYLLABLE)


def _hyphened(text: ScriptText, index: int) -> bool:
    return "-" in text.gap(index) and _goes_on(text, index)


def _everyday_surname(text: ScriptText, index: int) -> bool:
    """ "محمد نادر علمی، رئیس": a surname in -ی that is an everyday word too, closed by a comma."""
    key = text.key(index)
    comma = index + 1 in text.bounds and text.after(index + 1) in ("،", ",")
    return comma and key.endswith("ی") and key in text.lex.common and not text.lex.closes(key)


def _second_surname(text: ScriptText, index: int) -> bool:
    """ "کریستین بلاسی فورد": the word before never stands without this one, and here the phrase ends."""
    before, here = text.key(index - 1), text.key(index)
    stands = text.places.get(before, ())
    if any(text.key(i + 1) != here for i in stands):
        return False
    closed = index + 1 not in text.bounds or not text.joined(index + 1) or text.lex.closes(text.key(index + 1))
    return closed and not _follows(text, index)


def _follows(text: ScriptText, index: int) -> bool:
    """A verb behind the word: then it may be the verb's own noun ("اعتراف کرد")."""
    key = text.key(index + 1)
    return key in text.lex.verbs and key not in text.lex.says


def runs(text: ScriptText, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Token ranges of one to ``MAX_RUN`` name-like words in a row, with nothing name-like beside them."""
    at = 0
    last = len(text.tokens)
    while at < last:
        if at in taken or not text.namelike(at):
            at += 1
            continue
        stop = at + 1
        while stop < last and stop not in taken and _goes_on(text, stop) and _runs_on(text, stop):
            stop += 1
        while text.tokens[stop - 1].text in _OPENERS:
            stop -= 1
        if stop - at <= MAX_RUN:
            yield at, stop
        at = max(stop, at + 1)


def _runs_on(text: ScriptText, index: int) -> bool:
    return text.namelike(index) or (text.tokens[index].text in PARTICLES and text.namelike(index + 1))


def frequencies(text: ScriptText) -> Counter[str]:
    """How often each name-like word stands in the text."""
    return Counter(text.key(i) for i in text.bounds if text.namelike(i))


def _alone(text: ScriptText, last: int) -> list[int]:
    """Where the last word of a run stands without the words before it."""
    before, here = text.key(last - 2), text.key(last - 1)
    return [i for i in text.places.get(here, ()) if text.key(i - 1) != before]


def recurring(text: ScriptText, first: int, last: int) -> bool:
    """Two words, then the second alone again and again, once as the speaker: given name and surname.

    What stands behind "در" or "په" is a place or a thing.
    """
    if last - first != 2:
        return False
    stands = _alone(text, last)
    if len(stands) < MIN_ALONE:
        return False
    firsts = any(text.key(i + 1) != text.key(first + 1) for i in text.places.get(text.key(first), ()))
    inside = any(text.key(i - 1) in _INSIDE for i in (*stands, first, last - 1))
    return not firsts and not inside and any(_speaks(text, i) for i in stands)


def _speaks(text: ScriptText, index: int) -> bool:
    low, high = text.bounds[index]
    return low == index and text.joined(index + 1) and any(text.key(i) in text.lex.says for i in range(low, high))


def acronyms(text: ScriptText) -> Iterator[tuple[int, int]]:
    """Token ranges of Latin capitals ("LSU") and of spelled letters ("ال اس یو") that recur: organisations."""
    letters = everyday("letter", text.language)
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    at = 0
    while at < len(text.tokens):
        stop = at
        while stop in text.bounds and text.key(stop) in letters and (stop == at or text.joined(stop)):
            stop += 1
        word = text.tokens[at].text
        latin = (
            word not in _NO_ORGANISATION
            and word.isascii()
            and word.isupper()
            and word.isalpha()
            and len(word) >= MIN_LETTERS
        )
        if latin or stop - at >= MIN_LETTERS:
            stop = max(stop, at + 1)
            if at in text.bounds:
                found.setdefault(tuple(text.key(i) for i in range(at, stop)), []).append((at, stop))
        at = max(stop, at + 1)
    for ranges in found.values():
        if len(ranges) >= MIN_ALONE:
            yield from ranges
