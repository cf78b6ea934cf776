"""Tables in plain text (.csv, .tsv): each record a row below its column heads.

The delimiter is the one that parts most of the first records into equally many cells. Programs
write a semicolon where the comma stands within numbers, as in Vietnam. csv.Sniffer is not asked: it
takes letters for delimiters and fails on a single column.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from retrieval.reading.draft import Draft
from retrieval.reading.formats.grid import Heads, Row, paragraphs_of
from retrieval.reading.formats.text import decode

_DELIMITERS = ("\t", ";", ",", "|")
_NONE = "\x1f"  # stands in no text: the record is one cell
_SAMPLE = 100  # records looked at
_DECLARED = re.compile(r"\s*sep=(?P<sign>.)\n")  # Excel's own first line
_LONGEST_CELL = 2**31 - 1  # the file's size is limited already


def read(data: bytes) -> Draft:
    """Return the rows of a table in plain text.

    Raises UnreadableError where the encoding is not certain.
    """
    csv.field_size_limit(_LONGEST_CELL)
    text = decode(data)
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    records = list(_records(text, declared["sign"] if declared else _delimiter(text)))
    width = max(map(len, records), default=0)
    rows = (Row((*record, *[""] * (width - len(record)))) for record in records)
    return Draft(tuple(paragraphs_of(rows, Heads.CUSTOMARY)))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the records with each cell in one line; those that hold nothing are empty lists."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    for record in reader:
        yield [" ".join(cell.split()) for cell in record]


def _delimiter(text: str) -> str:
    return max((*_DELIMITERS, _NONE), key=lambda sign: _regularity(text, sign))


def _regularity(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of records with the most frequent number of cells, and that number."""
    widths = Counter(map(len, islice(filter(any, _records(text, delimiter)), _SAMPLE)))
    parted = Counter({width: count for width, count in widths.items() if width > 1})
    if not parted:
        return 0.0, 1
    width, count = parted.most_common(1)[0]
    return count / widths.total(), width
