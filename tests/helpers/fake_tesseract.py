"""A stand-in for Tesseract, and the tables that it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import sleep

from retrieval.reading.recognition.picture import Picture
from retrieval.reading.recognition.tesseract import Tesseract, TesseractError

HEAD = "level page_num block_num par_num line_num word_num left top width height conf text"


def table(*lines: str) -> str:
    """A table with these lines, of words with their confidence: "The:95 fee:40"."""
    rows = [HEAD.split(), ["1", "1", "0", "0", "0", "0", "0", "0", "900", "900", "-1", ""]]
    for number, line in enumerate(lines, start=1):
        rows.append(["4", "1", "1", "1", str(number), "0", "9", "9", "9", "9", "-1", ""])
        for place, word in enumerate(line.split(), start=1):
            text, _, confidence = word.rpartition(":")
            numbers = (5, 1, 1, 1, number, place, 100 * place, 50 * number, 80, 30)
            rows.append([*map(str, numbers), f"{confidence}.5", text])
    return "\n".join("\t".join(row) for row in rows) + "\n"


@dataclass(frozen=True)
class FakeTesseract(Tesseract):
    """Gives these tables in turn, and says that pictures are to be turned by so many quarters.

    A table takes so many `seconds`. `seen` are the pictures that it was given.
    """

    program: str = ""
    version: str = "5"
    tables: list[str] = field(default_factory=list)
    upside_down: int = 0
    seconds: float = 0.0
    seen: list[Picture] = field(default_factory=list)

    def table(self, picture: Picture, seconds: float) -> str:
        assert 0 < seconds <= 60
        self.seen.append(picture)
        sleep(self.seconds)
        if not self.tables:
            raise TesseractError("it took too long")
        return self.tables.pop(0)

    def quarters(self, picture: Picture, seconds: float) -> int:
        return self.upside_down
