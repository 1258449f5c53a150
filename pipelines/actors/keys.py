"""Keys of actors that the termbase does not know, the same whatever script the article is in.

Morrisey, Морриси and موریسی share little but their consonants, so a person's key is the consonants of the surname in
Latin letters ("x-mrs"), voiced and voiceless sibilants folded and every letter dropped that scripts disagree on (h, v,
w, y, the vowels). Too short a rest takes the given name's consonants too. An organisation's key is a slug.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pipelines.text import fold, tokens

if TYPE_CHECKING:
    from pipelines.languages import Language

# One letter for each class of consonants that four scripts write alike; letters that are not listed drop.
_CYRILLIC: Final = dict(zip("бгджзклмнпрстфцчшщ", "bgdjsklmnprstfsjss", strict=True))
_ARABIC: Final = {
    letter: latin
    for latin, letters in {
        "b": "ب", "p": "پ", "t": "تټط", "s": "ثسصزذضظځڅشښ", "j": "ژږجچ", "d": "دډ", "r": "رړ", "g": "غگګ", "f": "ف", "k": "قک",
        "l": "ل", "m": "م", "n": "نڼ",
    }.items()
    for letter in letters
}  # fmt: skip
_LATIN: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("augh$|ough$", ""),
        ("sch|sh|tz|ts", "s"),
        ("kh", ""),
        ("tch|ch|zh|dj", "j"),
        ("ph", "f"),
        ("th", "t"),
        ("gh", "g"),
        ("ck|q|x", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("z", "s"),
        ("[aeiouyhvw]", ""),
    )
)
MIN_SKELETON: Final = 2
MIN_ARTICLED: Final = 5
"""Letters of a word whose "ال" may be the article: "الیوا" is Alleva."""


def slug(name: str) -> str:
    """Lower-case words joined by hyphens; letters of every script stay."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))


def person_key(name: str, language: Language) -> str:
    """ "x-" and the surname's skeleton; with the given name's before it where the surname's is under two letters."""
    parts = [t.text for t in tokens(name, language)]
    if not parts:
        return "x-"
    last = skeleton(without_article(parts[-1]))
    if len(last) < MIN_SKELETON and len(parts) > 1:
        last = f"{skeleton(parts[0])}-{last}"
    return f"x-{last}" if last.strip("-") else f"x-{slug(name)}"


def without_article(word: str) -> str:
    """An Arabic surname without the article it is written together with: "المعلم" is al-Moualem."""
    return word[2:] if word.startswith("ال") and len(word) > MIN_ARTICLED else word


def skeleton(word: str) -> str:
    """Consonants of a word in Latin letters, doubled letters once."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    if re.search(r"[a-z]", letters):
        for pattern, to in _LATIN:
            letters = pattern.sub(to, letters)
        letters = re.sub(r"[^a-z]", "", letters)
    else:
        letters = fold(word)
        letters = "".join(_CYRILLIC.get(c, _ARABIC.get(c, "")) for c in letters)
    # Persian writes the -в of Саипов as ف, Latin as v or ff
    return re.sub(r"(.)\1+", r"\1", letters).removesuffix("f")
