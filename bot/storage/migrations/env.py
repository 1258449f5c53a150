"""Alembic runs this file for every command; ``bot.storage.migrations`` hands it a connection, whose transaction it joins."""

from __future__ import annotations

from alembic import context

from bot.storage.schema_workers import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
