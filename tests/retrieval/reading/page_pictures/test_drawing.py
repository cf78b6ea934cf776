"""Pictures of pages: their size, what is marked on them, and pages out of the ordinary."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from retrieval.documents import Span
from retrieval.page_pictures import PagePicture, QuotedWords
from retrieval.reading.page_pictures.drawing import draw
from retrieval.reading.page_pictures.highlights import jpeg_of
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import DrawingSandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import Limits
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf, pdf_of
from tests.helpers.printed_prose import VIETNAMESE, sentences, wrapped

TOLD = "The lamp was lit again before noon."
PAGE = drawn_pdf(Drawn(lines_at(60, 720, f"It rained. {TOLD} They left.")))


def words(text: str, pages: tuple[int, ...] = (1,)) -> QuotedWords:
    return QuotedWords(text, "", "", pages)


def pixels(picture: PagePicture) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(Image.open(BytesIO(picture.jpeg))).astype(np.int16)


def is_yellow(picture: PagePicture) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    image = pixels(picture)
    return np.asarray(image[..., 0] - image[..., 2] > 90)


def test_the_sentence_is_in_colour_and_nothing_else() -> None:
    (picture,) = draw("a.pdf", PAGE, words(TOLD))
    assert (picture.number, picture.is_marked) == (1, True)
    rows, columns = np.nonzero(is_yellow(picture))
    assert pixels(picture).shape == (1600, 1400, 3)
    # Two pixels a point: the line stands 80 from the top, the sentence 110 to 299 from the left.
    assert (rows.min() // 2, rows.max() // 2) == (70, 83)
    assert (columns.min() // 2, columns.max() // 2) == (109, 299)


def test_a_sentence_of_which_the_place_is_uncertain_is_not_marked() -> None:
    (picture,) = draw("a.pdf", PAGE, words("The lamp was never lit again."))
    assert (picture.number, picture.is_marked) == (1, False)
    assert not is_yellow(picture).any()


def test_a_sentence_over_a_page_break_is_marked_on_both_pages() -> None:
    lines = wrapped(" ".join(sentences(VIETNAMESE, 12, seed=1)), 60)
    data = pdf(lines[:8], lines[8:])
    document = parse("a.pdf", data)
    at = document.page_starts[1].offset
    start = document.text.rindex(". ", 0, at) + 2
    over = Span(start, document.text.index(".", at) + 1)
    pictures = draw("a.pdf", data, QuotedWords.of(document, over))
    assert [(one.number, one.is_marked) for one in pictures] == [(1, True), (2, True)]
    assert all(is_yellow(one).any() for one in pictures)


def test_the_end_of_a_word_on_the_next_page_is_marked_there() -> None:
    first = drawn_pdf(
        Drawn(lines_at(60, 720, "The lamps are lent until the next inspec-")),
        Drawn(lines_at(60, 720, "tion.")),
    )
    pictures = draw("a.pdf", first, words("The lamps are lent until the next inspection."))
    assert [one.number for one in pictures] == [1, 2]


def test_no_picture_is_larger_than_400_kB() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1600, 1600, 3), dtype=np.uint8)
    assert 100_000 < len(jpeg_of(noise)) <= 400_000


@pytest.mark.parametrize(
    ("box", "size"),
    [("0 0 14400 14400", (1600, 1600)), ("0 0 1 14400", (80, 1600)), ("0 0 9000 3", (1600, 80))],
)
def test_a_huge_or_narrow_page_is_a_photo_that_telegram_takes(
    box: str, size: tuple[int, int]
) -> None:
    data = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<>>>>" % box.encode(),
    )
    (picture,) = draw("a.pdf", data, words(TOLD))
    assert Image.open(BytesIO(picture.jpeg)).size == size


def test_one_page_of_ten_thousand() -> None:
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(10_000))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<>>>>"
    data = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids,
        b"null",
        *[page] * 10_000,
    )
    with closing(DrawingSandbox(Limits(parse_seconds=20))) as sandbox:
        (picture,) = sandbox.draw("a.pdf", data, words(TOLD, (9_999,)))
    assert picture.number == 9_999


def test_slanted_text_is_marked_letter_by_letter() -> None:
    lines = [Text(80, 200, f"{TOLD} They left.", angle=30), Text(80, 400, "Apart.")]
    (picture,) = draw("a.pdf", drawn_pdf(Drawn(lines)), words(TOLD))
    assert picture.is_marked
    assert is_yellow(picture).mean() < 0.01  # a box around the line would be a twentieth


def test_what_is_no_pdf_or_has_no_such_page_is_refused() -> None:
    for data, page in ((b"no file", 1), (PAGE, 2)):
        with pytest.raises(UnreadableError) as error:
            draw("a.pdf", data, words(TOLD, (page,)))
        assert error.value.cause is Cause.DAMAGED


def test_a_page_that_takes_for_ever_is_given_up_and_the_next_drawn() -> None:
    shading = "q 0.1 0 0 0.1 0 0 cm " + "0 0 m 9000 9000 9000 0 0 9000 c b* " * 200_000 + "Q"
    slow = drawn_pdf(Drawn(lines_at(60, 720, TOLD), drawing=shading))
    with closing(DrawingSandbox(Limits(parse_seconds=2))) as sandbox:
        with pytest.raises(UnreadableError) as error:
            sandbox.draw("a.pdf", slow, words(TOLD))
        assert error.value.cause is Cause.SLOW
    with closing(DrawingSandbox(Limits(parse_seconds=60))) as sandbox:
        assert sandbox.draw("a.pdf", PAGE, words(TOLD))[0].is_marked


def test_a_page_that_takes_too_much_memory_is_given_up() -> None:
    image = (
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
    )
    data = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</P 5 0 R>>>>>>",
        b"<</Length 26>>stream\nq 600 0 0 800 0 0 cm /P Do Q\nendstream",
        image,
    )
    with closing(DrawingSandbox(Limits(parse_seconds=20, parse_memory_mb=200))) as sandbox:
        try:
            (picture,) = sandbox.draw("a.pdf", data, words(TOLD))
            assert not picture.is_marked  # PDFium leaves out a picture that it cannot hold
        except UnreadableError as error:
            assert error.cause in (Cause.MEMORY, Cause.CRASH)


def test_the_picture_of_an_image_file_is_itself_without_a_mark() -> None:
    file = BytesIO()
    Image.new("RGB", (3200, 1600), "red").save(file, "PNG")
    (picture,) = draw("a.png", file.getvalue(), words(TOLD))
    assert (picture.number, picture.is_marked) == (1, False)
    assert pixels(picture).shape == (800, 1600, 3)
    assert pixels(picture)[0, 0].tolist() == pytest.approx([255, 0, 0], abs=3)


def test_an_image_file_that_cannot_be_drawn() -> None:
    for data in (b"no image", drawn_pdf(Drawn([]))):
        with pytest.raises(UnreadableError) as error:
            draw("a.png", data, words(TOLD))
        assert error.value.cause is Cause.DAMAGED
