"""Files made to hang, to fill the memory or to lead elsewhere: read for what they say, or refused.

Each lies in a folder beside a good one, and is read in the process for that, within limits.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from retrieval.reading.folder import FolderContents, FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Refusal
from retrieval.settings import Limits
from tests.helpers.pdf_bytes import pdf_of

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 90]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
DRAWING = b"BT /F 12 Tf 20 50 Td (They met.) Tj ET"
DAMAGED = "it is damaged or no {} file; save it again"
HUNGRY = "reading it takes more than 200 MB of memory; save its text alone"
NO_ENCODING = "its encoding cannot be told with certainty; save it as UTF-8"
NO_MAIN_TEXT = "it holds no main text; save the article itself as text"
NO_TEXT = "it holds no text; write some or remove it"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(Limits(parse_seconds=30, parse_memory_mb=200))) as sandbox:
        yield sandbox


def word(**parts: bytes) -> bytes:
    """A Word document that says "They met.", some of its text replaced: old by new."""
    document, written, changed = docx.Document(), BytesIO(), BytesIO()
    document.add_paragraph("They met.")
    document.save(written)
    with ZipFile(written) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"They met.", parts.get("text", b"They met."))
                content = content.replace(b"<w:sectPr", parts.get("end", b"") + b"<w:sectPr", 1)
                content = content.replace(b"<w:document", parts.get("top", b"") + b"<w:document", 1)
            new.writestr(name, content)
    return changed.getvalue()


def with_entries(data: bytes, *names: str, content: bytes = b"") -> bytes:
    """A ZIP file with more entries; no data is an empty one."""
    written = BytesIO(data)
    with ZipFile(written, "a", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return written.getvalue()


def lying(data: bytes) -> bytes:
    """A Word document whose directory calls every entry ten bytes long."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at += 4
    return bytes(changed)


def nested_zip() -> bytes:
    inner = bytes(1_000_000)
    for _ in range(5):
        inner = with_entries(b"", *(f"{n}.zip" for n in range(8)), content=inner)
    return inner


def laughs() -> bytes:
    entities = (b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    top = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(entities) + b"]>"
    return word(top=top, text=b"&j;")


def drawn(pages: bytes = PAGES, drawing: bytes = DRAWING, packed: int = 0) -> bytes:
    """A PDF with this drawing, packed so many times."""
    for _ in range(packed):
        drawing = zlib.compress(drawing, 9)
    filters = b"/FlateDecode" * packed
    stream = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(drawing), filters, drawing)
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    itself = form + b"/Length 5>>stream\n/X Do\nendstream"
    return pdf_of(CATALOGUE, pages, PAGE, stream, FONT, itself)


def circular_table() -> bytes:
    """A PDF whose table of objects names itself as the one before it."""
    body = drawn().partition(b"trailer")[0]
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 6/Prev %d>>\n"
    return body + table % len(body) + b"startxref\n%d\n%%%%EOF" % len(body)


READ = {
    "pages-within-themselves.pdf": drawn(b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>"),
    "a-form-within-itself.pdf": drawn(drawing=DRAWING + b" /X Do"),
    "a-table-within-itself.pdf": circular_table(),
    "zips-within-zips.docx": with_entries(word(), "word/media/a.zip", content=nested_zip()),
    "many-entries.docx": with_entries(word(), *(f"word/media/{n}.xml" for n in range(5000))),
    "a-file-as-entity.docx": word(
        top=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', text=b"They met.&a;"
    ),
    "aliases.md": b"---\ntitle: A\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\nThey met.",
    "overrides.txt": "They \u202emet\u2066.\u200f".encode(),
    "utf-16-le.txt": "They met.".encode("utf-16"),
    "utf-16-be.txt": "\ufeffThey met.".encode("utf-16-be"),
    "bom.txt": "\ufeffThey met.".encode(),
}
REFUSED = {
    "packed.pdf": (drawn(drawing=bytes(300_000_000), packed=1), HUNGRY),
    "packed-twice.pdf": (drawn(drawing=bytes(300_000_000), packed=2), HUNGRY),
    "deep.html": (b"<div>" * 100_000 + b"They met." + b"</div>" * 100_000, NO_MAIN_TEXT),
    "deep.docx": (word(end=b"<w:sdt>" * 100_000 + b"</w:sdt>" * 100_000), DAMAGED.format(".docx")),
    "long.docx": (word(text=b"A " * 60_000_000), HUNGRY),
    "laughs.docx": (laughs(), DAMAGED.format(".docx")),
    "lying.docx": (lying(word(text=b"A " * 9_000_000)), DAMAGED.format(".docx")),
    "quotes.md": (b"> " * 100_000 + b"They met.", NO_TEXT),
    "nul.txt": (b"The ministers\0 met.", NO_ENCODING),
    "no-utf-8.txt": (b"The ministers met in \xff\xfe\xfa.", NO_ENCODING),
    "empty.txt": (b"", NO_TEXT),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zz-good.txt").write_text("They left.", "utf-8")
    return tmp_path


def read(folder: Path, sandbox: Sandbox) -> FolderContents:
    return read_folder(FolderScan.of(folder, 20), ParseCache(sandbox.parse))


@pytest.mark.parametrize("name", READ)
def test_what_it_says_is_read(folder: Path, sandbox: Sandbox, name: str) -> None:
    (folder / name).write_bytes(READ[name])
    collection = read(folder, sandbox)
    assert [document.text for document in collection.documents] == ["They met.", "They left."]


def test_lists_within_lists_in_front_matter_are_text(folder: Path, sandbox: Sandbox) -> None:
    (folder / "lists.txt").write_bytes(b"---\ntitle: " + b"[" * 4900 + b"\n---\nThey met.")
    (document, _) = read(folder, sandbox).documents
    assert document.text == f"title: {'[' * 4900}\n\nThey met."


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_the_next_file_read(folder: Path, sandbox: Sandbox, name: str) -> None:
    data, reason = REFUSED[name]
    (folder / name).write_bytes(data)
    collection = read(folder, sandbox)
    assert collection.refused == (Refusal(name, reason),)
    assert [document.text for document in collection.documents] == ["They left."]


def test_utf_16_without_its_mark_is_known_by_its_words(folder: Path, sandbox: Sandbox) -> None:
    text = "The ministers met in Hanoi today. They agreed on a plan for the year. They went home."
    (folder / "a.txt").write_bytes(text.encode("utf-16-le"))
    assert read(folder, sandbox).documents[0].text == text


def test_many_marks_on_one_letter(folder: Path, sandbox: Sandbox) -> None:
    text = "They met e" + "\u0323\u0301" * 5000 + ". They left."
    (folder / "a.txt").write_text(text, "utf-8")
    document = read(folder, sandbox).documents[0]
    assert document.text.startswith("They met ẹ\u0323\u0323")
    assert document.text.endswith("\u0301\u0301. They left.")
