"""Answers know their question, and people say whether they helped."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, String, Text, true

revision = "0002"
down_revision = "0001"

# What is true of the rows that were there before: no message is 0, and only answers were kept.
ADDED = (
    Column("question_id", BigInteger, nullable=False, server_default="0"),
    Column("question", Text, nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("answered", Boolean, nullable=False, server_default=true()),
    Column("restored", Text),
)


def upgrade() -> None:
    """Add the question's columns to the answers, and the ratings."""
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
