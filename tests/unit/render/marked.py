"""Messages written so that a person can read them in a test: invisible characters as names, entities as brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.render.entities import Entity

NAMES = {
    "\u2066": "⟨LRI⟩",
    "\u2067": "⟨RLI⟩",
    "\u2068": "⟨FSI⟩",
    "\u2069": "⟨PDI⟩",
    "\u200e": "⟨LRM⟩",
    "\u200f": "⟨RLM⟩",
    "\u2060": "⟨WJ⟩",
    "\u00a0": "⟨NBSP⟩",
}


def named(text: str) -> str:
    """``text`` with invisible characters named; ZWNJ stays, it is part of words."""
    return "".join(NAMES.get(character, character) for character in text)


def covered(text: str, entities: Iterable[Entity]) -> list[tuple[str, str]]:
    """Each entity's type and what it covers, cut out by UTF-16 as Telegram does."""
    data = text.encode("utf-16-le")
    return [
        (entity.type, named(data[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")))
        for entity in entities
    ]
