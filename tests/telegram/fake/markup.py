"""Telegram's HTML: a string → tags and text, strictly; and ``parse_mode=HTML`` → text with entities.

Both this and the rich messages refuse what Telegram's parser refuses: unknown tags, tags that do not balance, a bare ``<``.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.telegram.fake.errors import Json, Violation
from tests.telegram.fake.text import Formatted, utf16_length

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z][\w-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>/]+))?)*)\s*(/?)>"
)
ATTRIBUTE = re.compile(r"([A-Za-z][\w-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>/]+)))?")
REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]+);?")

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
NAMED = frozenset({"lt", "gt", "amp", "quot"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of markup at a byte offset: a ``tag`` that opens, closes or both, or ``text`` with its references read."""

    offset: int
    text: str = ""
    tag: str = ""
    opens: bool = False
    closes: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def unparsable(why: str) -> Violation:
    """The refusal for markup, in Telegram's words."""
    return Violation(f"can't parse entities: {why}")


def tokens(source: str, names: frozenset[str]) -> Iterator[Token]:
    """Tags and text in order; ``names`` are the references that are known by name. Raises ``Violation`` at a stray ``<``."""
    at = 0
    while at < len(source):
        offset = len(source[:at].encode())
        if source[at] != "<":
            end = source.find("<", at)
            end = len(source) if end < 0 else end
            yield Token(offset=offset, text=REFERENCE.sub(lambda m: _character(m[0], names), source[at:end]))
            at = end
            continue
        match = TAG.match(source, at)
        if match is None:
            tag = re.match(r"</?([\w-]*)", source[at:])
            raise unparsable(f'Unsupported start tag "{tag[1] if tag else ""}" at byte offset {offset}')
        attributes = {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in ATTRIBUTE.findall(match[3])
        }
        yield Token(
            offset=offset,
            tag=match[2].lower(),
            opens=not match[1],
            closes=bool(match[1] or match[4]),
            attributes=attributes,
        )
        at = match.end()


def _character(reference: str, names: frozenset[str]) -> str:
    name = reference[1:].rstrip(";")
    return html.unescape(reference) if name.startswith("#") or name in names else reference


def parse_html(source: str) -> Formatted:
    """Text and entities of ``parse_mode=HTML``. Raises ``Violation`` in the words of Telegram's parser."""
    text: list[str] = []
    length = 0
    stack: list[tuple[Token, int]] = []
    entities: list[Json] = []
    for token in tokens(source, NAMED):
        if not token.tag:
            text.append(token.text)
            length += utf16_length(token.text)
        elif token.opens:
            if token.tag not in KINDS or (token.tag == "span" and token.attributes.get("class") != "tg-spoiler"):
                raise unparsable(f'Unsupported start tag "{token.tag}" at byte offset {token.offset}')
            stack.append((token, length))
        else:
            if not stack:
                raise unparsable(f"Unexpected end tag at byte offset {token.offset}")
            opened, start = stack.pop()
            if opened.tag != token.tag:
                raise unparsable(
                    f'Unmatched end tag at byte offset {token.offset}, expected "</{opened.tag}>", found "</{token.tag}>"'
                )
            if length > start:
                entities.append(_entity(opened, start, length - start))
    if stack:
        raise unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1][0].tag}"')
    return Formatted(text="".join(text), entities=_joined([e for e in entities if e]))


def _entity(tag: Token, start: int, length: int) -> Json:
    said: Json = {"type": KINDS[tag.tag], "offset": start, "length": length}
    if tag.tag == "a":
        url = tag.attributes.get("href", "")
        if not url:
            return {}  # Telegram takes the text as the address; Khabar's texts are none
        return said | {"url": url}
    if tag.tag == "blockquote" and "expandable" in tag.attributes:
        said["type"] = "expandable_blockquote"
    if tag.tag == "tg-emoji":
        said["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
    if tag.tag == "tg-time":
        if not tag.attributes.get("unix", "").isdigit():
            raise unparsable(f"invalid date-time specified at byte offset {tag.offset}")
        said["unix_time"] = int(tag.attributes["unix"])
    if tag.tag == "code" and tag.attributes.get("class", "").startswith("language-"):
        said["language"] = tag.attributes["class"].removeprefix("language-")
    return said


def _joined(entities: list[Json]) -> list[Json]:
    """``<pre><code class=…>`` is one ``pre`` with a language."""
    blocks = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept = []
    for entity in entities:
        place = (entity["offset"], entity["length"])
        if entity["type"] == "code" and place in blocks:
            blocks[place].update({k: v for k, v in entity.items() if k == "language"})
        else:
            kept.append(entity)
    return kept
