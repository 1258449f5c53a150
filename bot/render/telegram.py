"""What the bot shows, as documents: a digest, its source sentences, progress, an error.

``View``s → ``Document``, the same for plain and rich messages; ``split`` or ``rich_messages`` makes messages of it. Text in
a direction that is not the reader's is isolated, and a sentence that stays in the article's language runs in its own.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.render.content import http_url
from bot.render.nodes import (
    Bold,
    Cell,
    Code,
    Details,
    Document,
    Footer,
    Heading,
    Isolate,
    Link,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Thinking,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.render.nodes import Block, Inline
    from bot.render.view import ActorRow, Line, Text, View
    from pipelines.languages import Direction, Language
    from pipelines.models import Digest

WRITTEN, DOUBTFUL = "✎", "⚠"
# a mark must not stand alone at the head of the next part, so it hangs on its sentence by a no-break space
HANGING: Final = "\u00a0"
_BETWEEN: Final = " · "


def digest_tree(view: View, others: Sequence[View] = ()) -> Document:
    """The digest for the reader of ``view``; each of ``others`` folded away under the name of its language."""
    blocks: list[Block] = [_title(view)]
    if view.byline:
        blocks.append(Paragraph(*_joined(view.byline, view.language.direction)))
    blocks += _body(view)
    blocks += [_folded(other) for other in others]
    if view.url and http_url(view.url):
        blocks.append(Paragraph(f"{view.words['source']}: ", _source(view.url, view.language.direction)))
    return Document(tuple(blocks), view.language.direction)


def sources_tree(digest: Digest, view: View) -> Document:
    """Each sentence of the summary, as the reader has it, over the article's own sentences that it rests on."""
    article = digest.article
    direction = view.language.direction
    by_index = {sentence.index: sentence.text for sentence in digest.sentences}
    blocks: list[Block] = [Heading(view.words["original"], level=2)]
    for number, sentence in enumerate(digest.summary.sentences):
        shown = view.sentences[number] if view.sentences else None
        said = line_of(shown, view) if shown else (_foreign(sentence.text, article.language, view.language),)
        blocks.append(Paragraph(Bold(f"{number + 1}. ", *said)))
        quoted = tuple(Paragraph(by_index[index]) for index in sentence.source_sentences if index in by_index)
        if quoted:
            blocks.append(Quote(quoted, direction=article.language.direction))
    if article.url and http_url(article.url):
        blocks.append(Paragraph(f"{view.words['source']}: ", _source(article.url, direction)))
    return Document(tuple(blocks), direction)


def progress_tree(text: str, language: Language) -> Document:
    """What is being done at the moment, in the reader's words."""
    return Document((Thinking(text),), language.direction)


def error_tree(text: str, language: Language) -> Document:
    """What happened and what to try, in the reader's words."""
    return Document((Paragraph(f"{DOUBTFUL}{HANGING}", text),), language.direction)


def _title(view: View) -> Heading:
    if view.title is None:
        return Heading(view.words["digest_title"], level=1)
    said = text_of(view.title.text, view)
    linked = Link(said, url=view.url) if view.url else said
    return Heading(linked, *_marks(view.title), level=1)


def _body(view: View) -> Iterator[Block]:
    """Sentences, actors and what to know about them."""
    words = view.words
    if view.sentences:
        yield Listing(*(ListItem(*line_of(sentence, view)) for sentence in view.sentences))
    if view.note:
        yield Paragraph(view.note, *_install(view))
    if view.actors:
        yield Heading(words["key_actors"], level=3)
        rows = tuple((Cell(Bold(text_of(row.name, view))), Cell(role_of(row, view))) for row in view.actors)
        yield Table(rows, header=(Cell(words["who"]), Cell(words["role"])))
    if any(line.written for line in view.sentences):
        yield Footer(f"{WRITTEN}{HANGING}{words['written']}")
    if view.maker:
        yield Footer(view.maker)
    for warning in view.warnings:
        yield Paragraph(f"{DOUBTFUL}{HANGING}", warning)


def _folded(view: View) -> Details:
    blocks: list[Block] = []
    if view.title:
        blocks.append(Paragraph(Bold(*line_of(view.title, view))))
    return Details((view.language.names.native,), (*blocks, *_body(view)), direction=view.language.direction)


def _install(view: View) -> Iterator[Inline]:
    if view.command:
        before, _, after = view.words["install_model"].partition("{command}")
        yield f"\n{before}"
        yield Isolate(Code(view.command), direction="ltr")
        yield after


def _source(url: str, direction: Direction) -> Link:
    host = urlsplit(url).hostname or url
    return Link(apart(host.removeprefix("www."), direction), url=url)


def line_of(line: Line, view: View) -> tuple[Inline, ...]:
    """A title or sentence for ``view``'s reader, with its marks."""
    return (text_of(line.text, view), *_marks(line))


def _marks(line: Line) -> tuple[str, ...]:
    return (f"{HANGING}{WRITTEN}" * line.written, f"{HANGING}{DOUBTFUL}" * line.doubtful)


def role_of(row: ActorRow, view: View) -> Inline:
    """The actor's role, else what kind of actor it is."""
    return text_of(row.role, view) if row.role else row.kind


def text_of(text: Text, view: View) -> Inline:
    """A text for ``view``'s reader, isolated where it runs the other way."""
    return _foreign(text.text, text.language, view.language)


def _foreign(text: str, spoken: Language, reader: Language) -> Inline:
    return text if spoken.direction == reader.direction else Isolate(text, direction=spoken.direction)


def _joined(parts: Sequence[str], direction: Direction) -> Iterator[Inline]:
    for number, part in enumerate(parts):
        if number:
            yield _BETWEEN
        yield apart(part, direction)


def apart(text: str, direction: Direction) -> Inline:
    """``text`` of an unknown language, isolated where it has letters of the other direction or none of this one."""
    found = {_STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in _STRONG}
    return text if found == {direction} else Isolate(text)


_STRONG: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
