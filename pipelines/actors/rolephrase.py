"""A role in words → its parts: title, modifiers, whose, for what; so that it can be said in another language.

"Russian President Vladimir Putin's special envoy for Afghanistan" is the title *special envoy*, of a person whose own
role is *president* of *Russia*, for *Afghanistan*. Every word must be accounted for by the role lexicon, the termbase or
a linking word: a phrase understood in part would be translated wrongly, so it answers None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from pipelines.actors import termbase
from pipelines.actors.composite import Body, bodies, places
from pipelines.actors.role_lexicon import Modifier, Title, local_title_words, modifiers, titles
from pipelines.languages import Language
from pipelines.text import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.actors.termbase import Entry

Link = Literal["of", "for", "to", "and", "none"]

LINKS: Final[Mapping[Language, Mapping[str, Link]]] = {
    Language.ENGLISH: {
        "of": "of",
        "at": "of",
        "in": "to",
        "for": "for",
        "on": "for",
        "to": "to",
        "and": "and",
        "the": "none",
    },
    Language.RUSSIAN: {"по": "for", "в": "to", "при": "to", "на": "to", "и": "and"},
    Language.PERSIAN: {"برای": "for", "در": "to", "امور": "none", "و": "and", "نزد": "to"},
    Language.DARI: {"برای": "for", "در": "to", "امور": "none", "و": "and", "نزد": "to"},
    Language.PASHTO: {"د": "none", "لپاره": "for", "په": "to", "او": "and", "کې": "none"},
}
"""What joins the parts of a role. "در امور افغانستان" is "for Afghanistan": see ``_links``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyOf:
    """A body, and whose: the *negotiating team* of the *Taliban*."""

    body: Body
    owner: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePhrase:
    """A role understood.

    ``owner``: whose ("of"); ``topic`` and its link: "for Afghanistan", "to the UN"; ``person``: who the role is, where it
    stands for someone named ("President Vladimir Putin's …").
    """

    title: Title
    modifiers: tuple[Modifier, ...] = ()
    owner: Entry | BodyOf | RolePhrase | None = None
    topic: Entry | BodyOf | None = None
    topic_link: Link = "for"
    person: Entry | None = None
    also: RolePhrase | None = None
    """A second role joined by "and"; the owner is shared."""


LONGEST_UNIT: Final = 12
"""Words of the longest title, "minister for the promotion of virtue and the prevention of vice" among them."""


Unit = Title | Modifier | Body | termbase.Match | str
Noun = termbase.Entry | BodyOf | RolePhrase


def parse(role: str, language: Language) -> RolePhrase | None:
    """The parts of ``role``, or None where a word of it is unknown or the order makes no sense."""
    found = _parse(role, language) or _parse_caretaker(role, language)
    if found is None and language is Language.PASHTO:
        return _parse_split_title(role)
    return found


def _parse_caretaker(role: str, language: Language) -> RolePhrase | None:
    """ "سرپرست وزارت خارجه", "د بهرنیو چارو وزارت سرپرست": in Afghan usage the acting minister."""
    opening, closing = "سرپرست وزارت ", " وزارت سرپرست"
    if language.persian and role.startswith(opening):
        minister = f"وزیر {role.removeprefix(opening)}"
    elif language is Language.PASHTO and role.endswith(closing):
        minister = f"{role.removesuffix(closing)} وزیر"
    else:
        return None
    phrase, acting = _parse(minister, language), modifiers(language).get(("سرپرست",))
    return replace(phrase, modifiers=(acting, *phrase.modifiers)) if phrase is not None and acting is not None else None


def _parse_split_title(role: str) -> RolePhrase | None:
    """ "د بهرنیو چارو سرپرست وزیر": a modifier stands inside of the title; take it out and parse what is left."""
    for token in tokens(role, Language.PASHTO):
        modifier = modifiers(Language.PASHTO).get((token.key,))
        if modifier is None:
            continue
        phrase = _parse(f"{role[: token.start]}{role[token.stop :]}", Language.PASHTO)
        if phrase is not None:
            return replace(phrase, modifiers=(modifier, *phrase.modifiers))
    return None


