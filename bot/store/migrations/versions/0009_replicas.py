"""Add the replicas, and which of them holds an update, so that several can share the updates."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, String, text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns and the table; what was received before is held by no process."""
    op.add_column("updates", Column("chat_id", BigInteger))
    op.add_column("updates", Column("holder", String(32), nullable=False, server_default=""))
    pending = text("done_at IS NULL AND error IS NULL")
    op.create_index(
        "ix_updates_pending",
        "updates",
        ["bot_id", "chat_id", "holder"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
    op.create_table(
        "replicas",
        Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
        Column("name", String(32), primary_key=True),
        Column("joined_at", DateTime(timezone=True), nullable=False),
        Column("seen_at", DateTime(timezone=True), nullable=False),
    )
