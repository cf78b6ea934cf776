"""Encodings of plain text: read where they are certain, refused where they are not."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from retrieval.language.words import normal
from retrieval.reading.formats.text import decode
from retrieval.refusals import UnreadableError

VIETNAMESE = (
    "Tại Hội nghị, Bộ Công an Việt Nam đã đề xuất ba sáng kiến nhằm tăng cường hiệu quả hợp tác"
    " phòng, chống tội phạm xuyên quốc gia ở khu vực.\n\n"
    "Các nước thành viên ASEAN đã ghi nhận những sáng kiến ấy trong Tuyên bố chung.\n"
) * 3
TONES = "\u0300\u0301\u0303\u0309\u0323"
# "Năm nay, các nước ASEAN đã đồng thuận nối lại các cuộc họp" as TCVN3, which no codec knows.
TCVN3 = (
    b"N\xa8m nay, c\xb8c n\xad\xedc ASEAN \xae\xb7 \xae\xe5ng thu\xcbn n\xe8i l\xb9i c\xb8c"
    b" cu\xe9c h\xe4p.\n"
) * 5


def windows_1258(text: str) -> bytes:
    """Encode as Windows does: tones as marks of their own after their letter."""
    pieces = []
    for char in text:
        marks = [mark for mark in unicodedata.normalize("NFD", char) if mark in TONES]
        letter = "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in TONES)
        pieces.append(normal(letter) + "".join(marks))
    return "".join(pieces).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        VIETNAMESE.encode(),
        codecs.BOM_UTF8 + VIETNAMESE.encode(),
        VIETNAMESE.encode("utf-16"),
        VIETNAMESE.encode("utf-16-le"),
        VIETNAMESE.encode("utf-16-be"),
        windows_1258(VIETNAMESE),
        unicodedata.normalize("NFD", VIETNAMESE).encode(),
        VIETNAMESE.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "nfd", "crlf"],
)
def test_vietnamese_in_any_encoding(data: bytes) -> None:
    assert normal(decode(data)) == VIETNAMESE


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TCVN3, "Năm nay, các nước ASEAN đã đồng thuận nối lại các cuộc họp.\n" * 5),
        (
            "Tuû ñöïng taøi lieäu maät phaûi coù hai oå khoùa.".encode("latin-1"),
            "Tủ đựng tài liệu mật phải có hai ổ khóa.",
        ),
    ],
    ids=["tcvn3", "vni"],
)
def test_vietnamese_that_no_codec_knows(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_english_in_utf_16_without_a_mark_is_no_utf_8() -> None:
    text = "The ministers of the ten countries met in Vientiane and agreed on a plan. " * 3
    assert decode(text.encode("utf-16-le")) == text


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, VIETNAMESE.encode()[:-40] + b"\xff\xfe\xfd", b"caf\xe9"],
    ids=["binary", "broken utf-8", "too short to tell"],
)
def test_an_encoding_that_is_not_certain_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        decode(data)
    assert str(refusal.value) == "its encoding cannot be told with certainty; save it as UTF-8"


ENGLISH = "The ministers of the ten countries met in Vientiane and agreed on a plan. "
FRENCH = (
    "Le ministre des Affaires étrangères a déclaré à la presse que la réunion était très réussie."
    " Les élèves français ont été reçus à l'école où ils étudient."
)
ITALIAN = "La città è più sicura, perché c'è più cooperazione. Così sarà anche a Roma."


@pytest.mark.parametrize("times", [1, 30])
def test_english_with_the_quotation_marks_of_windows(times: int) -> None:
    text = ENGLISH * times + "“It’s a start,” he said – and left."
    assert decode(text.encode("cp1252")) == text


def test_english_with_a_foreign_letter() -> None:
    text = ENGLISH * 10 + "“It’s a start,” he said in a café – and left."
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("text", [FRENCH, ITALIAN], ids=["french", "italian"])
def test_a_text_as_orderly_with_other_letters_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        decode(text.encode("cp1252"))
