"""Contraries: the source says that prices rose and the translation that they fell.

``Pair`` → ``meaning_changed``. A pair of contraries (``data/verify/contraries.tsv``, with the lexicon's forms) is changed where
one side of it is gone from the translation and the other side stands there more often than in the source.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines.tables import cell_list, table
from pipelines.verify.content import free
from pipelines.verify.lexicon import Forms, concept_forms, concepts
from pipelines.verify.negation import negations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.models import Warning
    from pipelines.verify.pair import Pair, Side


_FREE: Final = 0.5
_LONG: Final = 35
"""Words of a source in which both contraries may well stand, each for something else."""


def check_contraries(pair: Pair) -> Iterator[Warning]:
    """Compare both sides of every pair."""
    if len(negations(pair.source).hard) != len(negations(pair.target).hard):
        return  # "did not agree" is "refused"
    if free(pair, _FREE, _LONG):
        return
    source, target = _read(pair.source), _read(pair.target)
    for name in _pairs():
        for gone, come in ((f"{name}:a", f"{name}:b"), (f"{name}:b", f"{name}:a")):
            if not source.get(gone) or target.get(gone):
                continue
            ones, others = source.get(come, []), target.get(come, [])
            if len(others) > len(ones) and not _explained(pair, others, (gone, come)):
                yield pair.warn(
                    "meaning_changed",
                    f"The source says “{source[gone][0]}”, the translation the contrary: “{others[0]}”.",
                    source[gone][0],
                )
                return


def _explained(pair: Pair, words: Sequence[str], sides: tuple[str, str]) -> bool:
    """True where another word of the source may be what these translate: «сокращение» of a tax *cut* is no fall."""
    marked = _forms(pair.source.column).read(pair.source.words)
    read = zip(concepts(pair.source), marked, strict=True)
    known = frozenset[str]().union(*(names for names, own in read if own.isdisjoint(sides)))
    named = zip(pair.target.tokens, concepts(pair.target), strict=True)
    return all(names & known for token, names in named if token.text in words)


def _read(side: Side) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    last: frozenset[str] = frozenset()
    for token, names in zip(side.tokens, _forms(side.column).read(side.words), strict=True):
        for name in names - last:
            found.setdefault(name, []).append(token.text)
        last = names
    return found


@cache
def _pairs() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["pair"] for row in table("verify/contraries.tsv")))


@cache
def _forms(column: str) -> Forms:
    """Forms of both sides; a shared form of two letters (Pashto "کم", little) tells no movement."""
    forms = Forms()
    known = concept_forms(column)
    for row in table("verify/contraries.tsv"):
        name = f"{row['pair']}:{row['side']}"
        shared = [form for concept in cell_list(row["concepts"]) for form in known.get(f"contraries.tsv:{concept}", ())]
        shared = [form for form in shared if len(form.rstrip("*")) > 2]
        for form in (*shared, *cell_list(row[column])):
            forms.add(form, name, column)
    return forms
