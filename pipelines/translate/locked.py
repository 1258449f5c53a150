"""Names of a sentence and what may stand for them in a translation.

Sentence, languages, the digest's actors → ``NameLock`` values: leftmost-longest, not overlapping, from the termbase and from
the actors that only the article has. ``protect`` and ``restore`` carry names through a model that does not know them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.actors import termbase
from pipelines.languages import Language
from pipelines.models import NameLock
from pipelines.text import name_forms, spelling, tokens
from pipelines.translate.names_forms import forms, named
from pipelines.translate.names_protect import Slot, protect, restore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.models import Actor
    from pipelines.text import Token


def locks(text: str, source: Language, target: Language, actors: Sequence[Actor] = ()) -> tuple[NameLock, ...]:
    """Every name in the sentence ``text`` with its forms in ``target``, in order.

    Names come from the termbase (names, aliases, capitals, states' adjectives) and from ``actors``: their name, aliases and
    mentions. Common nouns of the termbase ("police", "refugees") are no names. Of two names that overlap the longer stays.
    """
    toks = tokens(text, source)
    found = {
        (first, last): _known(text, match, target)
        for match, first, last in termbase.find_ranges(text, source, toks)
        if named(match.entry)
    }
    for actor in actors:
        if actor.kind in ("person", "organisation"):
            for first, last in _stands(actor, toks, source):
                found.setdefault((first, last), _own(text, actor, toks[first].start, toks[last - 1].stop, target))
    taken: set[int] = set()
    kept = []
    for first, last in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append(found[first, last])
    return tuple(sorted(kept, key=lambda lock: lock.start))


def _known(text: str, match: termbase.Match, target: Language) -> NameLock:
    entry = match.entry
    return NameLock(
        key=entry.key,
        kind=entry.kind,
        start=match.start,
        stop=match.stop,
        text=text[match.start : match.stop],
        forms=forms(entry.key, target, match.usage),
        usage=match.usage,
        gender=entry.gender,
    )


def _own(text: str, actor: Actor, start: int, stop: int, target: Language) -> NameLock:
    entry = termbase.entries().get(actor.key)
    if entry is not None:
        known = forms(entry.key, target)
    else:
        sister = {Language.DARI: Language.PERSIAN, Language.PERSIAN: Language.DARI}.get(target, target)
        name = actor.names.get(target) or actor.names.get(sister)
        known = (name,) if name else ()
    gender = entry.gender if entry else ""
    return NameLock(
        key=actor.key, kind=actor.kind, start=start, stop=stop, text=text[start:stop], forms=known, gender=gender
    )


def _stands(actor: Actor, toks: Sequence[Token], source: Language) -> list[tuple[int, int]]:
    """Token ranges of the actor's name, aliases and mentions, and of a person's surname."""
    written = {actor.name, *actor.aliases, *(mention.text for mention in actor.mentions if mention.kind == actor.kind)}
    spelled = [spelling(token.text) for token in toks]
    found = []
    for name in written:
        wanted = _spelled(name, source)
        if not wanted or not _nameable(name, source):
            continue
        for first in range(len(spelled) - len(wanted) + 1):
            window = toks[first : first + len(wanted)]
            if all(spelled[first + i] in cases for i, cases in enumerate(wanted)) and (
                source.arabic_script or window[0].text[0].isupper()
            ):
                found.append((first, first + len(wanted)))
    return found


def _nameable(name: str, source: Language) -> bool:
    """A mention may be a pronoun or a role; a name has a capital where the script has any."""
    return source.arabic_script or any(word[:1].isupper() for word in name.split())


@lru_cache(maxsize=4096)
def _spelled(name: str, language: Language) -> tuple[frozenset[str], ...]:
    return tuple(name_forms(token.text, language) for token in tokens(name, language))


__all__ = ["Slot", "locks", "protect", "restore"]
