"""How many of a document's words the readers keep, beside an independent reader.

    python -m benchmarks.fidelity FOLDER [--all] [--picture FILE]

Reads every .docx and .pdf file in FOLDER and its folders. Word files are compared with the text
that LibreOffice exports, PDF files with that of pdftotext (Debian: libreoffice-writer-nogui,
poppler-utils). Two shares are counted for each file: of the other reader's words, and of its pairs
of neighbouring words, which a sentence torn in two or read across columns loses. Word order counts
only in the pairs; case and punctuation do not count. A file that is refused keeps nothing.
Files in which the other reader finds no word are left out, and so are PDF files whose fonts name
dingbats instead of letters, and Word files with tracked deletions: LibreOffice exports what was
deleted, which Word no longer shows in the final text.

The other readers' texts stay in the folder for temporary files, by the checksum of the document, so
that a second run takes only the time of ours.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from unicodedata import category, normalize
from zipfile import ZipFile, is_zipfile

from benchmarks.fidelity_picture import picture
from retrieval.reading.formats import draft_of
from retrieval.refusals import UnreadableError

KEPT = Path(tempfile.gettempdir(), "trichdan-fidelity")
MOST_SIGNS = 0.3  # of a text's characters
ENOUGH = 0.95  # of the words of a file
SECONDS = 120  # the other reader may take for a file
BATCH = 20  # files for one start of LibreOffice
WORD = re.compile(r"[^\W\d_]+|\d+")  # LibreOffice sets a note's number right before its first word


@dataclass(frozen=True)
class Fidelity:
    """What was kept of a file: shares of the other reader's words and pairs of words."""

    name: str
    words: float
    pairs: float
    seconds: float
    missing: tuple[str, ...] = ()

    @property
    def row(self) -> str:
        """A line of the table."""
        missing = " ".join(self.missing)
        return f"| {self.name} | {self.words:.3f} | {self.pairs:.3f} | {missing} |"


def fidelity_of(path: Path, other: str) -> Fidelity:
    """Read the file and return what it keeps of the `other` reader's text."""
    began = time.perf_counter()
    try:
        ours = draft_of(path.read_bytes(), path.suffix.lower()).text
    except UnreadableError:
        ours = ""
    seconds = time.perf_counter() - began
    expected, found = words_of(other), words_of(ours)
    lost = Counter(expected) - Counter(found)
    return Fidelity(
        name=path.name,
        words=share_kept(expected, found),
        pairs=share_kept([*pairwise(expected)], [*pairwise(found)]),
        seconds=seconds,
        missing=tuple(word for word, _ in lost.most_common(5)),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, those with ligatures letter by letter."""
    return WORD.findall(normalize("NFKC", text).lower())


def is_readable(text: str) -> bool:
    """Tell whether a text is in characters, and not in the signs that a wrong font table names."""
    shown = [char for char in text if not char.isspace()]
    signs = sum(category(char) in ("So", "Co", "Cn") for char in shown)
    return signs <= MOST_SIGNS * len(shown)


def share_kept(expected: Sequence[object], found: Iterable[object]) -> float:
    """Return how many of the expected, each as often as it occurs, are found; 1 of none."""
    if not expected:
        return 1.0
    return 1 - (Counter(expected) - Counter(found)).total() / len(expected)


def other_texts(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file that the other reader finds words in, with its text."""
    paths = list(paths)
    KEPT.mkdir(exist_ok=True)
    new = [path for path in paths if not _kept(path).exists()]
    word = [path for path in new if path.suffix.lower() == ".docx"]
    for start in range(0, len(word), BATCH):
        _export(word[start : start + BATCH])
    for path in new:
        if path.suffix.lower() == ".pdf":
            _run("pdftotext", "-enc", "UTF-8", str(path), str(_kept(path)))
        elif not _kept(path).exists():  # one that broke the batch off, or came after it
            _export([path])
    for path in paths:
        text = _kept(path).read_text("utf-8-sig", "replace") if _kept(path).exists() else ""
        if words_of(text) and is_readable(text) and not has_deletions(path):
            yield path, text


def has_deletions(path: Path) -> bool:
    """Tell whether a Word file holds text that tracked changes delete or move away."""
    if path.suffix.lower() != ".docx" or not is_zipfile(path):
        return False
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/\w+\.xml", name)]
        return any(re.search(rb"<w:(delText|moveFrom)[ >]", archive.read(name)) for name in names)


def _kept(path: Path) -> Path:
    """Return where the other reader's text of a file is kept."""
    return KEPT / f"{sha256(path.read_bytes()).hexdigest()}.txt"


def _export(paths: Iterable[Path]) -> None:
    """Let LibreOffice write the texts of Word files, under a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        links = [Path(folder, _kept(path).with_suffix(".docx").name) for path in paths]
        for link, path in zip(links, paths, strict=True):
            link.unlink(missing_ok=True)
            link.symlink_to(path.resolve())
        _run(
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(KEPT),
            *map(str, links),
        )


def _run(*command: str) -> None:
    """Run another reader, and go on without its text where it fails."""
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        print(f"{command[0]} took more than {SECONDS} s and was stopped")


def summary(found: Sequence[Fidelity]) -> str:
    """Return a line of the table: mean, median and the share of files that keep enough."""
    words, pairs = [each.words for each in found], [each.pairs for each in found]
    enough = fmean(share >= ENOUGH for share in words)
    seconds = sum(each.seconds for each in found)
    return (
        f"{len(found)} | {fmean(words):.3f} | {median(words):.3f} | {enough:.0%}"
        f" | {fmean(pairs):.3f} | {median(pairs):.3f} | {seconds:.1f}"
    )


def shares(found: Sequence[Fidelity]) -> Mapping[str, Sequence[float]]:
    """Return what the picture shows of a format's files."""
    return {"words": [each.words for each in found], "pairs": [each.pairs for each in found]}


def main() -> None:
    """Print the files that keep less than enough, and a summary for each format."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="print every file's shares")
    parser.add_argument("--picture", type=Path, help="draw how the shares are spread, as SVG")
    options = parser.parse_args()
    formats: dict[str, Sequence[Fidelity]] = {}
    print("| file | words | pairs | missing |\n|---|---:|---:|---|")
    for suffix in (".docx", ".pdf"):
        paths = sorted(p for p in options.folder.rglob("*") if p.suffix.lower() == suffix)
        if found := [fidelity_of(path, text) for path, text in other_texts(paths)]:
            formats[suffix] = sorted(found, key=lambda each: each.words)
            shown = [each.row for each in formats[suffix] if options.all or each.words < ENOUGH]
            print(*shown, sep="\n")
    print("\n| format | files | words | median | files ≥ 95 % | pairs | median | seconds |")
    print("|---" + "|---:" * 7 + "|")
    print(*(f"| {suffix} | {summary(found)} |" for suffix, found in formats.items()), sep="\n")
    if options.picture:
        drawn = picture({suffix: shares(found) for suffix, found in formats.items()})
        options.picture.write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
