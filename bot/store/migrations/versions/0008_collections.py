"""Add who joined which collection, the codes to join, and what people chose to ask."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, String, Text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "members",
        Column("collection", String(32), primary_key=True),
        Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
        Column("topic", BigInteger, primary_key=True, autoincrement=False),
        Column("title", Text, nullable=False),
        Column("joined_at", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_members_chat_id", "members", ["chat_id"])
    op.create_table(
        "invitations",
        Column("code", String(64), primary_key=True),
        Column("collection", String(32), nullable=False),
        Column("until", DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "choices",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("collection", String(32), nullable=False),
    )
