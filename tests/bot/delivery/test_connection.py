from __future__ import annotations

import asyncio

import pytest
from telegram.error import TimedOut

from bot.delivery.connection import Connection, ConnectionLost
from bot.monitoring.metrics import Metrics


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connection(clock: Clock) -> Connection:
    return Connection(Metrics.new(), clock)


async def end_of(connection: Connection) -> str | None:
    """Return with which words the connection was lost, None where it holds."""
    waiting = asyncio.create_task(connection.wait())
    await asyncio.sleep(0)
    if waiting.done():
        with pytest.raises(ConnectionLost) as lost:
            await waiting
        return str(lost.value)
    waiting.cancel()
    return None


@pytest.mark.parametrize("code", [401, 403, 404])
async def test_a_refused_token_ends_it(connection: Connection, code: int) -> None:
    connection.answered("getUpdates", 200)
    assert await end_of(connection) is None
    connection.answered("getUpdates", code)
    assert await end_of(connection) == (
        "Telegram refuses TELEGRAM_BOT_TOKEN now: has it been revoked?"
    )


async def test_a_chat_that_refuses_the_bot_does_not(connection: Connection) -> None:
    connection.answered("sendMessage", 403)
    connection.answered("getUpdates", 502)
    assert await end_of(connection) is None


@pytest.mark.parametrize(
    ("polled", "seconds_of_conflict", "survived"),
    [
        # right at the start, the former instance may still be there for some seconds
        (True, [1, 2, 3.5], True),
        (True, [1, 2, 3.5, 5.75], False),
        # so it may be while the other waits for long before it tries again
        (False, [20, 21, 22.5], True),
        (False, [20, 21, 22.5, 24.75], False),
        # an instance that has run undisturbed outlasts the newcomer
        (True, [500, 501, 510, 540], True),
        (True, [500, 501, 510, 540, 561], False),
        # another one, much later
        (True, [1, 2, 100, 103, 130], True),
    ],
)
async def test_of_two_instances_the_newcomer_ends(
    connection: Connection,
    clock: Clock,
    polled: bool,
    seconds_of_conflict: list[float],
    survived: bool,
) -> None:
    if polled:
        connection.answered("getUpdates", 200)
    for clock.seconds in seconds_of_conflict:
        assert await end_of(connection) is None
        connection.answered("getUpdates", 409)
    expected = "another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"
    assert await end_of(connection) == (None if survived else expected)


async def test_the_first_reason_counts(connection: Connection) -> None:
    connection.end("the webhook is gone")
    connection.answered("getUpdates", 401)
    assert await end_of(connection) == "the webhook is gone"


def test_it_is_well_while_telegram_answers(connection: Connection, clock: Clock) -> None:
    assert connection.complaint() == "not receiving updates"
    connection.receiving = True
    assert connection.complaint() is None
    clock.seconds = 91.0
    connection.failed("getUpdates", TimedOut())
    connection.answered("getUpdates", 502)
    assert connection.complaint() == "no answer from Telegram for 91 seconds"
    connection.answered("getUpdates", 200)
    assert connection.complaint() is None
    connection.receiving = False
    assert connection.complaint() == "not receiving updates"


def test_every_call_is_counted(connection: Connection) -> None:
    connection.answered("sendMessage", 200)
    connection.answered("sendMessage", 429)
    connection.failed("sendMessage", TimedOut())
    counted = [
        line for line in connection.metrics.text().decode().splitlines() if "_calls_total{" in line
    ]
    assert counted == [
        'trichdan_bot_api_calls_total{method="sendMessage",outcome="200"} 1.0',
        'trichdan_bot_api_calls_total{method="sendMessage",outcome="429"} 1.0',
        'trichdan_bot_api_calls_total{method="sendMessage",outcome="TimedOut"} 1.0',
    ]
