"""Letters, words and endings that speak for one language of a script: text → evidence by language, in log odds.

The table ``data/identify/evidence.tsv`` holds them. It knows more languages than Khabar reads, because a language is
recognised as foreign only by evidence of its own: Urdu by its retroflexes, Kyrgyz by its vowels, Bulgarian by its articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipelines.tables import table

Evidence = Mapping[str, float]
"""Language by ISO 639 code → log odds, 0 where nothing speaks for it."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʻ‘-][^\W\d_]+)*")
# harakat, tatweel and direction marks stand inside words of careful Pashto and of text copied out of PDF files
_UNWRITTEN: Final = dict.fromkeys(
    [*range(0x064B, 0x0653), 0x0670, 0x0640, *range(0x200B, 0x2010), 0x202A, 0x202B, 0x202C]
)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Evidence of one script, ready for look-up."""

    letters: Mapping[str, Evidence]
    words: Mapping[str, Evidence]
    marks: Mapping[str, frozenset[str]]
    patterns: tuple[tuple[re.Pattern[str], tuple[str, ...], float], ...]


def lacks_its_letters(text: str, script: str, language: str) -> bool:
    """True where ``text`` holds none of the letters that the language hardly writes a sentence without."""
    marks = _cues(script).marks.get(language)
    return marks is not None and marks.isdisjoint(text.lower())


def weigh(text: str, script: str) -> dict[str, float]:
    """Evidence in ``text``, which is mostly in ``script`` (ISO 15924): every occurrence counts."""
    cues = _cues(script)
    lower = text.lower()
    found: dict[str, float] = defaultdict(float)
    plain = lower.translate(_UNWRITTEN)
    for word, times in Counter(_WORD.findall(plain)).items():
        for language, weight in cues.words.get(word, {}).items():
            found[language] += weight * times
    for letter, times in Counter(plain).items():
        for language, weight in cues.letters.get(letter, {}).items():
            found[language] += weight * times
    for pattern, languages, weight in cues.patterns:
        times = sum(1 for _ in pattern.finditer(lower))
        if times:
            for language in languages:
                found[language] += weight * times
    return found


@cache
def _cues(script: str) -> _Cues:
    letters: dict[str, dict[str, float]] = defaultdict(dict)
    words: dict[str, dict[str, float]] = defaultdict(dict)
    marks: dict[str, set[str]] = defaultdict(set)
    patterns = []
    for row in table("identify/evidence.tsv"):
        if row["script"] != script:
            continue
        languages, weight = tuple(row["languages"].split()), float(row["weight"])
        if row["kind"] == "pattern":
            patterns.append((re.compile(row["items"]), languages, weight))
            continue
        target, items = (words, row["items"].split()) if row["kind"] == "words" else (letters, list(row["items"]))
        for item in items:
            for language in languages:
                target[item][language] = max(weight, target[item].get(language, 0))
                if row["kind"] == "own":
                    marks[language].add(item)
    return _Cues(letters, words, {name: frozenset(own) for name, own in marks.items()}, tuple(patterns))
