"""Tokens and their comparison keys, shared by every stage that asks whether two words are the same word.

Text → tokens with offsets; a token's ``key`` is what two spellings of one word have in common: case, Arabic against
Persian letters, harakat, ZWNJ, ё, and the case endings of Russian and Pashto. Keys are for comparison only and never
shown: shown text keeps its ZWNJ and its diacritics.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipelines.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipelines.models import Sentence

BIDI_MARKS: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"

_FOLD: Final = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ګ": "گ",
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ؤ": "و",
    }
    | dict.fromkeys(BIDI_MARKS)
    | {"ـ": None, "ё": "е"}
)

# Harakat are not word characters to `re`, and a name with a shadda is still one word.
_TOKEN: Final = re.compile(r"[^\W_](?:[\w\u064b-\u0655\u0670]|['’.](?=[^\W\d_]))*")
_PERIOD_WORD: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: half-open code points of the text, the word as written, and its comparison key."""

    start: int
    stop: int
    text: str
    key: str


def fold(text: str) -> str:
    """Spelling differences gone: NFKC, casefold, Arabic/Persian/Pashto letter variants, harakat, bidi marks, ё."""
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    return "".join(c for c in folded if not unicodedata.combining(c))


def tokens(text: str, language: Language) -> list[Token]:
    """Words of ``text`` in order. ZWNJ, hyphens and punctuation separate; "U.S." and "Taliban's" lose dots and ’s."""
    stem = _stemmer(language)
    found = []
    for match in _TOKEN.finditer(text):
        start, word = match.start(), match.group()
        if language is Language.ENGLISH:
            word = _without_possessive(word)
        if "." in word and not _PERIOD_WORD.fullmatch(word):
            # "said.He" and "kabul.gov": a full stop inside anything but initials separates
            offset = start
            for part in word.split("."):
                if part:
                    found.append(Token(offset, offset + len(part), part, stem(part)))
                offset += len(part) + 1
            continue
        found.append(Token(start, start + len(word), word, stem(word)))
    return found


