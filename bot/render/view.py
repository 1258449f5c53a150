"""A digest as one reader sees it: the same content for terminal, HTML and, later, Telegram.

Digest and reader's language → headings, title, sentences, actor rows. Where no form in the reader's language is known,
the article's own form stands and is marked with the article's language; nothing is invented to fill a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.render.labels import labels, long_date

if TYPE_CHECKING:
    from pipelines.languages import Language
    from pipelines.models import Actor, Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text and the language it is in, which may not be the reader's."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One line of the table. ``kind`` is the label of the kind; ``role`` is None where the article states none."""

    name: Text
    role: Text | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A digest for one language. ``title`` and ``sentences`` are empty where no translation was made (``note`` says so)."""

    language: Language
    title: str | None
    byline: tuple[str, ...]
    """Outlet, author, day, language: parts that may each run the other way, so a renderer isolates them."""
    sentences: tuple[str, ...]
    actors: tuple[ActorRow, ...]
    note: str | None
    warnings: tuple[str, ...]
    url: str | None
    words: dict[str, str]
    """Labels: ``summary``, ``key_actors``, ``who``, ``role``, ``source``."""


def view(digest: Digest, language: Language) -> View:
    """The digest as a reader of ``language`` gets it."""
    article = digest.article
    own = language is article.language
    translation = digest.translations.get(language)
    said = labels(language)
    date = long_date(article.published, language) if article.published else None
    source_language = said.get(f"language_{article.language.value}", article.language.names.native)
    byline = tuple(part for part in (article.outlet, article.author, date, source_language) if part)
    if own:
        title, sentences = article.title, tuple(s.text for s in digest.summary.sentences)
    elif translation is not None:
        title, sentences = translation.title, translation.summary
    else:
        title, sentences = None, ()
    return View(
        language=language,
        title=title,
        byline=byline,
        sentences=sentences,
        actors=tuple(_row(actor, article.language, language) for actor in digest.actors),
        note=None if own or translation is not None else said["no_model"],
        warnings=tuple(w.message for w in (digest.warnings if own else translation.warnings if translation else ())),
        url=article.url,
        words=dict(said),
    )


def _row(actor: Actor, source: Language, language: Language) -> ActorRow:
    known = actor.names.get(language)
    if language is source:
        known = actor.name
    role = actor.roles.get(language)
    return ActorRow(
        name=Text(text=known, language=language) if known else Text(text=actor.name, language=source),
        role=Text(text=role, language=language)
        if role
        else Text(text=actor.role, language=source)
        if actor.role
        else None,
        kind=labels(language)[actor.kind],
    )
