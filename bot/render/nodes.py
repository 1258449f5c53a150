"""What the bot says, as an immutable tree: no caller ever escapes a string or counts an offset.

A plain ``str`` is text. Inline nodes hold text and inline nodes, blocks hold inlines or blocks, a ``Document`` holds
blocks and the direction they run in. ``entities`` and ``split`` turn it into plain messages, ``rich`` into rich ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pipelines.languages import Direction

Inline: TypeAlias = "str | Bold | Italic | Underline | Spoiler | Code | Link | Isolate"
Block: TypeAlias = "Heading | Paragraph | Listing | Table | Quote | Details | Divider | Footer | Thinking"
Cells: TypeAlias = "tuple[Cell, ...]"

MAX_COLUMNS = 20
"""Columns that a rich message's table may have."""


@dataclass(frozen=True, slots=True, init=False)
class _Inlines:
    """Something that holds text and inline nodes, given one after the other."""

    content: tuple[Inline, ...]

    def __init__(self, *content: Inline) -> None:
        object.__setattr__(self, "content", content)


@dataclass(frozen=True, slots=True, init=False)
class Bold(_Inlines):
    """Bold text."""


@dataclass(frozen=True, slots=True, init=False)
class Italic(_Inlines):
    """Italic text."""


@dataclass(frozen=True, slots=True, init=False)
class Underline(_Inlines):
    """Underlined text."""


@dataclass(frozen=True, slots=True, init=False)
class Spoiler(_Inlines):
    """Text that is covered until it is tapped."""


@dataclass(frozen=True, slots=True)
class Code:
    """Monowidth text. Telegram lets it hold nothing and stand in nothing but a quotation."""

    text: str


@dataclass(frozen=True, slots=True, init=False)
class Link(_Inlines):
    """A link; one whose ``url`` is not http or https is shown as its text alone."""

    url: str

    def __init__(self, *content: Inline, url: str) -> None:
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "url", url)


@dataclass(frozen=True, slots=True, init=False)
class Isolate(_Inlines):
    """Text whose direction must not touch its neighbours': a Latin name in Dari, a telephone number, a quotation.

    ``auto`` takes the direction of its first strong character (FSI); ``ltr`` and ``rtl`` say it (LRI, RLI).
    """

    direction: Literal["auto", "ltr", "rtl"]

    def __init__(self, *content: Inline, direction: Literal["auto", "ltr", "rtl"] = "auto") -> None:
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "direction", direction)


@dataclass(frozen=True, slots=True, init=False)
class Heading(_Inlines):
    """A heading; ``level`` 1 is the largest, 6 the smallest."""

    level: int

    def __init__(self, *content: Inline, level: int = 2) -> None:
        if not 1 <= level <= 6:
            raise ValueError(f"a heading has level 1 to 6, not {level}")
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "level", level)


@dataclass(frozen=True, slots=True, init=False)
class Paragraph(_Inlines):
    """A paragraph. A line feed in its text is a line break."""


@dataclass(frozen=True, slots=True, init=False)
class Footer(_Inlines):
    """Small print: who translated, what the marks mean."""


@dataclass(frozen=True, slots=True, init=False)
class Thinking(_Inlines):
    """What is being done at the moment. Rich drafts animate it; everywhere else it is italic."""


@dataclass(frozen=True, slots=True, init=False)
class ListItem(_Inlines):
    """One item of a list."""


@dataclass(frozen=True, slots=True, init=False)
class Listing:
    """An unordered list."""

    items: tuple[ListItem, ...]

    def __init__(self, *items: ListItem) -> None:
        object.__setattr__(self, "items", items)


@dataclass(frozen=True, slots=True, init=False)
class Cell(_Inlines):
    """One cell of a table; Telegram allows inline nodes only."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Plain messages have no tables: there a row is a line "name — role" and ``header`` is left out."""

    rows: tuple[Cells, ...]
    header: Cells = ()

    def __post_init__(self) -> None:
        if (widest := max(map(len, (self.header, *self.rows)), default=0)) > MAX_COLUMNS:
            raise ValueError(f"a table has at most {MAX_COLUMNS} columns, not {widest}")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words. ``direction`` is theirs where it is not the document's."""

    blocks: tuple[Block, ...]
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks folded away under a summary; ``open`` shows them from the start. ``direction`` as in ``Quote``."""

    summary: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    open: bool = False
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole message before it is split."""

    blocks: tuple[Block, ...]
    direction: Direction
