"""The language a translation is in, and words of another one left in it.

``Pair`` → ``wrong_language`` (the text as a whole), ``untranslated`` (a part of it). Names, acronyms and addresses in Latin
letters are allowed everywhere; Dari and Iranian Persian are one language here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.identify import identify
from pipelines.languages import Language
from pipelines.tables import cell_list, table
from pipelines.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

_SCRIPTS: Final = {"en": re.compile(r"[A-Za-zÀ-ɏ]"), "ru": re.compile(r"[Ѐ-ӿ]"), "fa": re.compile(r"[\u0600-\u06ff]")}
_ADDRESS: Final = re.compile(
    r"\S*(?:https?:|www\.|@|#|/)\S*|\b[\w-]+\.(?:com|org|net|ru|af|ir|gov|uk|info|tv)\b", re.IGNORECASE
)
_LATIN_WORD: Final = re.compile(r"(?<![\w.-])[a-z]{3,}(?![\w.-])")
_LATIN_RUN: Final = re.compile(r"[A-Za-z][a-z'’]*(?:[\s,]+[A-Za-z][a-z'’]*){3,}")
_PASHTO_LETTERS: Final = re.compile(r"[ټډړږښڅځڼېۍ]")
_UKRAINIAN: Final = re.compile(r"[іїєґІЇЄҐ]")
_FOREIGN_LETTERS: Final = {
    "en": re.compile(r"[Ѐ-ӿ]{2,}|[\u0620-\u06d3]{2,}"),
    "ru": re.compile(r"[\u0620-\u06d3]{2,}|[\u4e00-\u9fff]"),
    "fa": re.compile(r"[Ѐ-ӿ]{2,}|[\u4e00-\u9fff]"),
    "ps": re.compile(r"[Ѐ-ӿ]{2,}|[\u4e00-\u9fff]"),
}
_OWN_SHARE: Final = 0.4
"""Share of letters in the language's own script below which names cannot be the reason."""
_SURE: Final = 0.85
_SURE_SHORT: Final = 0.97
_LETTERS: Final = 25
"""Letters from which a guess about the language is heard at all."""
_SHORT: Final = 60


def check_language(pair: Pair) -> Iterator[Warning]:
    """Whether the text is in the language asked for, and whether all of it is."""
    target = pair.target
    text = _ADDRESS.sub(" ", target.text)
    if not any(c.isalpha() for c in text):
        return
    if wrong := _wrong(pair, text):
        yield pair.warn("wrong_language", f"The translation is not in {target.language.names.english}.", wrong)
        return
    for word in _remnants(pair, text)[:1]:
        yield pair.warn("untranslated", f"“{word}” is not in {target.language.names.english}.", word)


def _wrong(pair: Pair, text: str) -> str:
    """Code of the language it seems to be in; empty if it is the right one."""
    target = pair.target
    own = _SCRIPTS["fa" if target.language.arabic_script else target.column]
    letters = [c for c in text if c.isalpha()]
    share = sum(1 for c in letters if own.match(c)) / len(letters)
    if share < _OWN_SHARE:
        names = {word for word in re.findall(r"[\w-]+", pair.source.text) if not word.islower()}
        if all(word in names or word.isdecimal() for word in re.findall(r"[\w-]+", text)) and len(letters) < _SHORT:
            return ""
        return Language.UNKNOWN.value
    body = "".join(c if own.match(c) or not c.isalpha() else " " for c in text)
    count = sum(c.isalpha() for c in body)
    if count < _LETTERS:
        return ""
    guess = identify(body)
    right = guess.language is target.language or (guess.language.persian and target.language.persian)
    if right or guess.confidence < (_SURE if count >= _SHORT else _SURE_SHORT):
        return ""
    return guess.language.value


def _remnants(pair: Pair, text: str) -> list[str]:
    target, source = pair.target, pair.source
    found = [match.group() for match in _FOREIGN_LETTERS[target.column].finditer(text)]
    if target.column != "en":
        original = set(re.findall(r"[a-z]{3,}", source.text)) if source.column == "en" else set()
        common = _common_english()
        latin = _LATIN_WORD.findall(text)
        found += [word for word in latin if word in common]
        found += [w for w in latin if w in original and len(w) > 3 and f"({w}" not in text and f"{w})" not in text][1:]
    if target.column == "ru":
        found += [word for word in text.split() if _UKRAINIAN.search(word)]
    if source.column != target.column:
        found += _other_words(target)
    return found


def _other_words(side: Side) -> list[str]:
    """Words of the sister language in a Pashto or Persian text: three of them are no accident."""
    if side.column == "ps":
        hits = [w for w in side.words if w in _telling()["ps"]]
        return hits if len(hits) >= 3 and len(set(hits)) >= 2 and _dense(side, "ps") else []
    if side.column == "fa":
        hits = [w for w in side.words if w in _telling()["fa"]]
        hits += [t.text for t in side.tokens if _PASHTO_LETTERS.search(t.text)]
        return hits if len(hits) >= 3 and _dense(side, "fa") else []
    return []


def _dense(side: Side, column: str, window: int = 8, least: int = 3) -> bool:
    """True where some eight words in a row hold three that tell."""
    marks = [
        w in _telling()[column] or bool(column == "fa" and _PASHTO_LETTERS.search(t.text))
        for w, t in zip(side.words, side.tokens, strict=True)
    ]
    return any(sum(marks[at : at + window]) >= least for at in range(max(1, len(marks) - window + 1)))


@cache
def _telling() -> dict[str, frozenset[str]]:
    return {
        row["target"]: frozenset(fold(cell) for cell in cell_list(row["words"]))
        for row in table("verify/remnants.tsv")
        if row["words"]
    }


@cache
def _common_english() -> frozenset[str]:
    from pipelines.tables import words  # noqa: PLC0415

    return frozenset(w for w in words("stopwords/en.txt") if len(w) > 2)
