"""`python -m retrieval.reading.worker`: parses the files it is sent, under limits.

It reads requests from standard input, a line of JSON (name and size) and then the file's bytes,
and answers each with a line of JSON: the document, or the cause and details of its refusal. An
empty object tells that it is ready. It ends where standard input does.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from retrieval.reading.parser import parse
from retrieval.reading.refusals import Cause, UnreadableError


def main() -> None:
    """Announce itself, then answer one request after the other."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.reading.worker")
    parser.add_argument("--seconds", type=int, required=True, help="of CPU time for a file")
    parser.add_argument("--memory-mb", type=int, required=True, help="for a file's parsing")
    options = parser.parse_args()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints is no reply
    limit_memory(options.memory_mb)
    with suppress(BrokenPipeError):  # whoever asked was killed
        _serve(requests, replies, options)


def _serve(requests: BinaryIO, replies: BinaryIO, options: argparse.Namespace) -> None:
    _send(replies, {})
    while header := requests.readline():
        limit_time(options.seconds)
        request = json.loads(header)
        reply = _reply(request["name"], requests.read(request["size"]), options.memory_mb)
        _send(replies, reply)


def _reply(name: str, data: bytes, memory_mb: int) -> dict[str, Any]:
    try:
        return {"document": parse(name, data).to_record()}
    except UnreadableError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(UnreadableError(Cause.HUNGRY, limit=str(memory_mb)))


def _refusal(error: UnreadableError) -> dict[str, Any]:
    return {"cause": error.cause.name, "details": error.details}


def _send(replies: BinaryIO, reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


if sys.platform == "win32":  # no such limits: there the sandbox's clock alone ends a file

    def limit_memory(megabytes: int) -> None:
        """Do nothing."""

    def limit_time(seconds: int) -> None:
        """Do nothing."""

else:
    import resource

    def limit_memory(megabytes: int) -> None:
        """Let no more be allocated than so much beyond what the program itself takes."""
        with suppress(ValueError, OSError):  # macOS takes no such limit and has no such file
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            most = pages * resource.getpagesize() + megabytes * 1024**2
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))

    def limit_time(seconds: int) -> None:
        """Let the process end, should nobody be left to kill it, after so much more CPU time."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = int(used.ru_utime + used.ru_stime) + seconds + 1
        with suppress(ValueError):  # whoever started the program has set less
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main()
