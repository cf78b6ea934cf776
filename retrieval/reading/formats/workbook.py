"""A workbook of any format: its sheets -> a draft; each is a page and a section below its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.reading.cleaning.lines import is_title
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.reading.formats.grid import Heads, Row, paragraphs_of
from retrieval.refusals import Cause, ReadingWarning

_NO_NAME = re.compile(r"(?:sheet|trang(?: tính)?|bảng(?: tính)?)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and the rows of its visible cells with an empty one for each gap.

    `has_hidden_cells` tells whether rows or columns that hold something are hidden.
    """

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    has_hidden_cells: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it is shown and holds something."""
        return bool(self.rows) and not self.is_hidden


def draft_of_sheets(sheets: Sequence[Sheet], title: str) -> Draft:
    """Return the rows of the visible sheets, with warnings that name what is hidden.

    A sheet that stands alone under the name that programs give is no section.

    Args:
        sheets: In their order.
        title: The title in the file's properties, or "".
    """
    shown = {n: sheet for n, sheet in enumerate(sheets, start=1) if sheet.is_read}
    sections = {n: list(paragraphs_of(sheet.rows, Heads.JUDGED)) for n, sheet in shown.items()}
    is_named = len(shown) > 1 or any(not _NO_NAME.fullmatch(one.name) for one in shown.values())
    paragraphs: list[Paragraph] = []
    for n, sheet in shown.items():
        name = Paragraph(sheet.name, ParagraphKind.HEADING, level=1)
        section = [name, *sections[n]] if is_named else sections[n]
        paragraphs += (replace(paragraph, page=n) for paragraph in section)
    return Draft(
        tuple(paragraphs),
        Metadata(title=_title(title, list(sections.values()))),
        has_equal_parts=len(shown) > 1,
        warnings=tuple(_warnings(sheets)),
    )


def _title(filed: str, sections: Sequence[Sequence[Paragraph]]) -> str:
    """Return the title in the properties, or the last one above the rows of a single sheet."""
    if is_title(" ".join(filed.split())):
        return filed
    if len(sections) != 1:
        return ""
    above: list[str] = []
    for paragraph in sections[0]:
        if paragraph.kind is not ParagraphKind.PROSE:
            return next((line for line in reversed(above) if is_title(line)), "")
        above.append(paragraph.text)
    return ""


def _warnings(sheets: Sequence[Sheet]) -> Iterator[ReadingWarning]:
    if hidden := ", ".join(sheet.name for sheet in sheets if sheet.is_hidden):
        yield ReadingWarning(Cause.HIDDEN_SHEETS, {"names": hidden})
    parted = [sheet.name for sheet in sheets if sheet.has_hidden_cells and not sheet.is_hidden]
    if parted:
        yield ReadingWarning(Cause.HIDDEN_CELLS, {"names": ", ".join(parted)})
