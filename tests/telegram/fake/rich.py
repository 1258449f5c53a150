"""Rich messages: ``InputRichMessage`` with HTML → a checked tree → the ``RichMessage`` that Telegram sends back.

Tags, attributes and limits follow "Rich HTML style" and "Rich Message Limits" of Bot API 10.1. Media and Markdown are refused:
Khabar sends neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.telegram.fake.errors import Json, Violation
from tests.telegram.fake.markup import Token, tokens, unparsable
from tests.telegram.fake.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 32_768
MAX_BLOCKS = 500
MAX_DEPTH = 16
MAX_COLUMNS = 20

NAMED = words("lt gt amp quot apos nbsp hellip mdash ndash lsquo rsquo ldquo rdquo")
INLINE = words(
    "a b strong i em u ins s strike del code mark sub sup tg-spoiler tg-reference tg-emoji tg-time tg-math br"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TEXT_BLOCKS = HEADINGS | {
    "p",
    "pre",
    "footer",
    "aside",
    "summary",
    "caption",
    "cite",
    "td",
    "th",
    "tg-math-block",
    "tg-thinking",
}
BLOCKS = TEXT_BLOCKS | {"ul", "ol", "li", "blockquote", "details", "table", "tr", "hr", "input"}
COUNTED = HEADINGS | {
    "p",
    "pre",
    "footer",
    "aside",
    "hr",
    "ul",
    "ol",
    "li",
    "blockquote",
    "details",
    "table",
    "tr",
    "tg-math-block",
}
VOID = frozenset({"br", "hr", "input"})
PARENTS = {
    "li": {"ul", "ol"}, "tr": {"table"}, "td": {"tr"}, "th": {"tr"}, "caption": {"table"}, "summary": {"details"},
    "cite": {"blockquote", "aside"}, "input": {"li"},
}  # fmt: skip
ONLY_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "table": {"tr", "caption"}, "tr": {"td", "th"}}
ATTRIBUTES = {
    "a": {"href", "name"}, "code": {"class"}, "tg-reference": {"name"}, "tg-emoji": {"emoji-id"}, "tg-time": {"unix", "format"},
    "ol": {"start", "type", "reversed"}, "li": {"value", "type"}, "input": {"type", "checked"}, "table": {"bordered", "striped"},
    "td": {"colspan", "rowspan", "align", "valign"}, "th": {"colspan", "rowspan", "align", "valign"}, "details": {"open"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element with its children; texts are strings."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node | str]:
        """This and all below, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()
            else:
                yield child

    def text(self) -> str:
        """All text inside."""
        return "".join(part if isinstance(part, str) else "\n" * (part.tag == "br") for part in self.walk())

    def reading(self) -> str:
        """The text as a reader sees it: each block on a line, cells apart."""
        parts = [child if isinstance(child, str) else child.reading() for child in self.children]
        edge = "\t" if self.tag in {"td", "th"} else "\n" if self.tag in BLOCKS or self.tag == "br" else ""
        whole = edge + "".join(parts) + edge
        return whole if self.tag else re.sub(r"\s*\n\s*", "\n", whole).strip()


def parse_rich(message: Json, *, draft: bool = False) -> Node:
    """The tree of a rich message. Raises ``Violation`` for what Telegram does not take. Only drafts may be thinking."""
    if ("html" in message) == ("markdown" in message):
        raise Violation("exactly one of the fields html or markdown of InputRichMessage must be used")
    if "markdown" in message:
        raise Violation("this server takes rich messages in HTML only")
    root = _tree(message["html"])
    _check_limits(root)
    if not draft and any(isinstance(node, Node) and node.tag == "tg-thinking" for node in root.walk()):
        raise unparsable("tg-thinking may be used in drafts only")
    return root


def _tree(source: str) -> Node:
    root = Node(tag="")
    stack = [root]
    for token in tokens(source, NAMED):
        if not token.tag:
            if token.text.strip() and stack[-1].tag in ONLY_CHILDREN:
                raise unparsable(f'text directly inside "{stack[-1].tag}" at byte offset {token.offset}')
            stack[-1].children.append(token.text)
        elif token.opens:
            _check_tag(token, stack)
            node = Node(tag=token.tag, attributes=token.attributes)
            stack[-1].children.append(node)
            if token.tag not in VOID:
                if token.closes:
                    raise unparsable(f'tag "{token.tag}" can\'t be self-closing at byte offset {token.offset}')
                stack.append(node)
        elif len(stack) == 1:
            raise unparsable(f"Unexpected end tag at byte offset {token.offset}")
        elif stack.pop().tag != token.tag:
            raise unparsable(f'Unmatched end tag at byte offset {token.offset}, found "</{token.tag}>"')
    if len(stack) > 1:
        raise unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return root


def _check_tag(token: Token, stack: list[Node]) -> None:
    parent = stack[-1].tag
    if token.tag not in INLINE | BLOCKS:
        raise unparsable(f'Unsupported start tag "{token.tag}" at byte offset {token.offset}')
    if unknown := set(token.attributes) - ATTRIBUTES.get(token.tag, set()):
        raise unparsable(f'Unsupported attribute "{min(unknown)}" of "{token.tag}" at byte offset {token.offset}')
    if (wanted := PARENTS.get(token.tag)) and parent not in wanted:
        raise unparsable(f'tag "{token.tag}" can\'t be inside "{parent}" at byte offset {token.offset}')
    if parent in ONLY_CHILDREN and token.tag not in ONLY_CHILDREN[parent]:
        raise unparsable(f'tag "{token.tag}" can\'t be inside "{parent}" at byte offset {token.offset}')
    if token.tag in BLOCKS - {"cite"} and (parent in INLINE or parent in TEXT_BLOCKS):
        raise unparsable(f'block "{token.tag}" can\'t be inside "{parent}" at byte offset {token.offset}')
    if token.tag == "a" and not {"href", "name"} & set(token.attributes):
        raise unparsable(f'tag "a" needs href or name at byte offset {token.offset}')
    if len(stack) > MAX_DEPTH:
        raise Violation(f"RICH_MESSAGE_DEPTH_INVALID: more than {MAX_DEPTH} levels")


def _check_limits(root: Node) -> None:
    text = root.text()
    if not text.strip():
        raise Violation("message text is empty")
    if len(text) > MAX_CHARACTERS:
        raise Violation("message is too long")
    nodes = [node for node in root.walk() if isinstance(node, Node)]
    if sum(node.tag in COUNTED for node in nodes) > MAX_BLOCKS:
        raise Violation(f"RICH_MESSAGE_BLOCKS_TOO_MUCH: more than {MAX_BLOCKS} blocks")
    for node in nodes:
        cells = [child for child in node.children if isinstance(child, Node)] if node.tag == "tr" else []
        if sum(int(cell.attributes.get("colspan", 1)) for cell in cells) > MAX_COLUMNS:
            raise Violation(f"RICH_MESSAGE_COLUMNS_TOO_MUCH: more than {MAX_COLUMNS} columns")
        if node.tag == "details" and sum(isinstance(c, Node) and c.tag == "summary" for c in node.children) != 1:
            raise unparsable("details needs one summary")
