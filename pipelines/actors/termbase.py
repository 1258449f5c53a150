"""Known actors: one row an actor with its form in five languages, and a matcher that finds them in running text.

The tables are ours (``pipelines/data/termbase``). A name is matched by whole tokens through their comparison keys
(``pipelines.text``), so Russian cases, Persian and Arabic letters and Pashto obliques need no rows of their own. The
longest match wins: "Afghan Ministry of Foreign Affairs" before "Afghan".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from pipelines.languages import READ, Language
from pipelines.tables import cell_list, table
from pipelines.text import Token, name_forms, spelling, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.models import ActorKind, NameUsage

FILES: Final = (
    "afghanistan", "south_asia", "central_asia", "iran", "middle_east", "russia", "powers", "international", "groups",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An actor of the termbase. ``names`` is the full press form a language; ``gender`` is m, f or empty."""

    key: str
    kind: ActorKind
    names: Mapping[Language, str]
    aliases: Mapping[Language, tuple[str, ...]]
    gender: str = ""
    country: str = ""
    genitive: str = ""
    """Russian genitive, countries only."""
    adjectives: Mapping[Language, tuple[str, ...]]
    capitals: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry found in a text: half-open code points, and how the text refers to it."""

    start: int
    stop: int
    entry: Entry
    usage: NameUsage
    full: bool
    """True where the full press form stood there, not an alias."""


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by key, in file order, countries first."""
    countries = table("termbase/countries.tsv")
    found = [_country(row) for row in countries] + [_people(row) for row in countries if row["people_en"]]
    for name in FILES:
        found.extend(_actor(row) for row in table(f"termbase/{name}.tsv"))
    return {entry.key: entry for entry in found}


def find(text: str, language: Language, *, words: Sequence[Token] | None = None) -> list[Match]:
    """Entries named in ``text``, leftmost-longest, in order. ``words`` saves a second tokenisation."""
    toks = tokens(text, language) if words is None else words
    return [match for match, _, _ in find_ranges(text, language, toks)]


def find_ranges(text: str, language: Language, toks: Sequence[Token]) -> list[tuple[Match, int, int]]:
    """As ``find``, each match with its range in ``toks`` (half-open indices)."""
    index = _index(language)
    found: list[tuple[Match, int, int]] = []
    at = 0
    while at < len(toks):
        if spelling(toks[at].text) not in index:
            at += 1
            continue
        length, match = match_at(text, language, toks, at)
        if match is not None:
            found.append((match, at, at + length))
        at += max(1, length)
    return found


def match_at(text: str, language: Language, words: Sequence[Token], at: int) -> tuple[int, Match | None]:
    """The longest entry that begins at token ``at`` and its length in tokens; 0 and None where none does."""
    candidate = _longest(_index(language), words, at, text, language)
    if candidate is None:
        return 0, None
    length, form = candidate
    start, stop = words[at].start, words[at + length - 1].stop
    return length, Match(start=start, stop=stop, entry=form.entry, usage=form.usage, full=form.full)


def lookup(name: str, language: Language) -> Entry | None:
    """The entry that ``name`` is the full form or an alias of, if there is just one."""
    found = find(name, language)
    whole = [m for m in found if m.usage in ("name", "capital")]
    if len(whole) == 1 and len(found) == 1 and whole[0].start == 0 and whole[0].stop >= len(name.rstrip(".")):
        return whole[0].entry
    return None


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    spellings: tuple[frozenset[str], ...]
    """For each word, the spellings of its cases."""
    entry: Entry
    usage: NameUsage
    full: bool


@cache
def _index(language: Language) -> Mapping[str, tuple[_Form, ...]]:
    """Forms by every spelling of their first word, longest first."""
    found: dict[str, list[_Form]] = defaultdict(list)
    for entry in entries().values():
        seen = set()
        for name, usage, full in _forms(entry, language):
            parts = tuple(t.text for t in tokens(name, language))
            if not parts or (parts, usage) in seen:
                continue
            seen.add((parts, usage))
            form = _Form(parts, tuple(name_forms(part, language) for part in parts), entry, usage, full)
            for first in form.spellings[0]:
                found[first].append(form)
    return {first: tuple(sorted(forms, key=lambda form: -len(form.words))) for first, forms in found.items()}


