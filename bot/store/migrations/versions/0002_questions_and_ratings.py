"""Store each answer's question, and people's ratings of the answers."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, String, Text, true

revision = "0002"
down_revision = "0001"

# The defaults describe rows of the version before: no message has the id 0, and questions that
# found no answer were not stored.
ADDED = (
    Column("question_id", BigInteger, nullable=False, server_default="0"),
    Column("question", Text, nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("answered", Boolean, nullable=False, server_default=true()),
    Column("restored", Text),
)


def upgrade() -> None:
    """Add the question's columns to the table of answers, and create the table of ratings."""
    for column in ADDED:
        op.add_column("answers", column)
    op.create_index("ix_answers_question", "answers", ["chat_id", "question_id"])
    op.create_table(
        "ratings",
        Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
        Column("message_id", BigInteger, primary_key=True, autoincrement=False),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("helpful", Boolean, nullable=False),
    )
