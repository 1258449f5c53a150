"""Keys of actors that the termbase does not know, the same whatever script the article is in.

Morrisey, Морриси and موریسی share little but their consonants, so a person's key is the consonants of the surname in
Latin letters ("x-mrs"), voiced and voiceless sibilants folded and every letter dropped that scripts disagree on (h, v,
w, y, the vowels). Too short a rest takes the given name's consonants too. An organisation's key is a slug.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pipelines.languages import Language
from pipelines.text import fold, tokens

# One letter for each class of consonants that four scripts write alike; "" drops a letter.
_CYRILLIC: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ("", "b", "", "g", "d", "", "", "j", "s", "", "", "k", "l", "m", "n", "", "p", "r", "s", "t", "", "f", "", "ts", "j",
         "s", "s", "", "", "", "", "", ""),
        strict=True,
    )
)  # fmt: skip
_ARABIC: Final = {
    "ب": "b", "پ": "p", "ت": "t", "ټ": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ز": "s", "ذ": "s", "ض": "s", "ظ": "s",
    "ځ": "s", "څ": "s", "ش": "s", "ښ": "s", "ژ": "j", "ږ": "j", "ج": "j", "چ": "j", "د": "d", "ډ": "d", "ر": "r", "ړ": "r",
    "غ": "g", "گ": "g", "ګ": "g", "ف": "f", "ق": "k", "ک": "k", "خ": "", "ل": "l", "م": "m", "ن": "n", "ڼ": "n",
}  # fmt: skip
_LATIN_GROUPS: Final = (
    (re.compile(r"augh$|ough$"), ""), (re.compile(r"sch|sh|tz|ts"), "s"), (re.compile(r"kh"), ""), (re.compile(r"ch|tch|zh|dj"), "j"),
    (re.compile(r"ph"), "f"), (re.compile(r"th"), "t"), (re.compile(r"gh"), "g"), (re.compile(r"ck|q|x"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"), (re.compile(r"c"), "k"), (re.compile(r"z"), "s"), (re.compile(r"[aeiouyhvw]"), ""),
)  # fmt: skip
MIN_SKELETON: Final = 2


def slug(name: str) -> str:
    """Lower-case words joined by hyphens; letters of every script stay."""
    return "-".join(re.findall(r"[^\W_]+", fold(name)))


def person_key(name: str, language: Language) -> str:
    """ "x-" and the surname's skeleton; with the given name's before it where the surname's is under two letters."""
    parts = [t.text for t in tokens(name, language)]
    if not parts:
        return "x-"
    last = skeleton(parts[-1])
    if len(last) < MIN_SKELETON and len(parts) > 1:
        last = f"{skeleton(parts[0])}-{last}"
    return f"x-{last}" if last.strip("-") else f"x-{slug(name)}"


def skeleton(word: str) -> str:
    """Consonants of a word in Latin letters, doubled letters once."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    if re.search(r"[a-z]", letters):
        for pattern, to in _LATIN_GROUPS:
            letters = pattern.sub(to, letters)
        letters = re.sub(r"[^a-z]", "", letters)
    else:
        letters = fold(word)
        letters = "".join(_CYRILLIC.get(c, _ARABIC.get(c, "")) for c in letters).replace("ts", "s")
    return re.sub(r"(.)\1+", r"\1", letters)
