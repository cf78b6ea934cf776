"""Keep which version of a feed was read, and which articles were taken."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, String, Text

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables of feeds and articles."""
    op.create_table(
        "feeds",
        Column("address", Text, primary_key=True),
        Column("etag", Text, nullable=False),
        Column("modified", Text, nullable=False),
    )
    op.create_table(
        "articles",
        Column("key", String(64), primary_key=True),
        Column("taken_at", DateTime(timezone=True), nullable=False),
    )
