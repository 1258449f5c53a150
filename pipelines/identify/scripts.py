"""Text → stretches of a size that can be weighed, each with the script that most of its letters are in.

A stretch is a line, or a piece of a long line, so that an English quotation inside a Persian article is weighed on its
own. Long texts are sampled evenly: a few thousand letters settle a language, and an article may have a million.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PIECE: Final = 600
"""Code points of the longest stretch: a long paragraph, or about six sentences."""

SAMPLE: Final = 9000
"""Code points that are looked at altogether, about three pages."""

OWN_SCRIPT_BONUS: Final = 2.5
"""Latin letters in a Cyrillic or Arabic line are names, brands and titles; the reverse hardly occurs. A line with two
Latin letters for one of its own script is still in its own script."""

_LETTERS: Final = {
    "Latn": re.compile("[A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ]+"),
    "Cyrl": re.compile("[\u0400-\u0481\u048a-\u052f]+"),
    "Arab": re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]+"),
}
_OTHER: Final = re.compile(
    "[\u0370-\u03ff\u0530-\u05ff\u0710-\u074f\u0780-\u07bf\u0900-\u1fff\u2c00-\u2dff\u3040-\ud7ff\U00010000-\U0001efff\U00020000-\U0003ffff]+"
)
_NOISE: Final = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\b[\w-]+\.(?:com|org|net|ru|ir|af|info|tv)\b", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text: ``script`` by ISO 15924 (``Zyyy`` where it has no letters), ``letters`` of that script in it."""

    text: str
    script: str
    letters: int


def stretches(text: str) -> list[Stretch]:
    """Stretches of ``text`` that hold letters, in order; at most ``SAMPLE`` code points of it, spread evenly."""
    pieces = [piece for line in text.splitlines() for piece in _pieces(line)]
    total = sum(map(len, pieces))
    if total > SAMPLE:
        step = -(-total // SAMPLE)
        pieces = pieces[::step]
    found = (_stretch(piece) for piece in pieces)
    return [stretch for stretch in found if stretch.letters]


def own_letters(text: str, script: str) -> str:
    """``text`` without the words of other scripts: what a model of one language may see."""
    for other, pattern in _LETTERS.items():
        if other != script:
            text = pattern.sub(" ", text)
    return text


def _pieces(line: str) -> list[str]:
    line = line.strip()
    return [line[at : at + PIECE] for at in range(0, len(line), PIECE)]


def _stretch(piece: str) -> Stretch:
    text = _NOISE.sub(" ", piece) if "." in piece or "@" in piece or "#" in piece else piece
    counts = {script: sum(map(len, pattern.findall(text))) for script, pattern in _LETTERS.items()}
    counts["Zzzz"] = sum(map(len, _OTHER.findall(text)))
    script = max(counts, key=lambda name: counts[name] * (1 if name == "Latn" else OWN_SCRIPT_BONUS))
    return Stretch(text, script if counts[script] else "Zyyy", counts[script])
