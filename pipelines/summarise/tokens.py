"""Content terms of a sentence: what the centroid counts. Text and language → stems in text order, stop-words gone.

Stems: Snowball for English and Russian; for Persian/Dari and Pashto, which no stemmer on PyPI serves without a model, one
longest ending of ``data/coherence/affixes.tsv``. ZWNJ separates a word from its affixes, and those are dropped, so that
"کتاب‌ها", "کتاب ها" and "کتابها" are one term. Digits of all scripts are equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language
from pipelines.tables import cell_list, table, words
from pipelines.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD: Final = re.compile(r"[^\W_]+(?:[.,\u066b\u066c]\d+)*")
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_SHORTEST_STEM: Final = 3
"""Letters a light stemmer leaves at least; two would merge unrelated words."""
_LONGEST_WORD: Final = 50
"""Letters; Snowball takes time quadratic in a word's length, and no page is safe from a megabyte without a space."""
_SNOWBALL: Final = {Language.ENGLISH: "english", Language.RUSSIAN: "russian"}


def terms(text: str, language: Language, stopwords: frozenset[str] | None = None) -> list[str]:
    """Stems of the content words of ``text``, in order, with repeats.

    ``stopwords`` are folded words; by default the language's list. Languages that Khabar does not read are not stemmed.
    """
    stop = detached_affixes(language) | (stopwords_of(language) if stopwords is None else stopwords)
    stem = stemmer(language)
    folded = _POSSESSIVE.sub("", fold(text)) if language is Language.ENGLISH else fold(text)
    found = []
    for word in _WORD.findall(folded):
        if word[0].isdecimal():
            found.append("".join(str(unicodedata.decimal(c, c)) for c in word))
        elif word not in stop and len(word) > 1:
            found.append(stem(word) if len(word) <= _LONGEST_WORD else word)
    return found


@cache
def stopwords_of(language: Language) -> frozenset[str]:
    """Folded stop-words; none for a language without a list."""
    if language is Language.UNKNOWN:
        return frozenset()
    return frozenset(piece for word in words(f"stopwords/{_code(language)}.txt") for piece in _WORD.findall(fold(word)))


@cache
def detached_affixes(language: Language) -> frozenset[str]:
    """Folded affixes that ZWNJ or a space may set apart from their word."""
    return frozenset(_affixes(_code(language), "apart"))


@cache
def stemmer(language: Language) -> Callable[[str], str]:
    """Stemmer of one folded word."""
    if language in _SNOWBALL:
        import snowballstemmer  # noqa: PLC0415

        stem: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
        return lru_cache(maxsize=65536)(stem)
    if language.arabic_script:
        return _light_stemmer(_code(language))
    return str


def _light_stemmer(code: str) -> Callable[[str], str]:
    endings = sorted(_affixes(code, "ending"), key=len, reverse=True)

    @lru_cache(maxsize=65536)
    def stem(word: str) -> str:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[: -len(ending)]
        return word

    return stem


def _code(language: Language) -> str:
    """Dari and the Persian of Iran share their lists."""
    return "fa" if language.persian else language.value


def _affixes(code: str, kind: str) -> tuple[str, ...]:
    return tuple(
        fold(form)
        for row in table("coherence/affixes.tsv")
        if row["language"] == code and row["kind"] == kind
        for form in cell_list(row["forms"])
    )
