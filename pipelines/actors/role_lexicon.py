"""The role lexicon: titles and what qualifies them, in five languages, by the comparison keys of their forms.

``roles/titles.tsv`` and ``roles/modifiers.tsv`` → ``Title`` and ``Modifier``; ``rolephrase`` finds them in a role's words and
``localise`` says them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from pipelines.languages import READ, Language
from pipelines.tables import cell_list, table
from pipelines.text import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]

LOCAL_TITLES: Final = frozenset({"governor", "mayor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A row of the role lexicon. ``cases`` are the Russian masculine forms; ``feminine`` the Russian feminine."""

    key: str
    names: Mapping[Language, str]
    feminine: str
    cases: Mapping[Case, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """ "former", "acting", "deputy". ``place`` says by language whether it stands before or after, or governs ("gen")."""

    key: str
    names: Mapping[Language, str]
    feminine: str
    place: Mapping[str, str]


_Row = TypeVar("_Row", Title, Modifier)


@cache
def local_title_words(language: Language) -> frozenset[str]:
    """First words of titles that a city or province has: "Moscow mayor" is not Russia's."""
    return frozenset(keys[0] for keys, title in titles(language).items() if title.key in LOCAL_TITLES)


@cache
def titles(language: Language) -> Mapping[tuple[str, ...], Title]:
    """Titles by the comparison keys of their forms in ``language``."""
    found: dict[tuple[str, ...], Title] = {}
    for row in table("roles/titles.tsv"):
        title = Title(
            key=row["key"],
            names={lang: row[lang] for lang in READ if row.get(lang)},
            feminine=row["ru_f"],
            cases={
                "nom": row["ru"], "gen": row["ru_gen"], "dat": row["ru_dat"], "acc": row["ru_acc"], "ins": row["ru_ins"],
                "loc": row["ru_loc"],
            },
        )  # fmt: skip
        _add_forms(found, row, title, language)
    return found


@cache
def modifiers(language: Language) -> Mapping[tuple[str, ...], Modifier]:
    """Modifiers by the comparison keys of their forms in ``language``."""
    found: dict[tuple[str, ...], Modifier] = {}
    for row in table("roles/modifiers.tsv"):
        modifier = Modifier(
            key=row["key"],
            names={lang: row[lang] for lang in READ if row.get(lang)},
            feminine=row["ru_f"],
            place=dict(pair.split(":", 1) for pair in row["position"].split() if ":" in pair),
        )
        _add_forms(found, row, modifier, language)
    return found


def _add_forms(found: dict[tuple[str, ...], _Row], row: Mapping[str, str], unit: _Row, language: Language) -> None:
    forms = [row.get(language, ""), *cell_list(row.get(f"aliases_{language}", ""))]
    if language is Language.RUSSIAN:
        forms.append(row.get("ru_f", ""))
    if language.persian:  # Dari papers use Tehran's titles too, and the other way round
        sister: Language = Language.PERSIAN if language is Language.DARI else Language.DARI
        forms += [row.get(sister, ""), *cell_list(row.get(f"aliases_{sister}", ""))]
    for form in forms:
        keys = tuple(t.key for t in tokens(form, language))
        if keys:
            found.setdefault(keys, unit)
