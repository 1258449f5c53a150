"""Whether a sentence can be read without the one before it: pronouns, connectives and bare quotations at its opening.

Sentence → bool, by named rules in order; the phrases are data (``data/coherence/openers_*.tsv``). The rules lean to "depends":
a wrong "depends" costs the summary one candidate, a wrong "stands" shows the reader a "he" that nobody introduced.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from pipelines.languages import Language
from pipelines.tables import cell_list, table
from pipelines.text import fold
from pipelines.verify.quotes import quotations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Reading = Literal["PRONOUN", "DEPENDS", "STANDS", "INTRO"]

_WORD: Final = re.compile(r"\w+(?:'\w+)*")
LONGEST_PHRASE: Final = 5
_INTRO_WORDS: Final = 5
"""A pronoun among so many words after "On Tuesday", "در نشست" … still opens the sentence for a reader."""
_AFTER_QUOTATION: Final = 4
_WITHOUT_LETTERS: Final = re.compile(r"[\W\d_]*")


def depends_on_previous(text: str, language: Language) -> bool:
    """True where the sentence needs its predecessor: to know who, what or which statement it speaks of."""
    return any(rule(text, language) for rule in _RULES)


def opening(words: Sequence[str], language: Language) -> Reading | None:
    """Reading of the longest phrase that the folded ``words`` open with."""
    phrases = _phrases(language)
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if found := phrases.get(tuple(words[:length])):
            return found
    return None


@lru_cache(maxsize=1024)
def word_keys(text: str) -> tuple[str, ...]:
    """Folded words; ZWNJ joins, so that آن‌ها is one word. Every rule asks for the same sentence's."""
    return tuple(_WORD.findall(fold(text.replace("\u200c", "").replace("’", "'"))))


def _opens_with_reference(text: str, language: Language) -> bool:
    """ "He was …", "But the …", "«Он преступник», — …": quotation marks at the start do not hide the opener."""
    return opening(word_keys(text), language) in ("PRONOUN", "DEPENDS")


def _pronoun_after_introduction(text: str, language: Language) -> bool:
    """ "On Tuesday he said …", unless a name stands before the pronoun."""
    words = word_keys(text)
    if opening(words, language) != "INTRO":
        return False
    place = next((i for i, word in enumerate(words[:_INTRO_WORDS]) if _is_pronoun(word, language)), None)
    if place is None:
        return False
    between = [match.group() for match in _WORD.finditer(text)][1:place]
    return not any(word[0].isupper() and _words("calendar").isdisjoint(word_keys(word)) for word in between)


def _pronoun_after_quotation(text: str, language: Language) -> bool:
    """ "“We go,” he said", "«Мы уходим», — сказал он": nobody is named near the quotation that opens the sentence."""
    found = quotations(text)
    if not found or not _WITHOUT_LETTERS.fullmatch(text[: found[0].start]):
        return False
    after = text[found[0].stop :]
    words = word_keys(after.split("“")[0].split('"')[0].split("«")[0])[:_AFTER_QUOTATION]
    return any(_is_pronoun(word, language) for word in words)


def _trailing_attribution(text: str, language: Language) -> bool:
    """ "The deal is dead, he said.", "Сделки не будет, — добавил он."."""
    match = re.search(r"[,،—–-]\s*((?:[\w'’]+\s+){0,2}[\w'’]+)\s*[.!?…؟۔]*$", text)
    if not match:
        return False
    words = word_keys(match[1])
    return any(_is_pronoun(word, language) for word in words) and _words("conjunction").isdisjoint(words)


def _bare_quotation(text: str, language: Language) -> bool:  # noqa: ARG001 - one signature for all rules
    """A sentence that is a quotation and nothing else: its speaker is in the sentence before."""
    found = quotations(text)
    outside = text
    for quotation in reversed(found):
        outside = outside[: quotation.start] + outside[quotation.stop :]
    return bool(found) and _WITHOUT_LETTERS.fullmatch(outside) is not None


_RULES: Final[tuple[Callable[[str, Language], bool], ...]] = (
    _opens_with_reference,
    _pronoun_after_introduction,
    _pronoun_after_quotation,
    _trailing_attribution,
    _bare_quotation,
)


def _is_pronoun(word: str, language: Language) -> bool:
    return _phrases(language).get((word,)) == "PRONOUN"


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        key
        for row in table("coherence/words.tsv")
        if row["kind"] == kind
        for form in cell_list(row["words"])
        for key in word_keys(form)
    )


@cache
def _phrases(language: Language) -> dict[tuple[str, ...], Reading]:
    if language is Language.UNKNOWN:
        return {}
    code = "fa" if language.persian else language.value
    readings: dict[str, Reading] = {"PRONOUN": "PRONOUN", "DEPENDS": "DEPENDS", "STANDS": "STANDS", "INTRO": "INTRO"}
    return {
        tuple(word_keys(phrase)): readings[row["reading"]]
        for row in table(f"coherence/openers_{code}.tsv")
        for phrase in cell_list(row["phrases"])
    }
