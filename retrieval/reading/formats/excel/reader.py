"""The reader of workbooks: from bytes to the sheets of openpyxl, and to a draft."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

from retrieval.language.detection import language_of
from retrieval.reading.draft import Draft
from retrieval.reading.formats.archive import Archive
from retrieval.reading.formats.excel.sheet import sheet_of
from retrieval.reading.formats.office_package import refuse_encrypted
from retrieval.reading.formats.workbook import draft_of_sheets

_SAMPLE = 20_000  # characters that tell the language


def read(data: bytes) -> Draft:
    """Return the rows of a workbook's visible sheets, each sheet below its name.

    A cell shows its value as its number format says; a formula shows the value saved with it.

    Raises:
        UnreadableError: It is encrypted, or unpacks to too much.
        Exception: It is damaged.
    """
    refuse_encrypted(data)
    Archive.opened(data)  # for its limits
    with warnings.catch_warnings():  # of parts that are not read, such as its pictures
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    language = _language_of(book.worksheets)
    sheets = [sheet_of(sheet, language) for sheet in book.worksheets]
    return draft_of_sheets(sheets, str(book.properties.title or ""))


def _language_of(sheets: Sequence[Any]) -> str:
    values = (cell.value for sheet in sheets for cell in sheet._cells.values())
    words = "\n".join(value for value in values if isinstance(value, str))
    return language_of(words[:_SAMPLE])
