"""Documents as messages: rich where the server knows them, else text with entities, the same content.

Document → ``Said``: parts to send and parts to fall back on, without chat, topic, reply or keyboard: the delivery adds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery import rich_parts, text_parts
from bot.render import characters
from bot.render.nodes import Document, Paragraph
from bot.render.rich import rich_messages
from bot.render.split import MESSAGE, split
from bot.storage.outbox import PlannedPart

if TYPE_CHECKING:
    from pipelines.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A document ready to go out: ``rich`` for servers that know rich messages, ``plain`` for all."""

    rich: list[PlannedPart]
    plain: list[PlannedPart]


def said(document: Document) -> Said:
    """The document as messages."""
    return Said(rich=rich_parts(rich_messages(document)), plain=text_parts(split(document)))


def words(text: str, language: Language) -> list[PlannedPart]:
    """A text of the bot's own in one message, cut only where it is too long for one.

    Unlike an article's, its commands ("/help") are meant to be tapped, so Telegram is left to find them.
    """
    if characters.utf16(text) <= MESSAGE:
        return [
            PlannedPart(method="sendMessage", payload={"text": text, "link_preview_options": {"is_disabled": True}})
        ]
    paragraphs = tuple(Paragraph(paragraph) for paragraph in text.split("\n\n") if paragraph.strip())
    return text_parts(split(Document(paragraphs, language.direction), guarded=False))
