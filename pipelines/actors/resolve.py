"""Mentions → actors: who is the same, which form is the name, which role stands, who matters.

Merging goes from the certain to the likely: a row of the termbase, a body of a state, a whole name, a surname or a part
of a name after its whole form, an acronym after its long form. Salience weighs what news puts first: title, lead, who
acts, who is named again. Selection keeps those who act and drops places, outlets that only report, and passers-by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipelines.actors import termbase
from pipelines.actors.composite import composite
from pipelines.actors.keys import person_key, skeleton, slug
from pipelines.actors.variants import known_person, same_surname
from pipelines.languages import Language
from pipelines.models import Actor, Mention
from pipelines.tables import words
from pipelines.text import token_key, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.models import ActorKind, Article, Sentence

MAX_ACTORS: Final = 12
MAX_ROLE_LENGTH: Final = 120
LEAD_SENTENCES: Final = 3
TITLE_WEIGHT: Final = 2.5
LEAD_WEIGHT: Final = 1.5
TITLE_NAMED_WEIGHT: Final = 1.5
TITLE_ADJECTIVE_WEIGHT: Final = 0.8
TITLE_PLACE_WEIGHT: Final = 0.3
TITLE_PLACES: Final = frozenset(["in", "at", "from", "near", "across", "в", "на", "из", "در", "از", "په", "له"])
ROLE_WEIGHT: Final = 1.0
"""Added once: news states the role of those who matter to the story."""

MINIMUM: Final[dict[str, float]] = {"person": 0.9, "organisation": 1.0, "country": 1.0, "group": 1.2}
"""Least weight by kind: persons named once with a role count, a state named once as a party does not."""

BACKGROUND_MINIMUM: Final = 2.6
"""For experts, residents, soldiers …: news quotes them in passing; they matter where the whole story is theirs."""

RELATIVE_MINIMUM: Final = 0.09
"""Least weight against the heaviest actor's: a long article names many in passing."""


@dataclass(slots=True)
class _Cluster:
    """An actor being gathered."""

    kind: ActorKind
    mentions: list[Mention] = field(default_factory=list)
    entry: termbase.Entry | None = None
    parts: tuple[str, ...] = ()
    """Comparison keys of the fullest name so far."""
    full: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headline:
    """The article's title, read once: its words' keys and the entries it names."""

    text: str
    keys: frozenset[str]
    named: tuple[termbase.Match, ...]


def resolve(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    *,
    normal_form: Callable[[str, ActorKind], str] | None = None,
) -> list[Actor]:
    """Actors by falling salience, at most ``MAX_ACTORS``. ``normal_form`` puts a name into its dictionary form."""
    language = article.language
    title = article.title or ""
    headline = _Headline(
        text=title,
        keys=frozenset(t.key for t in tokens(title, language)),
        named=tuple(termbase.find(title, language)),
    )
    clusters: list[_Cluster] = []
    for mention in _longest_first(mentions, language):
        cluster = _home(mention, clusters, language)
        cluster.mentions.append(mention)
    weights = _weights(article, sentences, clusters, headline)
    ranked = sorted(zip(clusters, weights, strict=True), key=lambda pair: -pair[1])
    top = ranked[0][1] if ranked else 1.0
    kept = [
        (c, w)
        for c, w in ranked
        if w >= max(_minimum(c), RELATIVE_MINIMUM * top) and not _only_reports(c, article, headline)
    ]
    return _with_unique_keys([_actor(c, w / top, language, normal_form) for c, w in kept[:MAX_ACTORS]])


def _minimum(cluster: _Cluster) -> float:
    if cluster.entry is not None and cluster.entry.key in words("actors/background_groups.txt"):
        return BACKGROUND_MINIMUM
    return MINIMUM[cluster.kind]


def _with_unique_keys(actors: list[Actor]) -> list[Actor]:
    """Tell namesakes apart: "x-ltn" and "x-ltn-sm" for Bill and Sam Walton."""
    used: set[str] = set()
    found = []
    for actor in actors:
        key, number = actor.key, 1
        if key in used:
            key = f"{key}-{skeleton(actor.name.split()[0])}"
        while key in used:
            number += 1
            key = f"{actor.key}-{number}"
        used.add(key)
        found.append(actor if key == actor.key else replace(actor, key=key))
    return found


