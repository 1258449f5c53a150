"""Bodies of states: "Afghan government", "Syria's army", "Russian Foreign Ministry" — a country and a body.

Their number is the product of two tables, so they are composed, not listed: found here in English text, and named in
every reader's language by each language's own order (``pipelines.actors.localise``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.languages import READ, Language
from pipelines.tables import cell_list, table
from pipelines.text import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.actors.spans_en import EnglishText
    from pipelines.actors.termbase import Entry, Match

_LINKS: Final = frozenset({"the", "of", "د"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body a state has. ``names`` by language; ``genitive`` Russian, ``oblique`` Pashto."""

    key: str
    names: Mapping[Language, str]
    genitive: str
    oblique: str
    acts: bool
    """False for what only locates: "Afghan city" is nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """A body of a country: the key is ``<country>/<body>``."""

    country: Entry
    body: Body

    @property
    def key(self) -> str:
        """Stable key across languages."""
        return f"{self.country.key}-{self.body.key}"


@cache
def bodies(language: Language) -> Mapping[tuple[str, ...], Body]:
    """Bodies by the comparison keys of their forms in ``language``."""
    return _lexicon("roles/bodies.tsv", language)


@cache
def places(language: Language) -> Mapping[tuple[str, ...], Body]:
    """Provinces and cities that a governor or a mayor is of, by the comparison keys of their forms."""
    return _lexicon("roles/places.tsv", language)


def _lexicon(name: str, language: Language) -> Mapping[tuple[str, ...], Body]:
    found: dict[tuple[str, ...], Body] = {}
    for row in table(name):
        body = Body(
            key=row["key"],
            names={lang: row[lang] for lang in READ if row.get(lang)},
            genitive=row["ru_gen"],
            oblique=row["ps_oblique"],
            acts=row["acts"] != "no",
        )
        forms = [row.get(language, "")]
        if language is Language.ENGLISH:
            forms += cell_list(row["aliases_en"])
        if language.persian:  # Dari papers write "دولت" beside "حکومت"
            forms.append(row[Language.PERSIAN if language is Language.DARI else Language.DARI])
        for form in forms:
            if form:
                found.setdefault(tuple(t.key for t in tokens(form, language)), body)
    return found


def bodies_at(text: EnglishText, known: Sequence[tuple[Match, int, int]]) -> list[tuple[int, int]]:
    """Token ranges of a country's adjective, name or possessive with a body right behind it."""
    found = []
    for match, first, last in known:
        if match.entry.kind != "country":
            continue
        length = _body_length(text, last)
        if length and text.gap(last) in (" ", "'s ", "’s ", "' ", "’ "):
            found.append((first, last + length))
    return found


def composite(name: str, language: Language) -> Composite | None:
    """The composite that ``name`` is, if it is one: "Afghan government", "правительство Сирии", "د سوریې حکومت"."""
    toks = [t for t in tokens(name, language) if t.text not in _LINKS]
    countries = [m for m in termbase.find(name, language) if m.entry.kind == "country"]
    if len(countries) != 1:
        return None
    country = countries[0]
    rest = tuple(t.key for t in toks if t.stop <= country.start or t.start >= country.stop)
    body = bodies(language).get(rest)
    return Composite(country=country.entry, body=body) if body else None


def _body_length(text: EnglishText, at: int) -> int:
    known = bodies(Language.ENGLISH)
    for length in (4, 3, 2, 1):
        keys = tuple(token.key for token in text.tokens[at : at + length])
        body = known.get(keys)
        if body is not None and body.acts and len(keys) == length:
            inner = [text.gap(i) for i in range(at + 1, at + length)]
            if all(gap in (" ", "-") for gap in inner):
                return length
    return 0
