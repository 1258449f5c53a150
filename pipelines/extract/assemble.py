"""Blocks of a document become an article: paragraphs, heads and the file's own properties -> ``ExtractedArticle``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from pipelines.models import PARAGRAPH_BREAK, ExtractedArticle, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Kind = Literal["title", "heading", "paragraph"]

_FILE_NAME: Final = re.compile(r"\.(?:docx?|pdf|rtf|odt|txt|html?|indd|qxp|pub|pptx?|xlsx?|tmp)\b", re.IGNORECASE)
_PROGRAM_PREFIX: Final = re.compile(
    r"^(?:microsoft (?:office )?word|powerpoint presentation|writer)\s*[-–:]\s*", re.IGNORECASE
)
_MAX_TITLE: Final = 300
_MAX_AUTHOR: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph or head in reading order; ``text`` is one line, stripped, not empty."""

    text: str
    kind: Kind = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file's own properties say, unchecked."""

    title: str | None = None
    author: str | None = None
    created: date | None = None


def assemble(blocks: Sequence[Block], about: About, *, extractor: str) -> ExtractedArticle:
    """Join ``blocks``. The title is the file's own where that makes sense, else the head that opens the text."""
    own = _sensible_title(about.title, blocks)
    opening = 0
    while opening < len(blocks) and blocks[opening].kind == "title":
        opening += 1
    if opening == 0 and blocks and blocks[0].kind == "heading":
        opening = 1
    shown = " ".join(block.text for block in blocks[:opening])
    if opening and own and _key(own) not in _key(shown):
        own = None  # readers saw the headline; the property is often the template's
    title = own or shown or None
    rest = list(blocks[opening:])
    while title and rest and _key(rest[0].text) == _key(title):
        rest.pop(0)
    spans, offset = [], 0
    for block in rest:
        if block.kind != "paragraph":
            spans.append(Span(start=offset, stop=offset + len(block.text)))
        offset += len(block.text) + len(PARAGRAPH_BREAK)
    return ExtractedArticle(
        text=PARAGRAPH_BREAK.join(block.text for block in rest),
        title=title,
        author=_sensible_author(about.author),
        published=about.created,
        headings=tuple(spans),
        extractor=extractor,
    )


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _sensible_title(title: str | None, blocks: Sequence[Block]) -> str | None:
    text = _PROGRAM_PREFIX.sub("", " ".join((title or "").split()))
    if not text or len(text) > _MAX_TITLE or "\ufffd" in text or _FILE_NAME.search(text) or _placeholder(text):
        return None
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    if any(_key(text) in _key(block.text) for block in blocks[:5]):
        return text if words else None
    return text if len(words) >= 3 else None


def _sensible_author(author: str | None) -> str | None:
    text = " ".join((author or "").split())
    letters = sum(char.isalpha() for char in text)
    plain = text and len(text) <= _MAX_AUTHOR and letters >= 0.7 * len(text) and not _placeholder(text)
    return text if plain and "@" not in text and "\ufffd" not in text else None


def _placeholder(text: str) -> bool:
    return text.casefold() in _placeholders()


@cache
def _placeholders() -> frozenset[str]:
    text = (files("pipelines") / "data" / "documents" / "placeholders.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line and not line.startswith("#"))
