"""Every test of this folder may ask for a database."""

from __future__ import annotations

from tests.unit.storage.fixtures import database, empty_url, migrated_file, migrated_server, server, url

__all__ = ["database", "empty_url", "migrated_file", "migrated_server", "server", "url"]
