"""Keep how much of their share people have asked, which replicas have to know of each other."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Double, String

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table of accounts."""
    op.create_table(
        "accounts",
        Column("kind", String(8), primary_key=True),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("paid_off", Double, nullable=False),
        Column("latest", BigInteger, nullable=False),
        Column("refused", BigInteger),
    )
