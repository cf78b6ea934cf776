"""Documents with bytes changed, removed, repeated or added: none may crash the program or hang it.

    python -m benchmarks.mutated_documents [--each 5000] [--seconds 10] [--seed 5]

A small document of each format is mutated at random and read by `retrieval.reading.sandbox`. It may
be read or refused. The table counts how often the reading process crashed or was stopped at its
limit, which costs only that file, and how often the program itself would have crashed or waited
beyond the limit, which must never happen.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from enum import Enum
from io import BytesIO
from random import Random
from zipfile import ZipFile, is_zipfile

from benchmarks.small_documents import documents
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits

GRACE = 2.0  # seconds beyond the limit; killing a process takes time on a busy machine
PIECES = (b"", b" ", b"\n", b"<", b"<<", b"]]>", b"&#0;", b"(", b"9" * 20, b"\0", b"\xef\xbb\xbf")


class Outcome(Enum):
    """What happened to a document; the value is the heading of its column."""

    READ = "read"
    REFUSED = "refused"
    BROKEN = "reader broke down"
    STOPPED = "stopped at a limit"
    CRASHED = "crashes"
    HUNG = "hangs past the limit"


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with one to eight changes, in most cases one."""
    for _ in range(random.choice((1, 1, 1, 2, 8))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.randint(1, 40))
        put = random.choice((random.randbytes(2), *PIECES))
        data = random.choice((data[:at] + put + data[end:], data[:end] + data[at:]))
    return data


def mutated_inside(data: bytes, random: Random) -> bytes:
    """Return a ZIP file with one mutated member and its right checksum, so that it is parsed."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w") as new:
        sizes = [entry.file_size + 1 for entry in old.infolist()]
        (chosen,) = random.choices(old.namelist(), sizes)  # the largest holds the text
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, random) if name == chosen else content)
    return written.getvalue()


def outcomes(name: str, data: bytes, count: int, sandbox: Sandbox, seed: int) -> Iterator[Outcome]:
    """Yield the outcomes of so many mutations of a document."""
    random = Random(f"{seed} {name}")  # noqa: S311
    is_archive = is_zipfile(BytesIO(data))
    for _ in range(count):
        began = time.monotonic()
        mutate = mutated_inside if is_archive and random.random() < 0.8 else mutated
        outcome = _outcome(name, mutate(data, random), sandbox)
        late = time.monotonic() - began > sandbox.limits.parse_seconds + GRACE
        yield Outcome.HUNG if late else outcome


def _outcome(name: str, data: bytes, sandbox: Sandbox) -> Outcome:
    try:
        sandbox.parse(name, data)
    except UnreadableError as error:
        if error.cause is Cause.CRASH:
            return Outcome.BROKEN
        return Outcome.STOPPED if error.cause in (Cause.SLOW, Cause.MEMORY) else Outcome.REFUSED
    except Exception:  # any other exception would end the program, and is counted
        return Outcome.CRASHED
    return Outcome.READ


def main() -> None:
    """Print a table, each row as soon as its format is done."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=5000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print("| mutated documents |", " | ".join(outcome.value for outcome in Outcome), "|")
    print("|---|" + "---:|" * len(Outcome))
    with closing(Sandbox(Limits(parse_seconds=options.seconds))) as sandbox:
        for name, data in documents().items():
            found = Counter(outcomes(name, data, options.each, sandbox, options.seed))
            row = " | ".join(str(found[outcome]) for outcome in Outcome)
            print(f"| {options.each} {name.removeprefix('a')} | {row} |", flush=True)


if __name__ == "__main__":
    main()
