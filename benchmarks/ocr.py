"""How many characters of scanned pages are recognised wrongly, and how long a page takes.

    python -m benchmarks.ocr [--pages N]

Pages of the documents in `seeds/` are drawn at 300 dots an inch in Noto Serif and Noto Sans, 11
points, and read as images: clean, skewed by 2 degrees, as a noisy copy, and drawn at 150 dots. The
character error rate is the edit distance between the words read and those drawn, with single
spaces, by the length of the latter. A gap that stands for unsure words counts as what it says: its
characters are errors. The last columns say what the threshold of confidence does: the share of
words that become gaps, and of the words left those that the page does not have.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import fmean
from unicodedata import normalize

import numpy as np

from retrieval.reading.file import read_file
from retrieval.reading.formats.image import read
from retrieval.reading.recognition.recogniser import Recogniser
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reading.recognition.words import GAP
from tests.helpers.paths import SEEDS
from tests.helpers.scans import SANS, SERIF, Scan

SECONDS = 600
SIZE = 11  # points
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Reading:
    """What was read of a page: shares of wrong characters, of gaps, and of wrong words."""

    errors: float
    gaps: float
    wrong: float
    seconds: float


def reading_of(scan: Scan, tesseract: Tesseract) -> Reading:
    """Read a page and compare it with what it shows."""
    began = time.perf_counter()
    draft = read(scan.file(), Recogniser.within(tesseract, SECONDS))
    seconds = time.perf_counter() - began
    found, shown = (normalize("NFC", " ".join(text.split())) for text in (draft.text, scan.text))
    words = found.split()
    kept = [word for word in words if word != GAP]
    blocks = SequenceMatcher(None, shown.split(), kept, autojunk=False).get_matching_blocks()
    right = sum(block.size for block in blocks)
    return Reading(
        errors=distance(found, shown) / len(shown),
        gaps=1 - len(kept) / len(words),
        wrong=1 - right / len(kept),
        seconds=seconds,
    )


def distance(one: str, other: str) -> int:
    """Return the edit distance of two texts (Levenshtein), a row of the table at a time."""
    codes = np.array([ord(char) for char in other])
    places = np.arange(len(other) + 1)
    row = places
    for count, char in enumerate(one, start=1):
        kept = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(char)))
        row = np.minimum.accumulate(np.concatenate(([count], kept)) - places) + places
    return int(row[-1])


def scans(language: str, pages: int) -> Iterator[tuple[str, Scan]]:
    """Yield the pages of a language with the name of their kind."""
    documents = map(read_file, sorted(SEEDS.glob("*.md")))
    texts = [each.text.split("\n\n") for each in documents if each.language == language]
    for text in texts[:pages]:
        for font in (SERIF, SANS):
            clean = Scan.of(text, font, SIZE, 300)
            yield "clean", clean
            yield "skewed by 2 degrees", clean.skewed(2)
            yield "noisy", clean.noisy()
            yield "150 dpi", Scan.of(text, font, SIZE, 150)
            yield "150 dpi, noisy", Scan.of(text, font, SIZE, 150).noisy()


def row(language: str, kind: str, readings: Sequence[Reading]) -> str:
    """Return a line of the table, with means over the pages."""
    shares = (fmean(getattr(one, name) for one in readings) for name in ("errors", "gaps", "wrong"))
    percents = " | ".join(f"{share:.2%}" for share in shares)
    return f"| {kind} | {language} | {percents} | {fmean(one.seconds for one in readings):.1f} |"


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.ocr")
    parser.add_argument("--pages", type=int, default=2, help="of each language")
    options = parser.parse_args()
    tesseract = Tesseract.installed()
    if tesseract is None:
        raise SystemExit("Install Tesseract first (Debian: tesseract-ocr, tesseract-ocr-vie).")
    print("| page | language | wrong characters | words left out | wrong words left | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for language in LANGUAGES:
        readings: dict[str, list[Reading]] = {}
        for kind, scan in scans(language, options.pages):
            readings.setdefault(kind, []).append(reading_of(scan, tesseract))
        for kind, of_kind in readings.items():
            print(row(language, kind, of_kind), flush=True)


if __name__ == "__main__":
    main()
