"""Office files, books and messages made to fill the memory: refused in one line, each alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import UnreadableError
from retrieval.settings import Limits
from tests.helpers.archive_bytes import archive, book, open_document
from tests.helpers.word_bytes import rewritten

ARCHIVES = (".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
DAMAGED = "it is damaged or no {} file; save it again"
HUNGRY = "reading it takes more than 200 MB of memory; save its text alone"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(Limits(parse_seconds=30, parse_memory_mb=200))) as sandbox:
        yield sandbox


def reason(sandbox: Sandbox, name: str, data: bytes) -> str:
    """Why a file is refused; the next one is read all the same."""
    with pytest.raises(UnreadableError) as error:
        sandbox.parse(name, data)
    assert sandbox.parse("a.txt", b"They left.").text == "They left."
    return str(error.value)


@cache
def bomb() -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file, file.open("content.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(10**6))
    return written.getvalue()


def workbook(text: str = "They met.") -> bytes:
    made, written = openpyxl.Workbook(), BytesIO()
    made.active.append([text])
    made.save(written)
    return written.getvalue()


@pytest.mark.parametrize("suffix", ARCHIVES)
def test_archives_that_unpack_to_too_much(sandbox: Sandbox, suffix: str) -> None:
    expected = "it unpacks to more than 200 MB; save its text alone"
    assert reason(sandbox, f"a{suffix}", bomb()) == expected


@pytest.mark.parametrize("suffix", ARCHIVES)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", archive({"a.xml": "<a/>"}), b"\0" * 9000])
def test_archives_that_are_none_or_hold_something_else(
    sandbox: Sandbox, suffix: str, data: bytes
) -> None:
    assert reason(sandbox, f"a{suffix}", data) == DAMAGED.format(suffix)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", rewritten(rewritten(workbook(), b"<sst", LAUGHS + b"<sst"), b"They", b"&j;")),
        ("a.odt", archive({"content.xml": LAUGHS + b"<x>&j;</x>"})),
        ("a.odt", open_document("<office:text>" + "<text:section>" * 50_000)),
        ("a.epub", book({"a.html": "They met."}).replace(b"PK\x01\x02", b"PK\x01\x03")),
        ("a.eml", b"They met.\n" * 50_000),
    ],
    ids=["laughs.xlsx", "laughs.odt", "deep.odt", "no directory.epub", "no headers.eml"],
)
def test_parts_that_unfold_without_end_or_are_broken(
    sandbox: Sandbox, name: str, data: bytes
) -> None:
    assert reason(sandbox, name, data) == DAMAGED.format(name[1:])


def test_an_entity_that_names_a_file_of_this_machine_shows_nothing(sandbox: Sandbox) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    data = open_document("<office:text><text:p>They met.&a;</text:p></office:text>")
    root = b"<office:document-content"
    data = rewritten(data, root, entity.encode() + root)
    assert sandbox.parse("a.odt", data).text == "They met."


def test_a_few_bytes_that_stand_for_millions_of_cells(sandbox: Sandbox) -> None:
    wide = b"a,b\n" + b"," * 3_000 + b"\n" + b"c,d\n" * 100_000
    assert reason(sandbox, "a.csv", wide) == HUNGRY
    cell = '<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="99999">{cell}</table:table-cell>'
    rows = f"{row}</table:table-row>" * 50
    sheet = f"<office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet>"
    assert reason(sandbox, "a.ods", open_document(sheet)) == HUNGRY


def test_deep_groups_lists_and_messages_are_read(sandbox: Sandbox) -> None:
    assert sandbox.parse("a.rtf", b"{\\rtf1" + b"{" * 100_000 + b"They met.").text == "They met."
    deep = "<text:list><text:list-item>" * 100 + "<text:p>They met.</text:p>"
    deep += "</text:list-item></text:list>" * 100
    assert sandbox.parse("a.odt", open_document(f"<office:text>{deep}</office:text>")).text == (
        "They met."
    )
    parts = b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 1000
    message = parts + b"Content-Type: text/plain\n\nThey met.\n"
    assert sandbox.parse("a.eml", message).text == "x\n\nThey met."