def _longest_first(mentions: Sequence[Mention], language: Language) -> list[Mention]:
    """Whole names before their parts, else in text order: a surname in the headline belongs to the name in the lead."""
    return sorted(
        mentions, key=lambda m: (-min(len(tokens(m.text, language)), 3) if m.kind == "person" else 0, m.start)
    )


def _home(mention: Mention, clusters: list[_Cluster], language: Language) -> _Cluster:
    parts = tuple(t.key for t in tokens(mention.text, language))
    if mention.kind == "person":
        found = _person_home(parts, clusters, respelled=language.arabic_script)
        if found:
            return found
    entry = _entry(mention, language)
    for cluster in clusters:
        if entry is not None and cluster.entry is not None and cluster.entry.key == entry.key:
            return cluster
        if entry is None and cluster.kind == mention.kind and cluster.parts == parts:
            return cluster
        if (
            entry is None
            and cluster.kind == mention.kind == "organisation"
            and _same_organisation(parts, mention, cluster)
        ):
            if len(parts) > len(cluster.parts):
                cluster.parts, cluster.full = parts, mention.text
            return cluster
        if cluster.kind == mention.kind == "group" and _same_group(parts, cluster):
            return cluster
    cluster = _Cluster(entry.kind if entry else mention.kind, entry=entry, parts=parts, full=mention.text)
    clusters.append(cluster)
    return cluster


def _entry(mention: Mention, language: Language) -> termbase.Entry | None:
    entry = termbase.lookup(mention.text, language)
    if entry is None and mention.kind == "person" and language.arabic_script:
        entry = known_person(mention.text, language)
    if (
        entry is None
        or mention.kind == entry.kind
        or {mention.kind, entry.kind} <= {"organisation", "group", "country"}
    ):
        return entry
    return None


def _person_home(parts: tuple[str, ...], clusters: list[_Cluster], *, respelled: bool) -> _Cluster | None:
    people = [c for c in clusters if c.kind == "person"]
    for cluster in people:
        if cluster.parts == parts:
            return cluster
    if len(parts) == 1:
        by_last = [c for c in people if c.parts[-1] == parts[0]]
        if by_last:
            return by_last[-1]
        inside = [c for c in people if parts[0] in c.parts]
        if not inside and respelled:
            inside = [c for c in people if same_surname(parts[0], c.parts[-1])]
        return inside[-1] if len(inside) == 1 else None
    for cluster in people:
        shorter, longer = sorted((parts, cluster.parts), key=len)
        if len(shorter) > 1 and shorter[-1] == longer[-1] and _initials_agree(shorter[0], longer[0]):
            return cluster
        if len(shorter) > 1 and set(shorter) <= set(longer):
            return cluster
    return None


def _initials_agree(one: str, other: str) -> bool:
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])


def _same_organisation(parts: tuple[str, ...], mention: Mention, cluster: _Cluster) -> bool:
    shorter, longer = sorted((parts, cluster.parts), key=len)
    if len(shorter) >= 2 and longer[-len(shorter) :] == shorter:
        return True
    acronym = mention.text if len(parts) == 1 else cluster.full if len(cluster.parts) == 1 else ""
    name = cluster.full if len(parts) == 1 else mention.text
    letters = acronym.replace(".", "")
    if len(letters) < 3 or not letters.isupper():
        return False
    initials = "".join(w[0] for w in name.replace("-", " ").split() if w[:1].isupper())
    return letters == initials


def _same_group(parts: tuple[str, ...], cluster: _Cluster) -> bool:
    shorter, longer = sorted((parts, cluster.parts), key=len)
    return longer[-len(shorter) :] == shorter


def _weights(
    article: Article, sentences: Sequence[Sentence], clusters: Sequence[_Cluster], headline: _Headline
) -> list[float]:
    lead_stop = next((s.stop for s in [s for s in sentences if not s.heading][LEAD_SENTENCES - 1 :]), len(article.text))
    found = []
    for cluster in clusters:
        weight = 0.0
        for number, mention in enumerate(sorted(cluster.mentions, key=lambda m: m.start)):
            worth = mention.score * (LEAD_WEIGHT if mention.start < lead_stop else 1.0)
            weight += worth / (1.0 + 0.15 * number)
        weight += _title_weight(cluster, headline)
        if cluster.kind == "person" and any(m.role for m in cluster.mentions):
            weight += ROLE_WEIGHT
        found.append(weight)
    return found


