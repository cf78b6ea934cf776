from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.citations import Citation
from bot.store import GivenAnswer, KeptUpdates, PoorAnswer, Store, StoreError
from tests.helpers.samples import SUMMIT_HIT, VISIT_HIT

SUMMIT_CITED = Citation.of(SUMMIT_HIT)
VISIT_CITED = Citation.of(VISIT_HIT)
NOON = datetime(2021, 9, 29, 12, tzinfo=UTC)
CHAT = -1001234567890
LAN = 7_000_000_000
GIVEN = GivenAnswer(
    chat_id=CHAT,
    message_id=5,
    thread_id=None,
    user_id=LAN,
    question_id=4,
    question="Ai dự hội nghị?",
    language="vi",
    answered=True,
    asked_at=NOON,
    citations=(SUMMIT_CITED, VISIT_CITED),
    restored="Ai dự hội nghị?",
    missing=("AMMTC 16",),
)
FOUND_NOTHING = replace(GIVEN, message_id=9, question="Who won?", language="en", answered=False)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.open(database_url)
    yield store
    store.close()


def test_an_answer_is_found_by_its_message(store: Store) -> None:
    store.save_answer(GIVEN)
    assert store.answer_of(CHAT, 5) == GIVEN
    assert store.answer_of(CHAT, 4) is None
    assert store.answer_of(LAN, 5) is None


def test_an_answer_is_found_by_the_message_that_asked(store: Store) -> None:
    store.save_answer(GIVEN)
    assert store.answer_to(CHAT, 4) == GIVEN
    assert store.answer_to(CHAT, 5) is None
    assert store.answer_to(LAN, 4) is None


def test_the_last_answer_is_the_one_asked_for_last(store: Store) -> None:
    later = replace(GIVEN, message_id=4, asked_at=NOON + timedelta(1), citations=(VISIT_CITED,))
    store.save_answer(later)
    store.save_answer(GIVEN)
    assert store.last_answer(CHAT, None, LAN) == later


def test_within_one_second_the_later_message_is_the_last(store: Store) -> None:
    later = replace(GIVEN, message_id=6, citations=(VISIT_CITED,))
    store.save_answer(later)
    store.save_answer(GIVEN)
    assert store.last_answer(CHAT, None, LAN) == later


def test_the_last_answer_is_that_person_s_in_that_chat_and_topic(store: Store) -> None:
    in_topic = replace(GIVEN, message_id=6, thread_id=9)
    store.save_answer(GIVEN)
    store.save_answer(in_topic)
    assert store.last_answer(CHAT, None, LAN) == GIVEN
    assert store.last_answer(CHAT, 9, LAN) == in_topic
    assert store.last_answer(CHAT, 8, LAN) is None
    assert store.last_answer(CHAT, None, 8) is None
    assert store.last_answer(-100, None, LAN) is None


def test_the_answer_before_a_message_is_not_that_to_the_message_or_a_later_one(
    store: Store,
) -> None:
    later = replace(GIVEN, message_id=9, question_id=8, asked_at=NOON + timedelta(1))
    store.save_answer(GIVEN)
    store.save_answer(later)
    assert store.answer_before(CHAT, None, LAN, 10) == later
    assert store.answer_before(CHAT, None, LAN, 8) == GIVEN
    assert store.answer_before(CHAT, None, LAN, 4) is None
    assert store.answer_before(CHAT, 9, LAN, 10) is None
    assert store.answer_before(CHAT, None, 8, 10) is None


def test_a_moment_is_given_back_in_utc_whatever_its_time_zone(store: Store) -> None:
    hanoi = datetime(2021, 9, 29, 19, tzinfo=timezone(timedelta(hours=7)))
    store.save_answer(replace(GIVEN, asked_at=hanoi))
    kept = store.answer_of(CHAT, 5)
    assert kept is not None
    assert kept.asked_at == NOON
    assert kept.asked_at.tzinfo is UTC


def test_an_answer_in_the_same_message_replaces_the_earlier_one(store: Store) -> None:
    edited = replace(GIVEN, question="Ai chủ trì?", citations=(VISIT_CITED,))
    store.save_answer(GIVEN)
    store.rate(CHAT, 5, LAN, helpful=False)
    store.save_answer(edited)
    assert store.answer_of(CHAT, 5) == edited
    assert store.poorly_answered() == ()  # what was rated stands there no more


def test_questions_that_found_nothing_or_did_not_help_are_told(store: Store) -> None:
    store.save_answer(GIVEN)
    store.save_answer(replace(GIVEN, message_id=6, question="Ở đâu?"))
    store.save_answer(FOUND_NOTHING)
    store.rate(CHAT, 5, LAN, helpful=False)
    store.rate(CHAT, 5, 8, helpful=False)
    store.rate(CHAT, 6, LAN, helpful=True)
    assert store.poorly_answered() == (
        PoorAnswer("Ai dự hội nghị?", "vi", NOON, unanswered=0, unhelpful=2),
        PoorAnswer("Who won?", "en", NOON, unanswered=1, unhelpful=0),
    )


