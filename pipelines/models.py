"""Values that pass between stages. Frozen and slotted; a stage never changes what it was given.

Offsets are half-open code points of ``Article.text`` everywhere in ``pipelines``; UTF-16 exists only in ``bot/render``.
Times are aware and in UTC. ``Article.text`` holds paragraphs joined by a blank line (``PARAGRAPH_BREAK``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pipelines.errors import KhabarError
from pipelines.languages import Language

PARAGRAPH_BREAK = "\n\n"

ActorKind = Literal["person", "organisation", "country", "group"]
NameSource = Literal["termbase", "article", "transliterated"]
NameUsage = Literal["name", "capital", "adjective"]
"""How a form refers: by the actor's own name, by a state's capital ("Moscow said"), by its adjective ("Russian")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes of one source and where they came from. ``body`` is unpacked (no gzip) but not decoded to text."""

    url: str | None
    final_url: str | None
    content_type: str
    """Media type, lower case, without parameters: ``text/html``, ``text/plain``, ``application/pdf`` …"""
    charset: str | None = None
    """Charset that the server or file declared, if it did; a hint, pages lie."""
    body: bytes
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    """True when the server answered 304 to a conditional request; ``body`` is then empty."""
    fresh_for: float | None = None
    """Seconds for which the server says that the page stays as it is; None where it says nothing."""
    moved: bool = False
    """True where every redirect on the way was permanent, and there was one: ``final_url`` is its address from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open code points of a text."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedArticle:
    """Text of an article with its boilerplate gone, before its language is known.

    ``text`` is paragraphs joined by ``PARAGRAPH_BREAK``, without the title; ``headings`` are the spans of section heads in
    it (each a paragraph of its own). ``extractor`` names the way it was got: ``trafilatura``, ``pasted``, ``pdf``, ``docx``.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    headings: tuple[Span, ...] = ()
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageGuess:
    """Language of a text, ``confidence`` in 0-1, and for Persian text ``dari``: 0-1, how much it looks like Dari."""

    language: Language
    confidence: float
    dari: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article in a known language."""

    url: str | None
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    text: str
    headings: tuple[Span, ...]
    language: Language
    extractor: str

    @property
    def id(self) -> str:
        """Content hash: sha256 of title and text, hexadecimal."""
        return hashlib.sha256(f"{self.title or ''}\0{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article; ``text == article.text[start:stop]``, stripped. ``index`` counts from 0.

    ``paragraph`` counts from 0; ``heading`` marks section heads, which no summary may use.
    """

    index: int
    start: int
    stop: int
    text: str
    paragraph: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An actor named in the text. ``score`` 0-1 is the tagger's trust; ``role`` the span that states the role there."""

    start: int
    stop: int
    text: str
    kind: ActorKind
    score: float = 1.0
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who acts in the article, all mentions merged.

    ``names`` and ``roles`` map a language code to the form for its readers; a language is absent where no form is known.
    """

    key: str
    kind: ActorKind
    name: str
    role: str | None
    salience: float
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    names: Mapping[Language, str] = field(default_factory=dict)
    roles: Mapping[Language, str] = field(default_factory=dict)
    machine_roles: Mapping[Language, str] = field(default_factory=dict)
    """Which of ``roles`` a translation back-end made, and its name; the others are said by the tables."""
    name_source: NameSource = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:  # noqa: A001 - the design's name; nothing here uses the builtin
    """Something a reader should know before trusting a digest. ``code`` is stable, ``where`` names the field.

    ``message`` is a whole English sentence; ``about`` the number, name or word that it speaks of, so that a renderer can say
    the same in the reader's language (label ``warn_<code>``).
    """

    code: str
    message: str
    where: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """One sentence of a summary and the article's sentences (their ``index``) that it rests on."""

    text: str
    source_sentences: tuple[int, ...]
    extractive: bool = True
    """True where the article has it word for word; False where a model wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A summary, the back-end that made it, and what it had to leave out or replace."""

    sentences: tuple[SummarySentence, ...]
    backend: str
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLock:
    """A name in one sentence and the forms that may stand for it in the translation.

    ``source[start:stop] == text``, half-open code points of the sentence. ``forms`` are in the target language, nominative,
    the preferred (full) one first, then aliases; empty where no form is known there (a name that only the article has).
    ``key`` is the actor's: a termbase key, or ``x-…`` (``pipelines.actors.keys``).
    """

    key: str
    kind: ActorKind
    start: int
    stop: int
    text: str
    forms: tuple[str, ...]
    usage: NameUsage = "name"
    gender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The digest's texts in another language; ``summary`` runs sentence for sentence with the original.

    ``backend`` names what made it (several joined by "+", each once). ``kept`` are the indices of summary sentences that stay
    in the article's language because no translation of them could be trusted (-1 is the title); a warning says why.
    """

    language: Language
    title: str | None
    summary: tuple[str, ...]
    backend: str
    warnings: tuple[Warning, ...] = ()
    kept: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What Khabar answers. ``timings_ms`` maps a stage's name to milliseconds."""

    article: Article
    sentences: tuple[Sentence, ...]
    summary: Summary
    actors: tuple[Actor, ...]
    translations: Mapping[Language, Translation]
    warnings: tuple[Warning, ...]
    timings_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFailure:
    """One input failed; the others of the batch stand. ``source`` is what the user gave."""

    source: str
    error: KhabarError
