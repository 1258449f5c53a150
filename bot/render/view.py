"""A digest as one reader sees it: the same content for terminal, HTML and, later, Telegram.

Digest and reader's language → headings, title, sentences, actor rows. Where no form in the reader's language is known,
the article's own form stands and is marked with the article's language; nothing is invented to fill a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.render.labels import labels, long_date
from pipelines.translate.preference import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.languages import Language
    from pipelines.models import Actor, Digest, Translation, Warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text and the language it is in, which may not be the reader's."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A title or a sentence. ``doubtful``: one of the view's warnings is about it, so it carries a ⚠.

    ``written``: a model wrote it; False for the article's own sentence and its translation.
    """

    text: Text
    doubtful: bool = False
    written: bool = False


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
    title: Line | None
    byline: tuple[str, ...]
    """Outlet, author, day, language: parts that may each run the other way, so a renderer isolates them."""
    sentences: tuple[Line, ...]
    actors: tuple[ActorRow, ...]
    note: str | None
    command: str | None
    """What brings the missing translation model, as it is typed."""
    maker: str | None
    """Who translated, in the reader's words: "machine translation: firefox"; None for the article's own language."""
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
    title, sentences = _texts(digest, language)
    absent = not own and translation is None
    return View(
        language=language,
        title=title,
        byline=byline,
        sentences=sentences,
        actors=tuple(_row(actor, article.language, language) for actor in digest.actors),
        note=said["no_model"] if absent else None,
        command=f"khabar models pull {suggestion(article.language, language)}" if absent else None,
        maker=_maker(translation, said) if translation else None,
        warnings=tuple(reason(warning, language) for warning in _warnings(digest, language)),
        url=article.url,
        words=dict(said),
    )


def _maker(translation: Translation, said: Mapping[str, str]) -> str | None:
    if translation.backend == "dari":  # no model: words that Afghanistan does not use were exchanged
        return said["adapted_dari"]
    return f"{said['machine_translation']}: {translation.backend}" if translation.backend else None


def reason(warning: Warning, language: Language) -> str:
    """A warning in the reader's words; its English message where the labels do not know its code."""
    said = labels(language).get(f"warn_{warning.code}")
    return said.format(about=warning.about) if said else warning.message


def _warnings(digest: Digest, language: Language) -> tuple[Warning, ...]:
    """Those of the summary hold in every language: its sentences are translated, not mended."""
    translation = digest.translations.get(language)
    shown = language is digest.article.language or translation is not None
    return (*(digest.warnings if shown else ()), *(translation.warnings if translation else ()))


def _texts(digest: Digest, language: Language) -> tuple[Line | None, tuple[Line, ...]]:
    article, summary = digest.article, digest.summary.sentences
    translation = digest.translations.get(language)
    doubts = {warning.where for warning in _warnings(digest, language)}
    if language is article.language:
        texts, title, kept = tuple(s.text for s in summary), article.title, frozenset(range(-1, len(summary)))
    elif translation is not None:
        texts, title, kept = translation.summary, translation.title, frozenset(translation.kept)
    else:
        return None, ()

    def line(text: str, place: int, where: str, *, written: bool) -> Line:
        spoken = article.language if place in kept else language
        return Line(text=Text(text=text, language=spoken), doubtful=where in doubts, written=written)

    return (
        line(title, -1, "title", written=False) if title else None,
        tuple(
            line(text, place, f"summary[{place}]", written=not sentence.extractive)
            for place, (text, sentence) in enumerate(zip(texts, summary, strict=True))
        ),
    )


def _row(actor: Actor, source: Language, language: Language) -> ActorRow:
    # Dari and Persian are one language to the eye: a name or role of the one needs no mark in the other
    shared = language is source or (language.persian and source.persian)
    known = actor.name if language is source else actor.names.get(language)
    role = actor.roles.get(language)
    return ActorRow(
        name=Text(text=known or actor.name, language=language if known or shared else source),
        role=Text(text=role or actor.role or "", language=language if role or shared else source)
        if role or actor.role
        else None,
        kind=labels(language)[actor.kind],
    )
