from __future__ import annotations

import asyncio
import gc
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine

import pytest
from telegram import Update

from bot.delivery.chat_order import ChatOrder
from tests.helpers.fake_telegram import LAN, PRIVATE, TOM, Json, button, message


def asked(number: int, chat: int, **fields: object) -> Update:
    said = message(f"{number}?", chat=PRIVATE | {"id": chat}, **fields)
    return update(number, message=said)


def typed(number: int, sender: Json = LAN) -> Update:
    return update(number, inline_query={"id": "1", "from": sender, "query": "Ai", "offset": ""})


def update(number: int, **content: Json) -> Update:
    return Update.de_json({"update_id": number, **content})


async def handle_all(
    order: ChatOrder, updates: list[Update], handle: Callable[[Update], Awaitable[None]]
) -> None:
    """Process every update as the application does: each in a task, started in their order."""

    async def process(one: Update) -> None:
        await order.process_update(one, handle(one))

    await asyncio.gather(*[asyncio.create_task(process(one)) for one in updates])


async def test_a_thousand_questions_from_two_hundred_chats_are_each_handled_once_in_order() -> None:
    handled: dict[int, list[int]] = defaultdict(list)
    at_work: set[int] = set()
    most = 0

    async def handle(one: Update) -> None:
        nonlocal most
        assert one.effective_chat is not None
        chat = one.effective_chat.id
        assert chat not in at_work
        at_work.add(chat)
        most = max(most, len(at_work))
        for _ in range(1 + 7 * one.update_id % 5):  # some take longer than those behind them
            await asyncio.sleep(0)
        handled[chat].append(one.update_id)
        at_work.remove(chat)

    updates = [asked(number, chat=1 + number % 200) for number in range(1000)]
    await handle_all(ChatOrder(places=16), updates, handle)
    assert handled == {1 + chat: list(range(chat, 1000, 200)) for chat in range(200)}
    assert most == 16


async def until_set(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), timeout=10)


async def test_a_chat_with_many_slow_questions_takes_one_place_alone() -> None:
    other_is_done = asyncio.Event()

    async def handle(one: Update) -> None:
        if one.update_id < 10:
            await until_set(other_is_done)
        else:
            other_is_done.set()

    slow = [asked(number, chat=7) for number in range(10)]
    await handle_all(ChatOrder(places=2), [*slow, asked(10, chat=8)], handle)


@pytest.mark.parametrize(
    "overtaking",
    [
        typed(2),
        update(2, callback_query=button("more:2", TOM, chat=PRIVATE | {"id": 8})),
    ],
    ids=["inline query", "button elsewhere"],
)
async def test_some_pass_beside_a_question(overtaking: Update) -> None:
    passed = asyncio.Event()

    async def handle(one: Update) -> None:
        if one is overtaking:
            passed.set()
        else:
            await until_set(passed)

    await handle_all(ChatOrder(), [asked(1, chat=7), overtaking], handle)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (asked(1, chat=7), update(2, edited_message=message("2?"))),
        (asked(1, chat=7), update(2, callback_query=button("more:2"))),
    ],
    ids=["edit", "button"],
)
async def test_others_wait_for_what_came_before_in_their_chat(
    first: Update, second: Update
) -> None:
    done = []

    async def handle(one: Update) -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        done.append(one.update_id)

    await handle_all(ChatOrder(), [first, second], handle)
    assert done == [1, 2]


async def test_a_question_that_fails_lets_the_next_one_through() -> None:
    async def handle(one: Update) -> None:
        if one.update_id == 1:
            raise ValueError

    order = ChatOrder()
    first = asyncio.create_task(order.process_update(asked(1, 7), handle(asked(1, 7))))
    await order.process_update(asked(2, chat=7), handle(asked(2, chat=7)))
    with pytest.raises(ValueError):
        await first


async def test_nothing_of_a_chat_is_kept_once_it_is_quiet() -> None:
    order = ChatOrder()

    async def handle(one: Update) -> None:
        assert len(order._turns) > 0

    await handle_all(order, [asked(number, chat=number) for number in range(1, 50)], handle)
    gc.collect()
    assert dict(order._turns) == {}


async def test_what_is_given_up_before_its_turn_is_not_begun() -> None:
    begun = []
    first_begun = asyncio.Event()

    async def handle(number: int) -> None:
        begun.append(number)
        first_begun.set()
        await asyncio.Event().wait()

    def process(number: int) -> Coroutine[None, None, None]:
        return order.process_update(asked(number, chat=7), handle(number))

    order = ChatOrder()
    tasks = [asyncio.create_task(process(number)) for number in (1, 2)]
    await until_set(first_begun)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert begun == [1]
