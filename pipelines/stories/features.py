"""What of a report is compared with others: actors, quantities, days, names, concepts, words, and hashes of its wording.

``StoryItem`` → ``Features``. Most marks mean the same in every language: keys of the termbase's actors, values of quantities,
days of the year, concepts of the bilingual lexicon, and the consonants of words that none of them knows, which is how a name in
Latin, Cyrillic and Arabic script becomes one mark. The stems of words are for reports in one language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipelines.actors.keys import skeleton, without_article
from pipelines.stories.models import Features
from pipelines.stories.named import named
from pipelines.stories.rarity import WORDS, rarity
from pipelines.stories.wording import wording
from pipelines.summarise.tokens import stemmer, stopwords_of
from pipelines.verify import jalali
from pipelines.verify.date_words import DateWord, date_words
from pipelines.verify.lexicon import concepts
from pipelines.verify.pair import Side
from pipelines.verify.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pipelines.stories.models import StoryItem
    from pipelines.text import Token

READ_CHARACTERS: Final = 4000
"""Of a text's beginning, about 650 words: what an event is stands early, and background fills the rest."""
MOST: Final = {"actors": 40, "names": 60, "numbers": 30, "concepts": 80}
"""Marks that are kept of each kind; of ``MOST_WORDS`` words in each language."""
MOST_WORDS: Final = 160
MOST_KEYS: Final = 24
KEY_LENGTH: Final = 80
TITLE: Final = 2.0
"""Mentions that one in the title counts for."""
LEAST_SKELETON: Final = 3
_PEOPLE: Final = "people-of-"
_NUMERIC: Final = re.compile(r"-?\d+(?:\.\d+)?")
_DATE: Final = re.compile(r"(\d+)/(\d+)/(\d+)")

_Counts = dict[str, dict[str, float]]


def features(item: StoryItem) -> Features:
    """Marks of the title and the beginning of the text. A few milliseconds for a report of 300 words."""
    title, text = item.title.strip(), item.text.strip()[:READ_CHARACTERS]
    side = Side(f"{title}\n{text}", item.language)
    counts: _Counts = {kind: defaultdict(float) for kind in MOST}
    mentions = [TITLE if token.start < len(title) else 1.0 for token in side.tokens]
    taken = _count_actors(side, mentions, counts["actors"])
    _count_numbers(side, item.published_at.date(), counts["numbers"])
    known = concepts(side)
    for at, names in enumerate(known):
        if at not in taken:
            for name in names:
                counts["concepts"][name.replace(".tsv:", ":")] += mentions[at]
    for at in _unknown(side, known, taken):
        letters = skeleton(without_article(side.tokens[at].text))
        if len(letters) >= LEAST_SKELETON:
            counts["names"][letters] += mentions[at]
    spoken = f"{WORDS}{side.column}"
    counts[spoken] = _words(side, mentions, taken)
    hashes, size = wording(side.words)
    marks = {
        kind: bounded({mark: rarity(kind, mark, side.column) * count**0.5 for mark, count in found.items()}, kind)
        for kind, found in counts.items()
    }
    return Features(marks=marks, sketch=hashes, size=size)


def keys(of: Features) -> tuple[str, ...]:
    """At most 24 marks, the most telling first, each at most 80 characters: stories are found by what they share.

    Two thirds are marks that every language has, since reports in two languages share no words.
    """
    shared: list[tuple[float, str]] = []
    words: list[tuple[float, str]] = []
    for kind, marks in of.marks.items():
        of_kind = words if kind.startswith(WORDS) else shared
        of_kind.extend((-weight, f"{kind}:{mark}") for mark, weight in marks.items())
    found = sorted(shared)[: MOST_KEYS * 2 // 3]
    found += sorted(words)[: MOST_KEYS - len(found)]
    return tuple(key[:KEY_LENGTH] for _, key in found)


def bounded(weights: Mapping[str, float], kind: str) -> dict[str, float]:
    """The marks that weigh most, in that order, rounded so that JSON stays short; marks that tell nothing go."""
    most = MOST.get(kind, MOST_WORDS)
    found = sorted(weights.items(), key=lambda mark: (-mark[1], mark[0]))[:most]
    return {mark: rounded for mark, weight in found if (rounded := round(weight, 2)) > 0}


def _words(side: Side, mentions: Sequence[float], taken: set[int]) -> dict[str, float]:
    """Stems; what names an actor is that actor's mark already, and would count twice."""
    stem, stops = stemmer(side.language), stopwords_of(side.language)
    found: dict[str, float] = defaultdict(float)
    for at, word in enumerate(side.words):
        if at not in taken and len(word) > 1 and word not in stops and not word.isdecimal():
            found[stem(word)] += mentions[at]
    return found


def _count_actors(side: Side, mentions: Sequence[float], found: dict[str, float]) -> set[int]:
    """Count the termbase's actors; the tokens that are names of them."""
    taken: set[int] = set()
    for key, first, stop in named(side):
        found[key.removeprefix(_PEOPLE)] += mentions[first]
        taken.update(range(first, stop))
    return taken


def _count_numbers(side: Side, published: date, found: dict[str, float]) -> None:
    dates = date_words(side)
    of_dates = [span for word in dates for span in word.digits]
    for word in dates:
        if word.calendar != "week" and (word.firm or word.beside):
            for mark in _days(word, published):
                found[mark] += 1
    for quantity in quantities(side):
        if quantity.weak or quantity.vague or any(a <= quantity.start < b for a, b in of_dates):
            continue
        if written := _DATE.fullmatch(quantity.value):
            found[_day(int(written[2]), int(written[1]))] += 1
        elif _NUMERIC.fullmatch(quantity.value):
            sign = "%" if quantity.percent else ""
            found[f"{quantity.value}{sign}"] += 1


def _days(word: DateWord, published: date) -> Iterable[str]:
    """Marks of a day, or of a month without one; a Jalali day is the day of the Gregorian year."""
    if word.calendar == "gregorian":
        yield _day(word.number, word.day) if word.day else f"month {word.number}"
    elif word.day:
        year = word.year or published.year - 621
        if day := jalali.gregorian(year, word.number, word.day):
            yield _day(day.month, day.day)


def _day(month: int, day: int) -> str:
    return f"day {month:02d}-{day:02d}"


def _unknown(side: Side, known: Sequence[frozenset[str]], taken: set[int]) -> Iterable[int]:
    """Tokens that may be names: capitals inside a sentence, in Arabic script whatever no list of words has."""
    stops = stopwords_of(side.language)
    for at, token in enumerate(side.tokens):
        if at in taken or side.words[at] in stops or not token.text[0].isalpha():
            continue
        if side.language.arabic_script:
            if not known[at]:
                yield at
        elif token.text[0].isupper() and (not known[at] or not _opens(side.text, token)):
            yield at


def _opens(text: str, token: Token) -> bool:
    """True where the capital may be the sentence's."""
    before = text[: token.start].rstrip(" \t\"'«“‘(—–-")
    return not before or before[-1] in ".!?…:\n"
