"""`python -m retrieval.reading.worker`: the sandbox's process, which parses files under limits.

It first writes an empty JSON object to standard output: it is ready. A request on standard input
is a line of JSON (name and size), followed by the file's bytes. The reply is a line of JSON: the
document, or the cause and details of its refusal. The worker ends when standard input ends.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from retrieval.reading.parser import parse
from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.refusals import Cause, UnreadableError


def main() -> None:
    """Say that it is ready, then answer one request after the other."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.reading.worker")
    parser.add_argument("--seconds", type=int, required=True, help="of CPU time for a file")
    parser.add_argument("--memory-mb", type=int, required=True, help="for a file's parsing")
    parser.add_argument("--no-ocr", action="store_true", help="leave pictures unread")
    options = parser.parse_args()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not write into the replies
    limit_memory(options.memory_mb)
    with suppress(BrokenPipeError):  # the program that asked was killed
        _serve(requests, replies, options)


def _serve(requests: BinaryIO, replies: BinaryIO, options: argparse.Namespace) -> None:
    tesseract = None if options.no_ocr else Tesseract.installed()
    _send(replies, {})
    while header := requests.readline():
        limit_time(options.seconds)
        request = json.loads(header)
        data = requests.read(request["size"])
        recogniser = (
            NO_PICTURES if options.no_ocr else Recogniser.within(tesseract, options.seconds)
        )
        _send(replies, _reply(request["name"], data, recogniser, options.memory_mb))


def _reply(name: str, data: bytes, recogniser: Recogniser, memory_mb: int) -> dict[str, Any]:
    try:
        return {"document": parse(name, data, recogniser).to_record()}
    except UnreadableError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(UnreadableError(Cause.MEMORY, limit=str(memory_mb)))


def _refusal(error: UnreadableError) -> dict[str, Any]:
    return {"cause": error.cause.name, "details": error.details}


def _send(replies: BinaryIO, reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


if sys.platform == "win32":  # it has no such limits; there only the sandbox's clock stops a file

    def limit_memory(megabytes: int) -> None:
        """Do nothing."""

    def limit_time(seconds: int) -> None:
        """Do nothing."""

else:
    import resource

    def limit_memory(megabytes: int) -> None:
        """Let the process allocate this many MiB more than it has now."""
        with suppress(ValueError, OSError):  # macOS has neither the limit nor the file
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            most = pages * resource.getpagesize() + megabytes * 1024**2
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))

    def limit_time(seconds: int) -> None:
        """Let the process end after this much more CPU time, in case nobody is left to kill it."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = int(used.ru_utime + used.ru_stime) + seconds + 1
        with suppress(ValueError):  # the program was started with a lower limit
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main()
