"""Text written for the fonts of TCVN3 (ABC) or VNI -> Unicode.

Before Unicode, Vietnamese was typed in fonts that draw its letters in the places of Latin-1's.
Such text is stored as "tµi liÖu" or "taøi lieäu" and only looks right in its font. Word and PDF
files name the font of every letter, so the name says which table applies.

Sources: TCVN 5712:1993 (VN3) for TCVN3; the VNI character set for Windows as VNI Software Co.
published it, which writes a vowel first and its marks as a second character.
"""

from __future__ import annotations

import re

from retrieval.language.words import normal

_TCVN3_RUNS = {  # the code of the first letter: the letters from there on
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {
    code: letter
    for first, letters in _TCVN3_RUNS.items()
    for code, letter in enumerate(letters, start=first)
}

_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")  # grave, acute, hook, tilde, dot below
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_LETTERS = str.maketrans("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ")
_VNI_MARKS = {
    **dict(zip("øùûõï", _TONES, strict=True)),
    **dict(zip("âàáåãä", (_CIRCUMFLEX + tone for tone in ("", *_TONES)), strict=True)),
    **dict(zip("êèéúüë", (_BREVE + tone for tone in ("", *_TONES)), strict=True)),
}
_VNI_MARKED = re.compile(r"[aeouyơư][øùûõï]|[aeo][âàáåãä]|a[êèéúüë]", re.IGNORECASE)

# "ABCDEF+" marks a font that a PDF holds in part; ",Bold" and "-Italic" name a cut of the font.
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CUT = re.compile(r"[,-](?:bold|italic|oblique|regular|normal|mt|ps)+$", re.IGNORECASE)
_TCVN3_FONT = re.compile(r"(?:\.[Vv][Nn]|Vn(?=[A-Z]))\w")
_VNI_FONT = re.compile(r"VNI(?=[\W_]|$)", re.IGNORECASE)
_SYMBOL_AREA = str.maketrans({0xF000 + code: code for code in range(0x20, 0x100)})
# No font of either kind draws these: text that has them was typed in Unicode.
_UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def tcvn3_to_unicode(text: str) -> str:
    """Return text typed in TCVN3, decoded as Latin-1, in Unicode (NFC).

    >>> tcvn3_to_unicode("Tñ ®ùng tµi liÖu mËt")
    'Tủ đựng tài liệu mật'
    """
    return text.translate(_TCVN3)


def vni_to_unicode(text: str) -> str:
    """Return text typed in VNI for Windows, decoded as Latin-1, in Unicode (NFC).

    >>> vni_to_unicode("Tuû ñöïng taøi lieäu maät")
    'Tủ đựng tài liệu mật'
    """
    letters = text.translate(_VNI_LETTERS)
    return normal(_VNI_MARKED.sub(lambda found: _marked(found[0]), letters))


def _marked(pair: str) -> str:
    """Return the vowel that VNI writes as a letter and a sign."""
    return pair[0] + _VNI_MARKS[pair[1].lower()]


def unicode_by_font(text: str, font: str) -> str:
    """Return what `font` shows for `text`: in Unicode where it is a font of TCVN3 or VNI.

    Text that holds letters which only Unicode has is left as it is: its font was named by mistake.
    Fonts of TCVN3 whose names end in "H" show capitals for all letters.

    Args:
        text: A run of characters in one font. Pass whole runs: VNI writes a letter in two.
        font: A name as Word or a PDF has it, such as ".VnTimeH" or "ABCDEF+VNI-Times,Bold".
    """
    name = _CUT.sub("", _SUBSET.sub("", font.strip()))
    is_tcvn3, is_vni = _TCVN3_FONT.match(name), _VNI_FONT.match(name)
    if not (is_tcvn3 or is_vni) or _UNICODE_ONLY.search(text):
        return text
    text = text.translate(_SYMBOL_AREA)
    if is_vni:
        return vni_to_unicode(text)
    shown = tcvn3_to_unicode(text)
    return shown.upper() if name.endswith(("H", "h")) else shown
