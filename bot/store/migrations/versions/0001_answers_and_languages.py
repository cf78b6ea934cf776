"""Create the first tables; a database from before the migrations has them already."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, DateTime, String, inspect

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, unless a version without migrations has created them."""
    if inspect(op.get_bind()).has_table("answers"):
        return
    op.create_table(
        "answers",
        Column("chat_id", BigInteger, primary_key=True),
        Column("message_id", BigInteger, primary_key=True),
        Column("thread_id", BigInteger),
        Column("user_id", BigInteger, nullable=False, index=True),
        Column("asked_at", DateTime(timezone=True), nullable=False),
        Column("citations", JSON, nullable=False),
    )
    op.create_table(
        "languages",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("language", String(8), nullable=False),
    )