def _title_weight(cluster: _Cluster, headline: _Headline) -> float:
    """What a headline adds: all of it for one who opens it or acts in the text, little for a place ("blast in Syria")."""
    if not _in_title(cluster, headline):
        return 0.0
    if cluster.kind == "person" or max(m.score for m in cluster.mentions) > 0.5:
        return TITLE_WEIGHT
    found = [m for m in headline.named if cluster.entry and m.entry.key == cluster.entry.key]
    if found and all(m.usage == "adjective" for m in found):
        return TITLE_ADJECTIVE_WEIGHT
    if any(m.start == 0 for m in found):
        return TITLE_WEIGHT
    before = [headline.text[: m.start].casefold().split()[-1:] for m in found]
    placed = found and all(words_ and words_[0] in TITLE_PLACES for words_ in before)
    return TITLE_PLACE_WEIGHT if placed else TITLE_NAMED_WEIGHT


def _in_title(cluster: _Cluster, headline: _Headline) -> bool:
    if not headline.keys:
        return False
    if cluster.entry is not None:
        return any(m.entry.key == cluster.entry.key for m in headline.named)
    if cluster.kind == "person":
        return cluster.parts[-1] in headline.keys and len(cluster.parts[-1]) > 2
    return headline.keys.issuperset(cluster.parts)


def _only_reports(cluster: _Cluster, article: Article, headline: _Headline) -> bool:
    """An outlet or a network that only carried the words, or the outlet of the article itself."""
    name = cluster.entry.names.get(Language.ENGLISH, "") if cluster.entry else cluster.full
    own = token_key(article.outlet or "", article.language)
    if own and own == token_key(cluster.full, article.language):
        return True
    if slug(name) not in words("actors/outlets.txt"):
        return False
    return not _in_title(cluster, headline)


def _actor(
    cluster: _Cluster, salience: float, language: Language, normal_form: Callable[[str, ActorKind], str] | None
) -> Actor:
    mentions = tuple(sorted(cluster.mentions, key=lambda m: m.start))
    surface = Counter(m.text for m in mentions)
    fullest = max(surface, key=lambda text: (len(tokens(text, language)), surface[text], -len(text)))
    if normal_form is not None:
        fullest = normal_form(fullest, cluster.kind)
    built = composite(fullest, language) if cluster.entry is None and cluster.kind == "organisation" else None
    name = _name(cluster, fullest, language)
    if cluster.entry:
        key = cluster.entry.key
    elif built:
        key = built.key
    else:
        key = person_key(name, language) if cluster.kind == "person" else slug(name)
    return Actor(
        key=key,
        kind=cluster.kind,
        name=name,
        role=_role(mentions) if cluster.kind == "person" else None,
        salience=round(min(1.0, salience), 3),
        mentions=mentions,
        aliases=tuple(text for text in sorted(surface, key=lambda t: (-surface[t], t)) if text != name),
        name_source="termbase" if cluster.entry or built else "article",
    )


def _name(cluster: _Cluster, fullest: str, language: Language) -> str:
    """The article's own form of a whole personal name; the termbase's for a surname alone, and for all but persons."""
    listed = cluster.entry.names.get(language) if cluster.entry else None
    if listed is None:
        return fullest
    said, known = ({t.key for t in tokens(form, language)} for form in (fullest, listed))
    if cluster.kind != "person" or len(said) < 2 or known <= said:  # a surname alone; "Mullah X Y" is X Y
        return listed
    return fullest


def _role(mentions: Sequence[Mention]) -> str | None:
    """The first role stated, or a later one that says the same and more; a second, different role follows a semicolon."""
    roles = [m.role for m in mentions if m.role]
    if not roles:
        return None
    best = roles[0]
    for role in roles[1:]:
        if best.casefold() in role.casefold() and len(role) > len(best):
            best = role
    said = set(best.casefold().split())
    # one word is too little to trust as another office: "султан", "strongman"
    others = [r for r in roles if len(r.split()) > 1]
    second = next((r for r in others if len(set(r.casefold().split()) & said) <= len(r.split()) // 3), None)
    return f"{best}; {second}" if second and len(best) + len(second) <= MAX_ROLE_LENGTH else best
