"""Counts answered and lost questions under kills and faults; prints a table in Markdown.

    python -m benchmarks.endurance [--kills 200] [--replica-kills 100] [--storm 600] [--seed 5]

A real `python -m bot` talks to the demo's Bot API server, over HTTP and with its database. First it
is killed by SIGKILL and started again, `--kills` times with polling and `--kills` times with the
webhook. A kill comes up to `MOMENT` seconds after the first answer of the new process, often while
it still handles the updates left by the process before. Then one of three replicas on PostgreSQL is
killed, `--replica-kills` times, and started again, while the others go on. Last, a fifth of the
calls of one bot get a fault, for `--storm` seconds. A part with 0 is left out.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser

from benchmarks.endurance.replicas import COUNT, replicas_stage, survive_replica_kills
from benchmarks.endurance.stages import stage, survive_kills, survive_storm


async def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--replica-kills", type=int, default=100)
    parser.add_argument("--storm", type=float, default=600, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print("| | questions | answered | excused | answered twice | overtaken | lost |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for name, by_webhook in (("polling", False), ("webhook", True)) if options.kills else ():
        async with stage(by_webhook, options.seed) as (bot, talks):
            await survive_kills(bot, talks, options.kills)
            print(talks.row(f"{options.kills} kills, {name}"), flush=True)
    if options.replica_kills:
        async with replicas_stage(options.seed) as (bots, talks):
            await survive_replica_kills(bots, talks, options.replica_kills)
            print(talks.row(f"{options.replica_kills} kills, one of {COUNT} replicas"), flush=True)
    if not options.storm:
        return
    async with stage(False, options.seed) as (bot, talks):
        memory = await survive_storm(bot, talks, options.storm)
        print(talks.row(f"faults on 20 % of calls, {options.storm:.0f} s"))
    print(f"\n{memory.line()}")


if __name__ == "__main__":
    asyncio.run(main())
