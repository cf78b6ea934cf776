from __future__ import annotations

import asyncio
import threading

import pytest

from bot.threads import in_thread


async def test_a_cancelled_task_waits_for_its_thread() -> None:
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        may_end.wait(10)
        ended.set()

    task = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_what_the_function_gives_and_raises_is_passed_on() -> None:
    assert await in_thread(int, "7", base=8) == 7
    with pytest.raises(ValueError, match="invalid literal"):
        await in_thread(int, "x")
