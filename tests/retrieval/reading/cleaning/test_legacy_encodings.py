"""Text of the fonts of TCVN3 and VNI comes out in Unicode, by the name of the font."""

from __future__ import annotations

import unicodedata

import pytest

from retrieval.reading.cleaning.legacy_encodings import (
    tcvn3_to_unicode,
    unicode_by_font,
    vni_to_unicode,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
TCVN3 = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®eÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\xadõö÷øùyúûüýþ"
VNI = (
    "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ e eø eû eõ eù eï eâ eà eå eã eá eä "
    "i ì æ ó í ò o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï "
    "ö öø öû öõ öù öï y yø yû yõ yù î"
)


def test_every_letter_of_tcvn3() -> None:
    assert tcvn3_to_unicode(TCVN3) == LETTERS
    assert tcvn3_to_unicode("¡¢£¤¥¦§") == "ĂÂÊÔƠƯĐ"


def test_every_letter_of_vni() -> None:
    assert vni_to_unicode(VNI) == " ".join(LETTERS)
    assert vni_to_unicode(VNI.upper()) == " ".join(LETTERS).upper()
    assert vni_to_unicode("ÑAÛNG COÄNG SAÛN VIEÄT NAM") == "ĐẢNG CỘNG SẢN VIỆT NAM"


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Tñ ®ùng", ".VnTime", "Tủ đựng"),
        ("Tñ ®ùng", ".VnTimeH", "TỦ ĐỰNG"),
        ("Tñ ®ùng", ".VnArial NarrowH", "TỦ ĐỰNG"),
        ("Tñ ®ùng", "ABCDEF+.VnTime,BoldItalic", "Tủ đựng"),
        ("Tñ ®ùng", "VnTime-Bold", "Tủ đựng"),
        ("\uf054\uf0f1 \uf0ae\uf0f9ng", ".VnTime", "Tủ đựng"),
        ("Tuû ñöïng", "VNI-Times", "Tủ đựng"),
        ("Tuû ñöïng", "GHIJKL+VNI-Helve-Bold", "Tủ đựng"),
        ("El niño, ®", "Times New Roman", "El niño, ®"),
        ("§ 5 of über", "Vniver", "§ 5 of über"),
        ("Tủ đựng à", ".VnTime", "Tủ đựng à"),
    ],
)
def test_by_the_name_of_the_font(text: str, font: str, expected: str) -> None:
    assert unicode_by_font(text, font) == expected
    assert unicodedata.is_normalized("NFC", unicode_by_font(text, font))
