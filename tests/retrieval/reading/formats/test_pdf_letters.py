"""Letters of a PDF: fonts of TCVN3 and VNI, forms within forms, spaces and running figures."""

from __future__ import annotations

import pytest

from retrieval.reading.formats.pdf import read
from retrieval.refusals import Cause, UnreadableError
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf, pdf_of


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data).paragraphs]


def one_page(content: bytes, font: str = "Helvetica", *more: bytes) -> bytes:
    """A page with this content in a font of Windows' encoding; its form /X is object 6."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding>>" % font.encode(),
        *more,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def form(content: bytes) -> bytes:
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>"
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 400 200]" + resources)


def shown(text: bytes, y: int = 100) -> bytes:
    return b"BT /F 12 Tf 20 %d Td (%s) Tj ET" % (y, text)


@pytest.mark.parametrize(
    ("font", "written", "expected"),
    [
        (".VnTime", "Tr\xad\xebng phßng ®\xad\xeec ®äc", "Trưởng phòng được đọc"),
        (".VnTime", "nh\xad c¸c n\xad\xedc", "như các nước"),
        (".VnTime", "Q§-UBND vÒ a-xÝt", "QĐ-UBND về a-xít"),
        ("ABCDEF+.VnTimeH", "th\xad viÖn", "THƯ VIỆN"),
        ("VNI-Times", "Tuû ñöïng taøi lieäu maät", "Tủ đựng tài liệu mật"),
        ("Times-Roman", "caf\xe9 ® 2024", "café ® 2024"),
    ],
)  # fmt: skip
def test_fonts_of_old_encodings_are_known_by_name(font: str, written: str, expected: str) -> None:
    assert texts(one_page(shown(written.encode("latin-1")), font)) == [expected]


def test_text_in_a_form_within_a_form() -> None:
    outer, inner = form(shown(b"It has a lift.", 60) + b" /X Do"), form(shown(b"It is free.", 20))
    data = one_page(shown(b"The archive is open.") + b" /X Do", "Helvetica", outer, inner)
    assert texts(data) == ["The archive is open.", "It has a lift.", "It is free."]


def test_spaces_that_only_letter_spacing_suggests_are_none() -> None:
    data = one_page(b"1.7 Tc " + shown(b"All staff kept the store in order at night and by day."))
    assert texts(data) == ["All staff kept the store in order at night and by day."]


def test_a_page_of_figures_is_text_and_a_number_on_a_picture_is_none() -> None:
    figures = lines_at(50, 700, "12 40 55", "", "13 41 58", "", "14 43 60")
    assert texts(drawn_pdf(Drawn(figures))) != []
    with pytest.raises(UnreadableError) as error:
        read(drawn_pdf(Drawn([Text(340, 40, "12")], picture=True)))
    assert error.value.cause is Cause.PICTURES_OFF


def test_a_font_that_names_no_character_is_refused() -> None:
    with pytest.raises(UnreadableError) as error:
        read(pdf(["\ue123\ue124\ue125 \ue126\ue127"]))
    assert error.value.cause is Cause.UNMAPPED


def test_what_is_left_out_can_be_seen_once() -> None:
    bodies = ("They met and", "they left again.", "All went home.", "The end came.")
    pages = [
        Drawn(
            [Text(50, 770, "Handbook"), Text(50, 600, body), Text(300, 40, f"Page {number} of 4")]
        )
        for number, body in enumerate(bodies, start=1)
    ]
    left_out = read(drawn_pdf(*pages)).left_out
    assert left_out == ("Handbook", "Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4")


def test_figures_of_drawings_are_no_running_heads() -> None:
    pages = [
        Drawn([Text(100, 770, "0.5"), Text(200, 770, "1.0"), Text(50, 600, f"Figure {word}.")])
        for word in ("one", "two", "three")
    ]
    assert read(drawn_pdf(*pages)).left_out == ()


def test_pages_that_cannot_be_read_are_listed_in_runs() -> None:
    picture, text = Drawn([], picture=True), Drawn([Text(50, 700, "They have met.")])
    warnings = read(drawn_pdf(text, picture, text, picture, picture, picture)).warnings
    assert [(warning.cause, warning.details["pages"]) for warning in warnings] == [
        (Cause.PICTURE_PAGES_OFF, "2, 4-6")
    ]
