"""Towns and provinces that the termbase has no actors for: one of the source gone, another one come.

``Pair`` → ``name_changed``. Names are those that officials are "of" (``data/roles/places.tsv``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.tables import cell_list, table
from pipelines.verify.lexicon import Forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side

_LONGEST_ENDING = "аяьйоеиы"


def check_towns(pair: Pair) -> Iterator[Warning]:
    """Compare the towns and provinces of both texts."""
    source, target = _named(pair.source), _named(pair.target)
    gone = [key for key in source if key not in target]
    come = [key for key in target if key not in source]
    if gone and come:
        lost, new = source[gone[0]], target[come[0]]
        yield pair.warn("name_changed", f"The translation has “{new}” where the source says “{lost}”.", lost)


def _named(side: Side) -> dict[str, str]:
    """Key of each town or province → how the text writes it."""
    found: dict[str, str] = {}
    for token, keys in zip(side.tokens, _forms(side.column).read(side.words), strict=True):
        if side.language.arabic_script or token.text[:1].isupper():
            for key in keys:
                found.setdefault(key, token.text)
    return found


@cache
def _forms(column: str) -> Forms:
    forms = Forms()
    for row in table("roles/places.tsv"):
        cells = {"en": ("en",), "ru": ("ru", "ru_gen"), "fa": ("fa", "prs"), "ps": ("ps", "ps_oblique")}[column]
        for cell in cells:
            for form in cell_list(row[cell]):
                if column == "ru" and len(form) > 4:
                    forms.add(form.rstrip(_LONGEST_ENDING) + "*", row["key"], column)
                else:
                    forms.add(form, row["key"], column)
    return forms
