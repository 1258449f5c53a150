"""Tables by which several processes on one PostgreSQL database know of each other: workers and turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "worker",
        sa.Column("executor", sa.String(96), primary_key=True),
        sa.Column("until", UtcTime, nullable=False),
    )
    op.create_index("ix_worker_until", "worker", ["until"])
    op.create_table(
        "turn",
        sa.Column("scope", sa.String(48), primary_key=True),
        sa.Column("at", UtcTime, nullable=False),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("turn")
    op.drop_table("worker")
