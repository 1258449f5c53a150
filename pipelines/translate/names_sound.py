"""How alike two words sound, whatever script each is in: Kabulov, Кабулов, کابلوف.

Word → rough letters (one a sound, digraphs joined) → an edit distance in which vowels and letters that scripts confuse cost
little. ``pipelines.actors.keys`` makes keys, where only equality counts; here the nearness itself is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from pipelines.text import fold

_CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "ž", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "c", "ч": "č",
        "ш": "š", "щ": "š", "ы": "i", "э": "e", "ю": "u", "я": "a", "ь": None, "ъ": None,
    }
)  # fmt: skip
_ARABIC: Final = str.maketrans(
    {
        letter: latin
        for latin, letters in {
            "a": "اآ", "b": "ب", "p": "پ", "t": "تټط", "s": "ثسص", "ž": "جژږ", "č": "چ", "h": "حه", "x": "خ", "d": "دډ",
            "z": "ذزضظځ", "r": "رړ", "š": "شښ", "g": "غگګ", "f": "ف", "k": "قک", "l": "ل", "m": "م", "n": "نڼ", "w": "و",
            "y": "یئ", "c": "څ",
        }.items()
        for letter in letters
    }
    | {"ع": None, "ء": None}
)  # fmt: skip
_LATIN: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("augh$|ough$", "o"), ("sch|sh", "š"), ("tch|ch", "č"), ("dzh|dj|zh|j", "ž"), ("kh", "x"), ("ph", "f"), ("th", "t"),
        ("gh", "g"), ("ck|q", "k"), ("ts|tz", "c"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"), ("ee|ea", "i"), ("oo|ou", "u"),
        (r"(?<=[^aeiou])e$", ""),
    )
)  # fmt: skip
_DOUBLE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiou")
_SOFT: Final = frozenset("hwy")
_VOWEL_COST: Final = 0.3
_SOFT_COST: Final = 0.4
_CONFUSED: Final = {
    pair: cost
    for cost, pairs in {
        0.1: "vw", 0.2: "xh wu wo yi ye", 0.3: "sz fv xk", 0.4: "šž cs cz hg dt fw",
        0.5: "kg gž bv pb šs čš šx čc žy žz", 0.6: "ks kč ts čk",
    }.items()
    for confused in pairs.split()
    for pair in (confused, confused[::-1])
}  # fmt: skip
_PER_CONSONANT: Final = 0.3
"""Distance that each consonant of the shorter word allows. One letter of three may not differ: Путин, Пушин."""
_MOST: Final = 1.3


@lru_cache(maxsize=16384)
def sounds(word: str) -> str:
    """``word`` in rough Latin letters, one for each sound that four scripts can tell; vowels stay, doubled letters do not."""
    letters = fold(word)
    letters = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c) and c.isalpha())
    if letters.isascii():
        for pattern, to in _LATIN:
            letters = pattern.sub(to, letters)
    else:
        letters = letters.translate(_CYRILLIC).translate(_ARABIC).replace("dž", "ž")
        letters = re.sub("(?<=.)h$", "a", letters)
    return _DOUBLE.sub(r"\1", letters)


@lru_cache(maxsize=65536)
def distance(one: str, other: str) -> float:
    """Weighted edit distance of two words' sounds: 0 for the same, about 1 for each consonant that differs."""
    left, right = sounds(one), sounds(other)
    row = [0.0]
    for letter in right:
        row.append(row[-1] + _gap(letter))
    for letter in left:
        above, row = row, [row[0] + _gap(letter)]
        for index, against in enumerate(right):
            row.append(
                min(
                    above[index] + _swap(letter, against),
                    above[index + 1] + _gap(letter),
                    row[index] + _gap(against),
                )
            )
    return row[-1]


def consonants(word: str) -> int:
    """How many consonants are heard in it."""
    return sum(letter not in _VOWELS and letter != "y" for letter in sounds(word))


def vowels_apart(one: str, other: str) -> bool:
    """True where two spellings differ in vowels, their letters and doubled letters alone: کابولوف, کابلوف."""
    left, right = ("".join(c for c in sounds(word) if c not in "aeiouhwy") for word in (one, other))
    return _DOUBLE.sub(r"\1", left) == _DOUBLE.sub(r"\1", right)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """True where one word may be a spelling of the other. Words of fewer than two consonants never are."""
    heard = min(consonants(one), consonants(other))
    if heard < 2 or _opening(one) != _opening(other):
        return False
    return distance(one, other) <= min(_MOST, _PER_CONSONANT * heard) + 1e-9


def _opening(word: str) -> bool:
    """Whether it opens with a vowel; Iran's ا before two consonants (استرالیا) opens nothing."""
    letters = sounds(word)
    return letters[:1] in _VOWELS and letters[1:2] != "s"


def _gap(letter: str) -> float:
    return _VOWEL_COST if letter in _VOWELS else _SOFT_COST if letter in _SOFT else 1.0


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL_COST
    return _CONFUSED.get(one + other, 1.0)