def token_ranges(toks: Sequence[Token], sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """Each sentence with its tokens' range (half-open indices into ``toks``); both are in text order."""
    at = 0
    for sentence in sentences:
        while at < len(toks) and toks[at].start < sentence.start:
            at += 1
        first = at
        while at < len(toks) and toks[at].start < sentence.stop:
            at += 1
        yield sentence, first, at


def token_key(word: str, language: Language) -> str:
    """Comparison key of one word in ``language``."""
    return _stemmer(language)(word)


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


@cache
def _stemmer(language: Language) -> Callable[[str], str]:
    return {
        Language.RUSSIAN: _russian_key,
        Language.PASHTO: _pashto_key,
        Language.PERSIAN: _persian_key,
        Language.DARI: _persian_key,
    }.get(language, _plain_key)


@lru_cache(maxsize=65536)
def _plain_key(word: str) -> str:
    return fold(word).replace(".", "").replace("’", "'")


_RUSSIAN_TAIL: Final = re.compile(
    r"(?:иями|ями|ами|ыми|ими|иях|иям|ией|ием|ого|его|ому|ему|ях|ах|ам|ям|ом|ем|ой|ей|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ым|им"
    r"|ых|их|ию|ия|ии|ью|а|я|у|ю|ы|и|е|о|й|ь)$"
)
_RUSSIAN_SURNAME: Final = re.compile(r"(?<=..)[ое]в$|(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[цтк]$)")


@lru_cache(maxsize=65536)
def _russian_key(word: str) -> str:
    """What the cases of a word share; not a lemma. Snowball's stems will not do: афганиста(н), афганистан(у)."""
    key = _plain_key(word)
    if word.isupper() or len(key) <= 3 or len(key) > 40:
        return key
    tail = _RUSSIAN_TAIL.search(key)
    if tail and tail.start() >= 3:
        key = key[: tail.start()]
    # Кабулов, Кабулова; талибы, талибов; Египет, Египта
    return _RUSSIAN_SURNAME.sub("", key) if len(key) > 4 else key


@lru_cache(maxsize=65536)
def _persian_key(word: str) -> str:
    """Drop the ezafe that is written behind a long vowel: سخنگوی طالبان, شورای امنیت."""
    key = _plain_key(word)
    return key[:-1] if len(key) > 4 and key.endswith(("وی", "ای")) else key


@lru_cache(maxsize=65536)
def _pashto_key(word: str) -> str:
    """Drop the vowel that Pashto's oblique case changes: امریکا امریکې, روسیه روسیې, طالبان طالبانو."""
    bare = word.translate(dict.fromkeys(map(ord, BIDI_MARKS)))
    # the adjective's ي stays: حماسي ("epic") is not حماس
    if (len(bare) > 3 and bare[-1] in "هېا") or (len(bare) > 4 and bare[-1] == "و"):
        bare = bare[:-1]
    return _plain_key(bare)


def name_forms(word: str, language: Language) -> frozenset[str]:
    """Comparison spellings of every case that a name's ``word`` has in ``language``; one spelling where none declines."""
    if language is Language.RUSSIAN:
        return _russian_forms(word)
    if language is Language.PASHTO:
        return _pashto_forms(word)
    return frozenset((spelling(word),))


def spelling(word: str) -> str:
    """``word`` folded, without the dots of "U.S.": what ``name_forms`` holds."""
    return _plain_key(word)


_MASCULINE = ("", "а", "у", "ом", "ем", "ым", "е", "ы", "ов", "ев", "ам", "ами", "ах", "ых", "ыми")
_RUSSIAN_ENDINGS: Final = (
    # dictionary ending → what may stand in its place; the first that fits decides
    ("ская", ("ская", "ской", "скую")),
    ("ство", ("ство", "ства", "ству", "ством", "стве")),
    ("ово", ("ово", "ова", "ову", "овом", "ове")),
    ("ние", ("ние", "ния", "нию", "нием", "нии")),
    ("ий", ("ий", "ого", "его", "ому", "ему", "им", "ом", "ем", "ия", "ию", "ии", "ием")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ая", ("ая", "ой", "ую")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ие", ("ие", "их", "им", "ими", "ых", "ым", "ыми")),
    ("й", ("й", "я", "ю", "ем", "е", "и")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("я", ("я", "и", "ю", "ей", "е")),
    ("а", ("а", "ы", "у", "ой", "ей", "е")),
    ("ы", ("ы", "", "ов", "ев", "ам", "ами", "ах")),
)
_VELARS: Final = "гкхжшщчц"
_FLEETING: Final = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[цтк]$)")


@lru_cache(maxsize=16384)
def _russian_forms(word: str) -> frozenset[str]:
    """Cases by the dictionary ending; names in -и, -у, -э, -о, -е, -ю and acronyms have none, lower-case plurals do.

    Exact on purpose: a stem shared by Хан and Хания, Гана and Гани, Нигер and Нигерия would mix them up.
    """
    form = _plain_key(word)
    if word.isupper() or len(form) < 3:
        return frozenset((form,))
    for ending, others in _RUSSIAN_ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            base = form[: -len(ending)]
            velar = ("и",) if ending == "а" and base[-1] in _VELARS else ()
            return frozenset(base + other for other in (*others, *velar))
    if form[-1] == "и" and word[0].islower():  # "боевики", "сирийские": a common plural
        return frozenset(form[:-1] + end for end in ("и", "", "ов", "ам", "ами", "ах", "ей", "ям", "ями", "ях"))
    if form[-1] in "иуэоею":
        return frozenset((form,))
    stems = {form, _FLEETING.sub("", form)}
    velar = ("и",) if form[-1] in _VELARS else ()
    return frozenset({form, *(stem + end for stem in stems for end in (*_MASCULINE, *velar))})


def _pashto_forms(word: str) -> frozenset[str]:
    """Direct and oblique: روسیه روسیې, امریکا امریکې, طالبان طالبانو, کابل کابله. چینې ("springs") is no case of چین."""
    found = {word}
    if word[-1:] in "ها" and len(word) > 3:
        found.add(word[:-1] + ("و" if word.endswith("ونه") else "ې"))
    elif word[-1:] not in "یيېۍو":
        found.add(word + "ه")
        if word.endswith("ان") or len(word) > 4:
            found.add(word + "و")
    return frozenset(_plain_key(form) for form in found)
