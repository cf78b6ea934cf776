"""The store: answers, people's ratings of them, and the languages that people chose.

Answers are looked up by chat and message, so no chat sees the answers of another. Every method
blocks and may be called from any thread. The store works with SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, case, delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from bot.store.answers import GivenAnswer, PoorAnswer
from bot.store.database import insert_into, open_database, told
from bot.store.rows import AccountRow, AnswerRow, ChoiceRow, LanguageRow, MemberRow, RatingRow, Row
from bot.store.updates import KeptUpdate, forget_set_aside, updates_set_aside


@dataclass(frozen=True, slots=True)
class Store:
    """One database of the bot. Every method but `close` raises StoreError if the database fails."""

    engine: Engine

    @classmethod
    def open(cls, url: str) -> Store:
        """Connect to the database at the SQLAlchemy URL `url`.

        Missing tables are created, as are an SQLite file and its folder. Tables of an earlier
        version are migrated.
        """
        return cls(open_database(url))

    @classmethod
    def existing(cls, url: str) -> Store:
        """Connect as `open` does, but raise StoreError if an SQLite file does not exist."""
        return cls(open_database(url, new=False))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def save_answer(self, given: GivenAnswer) -> None:
        """Store an answer; one in the same message is replaced, and its ratings are deleted."""
        here = RatingRow.chat_id == given.chat_id, RatingRow.message_id == given.message_id
        with self._transaction() as session:
            session.connection().execute(delete(RatingRow).where(*here))
            _put(session, AnswerRow, asdict(given))

    def answer_of(self, chat_id: int, message_id: int) -> GivenAnswer | None:
        """Return the answer in the bot's message `message_id`, None if that holds no answer."""
        return self._latest(AnswerRow.chat_id == chat_id, AnswerRow.message_id == message_id)

    def answer_to(self, chat_id: int, question_id: int) -> GivenAnswer | None:
        """Return the answer to the message `question_id`, None if it has none."""
        return self._latest(AnswerRow.chat_id == chat_id, AnswerRow.question_id == question_id)

    def last_answer(self, chat_id: int, thread_id: int | None, user_id: int) -> GivenAnswer | None:
        """Return the last answer to a person in a chat and its forum topic, None if there is none.

        `thread_id` is None outside of a topic.
        """
        return self._latest(
            AnswerRow.chat_id == chat_id,
            AnswerRow.thread_id == thread_id,
            AnswerRow.user_id == user_id,
        )

    def answer_before(
        self, chat_id: int, thread_id: int | None, user_id: int, question_id: int
    ) -> GivenAnswer | None:
        """Return the last answer to a person in a chat and its topic before a message of theirs.

        None if there is none. Message ids of one chat grow with time.
        """
        return self._latest(
            AnswerRow.chat_id == chat_id,
            AnswerRow.thread_id == thread_id,
            AnswerRow.user_id == user_id,
            AnswerRow.question_id < question_id,
        )

    def rate(self, chat_id: int, message_id: int, user_id: int, helpful: bool) -> None:
        """Store whether the answer in `message_id` helped this person, over an earlier rating."""
        key = {"chat_id": chat_id, "message_id": message_id, "user_id": user_id}
        with self._transaction() as session:
            _put(session, RatingRow, key | {"helpful": helpful})

    def poorly_answered(self) -> tuple[PoorAnswer, ...]:
        """Return the questions that found nothing or were marked unhelpful, most frequent first.

        Questions that differ only in case count as one, in the spelling used last.
        """
        asked: defaultdict[str, list[PoorAnswer]] = defaultdict(list)
        with self._transaction() as session:
            for row in session.execute(_poor_answers()):
                poor = PoorAnswer(*row)
                asked[poor.question.casefold()].append(poor)
        return tuple(sorted(map(_merged, asked.values()), key=_frequency_and_date, reverse=True))

    def set_aside(self) -> tuple[KeptUpdate, ...]:
        """Return the updates whose handling failed for good."""
        return updates_set_aside(self.engine)

    def language_of(self, user_id: int) -> str | None:
        """Return the language that this person chose, or None."""
        with self._transaction() as session:
            row = session.get(LanguageRow, user_id)
            return row.language if row else None

    def choose_language(self, user_id: int, language: str | None) -> None:
        """Store the language that this person chose; None deletes an earlier choice."""
        with self._transaction() as session:
            if language:
                _put(session, LanguageRow, {"user_id": user_id, "language": language})
            else:
                session.execute(delete(LanguageRow).where(LanguageRow.user_id == user_id))

    def forget(self, user_id: int) -> int:
        """Erase all that is kept of a person, and return how many answers that were."""
        given = select(AnswerRow.chat_id, AnswerRow.message_id).where(AnswerRow.user_id == user_id)
        theirs = tuple_(RatingRow.chat_id, RatingRow.message_id).in_(given)
        with self._transaction() as session:
            connection = session.connection()
            connection.execute(delete(RatingRow).where(or_(theirs, RatingRow.user_id == user_id)))
            answers = connection.execute(delete(AnswerRow).where(AnswerRow.user_id == user_id))
            connection.execute(delete(AccountRow).where(AccountRow.user_id == user_id))
            connection.execute(delete(LanguageRow).where(LanguageRow.user_id == user_id))
            connection.execute(delete(ChoiceRow).where(ChoiceRow.user_id == user_id))
            connection.execute(delete(MemberRow).where(MemberRow.chat_id == user_id))
        forget_set_aside(self.engine, user_id)
        return answers.rowcount

    def _latest(self, *conditions: ColumnElement[bool]) -> GivenAnswer | None:
        latest = (AnswerRow.asked_at.desc(), AnswerRow.message_id.desc())
        with self._transaction() as session:
            row = session.scalar(select(AnswerRow).where(*conditions).order_by(*latest).limit(1))
            return row.to_answer() if row else None

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with told(), Session(self.engine) as session, session.begin():
            yield session


def _put(session: Session, row: type[Row], values: dict[str, Any]) -> None:
    """Insert a row or replace the one with its key, in one atomic statement."""
    insert = insert_into(row, session.get_bind()).values(values)
    key = [column.name for column in row.__table__.primary_key]
    # The connection takes half the time that the session would. That time counts: after a crash
    # between sending an answer and storing it, the answer is sent again.
    session.connection().execute(insert.on_conflict_do_update(index_elements=key, set_=values))


def _poor_answers() -> Select[Any]:
    """Select the answers that found nothing or that somebody marked unhelpful, latest first."""
    same = and_(
        RatingRow.chat_id == AnswerRow.chat_id, RatingRow.message_id == AnswerRow.message_id
    )
    unhelpful = select(func.count()).where(same, RatingRow.helpful.is_(False)).scalar_subquery()
    unanswered = case((AnswerRow.answered, 0), else_=1)
    return (
        select(AnswerRow.question, AnswerRow.language, AnswerRow.asked_at, unanswered, unhelpful)
        .where(AnswerRow.question != "", unanswered + unhelpful > 0)
        .order_by(AnswerRow.asked_at.desc(), AnswerRow.message_id.desc())
    )


def _merged(poor: list[PoorAnswer]) -> PoorAnswer:
    return PoorAnswer(
        question=poor[0].question,
        language=poor[0].language,
        asked_at=poor[0].asked_at,
        unanswered=sum(one.unanswered for one in poor),
        unhelpful=sum(one.unhelpful for one in poor),
    )


def _frequency_and_date(poor: PoorAnswer) -> tuple[int, object]:
    return poor.unanswered + poor.unhelpful, poor.asked_at
