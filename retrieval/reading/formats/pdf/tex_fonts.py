"""The characters of TeX's fonts, whose files often name none: by the font's name and the code.

TeX has encodings of its own for mathematics. Its bitmap fonts have no names; they are text in one
of TeX's two encodings of Latin letters, which agree on what stands below.

Sources: the encodings OML, OMS, OMX, OT1 and T1 of the LaTeX project's "LaTeX font encodings".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_EXTENSIONS_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:CMEX|LMMathExt|MathExt|txex|pxex)", re.IGNORECASE)
_SYMBOLS_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:CMSY|LMMathSymbols|MathSymbols)", re.IGNORECASE)
_ITALICS_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:CMMI|LMMathItalic|MathItalic)", re.IGNORECASE)
_SYMBOLS = {0x0D: "◯", 0x30: "′", 0x36: "̸", 0x3E: "⊤", 0x6B: "‖"}
_EXTENSION = {
    code: sign
    for sign, codes in {
        "(": (0x00, 0x10, 0x12, 0x20, 0x30, 0x40, 0x42),
        ")": (0x01, 0x11, 0x13, 0x21, 0x31, 0x41, 0x43),
        "[": (0x02, 0x14, 0x22, 0x32, 0x34, 0x36, 0x68),
        "]": (0x03, 0x15, 0x23, 0x33, 0x35, 0x37, 0x69),
        "⌊": (0x04, 0x16, 0x24, 0x6A),
        "⌋": (0x05, 0x17, 0x25, 0x6B),
        "⌈": (0x06, 0x18, 0x26, 0x6C),
        "⌉": (0x07, 0x19, 0x27, 0x6D),
        "{": (0x08, 0x1A, 0x28, 0x38, 0x3A, 0x3C, 0x3E, 0x6E),
        "}": (0x09, 0x1B, 0x29, 0x39, 0x3B, 0x3D, 0x6F),
        "⟨": (0x0A, 0x1C, 0x2A, 0x44),
        "⟩": (0x0B, 0x1D, 0x2B, 0x45),
        "|": (0x0C, 0x3F),
        "‖": (0x0D,),
        "/": (0x0E, 0x1E, 0x2C, 0x2E),
        "∑": (0x50, 0x58),
        "∏": (0x51, 0x59),
        "∫": (0x52, 0x5A),
        "∪": (0x53, 0x5B),
        "∩": (0x54, 0x5C),
        "ˆ": (0x62, 0x63, 0x64),
        "˜": (0x65, 0x66, 0x67),
        "√": (0x70, 0x71, 0x72, 0x73, 0x74),
    }.items()
    for code in codes
}
_GREEK = {
    **dict(enumerate("ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ")),
    **{0x3A: ".", 0x3B: ",", 0x3C: "<", 0x3D: "/", 0x3E: ">", 0x3F: "⋆", 0x40: "∂", 0x60: "ℓ"},
}
# Ligatures and dashes where TeX's two encodings of Latin text have them.
_BITMAP = {
    **dict(zip(range(0x0B, 0x10), "ﬀﬁﬂﬃﬄ", strict=True)),
    **dict(zip(range(0x1B, 0x20), "ﬀﬁﬂﬃﬄ", strict=True)),
    **{0x10: "“", 0x11: "”", 0x15: "–", 0x16: "—"},
    **{code: chr(code) for code in (*range(0x21, 0x7F), *range(0xC0, 0x100))},
    **{0xD7: "Œ", 0xF7: "œ", 0xFF: "ß"},
}


def tex_characters(font: str, *, bitmaps_known: bool) -> Mapping[int, str]:
    """Return what a TeX font shows for each code; empty for other fonts.

    Args:
        font: The font's name; empty for a bitmap font.
        bitmaps_known: Whether fonts without a name are taken for TeX's.
    """
    if not font:
        return _BITMAP if bitmaps_known else {}
    for pattern, table in (
        (_EXTENSIONS_NAME, _EXTENSION),
        (_SYMBOLS_NAME, _SYMBOLS),
        (_ITALICS_NAME, _GREEK),
    ):
        if pattern.match(font):
            return table
    return {}