def test_a_later_press_replaces_the_earlier_one(store: Store) -> None:
    store.save_answer(GIVEN)
    store.rate(CHAT, 5, LAN, helpful=False)
    store.rate(CHAT, 5, LAN, helpful=True)
    assert store.poorly_answered() == ()


def test_a_question_asked_again_is_counted_and_told_as_asked_last(store: Store) -> None:
    tomorrow = NOON + timedelta(1)
    store.save_answer(replace(FOUND_NOTHING, question="who won?", asked_at=tomorrow))
    store.save_answer(replace(FOUND_NOTHING, message_id=8))
    store.save_answer(replace(FOUND_NOTHING, message_id=7, chat_id=LAN))
    store.rate(LAN, 7, LAN, helpful=False)
    assert store.poorly_answered() == (
        PoorAnswer("who won?", "en", tomorrow, unanswered=3, unhelpful=1),
    )


def test_a_language_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.language_of(7) is None
    store.choose_language(7, "vi")
    assert store.language_of(7) == "vi"
    store.choose_language(7, "en")
    assert store.language_of(7) == "en"
    assert store.language_of(8) is None
    store.choose_language(7, None)
    store.choose_language(7, None)
    assert store.language_of(7) is None


def test_what_is_kept_outlives_the_store(database_url: str) -> None:
    first = Store.open(database_url)
    first.save_answer(GIVEN)
    first.close()
    second = Store.open(database_url)
    assert second.answer_of(CHAT, 5) == GIVEN
    second.close()


def test_many_threads_write_at_once(store: Store) -> None:
    def write(number: int) -> None:
        store.save_answer(replace(GIVEN, message_id=number))
        store.rate(CHAT, 1, LAN, helpful=number % 2 == 0)
        store.choose_language(LAN, "en")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert all(store.answer_of(CHAT, number) is not None for number in range(40))
    assert store.language_of(LAN) == "en"


@pytest.mark.parametrize("broken", ["half an emoji: \ud83d", "nothing: \0"])
def test_a_text_that_a_database_does_not_take_is_a_failure_or_kept(
    store: Store, broken: str
) -> None:
    given = replace(GIVEN, question=broken)
    try:
        store.save_answer(given)
    except StoreError as error:
        assert str(error).startswith("the database failed: ")
        assert store.answer_of(CHAT, 5) is None
    else:
        assert store.answer_of(CHAT, 5) == given


def test_a_failure_says_nothing_of_what_was_kept(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/bot.sqlite3")
    store.save_answer(GIVEN)
    store.close()
    for file in tmp_path.iterdir():
        file.write_bytes(b"scribbled over" * 1000)
    with pytest.raises(StoreError) as raised:
        store.save_answer(GIVEN)
    store.close()
    assert str(raised.value) == "the database failed: file is not a database"
    assert "1234567890" not in str(raised.value.__cause__)


def test_a_person_is_forgotten_and_others_are_not(store: Store) -> None:
    store.save_answer(GIVEN)
    store.save_answer(replace(GIVEN, message_id=6, user_id=8))
    store.rate(CHAT, 5, 8, helpful=True)  # of an answer that goes
    store.rate(CHAT, 6, LAN, helpful=True)
    store.rate(CHAT, 6, 8, helpful=False)
    store.choose_language(LAN, "en")
    assert store.forget(LAN) == 1
    assert store.answer_of(CHAT, 5) is None
    assert store.answer_of(CHAT, 6) == replace(GIVEN, message_id=6, user_id=8)
    assert store.language_of(LAN) is None
    assert [(poor.question, poor.unhelpful) for poor in store.poorly_answered()] == [
        (GIVEN.question, 1)
    ]


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ('{"update_id": 1, "message": {"from": {"id": 7000000000}, "text": "?"}}', False),
        ('{"update_id": 1, "callback_query": {"from": {"id": 7000000000}}}', False),
        ('{"update_id": 1, "message": {"from": {"id": 8}, "text": "?"}}', True),
        ("no JSON", True),
    ],
)
def test_updates_set_aside_are_emptied_for_a_person(store: Store, data: str, kept: bool) -> None:
    updates = KeptUpdates(store.engine, bot_id=123456)
    updates.keep(1, data)
    updates.set_aside(1, "TypeError")
    store.forget(LAN)
    (one,) = store.set_aside()
    assert (one.data, one.error) == (data if kept else "", "TypeError")
