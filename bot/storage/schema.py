"""Tables of the bot: what may not be lost. One ``MetaData`` for SQLite and PostgreSQL; Alembic's migrations follow it.

Times are aware and in UTC (``UtcTime``); Telegram's ids need 64 bits. Texts of articles stand in ``digest``, and in ``inbox``
and ``part`` until an update is done and a message sent, so that one purge ends them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from bot.storage.values import clean

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class UtcTime(TypeDecorator[datetime]):
    """An aware time. SQLite keeps no offset, so every time goes in as UTC and comes out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, without its offset where the database keeps none. Raises ValueError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again. A PostgreSQL session answers in a zone of its own."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """A text from outside: what PostgreSQL cannot store (NUL, lone surrogates) becomes U+FFFD in either database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """``value`` as both databases can store it."""
        del dialect
        return value if value is None else clean(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def numbered(name: str) -> Column[Any]:
    """A primary key that the database counts up."""
    # SQLite counts up only a plain INTEGER, and only a table with sqlite_autoincrement never gives the number of a deleted row
    # again: a button of a card that is gone must not act on another one
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, index=True),
    Column("payload", JSON, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Index("ix_inbox_open", "done_at", "update_id"),
)
"""Updates as Telegram sent them, stored before they are acknowledged; ``done_at`` is set when nothing is left to do.

A done update keeps its number only, against a second arrival: its ``payload`` is emptied and ``person_id`` forgotten.
"""

person = Table(
    "person",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("ui_language", String(8), nullable=False),
    Column("length", String(8), nullable=False),
    Column("languages", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)
"""People by Telegram id and what they chose. No name, no phone number: nothing needs them."""

chat = Table(
    "chat",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("title", CleanText, nullable=False, default=""),
    Column("auto_links", Boolean, nullable=False, default=False),
    Column("presses", String(8), nullable=False, default="anyone"),
    Column("ui_language", String(8)),
    Column("length", String(8)),
    Column("languages", JSON(none_as_null=True)),
    Column("gone", String(16), nullable=False, default=""),
    Column("moved_to", BigInteger),
    Column("created_at", UtcTime, nullable=False),
)
"""Chats: private, group, supergroup, channel. ``presses`` says who may press a digest's buttons: anyone, asker, admins.

``gone`` is empty, or why nothing more is sent: blocked, kicked, deleted. ``moved_to`` is the supergroup that a group became.
A private chat has no title: it would be a person's name.
"""

digest = Table(
    "digest",
    metadata,
    numbered("id"),
    Column("content", String(64), nullable=False),
    Column("length", String(8), nullable=False),
    Column("url", CleanText),
    Column("body", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("content"),
    # a hash index: an address may be longer than a PostgreSQL B-tree takes (2,700 bytes)
    Index("ix_digest_url", "url", postgresql_using="hash"),
    Index("ix_digest_created_at", "created_at"),
    sqlite_autoincrement=True,
)
"""Digests as JSON (``bot.storage.digests``); ``content`` is the sha256 of article and length."""

card = Table(
    "card",
    metadata,
    numbered("id"),
    Column("digest_id", ForeignKey("digest.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("topic_id", BigInteger),
    Column("asker_id", BigInteger, index=True),
    Column("language", String(8), nullable=False),
    Column("length", String(8), nullable=False),
    Column("shows", String(16), nullable=False, default="digest"),
    Column("delivery", String(96), nullable=False, unique=True),
    Column("messages", JSON, nullable=False, default=list),
    Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""A digest in a chat: what its buttons act on. ``shows`` is digest or sources; ``delivery`` is the key it was sent under.

``messages`` are the numbers of those that hold it, in order: the outbox forgets them long before the buttons do.
"""

feedback = Table(
    "feedback",
    metadata,
    numbered("id"),
    Column("digest_id", ForeignKey("digest.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("language", String(8), nullable=False),
    Column("note", CleanText, nullable=False, default=""),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("digest_id", "person_id", "kind"),
    sqlite_autoincrement=True,
)
"""What readers said of a digest: up, down, wrong_name, wrong_translation, with a note if they wrote one."""

delivery = Table(
    "delivery",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("topic_id", BigInteger),
    Column("state", String(12), nullable=False),
    Column("reason", CleanText, nullable=False, default=""),
    Column("created_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Index("ix_delivery_state", "state", "created_at", "key"),
)
"""The outbox: one row for everything that is to be said. ``state`` is pending, sent, or failed with its ``reason``."""

part = Table(
    "part",
    metadata,
    Column("delivery_key", ForeignKey("delivery.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("method", String(48), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("message_id", BigInteger),
    Column("sent_at", UtcTime),
)
"""One Bot API call of a delivery, numbered from 0, in order.

``state``: pending, sending (was on its way at a crash), sent, failed.
"""

flood = Table(
    "flood",
    metadata,
    Column("scope", String(48), primary_key=True),
    Column("until", UtcTime, nullable=False),
)
"""Waits that Telegram asked for: ``all`` or ``chat:<id>``. They outlive a restart."""

usage = Table(
    "usage",
    metadata,
    Column("scope", String(48), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("digests", Integer, nullable=False),
)
"""Digests made for ``person:<id>``, ``chat:<id>`` and ``all`` on a UTC day: what quotas count and ``/stats`` sums."""

incident = Table(
    "incident",
    metadata,
    numbered("id"),
    Column("at", UtcTime, nullable=False, index=True),
    Column("code", String(48), nullable=False),
    Column("place", String(96), nullable=False),
    Column("detail", CleanText, nullable=False),
    sqlite_autoincrement=True,
)
"""Errors for the owner's ``/admin``: class and place, never a text that a user sent."""

note = Table(
    "note",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
"""Small facts of the whole bot: whether the server knows rich messages, the allow-list, quotas set by the owner."""
