"""Tables of auto-digests: feeds, their items, the stories these tell, who subscribes, and the issues that were posted.

They share ``bot.storage.schema``'s metadata. Items, stories and issues end by age; subscriptions and feeds stay until somebody
deletes them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.storage import schema
from bot.storage.schema import CleanText, UtcTime, numbered

metadata: Final[MetaData] = schema.metadata
"""All tables, those of ``schema`` too."""

feed = Table(
    "feed",
    metadata,
    numbered("id"),
    Column("url", CleanText, nullable=False),
    Column("url_hash", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("title", CleanText, nullable=False, default=""),
    Column("home_url", CleanText),
    Column("language", String(8)),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("due_at", UtcTime, index=True),
    Column("lease_until", UtcTime),
    Column("failures", Integer, nullable=False, default=0),
    Column("failing_since", UtcTime),
    Column("disabled", CleanText, nullable=False, default=""),
    Column("polled_at", UtcTime),
    Column("changed_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Feeds, each address once (``url_hash``: an address may be longer than a B-tree takes). ``due_at`` is empty while disabled.

``lease_until``: a worker is polling it until then.
"""

story = Table(
    "story",
    metadata,
    numbered("id"),
    Column("title", CleanText, nullable=False),
    Column("language", String(8), nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False, index=True),
    Column("features", JSON, nullable=False),
    Column("embedding", LargeBinary),
    Column("items", Integer, nullable=False, default=0),
    Column("sources", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)
"""One event, told by items of any feed and language. ``features`` are ``pipelines.stories``' own; counts are over all feeds."""

story_key = Table(
    "story_key",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("story_id", ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""What a story can be found by: actors' keys, numbers, terms of titles."""

item = Table(
    "item",
    metadata,
    numbered("id"),
    Column("feed_id", ForeignKey("feed.id", ondelete="CASCADE"), nullable=False),
    Column("story_id", ForeignKey("story.id", ondelete="SET NULL"), index=True),
    Column("url", CleanText),
    Column("title", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("language", String(8), nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False, index=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Index("ix_item_feed_id", "feed_id", "seen_at"),
    # of the few that changed only: issues that were posted are looked through for them every few minutes
    Index("ix_item_changed_at", "changed_at", sqlite_where=text("revision > 1"), postgresql_where=text("revision > 1")),
    sqlite_autoincrement=True,
)
"""What feeds said, each item once. ``revision`` rises when the source changes title or text."""

item_identity = Table(
    "item_identity",
    metadata,
    Column("feed_id", ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True),
    Column("identity", String(80), primary_key=True),
    Column("item_id", ForeignKey("item.id", ondelete="SET NULL"), index=True),
    Column("shared", Boolean, nullable=False, default=False),
    Column("seen_at", UtcTime, nullable=False),
)
"""What an item is known again by. It outlives its item, so that what a feed holds for long does not come as new.

``shared``: several items of the feed have it at once (all link to the front page), so it tells none of them.
"""

subscription = Table(
    "subscription",
    metadata,
    numbered("id"),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger, nullable=False, default=0),
    Column("enabled", Boolean, nullable=False),
    Column("reason", String(96), nullable=False, default=""),
    Column("languages", JSON, nullable=False),
    Column("schedule", JSON, nullable=False),
    Column("length", String(8), nullable=False),
    Column("most_items", Integer, nullable=False),
    Column("include", JSON, nullable=False),
    Column("exclude", JSON, nullable=False),
    Column("least_sources", Integer, nullable=False),
    Column("heading", CleanText, nullable=False, default=""),
    Column("say_when_empty", Boolean, nullable=False, default=False),
    Column("created_by", BigInteger, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, index=True),
    Column("last_slot", UtcTime),
    UniqueConstraint("chat_id", "topic_id"),
    sqlite_autoincrement=True,
)
"""What a channel or a forum topic gets. ``topic_id`` 0 is no topic: two NULLs would not be equal to a unique constraint.

``due_at`` is empty while disabled, so that its index is of what can be due. ``reason`` says why Khabar itself disabled it.
"""

subscription_feed = Table(
    "subscription_feed",
    metadata,
    Column("subscription_id", ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True),
    Column("feed_id", ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
"""Feeds of a subscription, in the order that they were chosen in."""

issue = Table(
    "issue",
    metadata,
    numbered("id"),
    Column("subscription_id", ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    Column("slot", UtcTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", CleanText, nullable=False, default=""),
    Column("delivery", String(96)),
    Column("message_ids", JSON, nullable=False, default=list),
    Column("created_at", UtcTime, nullable=False, index=True),
    Column("made_at", UtcTime),
    Column("posted_at", UtcTime, index=True),
    UniqueConstraint("subscription_id", "slot"),
    sqlite_autoincrement=True,
)
"""An issue of a slot. ``state`` is making, posted, empty or failed; ``made_at`` is when its items were read."""

issue_story = Table(
    "issue_story",
    metadata,
    Column("issue_id", ForeignKey("issue.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("subscription_id", ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    Column("digest_id", ForeignKey("digest.id", ondelete="SET NULL"), index=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("subscription_id", "story_id"),
)
"""Stories of an issue by ``position`` from 0. A story is in one issue of a subscription only, ever."""
