"""What a message asks for: links, pasted text, a file, or nothing that can be read. Pure; no network, no clock.

A Telegram message → ``Intent``. Links hide in entities (``text_link``), captions and buttons of forwarded posts; an article that
was pasted whole holds links of its own that nobody means. Offsets of entities are UTF-16, which ``marked`` undoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from telegram import Message, MessageEntity

MAX_LINKS: Final = 5
"""Links of one message that are answered; ten digests at once are nobody's wish."""
ARTICLE_WORDS: Final = 120
"""Words of its own from which a message is the article and its links are a part of it."""
CONTINUED: Final = 3_400
"""UTF-16 units from which a text may go on in the next message.

Telegram's clients cut a paste at the last end of a paragraph before the 4,096th unit, so a piece is shorter by up to a paragraph.
"""
_TELEGRAM_HOSTS: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})

SourceKind = Literal["link", "text", "file"]
Useless = Literal["", "photo", "voice_or_video", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to digest: ``value`` is an address, a text, or the number of a document of Telegram's.

    ``name`` and ``bytes`` are a document's; ``bytes`` is None where Telegram did not say.
    """

    kind: SourceKind
    value: str
    name: str = ""
    bytes: int | None = None

    @property
    def host(self) -> str:
        """The site of an address, for a person to read; empty for anything else."""
        return (host_of(self.value) or "").removeprefix("www.") if self.kind == "link" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """Sources to digest, in order; ``too_many`` links were left out. Without any, ``useless`` says what the message is."""

    sources: tuple[Source, ...] = ()
    too_many: int = 0
    continues: bool = False
    """The text may go on in the sender's next message."""
    useless: Useless = ""


def intent(message: Message) -> Intent:
    """What ``message`` asks for."""
    if message.document is not None:
        name = message.document.file_name or "document"
        return Intent(
            sources=(Source(kind="file", value=message.document.file_id, name=name, bytes=message.document.file_size),)
        )
    text = (message.text or message.caption or "").strip()
    found = links(message)
    own = len(_without_links(message, text).split())
    forwarded = message.forward_origin is not None
    if own >= ARTICLE_WORDS and not (forwarded and found):
        return Intent(sources=(Source(kind="text", value=text),), continues=_units(text) >= CONTINUED)
    if found:
        return Intent(
            sources=tuple(Source(kind="link", value=url) for url in found[:MAX_LINKS]),
            too_many=max(0, len(found) - MAX_LINKS),
        )
    if text:
        return Intent(sources=(Source(kind="text", value=text),), continues=_units(text) >= CONTINUED)
    return Intent(useless=_useless(message))


def links(message: Message) -> list[str]:
    """Web addresses of a message, each once, in order: written, behind words, and on a forwarded post's buttons.

    Telegram's own addresses are left out beside others: "subscribe to our channel" is no article.
    """
    found = []
    for entity, written in marked(message):
        if entity.type == "text_link" and entity.url:
            found.append(entity.url)
        elif entity.type == "url":
            found.append(written if "://" in written else f"https://{written}")
    if message.reply_markup is not None:
        found += [button.url for row in message.reply_markup.inline_keyboard for button in row if button.url]
    found = [url for url in dict.fromkeys(found) if url.lower().startswith(("http://", "https://")) and host_of(url)]
    abroad = [url for url in found if (host_of(url) or "").removeprefix("www.") not in _TELEGRAM_HOSTS]
    return abroad or [url for url in found if _is_post(url)]


def host_of(url: str) -> str | None:
    """The host of an address, None where it has none or cannot be read: Telegram marks ``https://[`` as a link, too."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def marked(message: Message) -> list[tuple[MessageEntity, str]]:
    """Entities of a text or caption in their order, each with what it marks.

    Offsets are UTF-16; PTB's own reading raises for one that cuts a pair of surrogates, which clients have sent.
    """
    units = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")
    entities = message.entities if message.text else message.caption_entities
    return [
        (entity, units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace"))
        for entity in sorted(entities, key=lambda one: one.offset)
    ]


def _is_post(url: str) -> bool:
    """A public post (``t.me/channel/123``) can be read; a channel's front page, an invitation or a bot cannot."""
    parts = [part for part in urlsplit(url).path.split("/") if part and part != "s"]
    return len(parts) == 2 and parts[1].isdecimal()


def _without_links(message: Message, text: str) -> str:
    for entity, written in marked(message):
        if entity.type == "url" and written:
            text = text.replace(written, " ")
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _useless(message: Message) -> Useless:
    if message.photo:
        return "photo"
    if message.voice or message.video or message.video_note or message.audio or message.animation:
        return "voice_or_video"
    return "empty"