def _parse(role: str, language: Language) -> RolePhrase | None:
    units = _units(role, language)
    if units is None or not any(isinstance(u, Title) for u in units):
        return None
    if language is Language.PASHTO:
        units = _pashto_order(units)
    phrase = _english(units) if language is Language.ENGLISH else _head_first(units)
    if phrase is not None and phrase.title.key == "chief-of-staff" and phrase.owner is not None:
        # a president's chief of staff heads an office, an army's heads its general staff: other words elsewhere
        return phrase if _civil(phrase.owner) else None
    return phrase


def _civil(owner: Noun) -> bool:
    key = owner.key if isinstance(owner, termbase.Entry) else owner.body.key if isinstance(owner, BodyOf) else ""
    return not any(word in key for word in ("army", "armed", "forces", "military", "navy", "staff", "guard"))


def _units(role: str, language: Language) -> list[Unit] | None:
    """Cover every word of ``role`` with units, the longest first, going back where a long one leaves a word over."""
    toks = tokens(role, language)
    local = any(t.key in local_title_words(language) for t in toks)
    dead: set[int] = set()

    def cover(at: int, inside: bool) -> list[Unit] | None:
        if at == len(toks):
            return []
        if at in dead:
            return None
        for length, unit in _choices(role, toks, at, language, city=local or inside):
            rest = cover(at + length, unit == "link:to")
            if rest is not None:
                return [unit, *rest]
        dead.add(at)
        return None

    found = cover(0, inside=False)
    return None if found is None else [u for u in found if u != "link:none"]


def _choices(
    role: str, toks: Sequence[Token], at: int, language: Language, *, city: bool
) -> Iterator[tuple[int, Unit]]:
    """Units that may begin at token ``at``, the longest first. ``city``: a capital's name is the city, not the state."""
    found: list[tuple[int, Unit]] = []
    for length in range(min(LONGEST_UNIT, len(toks) - at), 0, -1):
        keys = tuple(t.key for t in toks[at : at + length])
        found.extend((length, lexicon[keys]) for lexicon in (titles(language), modifiers(language)) if keys in lexicon)
    span, match = termbase.match_at(role, language, toks, at)
    if match is not None and not (match.usage == "capital" and city):
        found.append((span, match))
    for length in range(min(LONGEST_UNIT, len(toks) - at), 0, -1):
        keys = tuple(t.key for t in toks[at : at + length])
        found.extend((length, lexicon[keys]) for lexicon in (bodies(language), places(language)) if keys in lexicon)
    if toks[at].text.casefold() in LINKS[language]:
        found.append((1, f"link:{_link(toks, at, language)}"))
    # at equal length titles come first ("soldier" is a group's name too), then the termbase: `sorted` keeps their order
    yield from sorted(found, key=lambda choice: -choice[0])


def _link(toks: Sequence[Token], at: int, language: Language) -> Link:
    link = LINKS[language][toks[at].text.casefold()]
    if link == "to" and at + 1 < len(toks) and toks[at + 1].text == "امور":
        return "for"
    return link


def _english(units: Sequence[Unit]) -> RolePhrase | None:
    cut = next((i for i, u in enumerate(units) if isinstance(u, str)), len(units))
    left, right = list(units[:cut]), list(units[cut:])
    person_at = max((i for i, u in enumerate(left) if _is_person(u)), default=-1)
    owner: Noun | None = None
    if person_at >= 0:
        possessor = left[person_at]
        if not isinstance(possessor, termbase.Match):
            return None
        owner = possessor.entry
        if person_at > 0:
            role = _english(left[:person_at])
            if role is None:
                return None
            owner = replace(role, person=possessor.entry)
        left = left[person_at + 1 :]
    at = max((i for i, u in enumerate(left) if isinstance(u, Title)), default=-1)
    if at < 0 or at != len(left) - 1:
        return None
    title = left[at]
    mods = tuple(u for u in left[:at] if isinstance(u, Modifier))
    rest = [u for u in left[:at] if not isinstance(u, Modifier)]
    before = _noun(rest)
    if (rest and before is None) or (before is not None and owner is not None) or not isinstance(title, Title):
        return None
    return _with_right(RolePhrase(title=title, modifiers=mods, owner=owner or before), right)


