"""Characters of the fonts Symbol and Wingdings -> the signs of Unicode that they look like.

Word stores them in the private area from U+F000 on. Only signs that carry meaning in a text are
listed: Greek letters, relations, arrows and boxes to tick. Ornaments become nothing.
Sources: Adobe's Symbol encoding; the glyphs of Wingdings as Unicode's document L2/11-052 maps them.
"""

from __future__ import annotations

_PRIVATE = 0xF000
_SYMBOL_RUNS = {  # the code of the first sign: the signs from there on
    0x21: "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅",
    0x41: "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA1: "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    0xE5: "∑",
    0xF2: "∫",
}
_SYMBOL = {
    code: sign
    for first, signs in _SYMBOL_RUNS.items()
    for code, sign in enumerate(signs, start=first)
}
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x6C: "•", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x9F: "•",
    0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→",
    0xF0: "⇒", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", start=0x80)),
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "☐"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def is_symbol_font(font: str) -> bool:
    """Tell whether a font draws signs in the places of letters."""
    return font.lower() in _FONTS or font.lower().startswith(("wingdings", "webdings"))


def signs_of(text: str, font: str) -> str:
    """Return the signs that a font of symbols shows for `text`; what it is not known for is lost.

    >>> signs_of("m = 2", "Symbol")
    'μ = 2'
    """
    signs = _FONTS.get(font.lower(), {})
    return "".join(each if each.isspace() else signs.get(_place(each), "") for each in text)


def _place(character: str) -> int:
    code = ord(character)
    return code - _PRIVATE if code >= _PRIVATE else code
