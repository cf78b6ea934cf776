"""The way to the first answer on a new machine, part by part: `make demo` from a fresh clone.

    python -m benchmarks.first_answer

The project's last commit is cloned into a temporary folder, with an empty cache for models; pip
uses its own cache as it is, so run this twice to leave the network's speed out. Each part ends with
something that can be seen: a stamp of the Makefile, the encoder's folder, the page's address, the
answer to a question, and the stamp of the rest of the installation, which goes on meanwhile.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any, cast

import httpx

from bot.demo.world.cast import MINH

ROOT = Path(__file__).parents[1]
URL = re.compile(r"http://[\w.:]+")
QUESTION, ANSWERED = "Ai đồng chủ trì hội nghị với Nga?", "Hun Manith"
LOOKED = 0.05  # seconds between two looks
PATIENCE = 1800.0  # seconds for each part


@dataclass
class Clock:
    """Prints a row of the table for each part: the seconds since the part before, and in all."""

    started: float = field(default_factory=monotonic)
    last: float = field(default_factory=monotonic)

    def wait(self, part: str, is_done: Callable[[], bool]) -> None:
        """Wait until a part is done, and print its row."""
        while not is_done():
            if monotonic() - self.last > PATIENCE:
                raise SystemExit(f"{part}: not done after {PATIENCE:.0f} s")
            sleep(LOOKED)
        now = monotonic()
        print(f"| {part} | {now - self.last:.1f} | {now - self.started:.1f} |", flush=True)
        self.last = now


@contextmanager
def demo(clone: Path, cache: Path, said: Path) -> Iterator[None]:
    """Run `make demo` in a clone; what it says goes to the file `said`."""
    with said.open("w") as output:
        process = subprocess.Popen(
            ["make", "demo"],  # noqa: S607 - found as the user's shell finds it
            cwd=clone,
            env=os.environ | {"XDG_CACHE_HOME": str(cache), "PIP_CACHE_DIR": _pip_cache()},
            stdout=output,
            process_group=0,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _pip_cache() -> str:
    """Return the folder of pip's cache, which lies in `XDG_CACHE_HOME` unless it is named."""
    command = [sys.executable, "-m", "pip", "cache", "dir"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return found.stdout.strip()


def measure(clone: Path, cache: Path, said: Path) -> None:
    """Print a row for each part."""
    clock = Clock()
    with demo(clone, cache, said):
        clock.wait("what answers need is installed", (clone / ".venv" / "answers").exists)
        clock.wait("the chat page can be opened", lambda: URL.search(said.read_text()) is not None)
        url = cast(re.Match[str], URL.search(said.read_text()))[0]
        clock.wait("the encoder is written", lambda: any(cache.glob("*/*/weights.bin")))
        clock.wait("the documents are indexed", lambda: "is ready" in said.read_text())
        _call(
            url,
            "postMessage",
            chat_id=MINH.id,
            user_id=MINH.id,
            language_code="vi",
            text=QUESTION,
        )
        clock.wait("the first answer", lambda: _is_answered(url))
        clock.wait("the rest is installed", (clone / ".venv" / "runtime").exists)


def _call(url: str, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
    return httpx.post(f"{url}/demo/{method}", json=parameters, timeout=60).json()["result"]


def _is_answered(url: str) -> bool:
    return any(ANSWERED in str(event) for event in _call(url, "getEvents", after=0))


def main() -> None:
    """Clone, and print the table."""
    print("| part | seconds | since the start |\n| --- | ---: | ---: |")
    with TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(  # noqa: S603
            ["git", "clone", "--quiet", str(ROOT), str(clone)],  # noqa: S607
            check=True,
        )
        measure(clone, Path(folder, "cache"), Path(folder, "said.txt"))


if __name__ == "__main__":
    main()
