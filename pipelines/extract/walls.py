"""Pages that answer with a wall in place of an article: sign in, pay, accept cookies, prove to be human, or not found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pipelines import tables
from pipelines.errors import ExtractError, LoginWallError
from pipelines.extract.lines import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WALL_WORDS: Final = 150
"""A page that shows more running text than this has let one in, whatever it says about subscribing."""
STUB_WORDS: Final = 40
_READ_WORDS: Final = 600

_REASON: Final = {
    "challenge": "asks to prove that the reader is human",
    "login": "asks to sign in",
    "pay": "shows the article to subscribers only",
    "consent": "asks to accept its terms first",
}


def count_words(text: str) -> int:
    """Words, roughly: by white space, and by two characters where a language has none."""
    return max(len(text.split()), sum("\u3040" <= char <= "\u9fff" for char in text) // 2)


def wall_kind(text: str) -> str | None:
    """Kind of wall that ``text`` (some hundred words of a page) speaks of, or None."""
    keys = words(text[: 12 * _READ_WORDS])[:_READ_WORDS]
    index = _phrases()
    for position, key in enumerate(keys):
        for phrase, kind in index.get(key, ()):
            if tuple(keys[position : position + len(phrase)]) == phrase:
                return kind
    return None


def refusal(kind: str | None) -> ExtractError:
    """The error for a page without an article that speaks of a wall of ``kind``."""
    if kind in _REASON:
        return LoginWallError(f"The page {_REASON[kind]} and shows no article; open it yourself and paste the text.")
    if kind == "missing":
        return ExtractError("The site says that the page does not exist; check the link.")
    return ExtractError("The page holds no article; send the link of one article, or paste its text.")


def check_wall(
    paragraphs: Sequence[str], page_text: Callable[[], str], *, title: str | None, free: bool | None
) -> None:
    """Raise where ``paragraphs`` are a stub: too few words, with a wall named in them, in the title or on the page.

    ``page_text`` answers the visible text of the page, of which the first words are enough; ``free`` is what the page's
    own metadata says (schema.org ``isAccessibleForFree``).
    """
    body = " ".join(paragraphs)
    size = count_words(body)
    if size >= WALL_WORDS:
        return
    kind = wall_kind(body) or (wall_kind(title) if title else None)
    if size < STUB_WORDS:
        kind = kind or wall_kind(page_text())
        raise refusal("pay" if kind is None and free is False else kind)
    if kind in ("challenge", "missing") or (kind is not None and size < 2 * STUB_WORDS):
        raise refusal(kind)
    if free is False and wall_kind(page_text()) in ("pay", "login"):
        raise refusal("pay")


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in tables.table("boilerplate/walls.tsv"):
        for text in tables.cell_list(row["phrases"]):
            keys = tuple(words(text))
            index.setdefault(keys[0], []).append((keys, row["kind"]))
    return {key: tuple(found) for key, found in index.items()}
