"""Auto-digests: feeds, items with their identities, stories, subscriptions, issues.

The tables are written out, as in 0001.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import CleanText, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "feed", "story", "story_key", "item", "item_identity", "subscription", "subscription_feed", "issue", "issue_story",
)  # fmt: skip


def upgrade() -> None:
    """Make every table of auto-digests."""
    _feeds()
    _items()
    _subscriptions()
    _issues()


def downgrade() -> None:
    """Drop them, those first that refer to others."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _feeds() -> None:
    op.create_table(
        "feed",
        *_number("feed"),
        sa.Column("url", CleanText, nullable=False),
        sa.Column("url_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", CleanText, nullable=False),
        sa.Column("home_url", CleanText),
        sa.Column("language", sa.String(8)),
        sa.Column("etag", CleanText),
        sa.Column("last_modified", CleanText),
        sa.Column("due_at", UtcTime),
        sa.Column("lease_until", UtcTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", UtcTime),
        sa.Column("disabled", CleanText, nullable=False),
        sa.Column("polled_at", UtcTime),
        sa.Column("changed_at", UtcTime),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.UniqueConstraint("url_hash", name="uq_feed_url_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_due_at", "feed", ["due_at"])


def _items() -> None:
    op.create_table(
        "story",
        *_number("story"),
        sa.Column("title", CleanText, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("first_at", UtcTime, nullable=False),
        sa.Column("last_at", UtcTime, nullable=False),
        sa.Column("features", sa.JSON, nullable=False),
        sa.Column("embedding", sa.LargeBinary),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_last_at", "story", ["last_at"])
    op.create_table(
        "story_key",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("key", "story_id", name="pk_story_key"),
        _refers("story_key", "story"),
    )
    op.create_index("ix_story_key_story_id", "story_key", ["story_id"])
    op.create_table(
        "item",
        *_number("item"),
        sa.Column("feed_id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER),
        sa.Column("url", CleanText),
        sa.Column("title", CleanText, nullable=False),
        sa.Column("text", CleanText, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("published_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        _refers("item", "feed"),
        _refers("item", "story", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_feed_id", "item", ["feed_id", "seen_at"])
    op.create_index("ix_item_story_id", "item", ["story_id"])
    op.create_index("ix_item_seen_at", "item", ["seen_at"])
    changed = sa.text("revision > 1")
    op.create_index("ix_item_changed_at", "item", ["changed_at"], sqlite_where=changed, postgresql_where=changed)
    op.create_table(
        "item_identity",
        sa.Column("feed_id", NUMBER, nullable=False),
        sa.Column("identity", sa.String(80), nullable=False),
        sa.Column("item_id", NUMBER),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "identity", name="pk_item_identity"),
        _refers("item_identity", "feed"),
        _refers("item_identity", "item", ondelete="SET NULL"),
    )
    op.create_index("ix_item_identity_item_id", "item_identity", ["item_id"])


def _subscriptions() -> None:
    op.create_table(
        "subscription",
        *_number("subscription"),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("topic_id", BIG, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(96), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("schedule", sa.JSON, nullable=False),
        sa.Column("length", sa.String(8), nullable=False),
        sa.Column("most_items", sa.Integer, nullable=False),
        sa.Column("include", sa.JSON, nullable=False),
        sa.Column("exclude", sa.JSON, nullable=False),
        sa.Column("least_sources", sa.Integer, nullable=False),
        sa.Column("heading", CleanText, nullable=False),
        sa.Column("say_when_empty", sa.Boolean, nullable=False),
        sa.Column("created_by", BIG),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime),
        sa.Column("last_slot", UtcTime),
        sa.UniqueConstraint("chat_id", "topic_id", name="uq_subscription_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscription_due_at", "subscription", ["due_at"])
    op.create_index("ix_subscription_created_by", "subscription", ["created_by"])
    op.create_table(
        "subscription_feed",
        sa.Column("subscription_id", NUMBER, nullable=False),
        sa.Column("feed_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "feed_id", name="pk_subscription_feed"),
        _refers("subscription_feed", "subscription"),
        _refers("subscription_feed", "feed"),
    )
    op.create_index("ix_subscription_feed_feed_id", "subscription_feed", ["feed_id"])


def _issues() -> None:
    op.create_table(
        "issue",
        *_number("issue"),
        sa.Column("subscription_id", NUMBER, nullable=False),
        sa.Column("slot", UtcTime, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", CleanText, nullable=False),
        sa.Column("delivery", sa.String(96)),
        sa.Column("message_ids", sa.JSON, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("made_at", UtcTime),
        sa.Column("posted_at", UtcTime),
        _refers("issue", "subscription"),
        sa.UniqueConstraint("subscription_id", "slot", name="uq_issue_subscription_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_issue_created_at", "issue", ["created_at"])
    op.create_index("ix_issue_posted_at", "issue", ["posted_at"])
    op.create_table(
        "issue_story",
        sa.Column("issue_id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("subscription_id", NUMBER, nullable=False),
        sa.Column("digest_id", NUMBER),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("issue_id", "story_id", name="pk_issue_story"),
        _refers("issue_story", "issue"),
        _refers("issue_story", "story"),
        _refers("issue_story", "subscription"),
        _refers("issue_story", "digest", ondelete="SET NULL"),
        sa.UniqueConstraint("subscription_id", "story_id", name="uq_issue_story_subscription_id"),
    )
    op.create_index("ix_issue_story_story_id", "issue_story", ["story_id"])
    op.create_index("ix_issue_story_digest_id", "issue_story", ["digest_id"])


def _number(table: str) -> tuple[Any, Any]:
    return (
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _refers(table: str, owner: str, *, ondelete: str = "CASCADE") -> Any:
    column = f"{owner}_id"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}_{owner}", ondelete=ondelete)
