"""How an issue reads: stories with their digests and outlets → one document a language.

Pure. A story is one paragraph, so that a split never tears it: title with its link, a sentence or two, who reports it. Below
stand the key actors of all stories together, and what a reader must know of translations and doubts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.render.content import http_url
from bot.render.labels import labels, long_date
from bot.render.nodes import Bold, Cell, Document, Footer, Heading, Link, Paragraph, Table
from bot.render.telegram import DOUBTFUL, HANGING, WRITTEN, apart, line_of, role_of, text_of
from bot.render.view import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from bot.render.nodes import Block, Inline
    from bot.render.view import ActorRow, View
    from bot.storage.items import Item
    from bot.storage.values import Length
    from pipelines.languages import Language
    from pipelines.models import Actor, Digest

SENTENCES: Final[dict[Length, int]] = {"short": 1, "medium": 2, "long": 3}
"""Sentences of a story in an issue, by the subscription's length."""
READ_AT: Final[dict[Length, Length]] = {"short": "short", "medium": "short", "long": "medium"}
"""The length that a story's article is digested at: that of the smallest digest which has so many sentences."""
MOST_ACTORS: Final = 6
MOST_OUTLETS: Final = 6
_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who reports a story, and where."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story of an issue: the digest of its leading article, and everybody who reports it, the leading one first."""

    digest: Digest
    outlets: tuple[Outlet, ...]


def document(entries: Sequence[Entry], language: Language, *, heading: str, day: date, length: Length) -> Document:
    """The issue as a reader of ``language`` gets it. ``heading`` is the channel's own; ``day`` is where the channel is."""
    views = [view(entry.digest, language) for entry in entries]
    words = labels(language)
    title = f"{heading} — {long_date(day, language)}"
    blocks: list[Block] = [Heading(title, level=1)]
    for entry, seen in zip(entries, views, strict=True):
        blocks.append(_story(entry, seen, SENTENCES[length]))
    rows = [
        (Cell(Bold(text_of(row.name, seen))), Cell(role_of(row, seen)))
        for row, seen in _actors(entries, views)[:MOST_ACTORS]
    ]
    if rows:
        blocks.append(Heading(words["key_actors"], level=3))
        blocks.append(Table(tuple(rows), header=(Cell(words["who"]), Cell(words["role"]))))
    blocks += _small_print(views, SENTENCES[length])
    return Document(tuple(blocks), language.direction)


def outlets(digest: Digest, items: Sequence[Item], names: Mapping[int, str]) -> tuple[Outlet, ...]:
    """Who reports a story, each outlet once; whoever the digest was made of first. ``names`` are the feeds' titles."""
    told = {
        item.feed_id: Outlet(name=names.get(item.feed_id) or _host(item.url), url=item.url) for item in reversed(items)
    }
    own = next((item.feed_id for item in items if item.url == digest.article.url), None)
    order = sorted(told, key=lambda feed_id: (feed_id != own, feed_id))
    return tuple(told[feed_id] for feed_id in order if told[feed_id].name)


def _host(url: str | None) -> str:
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def _story(entry: Entry, seen: View, sentences: int) -> Paragraph:
    article = entry.digest.article
    own = seen if seen.title or seen.sentences else view(entry.digest, article.language)
    content: list[Inline] = []
    if own.title is not None:
        title = line_of(own.title, seen)
        url = article.url or next((outlet.url for outlet in entry.outlets if outlet.url), None)
        content.append(Bold(Link(*title, url=url) if url and http_url(url) else Bold(*title)))
        content.append("\n")
    said = [one for one in own.sentences[:sentences] if own.title is None or one.text.text != own.title.text.text]
    for number, sentence in enumerate(said):
        if number:
            content.append(" ")
        content += line_of(sentence, seen)
    content.append("\n" * bool(said))
    content += _outlets(entry.outlets, seen)
    for warning in _warnings(own, sentences):
        content.append(f"\n{DOUBTFUL}{HANGING}{warning}")
    return Paragraph(*content)


def _outlets(outlets: Sequence[Outlet], seen: View) -> Iterator[Inline]:
    for number, outlet in enumerate(outlets[:MOST_OUTLETS]):
        if number:
            yield _BETWEEN
        name = apart(outlet.name, seen.language.direction)
        yield Link(name, url=outlet.url) if outlet.url and http_url(outlet.url) else name
    if len(outlets) > MOST_OUTLETS:
        yield f"{_BETWEEN}+{len(outlets) - MOST_OUTLETS}"


def _warnings(own: View, sentences: int) -> tuple[str, ...]:
    """Only where a doubtful line is shown: what is wrong with a sentence that was left out matters to nobody."""
    shown = (*((own.title,) if own.title else ()), *own.sentences[:sentences])
    return own.warnings if any(one.doubtful for one in shown) else ()


def _actors(entries: Sequence[Entry], views: Sequence[View]) -> list[tuple[ActorRow, View]]:
    """Everybody of the period, the weightiest first; who is in several stories counts in each."""
    weight: dict[str, float] = {}
    best: dict[str, tuple[float, ActorRow, View]] = {}
    for entry, seen in zip(entries, views, strict=True):
        for actor, row in zip(entry.digest.actors, seen.actors, strict=True):
            weight[actor.key] = weight.get(actor.key, 0.0) + actor.salience
            rank = _rank(actor, row)
            if actor.key not in best or rank > best[actor.key][0]:
                best[actor.key] = (rank, row, seen)
    return [best[key][1:] for key in sorted(weight, key=lambda key: -weight[key])]


def _rank(actor: Actor, row: ActorRow) -> float:
    """A row with a role tells more than one without, whatever the salience."""
    return actor.salience + (1.0 if row.role else 0.0)


def _small_print(views: Sequence[View], sentences: int) -> Iterator[Block]:
    words = views[0].words if views else {}
    if any(one.written for seen in views for one in seen.sentences[:sentences]):
        yield Footer(f"{WRITTEN}{HANGING}{words['written']}")
    makers = dict.fromkeys(seen.maker for seen in views if seen.maker)
    if makers:
        yield Footer(_BETWEEN.join(makers))
    notes = dict.fromkeys(seen.note for seen in views if seen.note)
    for note in notes:
        yield Footer(note)
