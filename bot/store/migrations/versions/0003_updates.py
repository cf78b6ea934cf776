"""Add the table of updates, which are kept until they are handled."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, Integer, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of updates."""
    op.create_table(
        "updates",
        Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
        Column("update_id", BigInteger, primary_key=True, autoincrement=False),
        Column("data", Text, nullable=False),
        Column("received_at", DateTime(timezone=True), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error", Text),
        Column("done_at", DateTime(timezone=True), index=True),
    )
