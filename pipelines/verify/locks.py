"""Names in a translation: every one of the source is there, right, and nobody else's.

Source, translation, ``NameLock`` values → warnings ``name_missing``, ``name_changed``, ``name_spelling``, ``name_added``,
``names_swapped``; ``about`` is the source's name (of ``name_added`` the translation's).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.models import Warning
from pipelines.translate.names_find import standing
from pipelines.translate.names_forms import state
from pipelines.translate.names_near import near
from pipelines.translate.names_reading import Reading
from pipelines.verify.content import abbreviates
from pipelines.verify.locks_order import swapped
from pipelines.verify.locks_weight import firm, otherwise, strangers, tolerated
from pipelines.verify.pair import Side
from pipelines.verify.shape import deviation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.languages import Language
    from pipelines.models import NameLock
    from pipelines.translate.names_reading import Range


_ROOM: Final = 30
"""Words of a source in which translators leave a state or a body unsaid; another in its place is told at any length."""


_LONGER: Final = 0.5
_BRIEF: Final = 16
"""Words of a source to which a translator adds no country of his own."""


def check_names(
    source: str,
    translated: str,
    *,
    source_language: Language,
    target_language: Language,
    names: Sequence[NameLock],
    where: str,
) -> list[Warning]:
    """What is wrong with the names of one translated sentence. One warning a name, the gravest."""
    original, target = Reading(source, source_language), Reading(translated, target_language)
    stands: dict[str, list[Range]] = {}
    absent: dict[str, NameLock] = {}
    warnings = []
    for lock in names:
        key = state(lock.key)
        if stands.get(key) or (key in absent and firm(absent[key], original, names)):
            continue
        known = standing(target, lock)
        stands[key] = known or near(target, lock)
        if stands[key]:
            absent.pop(key, None)
            written = "" if known else target.text[slice(*target.span(stands[key][0]))]
            if written and firm(lock, original, names) and not tolerated(written, lock, target_language):
                warnings.append(_warning("name_spelling", lock.text, where, written))
        elif (lock.forms or lock.kind == "person") and not otherwise(lock, original, target):
            absent[key] = lock
    added = dict(strangers(original, target, names))
    for lock in absent.values():
        instead = next((k for k in added if _kind(k) == _kind(lock.key, lock)), None)
        if instead is not None:
            warnings.append(_warning("name_changed", lock.text, where, added.pop(instead)))
        elif firm(lock, original, names) and (lock.kind == "person" or len(original.tokens) <= _ROOM):
            warnings.append(_warning("name_missing", lock.text, where))
    pairs = swapped(original, target, names, stands)
    warnings += [_warning("names_swapped", one.text, where, other.text) for one, other in pairs]
    told = {"person", "country"} if added and _brief(original, target) else {"person"}
    warnings += [_warning("name_added", text, where) for key, text in added.items() if _kind(key) in told]
    return warnings


def _brief(original: Reading, target: Reading) -> bool:
    """True for a short source without acronyms ("Pak", IIT), whose translation is longer than it should be."""
    one, two = Side(original.text, original.language), Side(target.text, target.language)
    return len(one.words) <= _BRIEF and deviation(one, two) > _LONGER and not abbreviates(one, two)


def _kind(key: str, lock: NameLock | None = None) -> str:
    entry = termbase.entries().get(state(key))
    return entry.kind if entry else lock.kind if lock else ""


_MESSAGES: Final = {
    "name_missing": "The translation lacks the name “{0}”.",
    "name_changed": "The translation has “{1}” where the source says “{0}”.",
    "name_spelling": "The translation spells the name “{0}” in an unknown way: “{1}”.",
    "name_added": "The translation names “{0}”, whom the source does not name.",
    "names_swapped": "The translation puts “{1}” where the source says “{0}”.",
}


def _warning(code: str, about: str, where: str, other: str = "") -> Warning:
    return Warning(code=code, message=_MESSAGES[code].format(about, other), where=where, about=about)