def _with_right(phrase: RolePhrase, right: Sequence[Unit]) -> RolePhrase | None:
    for link, part in _segments(right):
        if link == "and":
            other = _english(part)
            if other is None or phrase.also is not None:
                return None
            phrase = replace(phrase, also=replace(other, owner=other.owner or phrase.owner))
            continue
        noun = _noun(part)
        if noun is None:
            return None
        # "spokesman for the ministry" is the ministry's; "envoy for Afghanistan" is somebody else's
        whose = link == "of" or (link == "for" and not (isinstance(noun, termbase.Entry) and noun.kind == "country"))
        if whose and phrase.owner is None:
            phrase = replace(phrase, owner=noun)
        elif link in ("for", "to") and phrase.topic is None and not isinstance(noun, RolePhrase):
            phrase = replace(phrase, topic=noun, topic_link=link)
        else:
            return None
    return phrase


def _head_first(units: Sequence[Unit]) -> RolePhrase | None:
    """Russian and Persian: the title, then whose, then for what; modifiers on either side of the title."""
    cut = next((i for i, u in enumerate(units) if isinstance(u, str)), len(units))
    left, right = list(units[:cut]), list(units[cut:])
    at = next((i for i, u in enumerate(left) if isinstance(u, Title)), None)
    if at is None or any(not isinstance(u, Modifier) for u in left[:at]):
        return None
    title = left[at]
    if not isinstance(title, Title):
        return None
    mods = [u for u in left[:at] if isinstance(u, Modifier)]
    rest = left[at + 1 :]
    while rest and isinstance(rest[0], Modifier):
        mods.append(rest.pop(0))  # type: ignore[arg-type]  # just tested
    while rest and isinstance(rest[-1], Modifier):
        mods.append(rest.pop())  # type: ignore[arg-type]  # just tested
    owner = _owner_after(rest)
    if rest and owner is None:
        return None
    phrase = RolePhrase(title=title, modifiers=tuple(mods), owner=owner)
    return _with_right(phrase, right) if not any(u == "link:and" for u in right) else None


def _owner_after(rest: Sequence[Unit]) -> Noun | None:
    if rest and isinstance(rest[0], Title):
        person = rest[-1] if _is_person(rest[-1]) else None
        inner = _head_first(rest[:-1] if person is not None else rest)
        if inner is not None and isinstance(person, termbase.Match):
            inner = replace(inner, person=person.entry)
        return inner
    return _noun(rest)


def _noun(part: Sequence[Unit]) -> Noun | None:
    """A country, an organisation, a body, a body of one of these; in either order."""
    entries = [u.entry for u in part if isinstance(u, termbase.Match)]
    parts = [u for u in part if isinstance(u, Body)]
    if len(entries) + len(parts) != len(part) or len(entries) > 1 or len(parts) > 1:
        return None
    if parts:
        return BodyOf(body=parts[0], owner=entries[0] if entries else None)
    return entries[0] if entries else None


def _pashto_order(units: Sequence[Unit]) -> list[Unit]:
    """Pashto says whose before what: turn the possessor, and "for"/"to" phrases, behind the title."""
    at = max(i for i, u in enumerate(units) if isinstance(u, Title))
    before, after = list(units[:at]), list(units[at + 1 :])
    mods: list[Unit] = [u for u in before if isinstance(u, Modifier)]
    nouns: list[Unit] = [u for u in before if not isinstance(u, Modifier)]
    topics: list[Unit] = []
    for index, unit in enumerate(nouns):
        if unit == "link:for" and index > 0:  # postposition: "د افغانستان لپاره"
            topics = ["link:for", nouns[index - 1]]
            nouns = nouns[: index - 1] + nouns[index + 1 :]
            break
        if unit == "link:to" and index + 1 < len(nouns):  # "په افغانستان کې"
            topics = ["link:to", nouns[index + 1]]
            nouns = nouns[:index] + nouns[index + 2 :]
            break
    return [*mods, units[at], *nouns, *topics, *after]


def _segments(right: Sequence[Unit]) -> list[tuple[Link, list[Unit]]]:
    found: list[tuple[Link, list[Unit]]] = []
    for unit in right:
        if isinstance(unit, str):
            found.append((unit.removeprefix("link:"), []))  # type: ignore[arg-type]  # `_units` writes links only
        elif found:
            found[-1][1].append(unit)
    return found


def _is_person(unit: Unit) -> bool:
    return isinstance(unit, termbase.Match) and unit.entry.kind == "person"
