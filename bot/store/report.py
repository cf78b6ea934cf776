"""`python -m bot report`: the questions that the bot answered badly, as candidates for tests.

The report for people is a table, followed by the updates that the bot failed to handle. For
`python -m retrieval evaluate`, the questions are written as the `queries.jsonl` of a dataset in the
BEIR layout. People still have to judge which passages answer them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from bot.store.answers import PoorAnswer
from bot.store.store import Store
from bot.store.updates import KeptUpdate
from retrieval.errors import UserError

HEADING = "not found  unhelpful  asked last  language  question"
NOTHING = "Nothing to report: every question found an answer that nobody marked as unhelpful."


class ReportError(UserError):
    """The file for the questions cannot be written."""


def report(database_url: str, queries: Path | None) -> str:
    """Return the report for people, and write the questions to a file if one is given.

    Args:
        database_url: The bot's database, as an SQLAlchemy URL.
        queries: The file to write as `queries.jsonl`, None for no file.

    Returns:
        The table and the failed updates, one per line.

    Raises:
        StoreError: There is no database, or it cannot be read.
        ReportError: The file cannot be written.
    """
    store = Store.existing(database_url)
    poor, failed = store.poorly_answered(), store.set_aside()
    store.close()
    if queries is not None:
        _write_queries(poor, queries)
    lines = [HEADING, *map(_line, poor)] if poor else [NOTHING]
    return "\n".join([*lines, *map(_failure, failed)])


def _line(poor: PoorAnswer) -> str:
    # Anyone can put invisible control characters into a question, and a terminal would obey them.
    question = "".join(filter(str.isprintable, poor.question))
    return (
        f"{poor.unanswered:9}  {poor.unhelpful:9}  {poor.asked_at:%Y-%m-%d}  "
        f"{poor.language or '-':8}  {question}"
    )


def _failure(kept: KeptUpdate) -> str:
    # The update's data is left out: it may hold a question that was asked in private.
    return f"set aside: update {kept.update_id} of {kept.received_at:%Y-%m-%d %H:%M}, {kept.error}"


def _write_queries(poor: Sequence[PoorAnswer], file: Path) -> None:
    lines = [
        json.dumps({"_id": _id_of(one.question), "text": one.question}, ensure_ascii=False) + "\n"
        for one in poor
    ]
    try:
        file.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ReportError(f"{file} cannot be written: {error.strerror}") from None


def _id_of(question: str) -> str:
    """Return an id that is the same in every report, so that judgements of it remain valid."""
    return hashlib.sha256(question.casefold().encode("utf-8")).hexdigest()[:16]
