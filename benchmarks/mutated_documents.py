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
from zipfile import ZipFile

import docx

from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits

GRACE = 2.0  # seconds beyond the limit; killing a process takes time on a busy machine
TEXT = "Bộ trưởng Tô Lâm dự hội nghị sáng 29/9. Hội nghị bàn về an ninh mạng."
MARKDOWN = f"---\ntitle: Hội nghị\ndate: 2021-09-29\n---\n# Họp\n\n{TEXT}\n\n- *một*\n- [hai](x)\n"
HTML = (
    "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Hội nghị</title></head><body>"
    f"<article><h1>Họp</h1><p>{TEXT}</p><table><tr><td>1<td>2</table></article></body></html>"
)
PIECES = (b"", b" ", b"\n", b"<", b"<<", b"]]>", b"&#0;", b"(", b"9" * 20, b"\0", b"\xef\xbb\xbf")


class Outcome(Enum):
    """What happened to a document; the value is the heading of its column."""

    READ = "read"
    REFUSED = "refused"
    BROKEN = "reader broke down"
    STOPPED = "stopped at a limit"
    CRASHED = "crashes"
    HUNG = "hangs past the limit"


def documents() -> dict[str, bytes]:
    """Return a valid document of each format, by file name."""
    return {
        "a.txt": TEXT.encode(),
        "a.md": MARKDOWN.encode(),
        "a.html": HTML.encode(),
        "a.pdf": _pdf(),
        "a.docx": _docx(),
    }


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Họp")
    document.add_paragraph(TEXT)
    document.add_table(1, 2).cell(0, 0).text = "một"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _pdf() -> bytes:
    """Return a page with a sentence, a ruled table, a form, turned text and a font of TCVN3."""
    drawing = (
        b"BT /F 12 Tf 20 150 Td (Minister Quang met Kao Kim Hourn in Vientiane.) Tj ET\n"
        b"20 60 m 220 60 l 20 80 m 220 80 l 20 100 m 220 100 l S\n"
        b"20 60 m 20 100 l 120 60 m 120 100 l 220 60 m 220 100 l S\n"
        b"BT /F 12 Tf 25 85 Td (Post) Tj 100 0 Td (Name) Tj ET\n"
        b"BT /V 12 Tf 25 65 Td (Tr\xad\xebng) Tj 100 0 Td (Lan) Tj ET\n"
        b"BT /F 12 Tf 0 1 -1 0 390 20 Tm (A draft) Tj ET q 1 0 0 1 20 20 cm /X Do Q"
    )
    form = b"BT /F 12 Tf 0 0 Td (It opens at nine.) Tj ET"
    fonts = b"/Font<</F 5 0 R/V 6 0 R>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 190]/Contents 4 0 R"
        b"/Resources<<%s/XObject<</X 7 0 R>>>>>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<<%s>>/Length %d>>stream\n%s\n"
        b"endstream" % (fonts, len(form), form),
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


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
        chosen = random.choice(("word/document.xml", *old.namelist()))
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, random) if name == chosen else content)
    return written.getvalue()


def outcomes(name: str, data: bytes, count: int, sandbox: Sandbox, seed: int) -> Iterator[Outcome]:
    """Yield the outcomes of so many mutations of a document."""
    random = Random(f"{seed} {name}")  # noqa: S311
    for _ in range(count):
        began = time.monotonic()
        mutate = mutated_inside if name == "a.docx" and random.random() < 0.8 else mutated
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
