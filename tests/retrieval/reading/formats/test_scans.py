"""Scans in PDF and image files: what of them is recognised, and what is said of it."""

from __future__ import annotations

import zlib
from io import BytesIO
from time import monotonic

import pytest
from PIL import Image

from retrieval.documents import Document, Span
from retrieval.reading.parser import parse
from retrieval.reading.recognition.recogniser import Recogniser
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.refusals import Cause, ReadingWarning, UnreadableError
from tests.helpers.fake_tesseract import FakeTesseract, table
from tests.helpers.pdf_bytes import Drawn, drawn_pdf, lines_at, pdf, pdf_of
from tests.helpers.scans import CAN_SCAN, NEEDED, SANS, Scan

pytestmark = pytest.mark.skipif(not CAN_SCAN, reason=NEEDED)

FEE = "Lệ phí mượn đèn của phòng đọc là hai mươi nghìn đồng, nộp tại bàn số ba vào mỗi buổi sáng."
LAMP = "The lamps of the reading room are lent at the desk, and they are returned before nine."
SEEN = Cause.RECOGNISED_PAGES


def recogniser() -> Recogniser:
    return Recogniser.within(Tesseract.installed(), 300)


def read(name: str, data: bytes) -> Document:
    return parse(name, data, recogniser())


def refused(name: str, data: bytes) -> Cause:
    with pytest.raises(UnreadableError) as error:
        read(name, data)
    return error.value.cause


def causes(document: Document) -> dict[Cause, str]:
    return {one.cause: one.details["pages"] for one in document.warnings}


def page_of(image: bytes, text: str = "", sides: str = "600 0 0 200") -> bytes:
    """A PDF with a page that shows a JPEG of 600 by 200 points, and text in Helvetica."""
    show = f"BT /F 9 Tf 20 180 Td ({text}) Tj ET q {sides} 0 0 cm /P Do Q".encode()
    with Image.open(BytesIO(image)) as opened:
        width, height = opened.size
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</P 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(show), show),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
        % (width, height, len(image), image),
    )


def test_a_skewed_scan_is_read_to_the_letter_and_says_that_it_is_one() -> None:
    scan = Scan.of([FEE, LAMP], height=4).skewed(2)
    document = read("a.pdf", scan.file("PDF"))
    assert document.text == f"{FEE}\n\n{LAMP}"
    end = len(document.text)
    assert document.recognised == (Span(0, len(FEE)), Span(len(FEE) + 2, end))
    assert document.pages_of(Span(0, end)) == (1,)
    assert document.warnings == (ReadingWarning(SEEN, {"pages": "1"}),)


def test_a_noisy_photo_is_read() -> None:
    scan = Scan.of([FEE], SANS, dpi=150, height=2).noisy()
    document = read("a.jpg", scan.file("JPEG"))
    assert "hai mươi nghìn đồng" in document.text
    assert document.is_recognised(Span(0, 5))


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    scan = Scan.of([FEE, LAMP], height=2.5)
    turned = Scan(scan.image.rotate(90, expand=True), scan.text, scan.dpi)
    assert read("a.png", turned.file()).text == f"{FEE}\n\n{LAMP}"


def test_a_stamp_on_a_scan_is_not_all_that_it_says() -> None:
    scan = Scan.of([FEE], height=2.78)
    document = read("a.pdf", page_of(scan.file("JPEG"), "Signed by: the office"))
    assert FEE in document.text
    assert causes(document) == {SEEN: "1"}


def test_text_on_a_background_stays_as_the_file_has_it() -> None:
    background = Scan.of([], height=2.78)
    document = read("a.pdf", page_of(background.file("JPEG"), "They met at nine."))
    assert document.text == "They met at nine."
    assert (document.recognised, document.warnings) == ((), ())


def test_letters_without_a_character_that_are_drawn_as_boxes_stay_unknown() -> None:
    private = "".join(chr(0xE000 + ord(char)) for char in "They met.")
    assert refused("a.pdf", pdf([private])) is Cause.UNMAPPED


def test_pages_with_and_without_letters_are_one_text() -> None:
    lines = lines_at(60, 700, "The board opened the archive in spring.")
    document = read("a.pdf", drawn_pdf(Drawn(lines), Drawn([], picture=True)))
    assert document.text == "The board opened the archive in spring."
    assert causes(document) == {Cause.BLANK_PAGES: "2"}


def test_a_picture_without_text_is_told() -> None:
    assert refused("a.png", Scan.of([], height=1).file()) is Cause.BLANK
    assert refused("a.png", Scan.of(["12"], height=1).file()) is Cause.BLANK


def test_an_image_of_a_billion_pixels_is_refused_unseen() -> None:
    data = bytearray(Scan.of([], height=1).file())
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    assert refused("a.png", bytes(data)) is Cause.UNREAD


def test_a_billion_pixels_in_a_pdf_are_refused_unseen() -> None:
    data = page_of(Scan.of([], height=1).file("JPEG"))
    width = data.partition(b"/Width ")[2].split(b"/")[0]
    assert refused("a.pdf", data.replace(b"/Width " + width, b"/Width 9999999")) is Cause.UNREAD


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp"])
def test_a_damaged_image(name: str) -> None:
    kinds = {"a.png": "PNG", "a.jpg": "JPEG", "a.tif": "TIFF", "a.webp": "WEBP"}
    whole = Scan.of([FEE], height=1.5).file(kinds[name])
    assert refused(name, whole[: len(whole) // 2]) is Cause.DAMAGED
    assert refused(name, b"no image") is Cause.DAMAGED


def test_without_the_program_the_page_is_named_with_what_to_install() -> None:
    lines = lines_at(60, 700, "The board opened the archive in spring.")
    data = drawn_pdf(Drawn(lines), Drawn([], picture=True))
    (warning,) = parse("a.pdf", data, Recogniser.within(None, 300)).warnings
    assert str(warning) == (
        "page 2: a picture, not read; install Tesseract, which reads it (on Debian:"
        " tesseract-ocr and tesseract-ocr-vie), or run OCR on it first"
    )


def test_what_the_time_does_not_suffice_for_is_named() -> None:
    slow = FakeTesseract(tables=[table("Họp:95 lúc:96 ba:94 giờ.:97")], seconds=1.0)
    recogniser = Recogniser(slow, deadline=monotonic() + 1.9)
    pages = [Drawn([], picture=True)] * 3
    document = parse("a.pdf", drawn_pdf(*pages), recogniser)
    assert document.text == "Họp lúc ba giờ."
    assert causes(document) == {Cause.UNREAD_PAGES: "2, 3", SEEN: "1"}


def test_words_that_are_not_sure_are_a_gap_in_the_text() -> None:
    unsure = table("Họp:95 lúc:96 b4:30 giờ:97 sáng:95 thứ:96 hai.:97")
    recogniser = Recogniser.within(FakeTesseract(tables=[unsure]), 300)
    document = parse("a.pdf", drawn_pdf(Drawn([], picture=True)), recogniser)
    assert document.text == "Họp lúc […] giờ sáng thứ hai."
