"""Whether anything of a collection shows where it may not be read, tried very many times.

    python -m benchmarks.isolation [--steps 1000000] [--seed 1]

The bot runs with made-up collections, people and chats (see `tests.helpers.desks`). Random people
do random things: they ask, press buttons, also those of other chats and those that were never made,
follow links, type inline queries, ask in chats where the bot is a guest, make and use codes, and
send files. Meanwhile the file of collections changes, and documents are moved. Each call of the bot
is compared with what may be read by those who see it. What is told too much is printed.
"""

from __future__ import annotations

import asyncio
import logging
import random
import warnings
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.helpers.desks.opening import opened_stage
from tests.helpers.desks.steps import Leak

_RUN = 200  # steps until all is as at the beginning again
_HIGHEST = 10**6
_TOLD = 10_000  # steps between two lines


def main() -> None:
    """Play, and print how many steps told too much."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # of mistakes in the file, which are made on purpose
    warnings.filterwarnings("ignore", "Tasks created via `Application.create_task`")
    with TemporaryDirectory() as folder:
        leaks = asyncio.run(play(options.steps, options.seed, Path(folder)))
    print(f"{options.steps:,} steps, {leaks} leaks")


async def play(steps: int, seed: int, folder: Path) -> int:
    """Play so many steps in a folder, and return how many of them told too much."""
    chance, leaks, start = random.Random(seed), 0, perf_counter()  # noqa: S311 - no secret
    async with opened_stage(folder) as stage:
        for number in range(steps):
            if number % _RUN == 0:
                stage.begin_again()
            first, a, b, c = (chance.randrange(_HIGHEST) for _ in range(4))
            try:
                await stage.play((first, a, b, c))
            except Leak as leak:
                leaks += 1
                print(f"seed {seed}, step {number}: {leak}", flush=True)
            if (number + 1) % _TOLD == 0:
                print(f"{number + 1:,} steps, {perf_counter() - start:.0f} s", flush=True)
    return leaks


if __name__ == "__main__":
    main()
