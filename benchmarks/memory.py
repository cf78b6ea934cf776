"""The memory of the running bot on the documents that ship: after its start, and after much work.

    python -m benchmarks.memory [--questions 500]

A real `python -m bot` answers through the demo's Bot API server. It builds its index and is started
again. Then it gets many different questions, as many of the greatest length, and several documents,
after each of which the collection is indexed again. The figures are the resident memory of the
bot's process, as Linux reports it.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.endurance.bot_process import Bot
from benchmarks.load import replies
from bot.demo.server import DemoServer
from bot.demo.world.cast import MINH
from bot.replies.questions import MAX_QUESTION

SEEDS = Path(__file__).parents[1] / "seeds"
PATIENCE = 15  # times in a row that nothing happens for `WAIT` seconds
WAIT = 20.0
AT_ONCE = 16
DOCUMENTS = 5
LINES = 200  # of each
ACTOR = {"chat_id": MINH.id, "user_id": MINH.id, "language_code": "vi"}


@dataclass
class Talk:
    """The administrator's conversation with the bot."""

    http: httpx.Client
    seen: int = 0

    def ask(self, questions: Sequence[str]) -> None:
        """Ask `AT_ONCE` questions at a time, and wait for the answers."""
        for first in range(0, len(questions), AT_ONCE):
            some = questions[first : first + AT_ONCE]
            for text in some:
                self._call("postMessage", text=text, **ACTOR)
            self._wait(len(some))

    def send(self, name: str, text: str) -> None:
        """Send a document with a question; its answer tells that the document is indexed."""
        content = b64encode(text.encode()).decode()
        self._call("postFile", name=name, content=content, caption="Ai?", **ACTOR)
        self._wait(2)  # the first reply only shows the progress

    def _wait(self, count: int) -> None:
        patience = PATIENCE
        while count > 0 and patience:
            events = self._call("getEvents", after=self.seen, seconds=WAIT)
            self.seen += len(events)
            patience -= not events
            count -= len(list(replies(events)))
        if count > 0:
            raise SystemExit("the bot answers no more")

    def _call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        return self.http.post(f"/demo/{method}", json=parameters).json()["result"]


def measure(bot: Bot, talk: Talk, count: int) -> None:
    """Print a row for each step."""
    bot.start()
    talk.ask(["Ai dự hội nghị?"])
    print(row("index built, one question", bot))
    bot.kill()
    bot.start()
    talk.ask(["Hội nghị diễn ra khi nào?"])
    print(row("started again, one question", bot))
    talk.ask([f"Hội nghị lần thứ {number} diễn ra ở đâu?" for number in range(count)])
    print(row(f"{count} different questions", bot))
    talk.ask([_long(f"Ai dự hội nghị {number}? ") for number in range(count)])
    print(row(f"{count} different questions of {MAX_QUESTION} characters", bot))
    for number in range(DOCUMENTS):
        talk.send(f"{number}.txt", _document(number))
    print(row(f"{DOCUMENTS} documents sent, all indexed again after each", bot))


def row(name: str, bot: Bot) -> str:
    """Return a line of the table."""
    return f"| {name} | {bot.megabytes()} |"


def _long(text: str) -> str:
    return (text * MAX_QUESTION)[:MAX_QUESTION]


def _document(number: int) -> str:
    lines = (f"Cuộc họp {number} bàn việc thứ {line}, do tổ {line} lo." for line in range(LINES))
    return "\n\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args()
    print("| after | MB |\n| --- | ---: |")
    with DemoServer.running() as server, TemporaryDirectory() as folder:
        seeds = shutil.copytree(SEEDS, Path(folder, "seeds"))  # documents are added to them
        bot = Bot.beside(server, Path(folder), by_webhook=False)
        bot.environment.update({"SEEDS_DIR": str(seeds), "ADMIN_IDS": str(MINH.id)})
        try:
            with httpx.Client(base_url=server.url, timeout=2 * WAIT) as http:
                measure(bot, Talk(http), options.questions)
        finally:
            bot.kill()


if __name__ == "__main__":
    main()
