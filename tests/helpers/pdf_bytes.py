"""PDF files made by hand, as small as they can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT, _SIZE = 6.0, 14.0, 12
_PAGE_WIDTH, _PAGE_HEIGHT = 700, 800
_GLYPH = "500 0 0 -200 500 800 d1 0 0 500 700 re f"
_FONTS = ("Helvetica", "Helvetica-Bold")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of ASCII letters at a place of a page: x from the left and y from the bottom."""

    x: float
    y: float
    text: str
    size: float = 12
    bold: bool = False
    angle: int = 0  # degrees, upwards from the left


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page in the language of PDF, after its texts; `picture` adds an image."""

    texts: Sequence[Text]
    drawing: str = ""
    rotate: int = 0
    picture: bool = False


def pdf(*pages: Sequence[str], encrypted: bool = False) -> bytes:
    """Return a PDF with the lines of each page; an empty line leaves a gap.

    Letters beyond ASCII come from a second font, as when a browser prints Vietnamese.
    """
    letters = {char for lines in pages for line in lines for char in line}
    ascii_letters = {char for char in letters if char.isascii()}
    fonts = [sorted(ascii_letters), sorted(letters - ascii_letters)]
    first = 9
    kids = " ".join(f"{number} 0 R" for number in range(first, first + 2 * len(pages), 2))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font(fonts[0], to_unicode=5),
        _font(fonts[1], to_unicode=6),
        _stream(_to_unicode(fonts[0])),
        _stream(_to_unicode(fonts[1])),
        _stream(_GLYPH),
        "null",
    ]
    for number, lines in enumerate(pages):
        objects += [_page(first + 2 * number + 1), _stream(_drawn(lines, fonts))]
    return _assembled(objects, encrypted)


def drawn_pdf(*pages: Drawn) -> bytes:
    """Return a PDF of these pages, with text in Helvetica."""
    first = 6
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in _FONTS
        ),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream",
    ]
    for number, page in enumerate(pages):
        content = page.drawing + "\n" + "\n".join(map(_shown, page.texts))
        content += "\nq 600 0 0 700 50 50 cm /P Do Q" if page.picture else ""
        objects += [_page(first + 2 * number + 1, page.rotate), _stream(content)]
    return _assembled(objects, encrypted=False)


def lines_at(x: float, y: float, *lines: str, size: float = 12, bold: bool = False) -> list[Text]:
    """Return lines one below the other; an empty one leaves a gap."""
    step = 1.2 * size
    placed = enumerate(lines)
    return [Text(x, y - step * row, line, size, bold) for row, line in placed if line]


def _shown(text: Text) -> str:
    font = "B" if text.bold else "A"
    cos, sin = math.cos(math.radians(text.angle)), math.sin(math.radians(text.angle))
    place = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {text.x:.2f} {text.y:.2f} Tm"
    escaped = text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {text.size} Tf {place} ({escaped}) Tj ET"


def _page(content: int, rotate: int = 0) -> str:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE_WIDTH} {_PAGE_HEIGHT}]"
        f" /Rotate {rotate} /Resources << /Font << /A 3 0 R /B 4 0 R >>"
        f" /XObject << /P 5 0 R >> >> /Contents {content} 0 R >>"
    )


def _font(letters: Sequence[str], to_unicode: int) -> str:
    """Return a font that draws a box for each letter: its codes are 1, 2 and so on."""
    last = max(1, len(letters))
    names = " ".join(f"/g{code}" for code in range(1, last + 1))
    glyphs = " ".join(f"/g{code} 7 0 R" for code in range(1, last + 1))
    widths = " ".join(["500"] * last)
    return (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 500 800] /FontMatrix [.001 0 0 .001 0 0]"
        f" /CharProcs << {glyphs} >> /Encoding << /Differences [1 {names}] >>"
        f" /FirstChar 1 /LastChar {last} /Widths [{widths}] /ToUnicode {to_unicode} 0 R >>"
    )


def _to_unicode(letters: Sequence[str]) -> str:
    lines = "\n".join(f"<{code:02X}> <{ord(char):04X}>" for code, char in enumerate(letters, 1))
    return (
        "begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{lines}\nendbfchar\nendcmap"
    )


def _drawn(lines: Sequence[str], fonts: Sequence[Sequence[str]]) -> str:
    places = [
        (50 + _WIDTH * column, 750 - _HEIGHT * row, char)
        for row, line in enumerate(lines)
        for column, char in enumerate(line)
    ]
    shown = []
    for x, y, char in places:
        which = 0 if char.isascii() else 1
        code = fonts[which].index(char) + 1
        shown.append(f"BT /{'AB'[which]} {_SIZE} Tf {x:.1f} {y:.1f} Td <{code:02X}> Tj ET")
    return "\n".join(shown)


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
