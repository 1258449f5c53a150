"""Loops: a word, phrase or clause that the translation repeats and the source does not.

``Pair`` → ``repetition``. Decoders that lose their way repeat: "ها ها ها", the last clause once more, one syllable to the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair

_LONGEST: Final = 12
"""Words of the longest phrase that is looked for twice in a row."""
_APART: Final = 6
"""Words of a phrase that is an error when repeated anywhere in a sentence."""
_SYLLABLES: Final = re.compile(r"([^\W\d_]{1,6}?)\1{4,}")


def check_repetition(pair: Pair) -> Iterator[Warning]:
    """Look for repeats that the source lacks."""
    found = repeated(pair.target.words)
    if found and not repeated(pair.source.words, lenient=True):
        yield pair.warn("repetition", f"The translation repeats “{' '.join(found)}”.", " ".join(found))
        return
    syllables = _SYLLABLES.search("".join(pair.target.words))
    stuck = syllables and _SYLLABLES.search(pair.target.text.replace(" ", ""))
    if stuck and not _SYLLABLES.search("".join(pair.source.words)):
        yield pair.warn("repetition", f"The translation repeats “{stuck[1]}”.", stuck[1])


def repeated(words: Sequence[str], *, lenient: bool = False) -> Sequence[str]:
    """The repeated phrase, empty if there is none. ``lenient`` takes any phrase of two words for repeated, anywhere."""
    count = len(words)
    for size in range(1, min(_LONGEST, count // 2) + 1):
        for at in range(count - 2 * size + 1):
            phrase = words[at : at + size]
            if words[at + size : at + 2 * size] != phrase or not all(word.isalpha() for word in phrase):
                continue
            if size > 2 or words[at + 2 * size : at + 3 * size] == phrase or (size > 1 and min(map(len, phrase)) > 2):
                return phrase
    size = 3 if lenient else _APART
    seen: set[tuple[str, ...]] = set()
    for at in range(count - size + 1):
        phrase = tuple(words[at : at + size])
        if phrase in seen and any(word.isalpha() for word in phrase):
            return phrase
        seen.add(phrase)
    return ()
