"""Watched questions, in both kinds of databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.store import KeptWatches, Store, Watch

WATCH = Watch(
    chat_id=-1_001_234_567_890,
    thread_id=5,
    user_id=7_000_000_000,
    message_id=4,
    question="Bao giờ thông cầu?",
    language="vi",
)
OTHER = replace(WATCH, chat_id=8, thread_id=None, user_id=8, question="When does it open?")
DIGITS = frozenset({"0123456789abcdef", "ffffffffffffffff"})


@pytest.fixture
def kept(database_url: str) -> Iterator[KeptWatches]:
    store = Store.open(database_url)
    kept = KeptWatches(store.engine)
    kept.add(WATCH)
    kept.add(OTHER)
    yield kept
    store.close()


def test_watches_are_kept_in_their_order(kept: KeptWatches) -> None:
    first, second = kept.all()
    assert (first, second) == (
        replace(WATCH, number=first.number),
        replace(OTHER, number=second.number),
    )
    assert kept.of_chat(8) == (second,)
    assert (kept.count_of(8), kept.count_of(9)) == (1, 0)


def test_a_watch_is_removed_in_its_own_chat_alone(kept: KeptWatches) -> None:
    first, second = kept.all()
    kept.remove(8, first.number)
    assert kept.all() == (first, second)
    kept.remove(8, second.number)
    assert kept.all() == (first,)
    kept.add(OTHER)
    assert kept.all()[-1].number > second.number  # none is used twice


def test_chats_and_people_are_removed_whole(kept: KeptWatches) -> None:
    kept.remove_chat(8)
    assert [watch.chat_id for watch in kept.all()] == [WATCH.chat_id]
    kept.forget(WATCH.user_id)
    assert kept.all() == ()


def test_a_chat_that_moves_takes_its_watches_along(kept: KeptWatches) -> None:
    kept.move_chat(WATCH.chat_id, -100)
    (moved,) = kept.of_chat(-100)
    assert (moved.question, moved.thread_id) == (WATCH.question, None)


def test_what_a_chat_has_heard_of(kept: KeptWatches) -> None:
    first, second = kept.all()
    kept.hear(first, {"a.txt", "b.txt"})
    kept.hear(first, {"b.txt"})
    assert kept.has_heard(first, "b.txt")
    assert not kept.has_heard(first, "c.txt")
    assert not kept.has_heard(second, "b.txt")


def test_which_documents_are_known(kept: KeptWatches) -> None:
    assert kept.known() is None
    for digits in (DIGITS, frozenset[str]()):
        kept.keep_known(digits)
        assert kept.known() == digits
