"""Minimal PDF files made by hand, with each letter placed on its own."""

from __future__ import annotations

from collections.abc import Sequence

_WIDTH, _HEIGHT, _SIZE = 6.0, 14.0, 12
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H"
    " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
)
_GLYPHS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    " /FontDescriptor 6 0 R >>"
)
_TO_UNICODE = (
    "begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 500 800]"
    " /Ascent 800 /Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
)


def pdf(*pages: Sequence[str], encrypted: bool = False) -> bytes:
    """Return a PDF with the lines of each page; an empty line leaves a gap.

    Letters beyond ASCII come from a second font, as when a browser prints Vietnamese.
    """
    numbers = range(7, 7 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _FONT,
        _GLYPHS,
        _stream(_TO_UNICODE),
        _DESCRIPTOR,
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects += [_page(number + 1), _stream(_drawn(lines))]
    return _assembled(objects, encrypted)


def _page(content: int) -> str:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 800] /Resources"
        f" << /Font << /A 3 0 R /B 3 0 R >> >> /Contents {content} 0 R >>"
    )


def _drawn(lines: Sequence[str]) -> str:
    places = [
        (50 + _WIDTH * column, 750 - _HEIGHT * row, char)
        for row, line in enumerate(lines)
        for column, char in enumerate(line)
    ]
    return "\n".join(
        f"BT /{_font(char)} {_SIZE} Tf {x:.1f} {y:.1f} Td <{ord(char):04X}> Tj ET"
        for x, y, char in places
    )


def _font(char: str) -> str:
    return "A" if char.isascii() else "B"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _assembled(objects: Sequence[str], encrypted: bool) -> bytes:
    whole, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(whole))
        whole += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    lock = f"/ID [<00> <00>] /Encrypt {_lock()}" if encrypted else ""
    return (
        f"{whole}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {lock} >>\nstartxref\n{len(whole)}\n%%EOF\n"
    ).encode("ascii")


def _lock() -> str:
    key = "00" * 32  # no password fits
    return f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1. The first one is the catalogue."""
    numbered = (b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"
