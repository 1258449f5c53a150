"""Tables by which processes on one PostgreSQL database know of each other; empty on SQLite, where there is one process."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, MetaData, String, Table

from bot.storage import schema_digests
from bot.storage.schema import UtcTime

metadata: Final[MetaData] = schema_digests.metadata
"""All tables, those of ``schema`` and ``schema_digests`` too."""

worker = Table(
    "worker",
    metadata,
    Column("executor", String(96), primary_key=True),
    Column("until", UtcTime, nullable=False, index=True),
)
"""Processes that run jobs; one whose ``until`` is past is dead and its jobs are free to be taken."""

turn = Table(
    "turn",
    metadata,
    Column("scope", String(48), primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""When the next call to ``all`` or ``chat:<id>`` may go, whichever process makes it (``bot.delivery.shared``)."""
