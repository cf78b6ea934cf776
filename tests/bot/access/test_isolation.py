"""Nothing of a collection shows where it may not be read, whatever people do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.helpers.desks.opening import opened_stage
from tests.helpers.desks.steps import Stage, Step

STEPS, RUNS = 50, 60  # 3,000 steps; `python -m benchmarks.isolation` takes many more

numbers = st.integers(0, 10**6)
steps = st.tuples(numbers, numbers, numbers, numbers)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def stage(
    loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    opening = opened_stage(Path(tmp_path_factory.mktemp("desks")))
    yield loop.run_until_complete(opening.__aenter__())
    loop.run_until_complete(opening.__aexit__(None, None, None))


@pytest.mark.filterwarnings("ignore:Tasks created via `Application.create_task`")
@settings(
    max_examples=RUNS,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(steps, min_size=STEPS, max_size=STEPS))
def test_nothing_of_a_forbidden_collection_is_told(
    loop: asyncio.AbstractEventLoop, stage: Stage, run: list[Step]
) -> None:
    stage.begin_again()
    for step in run:
        loop.run_until_complete(stage.play(step))
