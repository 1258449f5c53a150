"""Endings of Persian nouns: read off a Persian word, put on a Dari one.

What follows a stem (دانشگاه‌هایشان: هایشان) → number and tail (plural, possessive) → the same on another stem, whose last
sound asks for other letters: خودروی → موتر, هواپیمایی → طیاره‌ای, بیمارستان‌ها → شفاخانه‌ها.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from pipelines.translate.dari_lexicon import HAMZA

if TYPE_CHECKING:
    from pipelines.translate.dari_lexicon import Entry

Sound = Literal["consonant", "vowel", "silent-h", "y"]
Number = Literal["singular", "-hā", "-ān"]
Tail = Literal["", "ezafe", "article", "possessive", "copula", "degree"]

ZWNJ: Final = "\u200c"
_POSSESSIVE: Final = "(?:مان|تان|شان|م|ت|ش)"
_SHORTEST_BENT: Final = 4
"""Letters of the shortest stem that takes an ending without a ZWNJ: سیلی is a slap, موزی is sly, not a flood, a banana."""
_NON_JOINING: Final = frozenset("اآدذرزژو")


@dataclass(frozen=True, slots=True)
class Ending:
    """What follows a stem. ``joiner`` stood before it (ZWNJ, space or nothing), ``written`` is the tail as it stood."""

    number: Number = "singular"
    tail: Tail = ""
    written: str = ""
    joiner: str = ""


BARE: Final = Ending()

_PLURAL: Final = re.compile(f"ها(?:(?P<article>یی)|(?P<ezafe>ی)|ی?(?P<possessive>{_POSSESSIVE})|(?P<copula>یند))?$")
_PEOPLE: Final = {
    "consonant": re.compile(f"ان(?:(?P<article>ی)|(?P<possessive>{_POSSESSIVE}))?$"),
    "vowel": re.compile(f"یان(?:(?P<article>ی)|(?P<possessive>{_POSSESSIVE}))?$"),
}
_ATTACHED: Final = {
    "consonant": re.compile(f"(?:(?P<article>ی)|(?P<possessive>{_POSSESSIVE}))$"),
    "vowel": re.compile(f"(?:(?P<article>یی)|(?P<ezafe>ی)|ی(?P<possessive>{_POSSESSIVE}))$"),
    "silent-h": re.compile(f"(?P<ezafe>{HAMZA})$"),
    "y": re.compile("(?P<possessive>مان|تان|شان|ش)$"),
}
_AFTER_ZWNJ: Final = re.compile(
    "(?:(?P<article>ای|یی)|(?P<ezafe>ی)|(?P<possessive>مان|تان|شان|ام|ات|اش)|(?P<copula>اند|ایم|اید)|(?P<degree>تر|ترین))$"
)


@lru_cache(maxsize=4096)
def sound(word: str) -> Sound:
    """Last sound of a word, as far as the script tells it."""
    if word.endswith("ی"):
        return "y"
    if word.endswith(("ا", "و")):
        return "vowel"
    return "silent-h" if word.endswith("ه") and not word.endswith("اه") else "consonant"


def read(entry: Entry, attached: str, detached: str, joiner: str) -> Ending | None:
    """Ending of a stem of ``entry``: letters ``attached`` to it, then a part ``detached`` from it by ``joiner``.

    None where that is no ending that the entry can take.
    """
    if not attached and not detached:
        return BARE
    if entry.kind in ("word", "suffix"):
        return None
    last = sound(entry.parts[-1])
    if entry.kind == "name":
        return _name_ending(last, attached, detached)
    written = attached + detached
    if attached and detached and joiner != ZWNJ:
        return None
    plural = _PLURAL.match(written)
    if plural and (not attached or attached.startswith("ها")):
        return _ending("-hā", plural, "" if attached else joiner)
    if detached and joiner != ZWNJ:
        return None
    if entry.kind == "person" and last in _PEOPLE and (people := _PEOPLE[last].match(written)):
        return _ending("-ān", people, joiner)
    if not detached:
        long_enough = len(entry.parts) > 1 or len(entry.parts[0]) >= _SHORTEST_BENT or last in ("vowel", "silent-h")
        match = _ATTACHED[last].match(attached) if long_enough else None
        return _ending("singular", match, "") if match else None
    match = None if attached else _AFTER_ZWNJ.match(detached)
    return _ending("singular", match, joiner) if match else None


def put(entry: Entry, ending: Ending) -> str:
    """The entry's Dari word with ``ending``."""
    if ending.number == "singular":
        return _with_tail(entry.prs, ending)
    if ending.number == "-ān":
        return _with_tail(entry.plural or _people(entry.prs), ending)
    if entry.plural:
        return _with_tail(entry.plural, ending)
    head, space, rest = entry.prs.partition(" ")
    plural = f"{head}{_plural_joiner(entry.fa, head, ending.joiner)}ها"
    return _with_tail(f"{plural}ی {rest}" if space else plural, ending)


def _name_ending(last: Sound, attached: str, detached: str) -> Ending | None:
    ezafe = (last == "vowel" and attached == "ی") or (last == "silent-h" and attached == HAMZA)
    return Ending(tail="ezafe", written=attached) if ezafe and not detached else None


def _ending(number: Number, match: re.Match[str], joiner: str) -> Ending:
    kind = match.lastgroup
    if kind is None:
        return Ending(number=number, joiner=joiner)
    return Ending(number=number, tail=_TAILS[kind], written=match[kind], joiner=joiner)


_TAILS: Final[dict[str, Tail]] = {
    "article": "article",
    "ezafe": "ezafe",
    "possessive": "possessive",
    "copula": "copula",
    "degree": "degree",
}


def _with_tail(word: str, ending: Ending) -> str:
    last, tail = sound(word), ending.tail
    if not tail:
        return word
    if tail == "ezafe":
        if last == "silent-h":
            marked = HAMZA if ending.written == HAMZA else ZWNJ + "ی" if ending.joiner == ZWNJ else ""
            return word + marked
        return word + "ی" if last == "vowel" else word
    if tail == "article":
        return word + {"consonant": "ی", "vowel": "یی"}.get(last, ZWNJ + "ای")
    if tail == "possessive":
        owner = ending.written.removeprefix("ا")
        if last == "vowel":
            return f"{word}ی{owner}"
        if last == "consonant":
            return word + (ending.joiner if len(owner) > 1 else "") + owner
        return word + ZWNJ + (owner if len(owner) > 1 else "ا" + owner)
    return word + (ending.joiner or ZWNJ) + ending.written


def _people(word: str) -> str:
    last = sound(word)
    if last == "silent-h":
        return word[:-1] + "گان"
    return word + ("یان" if last == "vowel" else "ان")


def _plural_joiner(before: str, after: str, joiner: str) -> str:
    """A letter that joins nothing needs no ZWNJ; a text that writes دانشگاهها keeps its habit where it can be read."""
    if joiner == " ":
        return joiner
    if after[-1] in _NON_JOINING:
        return ""
    habit = joiner == "" and before[-1] not in _NON_JOINING
    return "" if habit and sound(after) == "consonant" else ZWNJ
