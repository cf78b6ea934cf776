"""`python -m retrieval.reading.worker`: the sandbox's process, which reads files under limits.

It parses files, or with `--draw` draws their pages. It first writes an empty JSON object to
standard output: it is ready. A request on standard input is a line of JSON (name, size, and the
words to mark), followed by the file's bytes. The reply is a line of JSON: the document or the
pictures, or the cause and details of a refusal. The worker ends when standard input ends.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from retrieval.refusals import Cause, UnreadableError

Record = dict[str, Any]
Work = Callable[[Record, bytes], Record]


def main() -> None:
    """Say that it is ready, then answer one request after the other."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.reading.worker")
    parser.add_argument("--draw", action="store_true", help="draw pages instead of parsing files")
    parser.add_argument("--seconds", type=int, required=True, help="of CPU time for a file")
    parser.add_argument("--memory-mb", type=int, required=True, help="for a file")
    parser.add_argument("--no-ocr", action="store_true", help="leave pictures unread")
    options = parser.parse_args()
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not write into the replies
    work = _drawing() if options.draw else _parsing(options)
    limit_memory(options.memory_mb)
    with suppress(BrokenPipeError):  # the program that asked was killed
        _serve(requests, replies, work, options)


def _parsing(options: argparse.Namespace) -> Work:
    """Import the parser of all formats, which takes seconds, and return its work."""
    from retrieval.reading.parser import parse
    from retrieval.reading.recognition.recogniser import NO_PICTURES, Recogniser
    from retrieval.reading.recognition.tesseract import Tesseract

    tesseract = None if options.no_ocr else Tesseract.installed()

    def work(request: Record, data: bytes) -> Record:
        found = NO_PICTURES if options.no_ocr else Recogniser.within(tesseract, options.seconds)
        return {"document": parse(request["name"], data, found).to_record()}

    return work


def _drawing() -> Work:
    from retrieval.page_pictures import QuotedWords
    from retrieval.reading.page_pictures.drawing import draw

    def work(request: Record, data: bytes) -> Record:
        pictures = draw(request["name"], data, QuotedWords.from_record(request["words"]))
        return {
            "pictures": [asdict(one) | {"jpeg": b64encode(one.jpeg).decode()} for one in pictures]
        }

    return work


def _serve(requests: BinaryIO, replies: BinaryIO, work: Work, options: argparse.Namespace) -> None:
    _send(replies, {})
    while header := requests.readline():
        limit_time(options.seconds)
        request = json.loads(header)
        data = requests.read(request["size"])
        _send(replies, _reply(work, request, data, options.memory_mb))


def _reply(work: Work, request: Record, data: bytes, memory_mb: int) -> Record:
    try:
        return work(request, data)
    except UnreadableError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(UnreadableError(Cause.MEMORY, limit=str(memory_mb)))


def _refusal(error: UnreadableError) -> Record:
    return {"cause": error.cause.name, "details": error.details}


def _send(replies: BinaryIO, reply: Record) -> None:
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