def _forms(entry: Entry, language: Language) -> list[tuple[str, NameUsage, bool]]:
    forms: list[tuple[str, NameUsage, bool]] = []
    # A Dari article may spell a name as Iran does and the other way round; the article's own language comes first.
    for lang in (language, *({Language.DARI, Language.PERSIAN} - {language} if language.persian else ())):
        if entry.names.get(lang):
            forms.append((entry.names[lang], "name", True))
        forms.extend((alias, "name", False) for alias in entry.aliases.get(lang, ()))
        forms.extend((capital, "capital", False) for capital in entry.capitals.get(lang, ()))
        forms.extend((adjective, "adjective", False) for adjective in entry.adjectives.get(lang, ()))
    return forms


def _longest(
    index: Mapping[str, tuple[_Form, ...]], toks: Sequence[Token], at: int, text: str, language: Language
) -> tuple[int, _Form] | None:
    """The longest form that stands at ``at``; of two as long, the one spelt exactly so."""
    best: _Form | None = None
    for form in index.get(spelling(toks[at].text), ()):
        length = len(form.words)
        if best is not None and length < len(best.words):
            break
        window = toks[at : at + length]
        if len(window) < length or any(spelling(t.text) not in s for t, s in zip(window, form.spellings, strict=True)):
            continue
        if not _adjacent(text, window, form) or not _cased(window, form, language):
            continue
        if all(t.text == word for t, word in zip(window, form.words, strict=True)):
            return length, form
        best = best or form
    return None if best is None else (len(best.words), best)


def _adjacent(text: str, window: Sequence[Token], form: _Form) -> bool:
    """Only spaces, hyphens, ZWNJ, dots of initials, quotes stand between a name's words; a break ends it.

    A comma ends it too, but for long names of institutions: "Ministry of Agriculture, Irrigation and Livestock".
    """
    listed = form.entry.kind == "organisation" and len(form.words) > 3
    gaps = [text[a.stop : b.start].strip(",،") if listed else text[a.stop : b.start] for a, b in pairwise(window)]
    return all("\n" not in gap and not gap.strip(" \u00a0\u200c\u200e\u200f-‐–.'’‘\"“”«»&/") for gap in gaps)


def _cased(window: Sequence[Token], form: _Form, language: Language) -> bool:
    """In cased scripts a name's first word keeps its capital, so "us" is not "US" nor "turkey" Turkey."""
    if language.arabic_script:
        return True
    if len(window) >= 3 and form.entry.kind == "organisation":
        return True
    acronym = len(form.words[0].replace(".", "")) > 1 and form.words[0].replace(".", "").isupper()
    for token, word in zip(window, form.words, strict=True):
        if not word[:1].isupper():
            continue
        plain = token.text.replace(".", "")
        if not plain[:1].isupper():
            return False
        # "Nato", "Unicef": papers write long acronyms as words
        if acronym and len(form.words) == 1 and not plain.isupper() and len(plain) < 4:
            return False
    return True


def _by_language(row: Mapping[str, str], prefix: str = "") -> dict[Language, str]:
    return {lang: row[f"{prefix}{lang}"] for lang in READ if row.get(f"{prefix}{lang}")}


def _lists(row: Mapping[str, str], prefix: str) -> dict[Language, tuple[str, ...]]:
    return {lang: cell_list(row[f"{prefix}{lang}"]) for lang in READ if row.get(f"{prefix}{lang}")}


def _actor(row: Mapping[str, str]) -> Entry:
    return Entry(
        key=row["key"],
        kind=cast("ActorKind", row["kind"]),
        names=_by_language(row),
        aliases=_lists(row, "aliases_"),
        gender=row["gender"].strip("-"),
        country=row["country"],
        adjectives={},
        capitals={},
    )


def _country(row: Mapping[str, str]) -> Entry:
    adjectives = _lists(row, "adjectives_")
    if row["adjective_ru"]:
        adjectives[Language.RUSSIAN] = (row["adjective_ru"],)
    return Entry(
        key=row["key"],
        kind="country",
        names=_by_language(row),
        aliases=_lists(row, "aliases_"),
        country=row["iso"],
        genitive=row["ru_gen"],
        adjectives=adjectives,
        capitals=_lists(row, "capital_"),
    )


def _people(row: Mapping[str, str]) -> Entry:
    """ "Macedonians": a country's people as a group of its own, in the languages that have a word for it in the table."""
    names = {Language.ENGLISH: row["people_en"], Language.RUSSIAN: row["people_ru"]}
    return Entry(
        key=f"people-of-{row['key']}",
        kind="group",
        names={lang: name for lang, name in names.items() if name},
        aliases={Language.ENGLISH: (f"people of {row['en']}",), Language.RUSSIAN: (f"народ {row['ru_gen']}",)},
        country=row["iso"],
        adjectives={},
        capitals={},
    )
