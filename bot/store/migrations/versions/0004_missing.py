"""Store what an answer lacks of its question."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, empty for the answers that were given before."""
    op.add_column("answers", Column("missing", JSON, nullable=False, server_default="[]"))
