"""Characters put right: normal form, spaces, invisible ones, look-alike letters."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.characters import tidy


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("Ho\u0302\u0323i nghi\u0323", "Hội nghị"),
        ("Crimes\xa0 and\u2009meetings ", "Crimes and meetings"),
        ("\ufeffAS\u200bEAN\u2060 \x07(AMMTC)\x00", "ASEAN (AMMTC)"),
        ("co\xad\noperation and co\xadordination", "cooperation and coordination"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_characters_are_put_right(pasted: str, clean: str) -> None:
    assert tidy(pasted) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("Ngƣời đƣợc cấp, TRƢỜNG", "Người được cấp, TRƯỜNG"),
        ("Ðoàn đi trên ðường, số 5/QÐ-UBND của HÐND", "Đoàn đi trên đường, số 5/QĐ-UBND của HĐND"),
        ("Cơ quаn ở Нà Nội", "Cơ quan ở Hà Nội"),
        ("ＡＳＥＡＮ １５，ok", "ASEAN 15，ok"),
        ("𝗧𝗵𝗼̂𝗻𝗴 𝗯𝗮́𝗼 oﬃce", "Thông báo office"),
    ],
)
def test_look_alike_letters_become_what_they_show(pasted: str, clean: str) -> None:
    assert tidy(pasted) == clean


@pytest.mark.parametrize("text", ["Русский текст", "Það er við", "ηλικία", "東京。"])
def test_letters_of_other_languages_stay(text: str) -> None:
    assert tidy(text) == text
