"""Word files written by hand: a body of XML and the parts that it refers to."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:m="{_OFFICE}/math" xmlns:r="{_OFFICE}/relationships"'
)
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "settings": "settings",
    "header": "hdr",
}


def word_file(body: str, **parts: str) -> bytes:
    """Return a file with this body and these parts, such as `styles`, each without its root.

    The identifier of a part's relation is its name.
    """
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations(officeDocument="word/document.xml"))
        archive.writestr(
            "word/_rels/document.xml.rels", _relations(**{kind: f"{kind}.xml" for kind in parts})
        )
        archive.writestr(
            "word/document.xml",
            f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        )
        for kind, content in parts.items():
            root = f"w:{_ROOTS[kind]}"
            archive.writestr(f"word/{kind}.xml", f"<{root} {_NAMESPACES}>{content}</{root}>")
    return written.getvalue()


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a file in all of whose parts `old` is replaced by `new`."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(written, "w", ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(old, new))
    return written.getvalue()


def _relations(**targets: str) -> str:
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph; content that is no markup is put in a run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    """Return a row; cells that are no markup are put in a paragraph."""
    return f"<w:tr>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
