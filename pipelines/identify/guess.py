"""Language of a text and of each of its lines: text → ``LanguageGuess``.

Each stretch of the text is weighed alone, within its script: letters and words, then cld3, then langdetect where doubt
is left. The language that holds most of the text's letters is the text's language, so that quotations, captions and
foreign names do not count for more than their length.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pipelines.identify.dari import DARI_THRESHOLD, dari_score
from pipelines.identify.detectors import cld3, langdetect
from pipelines.identify.evidence import lacks_its_letters, weigh
from pipelines.identify.scripts import own_letters, stretches
from pipelines.languages import Language
from pipelines.models import LanguageGuess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.identify.scripts import Stretch

CLD3_TRUST: Final = 3.0
"""Log odds of a cld3 answer at probability 1 on a full sentence: it takes three function words to overrule it."""

CLD3_FULL_TRUST: Final = 60
"""Letters from which cld3 has its full trust. Below, its "probability" is no guide: it gives headlines of five English
words to Luxembourgish at .93 and Russian ones to Bulgarian at .97."""

CLD3_LEAST_TRUST: Final = 0.4

LANGDETECT_TRUST: Final = 1.0
"""It errs on most of the short lines that it is asked about, and always says .99."""

HABITAT_ODDS: Final = 0.7
"""What speaks for English among Latin texts, Russian among Cyrillic and Persian among Arabic ones before they are read."""

SURE: Final = 4.0
"""Lead in log odds of a stretch, from which langdetect has nothing to add."""

SURE_SHARE: Final = 0.95
"""Believed share of a text's letters from which langdetect is not asked at all: its profiles take 90 ms to load."""

SAMPLE: Final = 16
"""Stretches of a long text that are read, evenly from its beginning to its end."""

LONG_TEXT: Final = 500
LONG_TEXT_SHARE: Final = 0.8
"""In a text of so many letters, a share that a second opinion on its doubtful lines cannot overturn."""

_READ: Final = {"en": Language.ENGLISH, "ru": Language.RUSSIAN, "fa": Language.PERSIAN, "ps": Language.PASHTO}
_HABITAT: Final = {"Latn": "en", "Cyrl": "ru", "Arab": "fa"}
_FOREIGN: Final = "?"

_NOTHING: Final = LanguageGuess(language=Language.UNKNOWN, confidence=0.0)


def identify(text: str) -> LanguageGuess:
    """Language that most letters of ``text`` are in.

    ``confidence`` is the share of letters in that language times the belief in it. ``Language.UNKNOWN`` stands for any
    language that Khabar does not read (its ``confidence`` is the belief in that) and, with confidence 0, for no letters
    at all. Persian is DARI or PERSIAN by the hint ``dari``.
    """
    parts = stretches(text)
    if not parts:
        return _NOTHING
    if len(parts) > SAMPLE:
        parts = parts[:: -(-len(parts) // SAMPLE)]
    opinions = [_Opinion(part) for part in parts]
    first, confidence = _majority(opinions)
    long = sum(part.letters for part in parts) >= LONG_TEXT
    if confidence < (LONG_TEXT_SHARE if long else SURE_SHARE):
        for opinion in opinions:
            opinion.ask_langdetect()
        first, confidence = _majority(opinions)
    if first != "fa":
        return LanguageGuess(language=_READ.get(first, Language.UNKNOWN), confidence=confidence)
    dari = dari_score("\n".join(opinion.stretch.text for opinion in opinions if opinion.language == "fa"))
    language = Language.DARI if dari >= DARI_THRESHOLD else Language.PERSIAN
    return LanguageGuess(language=language, confidence=confidence, dari=dari)


def identify_lines(lines: Sequence[str]) -> list[LanguageGuess]:
    """One guess for each line, each on its own."""
    return [identify(line) for line in lines]


def _majority(opinions: list[_Opinion]) -> tuple[str, float]:
    """Code of the language with most believed letters (``?`` for any that is not read), and its share of all letters."""
    belief: dict[str, float] = defaultdict(float)
    for opinion in opinions:
        belief[opinion.language] += opinion.stretch.letters * opinion.belief
    first = max(belief, key=lambda name: belief[name])
    return first, round(belief[first] / sum(opinion.stretch.letters for opinion in opinions), 4)


class _Opinion:
    """What is thought of one stretch: ``language`` (``?`` for any that is not read) and the ``belief`` in it, 0-1."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.language, self.belief = _FOREIGN, 1.0
        self._odds: dict[str, float] = {}
        if stretch.script not in _HABITAT:
            return
        self._text = own_letters(stretch.text, stretch.script)
        self._odds = weigh(self._text, stretch.script)
        _add(self._odds, {_HABITAT[stretch.script]: 1.0}, HABITAT_ODDS)
        full = min(1.0, max(CLD3_LEAST_TRUST, stretch.letters / CLD3_FULL_TRUST))
        _add(self._odds, _credible(cld3(self._text), self._text, stretch.script), CLD3_TRUST * full)
        self._decide()

    def ask_langdetect(self) -> None:
        """Hear langdetect where doubt is left and it can help: it has no Pashto."""
        if not self._odds or self.language == "ps" or self._margin >= SURE:
            return
        script = self.stretch.script
        _add(self._odds, _credible(langdetect(self._text, script), self._text, script), LANGDETECT_TRUST)
        self._decide()

    def _decide(self) -> None:
        ranked = sorted(self._odds.items(), key=lambda item: -item[1])
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        self._margin = ranked[0][1] - second
        self.language = ranked[0][0] if ranked[0][0] in _READ else _FOREIGN
        self.belief = 1 / (1 + math.exp(-self._margin))


def _credible(opinion: Mapping[str, float], text: str, script: str) -> dict[str, float]:
    """Halve what speaks for a language none of whose own letters occur: no Serbian headline does without a ј."""
    return {name: p / 2 if lacks_its_letters(text, script, name) else p for name, p in opinion.items()}


def _add(odds: dict[str, float], opinion: Mapping[str, float], trust: float) -> None:
    for language, probability in opinion.items():
        odds[language] = odds.get(language, 0.0) + trust * probability
