"""Keep watched questions, and which documents they were put to."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables of watched questions and of the documents that are no news to them."""
    op.create_table(
        "watches",
        Column("number", Integer, primary_key=True),
        Column("chat_id", BigInteger, nullable=False, index=True),
        Column("thread_id", BigInteger),
        Column("user_id", BigInteger, nullable=False, index=True),
        Column("message_id", BigInteger, nullable=False),
        Column("question", Text, nullable=False),
        Column("language", String(8), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "told",
        Column("watch", Integer, primary_key=True, autoincrement=False),
        Column("document", String(64), primary_key=True),
    )
    op.create_table(
        "known_documents",
        Column("collection", String(64), primary_key=True),
        Column("digits", LargeBinary, nullable=False),
    )
