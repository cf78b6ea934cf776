"""The time to read and to draw a PDF of fifty pages, beside pdftotext, pdftoppm and pdfminer.six.

    .venv-benchmark/bin/python -m benchmarks.pdf_pages

The file is made here: prose in two columns with running heads. `pdftotext` and `pdftoppm` are those
of Debian's `poppler-utils`; without it, or without pdfminer.six, their rows are left out. All take
turns. What is timed is the processor, so that a busy machine changes little. Reading takes place in
this process, without the sandbox around it. The page with its mark is drawn as the bot does it: a
process is started, which draws and ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from retrieval.page_pictures import QuotedWords
from retrieval.passages import passages_of
from retrieval.reading.page_pictures.highlights import jpeg_of
from retrieval.reading.page_pictures.pdf_pages import PdfPages
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import DrawingSandbox
from retrieval.settings import Limits
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at
from tests.helpers.printed_prose import ENGLISH, sentences, wrapped

_PAGES, _LINES, _TURNS = 50, 44, 5
_RESOLUTION = "144"  # dots an inch: pdftoppm's pages are as large as ours

Way = Callable[[], object]


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.pdf"
        path.write_bytes(made())
        ways = {**_reading(path), **_drawing(path)}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(_TURNS):
            for name, way in ways.items():
                taken[name].append(_seconds(way))
    print("| | processor seconds |\n| --- | ---: |")
    for name, seconds in taken.items():
        print(f"| {name} | {median(seconds):.2f} |")


def made() -> bytes:
    """Return a PDF of fifty pages, each with two columns of 44 lines below a running head."""
    lines = wrapped(" ".join(sentences(ENGLISH, 3_000, seed=1)), 40)
    columns = [lines[_LINES * i :][:_LINES] for i in range(2 * _PAGES)]
    return drawn_pdf(
        *(
            Drawn(
                [
                    Text(60, 775, "Annual report of the reading room", 9),
                    *lines_at(60, 740, *columns[2 * i]),
                    *lines_at(370, 740, *columns[2 * i + 1]),
                    Text(340, 40, str(i + 1), 9),
                ]
            )
            for i in range(_PAGES)
        )
    )


def _reading(path: Path) -> dict[str, Way]:
    ways: dict[str, Way] = {"read: ours": lambda: parse(path.name, path.read_bytes())}
    if pdftotext := shutil.which("pdftotext"):
        ways["read: pdftotext"] = partial(_run, pdftotext, str(path), "-")
    if find_spec("pdfminer"):
        extract = import_module("pdfminer.high_level").extract_text
        ways["read: pdfminer.six"] = lambda: extract(BytesIO(path.read_bytes()))
    return ways


def _drawing(path: Path) -> dict[str, Way]:
    data = path.read_bytes()
    document = parse(path.name, data)
    passage = next(one for one in passages_of(document) if one.pages == (_PAGES // 2,))
    words = QuotedWords.of(document, passage.sentences[0])
    ways: dict[str, Way] = {
        "draw all pages: ours": lambda: _draw_all(data),
        "draw one page with its mark, in a process of its own": lambda: _draw_one(data, words),
    }
    if pdftoppm := shutil.which("pdftoppm"):
        target = str(path.with_suffix(""))
        ways["draw all pages: pdftoppm"] = partial(
            _run, pdftoppm, "-jpeg", "-r", _RESOLUTION, str(path), target
        )
    return ways


def _draw_all(data: bytes) -> None:
    with PdfPages.opened(data) as pages:
        for number in range(1, len(pages) + 1):
            jpeg_of(pages.picture(number))


def _draw_one(data: bytes, words: QuotedWords) -> None:
    with closing(DrawingSandbox(Limits())) as sandbox:
        (picture,) = sandbox.draw("made.pdf", data, words)
    if not picture.is_marked:
        raise ValueError("the sentence was not found on its page")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands


def _seconds(way: Way) -> float:
    """Return the processor's seconds in this process and in those that it waits for."""
    start = sum(os.times()[:4])
    way()
    return sum(os.times()[:4]) - start


if __name__ == "__main__":
    main()
