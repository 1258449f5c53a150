"""Who translates a pair of languages: the installed back-ends, best first, or the operator's own order.

Translators → a function from a pair to those that support it, ordered by ``data/translate/preference.tsv``. Also which model to
pull for a pair that nobody translates.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.languages import Language
from pipelines.tables import cell_list, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.translate.base import Translator


def chooser(
    translators: Sequence[Translator], order: Sequence[str] = ()
) -> Callable[[Language, Language], Sequence[Translator]]:
    """Back-ends of a pair, the preferred first. ``order``, if given, names the only ones that may be used.

    Persian for Dari readers needs no model, so the back-end that does it is there whatever ``order`` says, and comes last.
    """

    @cache
    def choose(source: Language, target: Language) -> tuple[Translator, ...]:
        able = [translator for translator in translators if translator.supports(source, target)]
        named = tuple(order) or preference(source, target)
        if order:
            able = [translator for translator in able if translator.name in order or translator.name == "dari"]
        rank = {name: place for place, name in enumerate(named)}
        return tuple(sorted(able, key=lambda t: (rank.get(t.name, len(rank)), t.name)))

    return choose


@cache
def preference(source: Language, target: Language) -> tuple[str, ...]:
    """Names of back-ends for a pair, the best first, whether they are installed or not."""
    for row in table("translate/preference.tsv"):
        if row["source"] in ("*", source.value) and row["target"] in ("*", target.value):
            return cell_list(row["order"])
    raise LookupError(f"no row for {source.value} → {target.value}")  # the last row fits all


def suggestion(source: Language, target: Language) -> str:
    """The smallest model (or bundle) that translates the pair: ``light``, or ``nllb-600m`` where Pashto is concerned."""
    return "nllb-600m" if Language.PASHTO in (source, target) else "light"
