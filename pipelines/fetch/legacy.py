"""8-bit charsets told apart by how much the result reads like a language: body and hints -> text.

A byte's cost under a charset is the rarity of its letter in its script; a word pays extra for letters of two scripts
side by side and for a capital after a small letter. That separates windows-1251 from koi8-r, which hold the same
letters with their cases swapped, where counting valid bytes can not. Letter shares are in ``data/charset/letters.tsv``.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

from pipelines.errors import ReadError
from pipelines.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

CANDIDATES: Final = {
    "cp1252": 14.0,
    "cp1251": 8.0,
    "cp1256": 8.0,
    "koi8-u": 4.0,
    "iso8859-5": 0.0,
    "cp866": 0.0,
    "mac-cyrillic": 4.0,
    "iso8859-6": 0.0,
    "cp1255": -30.0,
}
"""Charsets of the languages that Khabar reads, and Hebrew's, which reads like Cyrillic. The number is bits by which one
is likelier before anything is read: one pound sign is no Cyrillic letter, ten letters in a row are. koi8-u is koi8-r with
Ukrainian letters for box lines."""

_HINT_BONUS: Final = 0.5
_POOR: Final = -5.5
"""Bits a character: single sentences of Russian and Persian news score -4.2 to -5.1, French -5.2; Greek and Chinese
bytes read as any candidate -5.9 and worse."""
_SURE_LENGTH: Final = 20
"""Characters from which a poor fit means something; below, one odd sign decides."""
_SAMPLE_WORDS: Final = 1500
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_PUNCTUATION: Final = frozenset("«»“”„‘’‚–—…№©®™°·•§£€¥¢½¼¾±²³\xa0\xad،؛؟\u200c\u200d\u200e\u200f")
_MIXED_SCRIPTS: Final = -8.0
_CAPITAL_INSIDE: Final = -5.0
_CAPITAL: Final = -1.0
_NEVER: Final = -14.0
# Charsets that a declaration may name, as Python names them: an allow-list, since Python also "decodes" rot13 and
# punycode (slow on purpose-made input). Values are what browsers read instead (Encoding standard, section 4.2).
_SINGLE: Final = {
    **{name: name for name in CANDIDATES},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{page}": f"cp{page}" for page in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 866, 874)},
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "koi8-r": "koi8-r",
}
_MULTI: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "cp949": "cp949",
}
_LABELS: Final = {"win-1251": "cp1251", "x-cp1251": "cp1251", "cp-1251": "cp1251", "x-mac-cyrillic": "mac-cyrillic"}


class _Byte(NamedTuple):
    bits: float
    script: int
    """0 no letter, 1 Latin, 2 Cyrillic, 3 Arabic, 4 any other."""
    upper: bool
    lower: bool


def read_legacy(body: bytes, hints: Sequence[str]) -> str:
    """Text of ``body``, which is no Unicode. ``hints`` are declared labels, the most trusted first.

    May hold U+FFFD where the best charset has no letter; raises ``ReadError`` where none reads like a language.
    """
    words = _WORD.findall(body)
    step = max(1, len(words) // _SAMPLE_WORDS)
    sample = words[::step][:_SAMPLE_WORDS]
    names = [name for name in map(_python_name, hints) if name]
    hinted = [_SINGLE[name] for name in names if name in _SINGLE]
    length = sum(map(len, sample)) or 1
    fits = {charset: _score(sample, charset) for charset in dict.fromkeys((*hinted, *CANDIDATES))}
    best = max(
        fits,
        key=lambda charset: fits[charset] + CANDIDATES.get(charset, 0.0) / length + _HINT_BONUS * (charset in hinted),
    )
    if fits[best] < _POOR and length >= _SURE_LENGTH:
        for name in names:
            if name in _MULTI:
                text = body.decode(_MULTI[name], "replace")
                if text.count("\ufffd") <= 0.001 * len(text):
                    return text
        return _normalizer(body)
    return body.decode(best, "replace")


def _python_name(label: str) -> str | None:
    label = label.strip().lower()
    try:
        return codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None


def _normalizer(body: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    match = from_bytes(body).best()
    # What scored poorly above stays refused, whoever proposes it.
    if match is None or _python_name(match.encoding) in CANDIDATES:
        raise ReadError("The text's encoding cannot be told; save it as UTF-8 and try again.")
    return str(match)


def _score(words: Sequence[bytes], charset: str) -> float:
    """Mean bits a character of ``words`` under ``charset``, 0 at best."""
    letters = _table(charset)
    total, count = 0.0, 0
    for word in words:
        before = _NO_LETTER
        for value in word:
            byte = letters[value]
            total += byte.bits
            if byte.script and before.script:
                if byte.script != before.script:
                    total += _MIXED_SCRIPTS
                elif byte.upper:
                    total += _CAPITAL_INSIDE if before.lower else _CAPITAL
            before = byte
        count += len(word)
    return total / count if count else 0.0


_NO_LETTER: Final = _Byte(0.0, 0, upper=False, lower=False)


@cache
def _table(charset: str) -> tuple[_Byte, ...]:
    return tuple(_describe(bytes([value]).decode(charset, "replace")) for value in range(256))


def _describe(char: str) -> _Byte:
    shares = _shares()
    small = char.lower()
    if small in shares:
        bits, script = shares[small]
    elif char == "\ufffd" or "\x7f" <= char < "\xa0":
        bits, script = _NEVER, 0
    elif not char.isalpha():
        bits, script = (log2(0.01) if char in _PUNCTUATION else log2(0.0003)), 0
    elif char <= "\x7f":
        bits, script = log2(0.04), 1
    elif char < "\u0250":
        bits, script = log2(0.01), 1
    elif "\u0400" <= char <= "\u052f":
        bits, script = log2(0.0002), 2
    elif "\u0600" <= char <= "\u06ff":
        bits, script = log2(0.0005), 3
    else:
        bits, script = log2(0.04), 4
    return _Byte(bits, script, upper=char.isupper(), lower=char.islower())


@cache
def _shares() -> dict[str, tuple[float, int]]:
    """Letter -> bits and script, from the data file."""
    scripts = {"cyrillic": 2, "arabic": 3}
    rows = table("charset/letters.tsv")
    return {row["letter"]: (log2(int(row["share"]) / 10_000), scripts[row["script"]]) for row in rows}
