"""`python -m bot report`: the questions that the bot served badly, so that they can become tests.

For people it is a table, with the updates below it that the bot failed to handle. For `python -m
retrieval evaluate` the questions are written as the `queries.jsonl` of a dataset in the BEIR
layout; which passages answer them is for people to say.
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
    """A file that the report cannot be written to."""


def report(database_url: str, queries: Path | None) -> str:
    """Return the report for people; write the questions to `queries` where that is given.

    Raises StoreError where there is no database, ReportError where the file cannot be written.
    """
    store = Store.existing(database_url)
    poor, failed = store.poorly_answered(), store.set_aside()
    store.close()
    if queries is not None:
        _write_queries(poor, queries)
    lines = [HEADING, *map(_line, poor)] if poor else [NOTHING]
    return "\n".join([*lines, *map(_failure, failed)])


def _line(poor: PoorAnswer) -> str:
    # A terminal obeys some characters that cannot be seen, and anybody may have asked with them.
    question = "".join(filter(str.isprintable, poor.question))
    return (
        f"{poor.unanswered:9}  {poor.unhelpful:9}  {poor.asked_at:%Y-%m-%d}  "
        f"{poor.language or '-':8}  {question}"
    )


def _failure(kept: KeptUpdate) -> str:
    # Not what is in it: it may be a question that was asked in private.
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
    """Return an id that is the question's in every report, so that judgements of it still hold."""
    return hashlib.sha256(question.casefold().encode("utf-8")).hexdigest()[:16]
