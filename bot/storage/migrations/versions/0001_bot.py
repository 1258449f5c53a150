"""The bot's tables: inbox, people, chats, digests, cards, feedback, outbox, waits, counts, incidents, notes.

The tables are written out, not taken from ``bot.storage.schema``: that will go on, this revision will not.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import CleanText, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "inbox", "person", "chat", "digest", "card", "feedback", "delivery", "part", "flood", "usage", "incident", "note",
)  # fmt: skip


def upgrade() -> None:
    """Make every table."""
    _updates_people_chats()
    _digests()
    _outbox()
    _owner()


def downgrade() -> None:
    """Drop every table, those first that refer to others."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _updates_people_chats() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", BIG, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("received_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_person_id", "inbox", ["person_id"])
    op.create_index("ix_inbox_open", "inbox", ["done_at", "update_id"])
    op.create_table(
        "person",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ui_language", sa.String(8), nullable=False),
        sa.Column("length", sa.String(8), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "chat",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", CleanText, nullable=False),
        sa.Column("auto_links", sa.Boolean, nullable=False),
        sa.Column("presses", sa.String(8), nullable=False),
        sa.Column("ui_language", sa.String(8)),
        sa.Column("length", sa.String(8)),
        sa.Column("languages", sa.JSON),
        sa.Column("gone", sa.String(16), nullable=False),
        sa.Column("moved_to", BIG),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat"),
    )


def _digests() -> None:
    op.create_table(
        "digest",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("length", sa.String(8), nullable=False),
        sa.Column("url", CleanText),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("content", name="uq_digest_content"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digest_url", "digest", ["url"], postgresql_using="hash")
    op.create_index("ix_digest_created_at", "digest", ["created_at"])
    op.create_table(
        "card",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("digest_id", NUMBER, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("topic_id", BIG),
        sa.Column("asker_id", BIG),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("length", sa.String(8), nullable=False),
        sa.Column("shows", sa.String(16), nullable=False),
        sa.Column("delivery", sa.String(96), nullable=False),
        sa.Column("messages", sa.JSON, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        _refers("card", "digest_id", "digest.id"),
        sa.UniqueConstraint("delivery", name="uq_card_delivery"),
        sqlite_autoincrement=True,
    )
    for column in ("digest_id", "chat_id", "asker_id"):
        op.create_index(f"ix_card_{column}", "card", [column])
    op.create_table(
        "feedback",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("digest_id", NUMBER, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("note", CleanText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        _refers("feedback", "digest_id", "digest.id"),
        sa.UniqueConstraint("digest_id", "person_id", "kind", name="uq_feedback_digest_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_person_id", "feedback", ["person_id"])


def _outbox() -> None:
    op.create_table(
        "delivery",
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("topic_id", BIG),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", CleanText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime),
        sa.PrimaryKeyConstraint("key", name="pk_delivery"),
    )
    op.create_index("ix_delivery_chat_id", "delivery", ["chat_id"])
    op.create_index("ix_delivery_state", "delivery", ["state", "created_at", "key"])
    op.create_table(
        "part",
        sa.Column("delivery_key", sa.String(96), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("method", sa.String(48), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("message_id", BIG),
        sa.Column("sent_at", UtcTime),
        sa.PrimaryKeyConstraint("delivery_key", "number", name="pk_part"),
        _refers("part", "delivery_key", "delivery.key"),
    )
    op.create_table(
        "flood",
        sa.Column("scope", sa.String(48), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_flood"),
    )


def _owner() -> None:
    op.create_table(
        "usage",
        sa.Column("scope", sa.String(48), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("digests", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scope", "day", name="pk_usage"),
    )
    op.create_table(
        "incident",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("code", sa.String(48), nullable=False),
        sa.Column("place", sa.String(96), nullable=False),
        sa.Column("detail", CleanText, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incident_at", "incident", ["at"])
    op.create_table(
        "note",
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_note"),
    )


def _refers(table: str, column: str, target: str) -> Any:
    owner = target.partition(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}_{owner}", ondelete="CASCADE")
